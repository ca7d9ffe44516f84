// systems/knowledge/guides.h: what may be cited and drafted now: the named checks of appeal.toml, knowledge.toml
// and correction.toml.
//
// A check is asked by the writer inside decide(): no clock, no database. So the entries' days are in memory, a
// snapshot that the editor (editor.h) replaces when something was published or taken down; a command is held
// against the day of its own moment. Rules: docs/systems/knowledge.md#citing
//
// Thread rule: any.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/matter/command.h"
#include "systems/knowledge/stock.h"

namespace banyan::knowledge {

struct Guides {
    struct Version {
        int version = 1;
        Force force;
        std::string unit;
        bool taken_down = false, followed = false;
        MatterId matter;
    };
    using Articles = std::map<std::string, Force, std::less<>>;  ///< LAW:ARTICLE
    using OpenMatters = std::map<std::string, MatterId, std::less<>>;

    std::map<std::string, std::vector<Version>, std::less<>> entries;  ///< oldest first
    std::shared_ptr<Articles const> articles;
    OpenMatters open_matters;  ///< by entry: where its next version is made
    std::string centre;        ///< code of the city's: what no unit answers for goes there

    Version const* version(std::string_view entry, std::int64_t version) const;
};
Guides guides_of(std::vector<Entry> const& entries, std::shared_ptr<Guides::Articles const> articles,
                 Guides::OpenMatters open_matters);
std::shared_ptr<Guides::Articles const> articles_of(Stock const& stock);

/// An answer cites an entry and its version, in force that day; or nothing. Refused: guide.*
Result<void> may_cite(Guides const& guides, Form const& form, Day today);
/// Refused: entry.*, guide.unknown, knowledge.area.
Result<void> may_draft(Guides const& guides, Form const& form, Day today);
/// Names the last version of an entry in whose next nobody is at work; or none.
Result<void> may_go_on_from(Guides const& guides, Form const& form);
Result<void> may_publish(Guides const& guides, Matter const& matter, Form const& form, Day today);
/// Refused: entry.gone, correction.wrong_unit.
Result<void> may_correct(Guides const& guides, Form const& form);

/// The snapshot that holds now, and the checks that ask it. Before one is put nothing is checked.
class CurrentGuides {
  public:
    void put(std::shared_ptr<Guides const> guides);
    std::shared_ptr<Guides const> get() const;

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<Guides const> guides_;
};
Checks checks_of(std::shared_ptr<CurrentGuides> current);

/// GB/T 2260 of a province or below it, or 00.
bool is_area(std::string_view code);

}  // namespace banyan::knowledge
