// systems/knowledge/stock.h: what there is to be found: knowledge entries in all their versions, laws and their
// articles, as the columns of data/README.md say.
//
// Nothing here is ever changed: what is edited becomes a new version beside the old one, which ends.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace banyan::knowledge {

/// When and where something holds. `until`: the first day it no longer does.
struct Force {
    std::string area;  ///< 00, or a code of GB/T 2260
    std::optional<Day> from, until;

    bool over(Day day) const { return until && day >= *until; }
    bool begun(Day day) const { return !from || day >= *from; }
    /// The whole country, or an area that holds the asked one.
    bool holds_at(std::string_view asked) const { return area == "00" || asked.starts_with(area); }
};

struct Entry {
    std::string id;
    int version = 1;
    std::string title;
    std::vector<std::string> variants;  ///< other wordings of the question
    std::string body, en, basis;
    std::vector<std::string> articles;  ///< LAW:ARTICLE it rests on
    std::string unit, class_code;
    Force force;
    bool staff_only = false;
    bool taken_down = false;  ///< nobody is shown it or cites it any more
    bool followed = false;    ///< it ends because a later version begins (end_superseded())
    MatterId matter;          ///< that published it; none: it was taken in

    std::string name() const { return id + "@" + std::to_string(version); }
    /// In force on that day, for whoever asks.
    bool for_everyone(Day day) const { return !taken_down && !staff_only && force.begun(day) && !force.over(day); }
};
/// A version is over when a later one begins, whatever its own last day. REQUIRES: by id and version.
void end_superseded(std::vector<Entry>& entries);

struct Law {
    std::string id, title, kind;
    std::optional<Day> made;
    Force force;  ///< of this text
    std::string superseded_by;
    bool sure = false;  ///< of the days, and that nothing has changed since

    /// National law in force, and known to be: all that is shown to citizens.
    bool for_everyone(Day day) const { return sure && force.area == "00" && force.begun(day) && !force.over(day); }
    std::string note, source;
    std::size_t first = 0, count = 0;  ///< its articles: a run of Stock::articles
};

struct Article {
    std::size_t law = 0;  ///< index into Stock::laws
    std::string number, chapter, text;
    std::vector<std::string> wordings;  ///< as people ask for it; most articles have none
};

struct Stock {
    std::vector<Entry> entries;  ///< by id and version
    std::vector<Law> laws;       ///< by id
    std::vector<Article> articles;

    Entry const* entry(std::string_view id, int version) const;
    /// All versions, oldest first.
    std::vector<Entry const*> versions(std::string_view id) const;
    Law const* law(std::string_view id) const;
    Article const* article(Law const& law, std::string_view number) const;
    std::string name(Article const& article) const { return laws[article.law].id + ":" + article.number; }
};

/// Refused: csv.*, knowledge.row (with the line and the column that is wrong).
Result<std::vector<Entry>> read_entries(std::string_view csv);
struct LawTables {
    std::string_view laws, articles, wordings;  ///< CSV; `wordings` may be empty
};
/// The laws with their articles. Refused as read_entries(); knowledge.no_articles.
Result<Stock> read_laws(LawTables const& tables);

}  // namespace banyan::knowledge
