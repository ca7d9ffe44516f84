// systems/hotline/history.h: what a centre did in its old system, taken in with its times.
//
// What is over becomes a matter of procedures/past.toml: recorded as the old system says it, judged by no limit of
// ours. What is still open becomes an appeal like any other, as far on as the old system had it. Columns and
// rules: docs/systems/history.md.
#pragma once
#include <map>
#include <set>

#include "systems/hotline/hotline.h"

namespace banyan::hotline {

/// The old system's words and what they are here; names of units too.
class OldWords {
  public:
    /// `map`: CSV with the columns what, from, to; empty: none. Refused: what Csv::parse refuses, csv.no_column,
    /// past.map_what, past.map_twice (with line).
    static Result<OldWords> read(std::string_view map, Texts const& texts);
    /// Our word for it; itself when nobody said what it is.
    std::string operator()(std::string_view what, std::string_view word) const;

  private:
    std::map<std::pair<std::string, std::string>, std::string> words_;
};

/// A step that a row says was taken.
struct OldStep {
    std::string step;
    Actor actor;
    json::object form;
    Instant at;
    std::string stage;                 ///< where the matter stands before it; empty: it begins with it
    std::optional<Progress> progress;  ///< of the lead's share then, where there is one
};
struct OldMatter {
    std::string id, procedure;
    std::vector<OldStep> steps;
};

/// `import_only` of past.toml: refused wherever it is asked; an import does without it.
Checks import_only();

/// What a row is checked against.
struct OldCity {
    Directory const& directory;
    OldWords const& words;
    std::set<std::string, std::less<>> classes;  ///< of the catalogue; none: any code is taken
    Instant now;
};
/// Refused by field: field.*, past.*.
Result<OldMatter> read_old_matter(Csv const& table, CsvRow const& row, OldCity const& city);

struct ImportedHistory {
    int taken = 0, already = 0;
    std::vector<BadRow> bad;
};
/// Good rows go in, bad ones are told; what is there already (by source and id) stays, and an import that was
/// broken off is gone on with. Refused: the file itself.
Result<ImportedHistory> import_history(Engine& engine, store::Store& store, std::string_view csv,
                                       std::string const& source, OldCity const& city,
                                       std::function<void(int done, int of)> const& progress);

}  // namespace banyan::hotline
