#include "kernel/matter/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kernel/matter/command.h"
#include "platform/config/toml.h"

namespace banyan {
namespace {

constexpr std::array<std::string_view, 5> kRows{"none", "own", "unit", "subtree", "all"};
constexpr std::array<std::string_view, 8> kTies{"nothing", "asker", "centre", "lead",
                                                "assist",  "below", "above",  "other"};

std::string list_of(std::vector<UnitId> const& units) {
    std::string text;
    for (UnitId unit : units)
        fmt::format_to(std::back_inserter(text), "{}{}", text.empty() ? "" : ",", unit.value);
    return text;
}

}  // namespace

std::string_view name(Tie tie) { return kTies[static_cast<std::size_t>(tie)]; }

bool shows(Assignment const& assignment) {
    return assignment.progress != Progress::returned && assignment.progress != Progress::ended;
}

bool waits_for_lead(Matter const& matter) {
    return matter.open() && std::ranges::none_of(matter.assignments, [](Assignment const& share) {
               return share.share == Share::lead && share.progress <= Progress::approved;
           });
}

namespace {
bool gave_back(Assignment const& share) {
    return share.share == Share::lead && share.progress == Progress::returned;
}
}  // namespace

Concerned concerned_by(Matter const& matter) {
    Concerned concerned{matter.id, matter.asker, matter.about, {}, {}, matter.procedure->name};
    bool const waits = waits_for_lead(matter);
    for (Assignment const& share : matter.assignments)
        if (shows(share))
            concerned.units.push_back(share.unit);
        else if (waits && gave_back(share))
            concerned.gave_back.push_back(share.unit);
    return concerned;
}

std::vector<UnitId> self_and_above(UnitId unit, Directory const& directory) {
    std::vector<UnitId> all;
    for (Unit const* at = directory.unit(directory.now(unit)); at != nullptr;
         at = directory.unit(directory.now(at->parent)))
        for (UnitId each : directory.stood_for(at->id)) all.push_back(each);
    return all;
}

Result<Access> Access::read(std::string_view toml) {
    BANYAN_TRY(TomlDocument document, parse_toml(toml));
    Access access;
    for (auto const& member : document.root) {
        std::string role_name(member.key());
        auto fault = [&](std::string key, std::string const& path) {
            return refuse(std::move(key), path, {{"line", std::to_string(document.line_of(path))}});
        };
        if (!member.value().is_object()) return fault("access.not_table", role_name);
        Role role;
        for (auto const& line : member.value().as_object()) {
            std::string path = role_name + "." + std::string(line.key());
            if (line.key() == "rows") {
                auto found = line.value().is_string()
                                 ? std::ranges::find(kRows, std::string_view(line.value().as_string()))
                                 : kRows.end();
                if (found == kRows.end()) return fault("access.unknown_rows", path);
                role.rows = static_cast<Rows>(found - kRows.begin());
                continue;
            }
            if (line.key() == "without") {
                if (!read_without(line.value(), role)) return fault("access.unknown_procedure", path);
                continue;
            }
            auto tie = std::ranges::find(kTies, std::string_view(line.key()));
            if (tie == kTies.end() || tie == kTies.begin() || !line.value().is_array())
                return fault("access.unknown_tie", path);
            for (auto const& word : line.value().as_array()) {
                auto which = word.is_string() ? field_class(word.as_string()) : std::nullopt;
                if (!which) return fault("access.unknown_class", path);
                role.reads[static_cast<Tie>(tie - kTies.begin())].insert(*which);
            }
        }
        access.roles_.emplace(std::move(role_name), std::move(role));
    }
    return access;
}

/// `without = ["application"]`: names of rulebooks, no more than letters and _.
bool Access::read_without(json::value const& names, Role& role) {
    if (!names.is_array()) return false;
    std::string list;
    for (auto const& each : names.as_array()) {
        std::string_view const name = each.is_string() ? std::string_view(each.as_string()) : std::string_view();
        if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string_view::npos)
            return false;
        role.without.emplace(name);
        fmt::format_to(std::back_inserter(list), "{}'{}'", list.empty() ? "" : ", ", name);
    }
    if (!list.empty())
        role.without_sql =
            fmt::format(" AND m.procedure NOT IN (SELECT p.hash FROM procedure p WHERE p.name IN ({}))", list);
    return true;
}

std::vector<std::string> Access::roles() const {
    std::vector<std::string> names;
    for (auto const& [role_name, role] : roles_) names.push_back(role_name);
    return names;
}

Access::Role const* Access::role(Actor const& actor) const {
    auto found = roles_.find(actor.role);
    return found == roles_.end() ? nullptr : &found->second;
}

bool Access::finds_own(std::string_view role_name) const {
    auto found = roles_.find(role_name);
    return found != roles_.end() && found->second.rows == Rows::own;
}

Tie Access::tie(Actor const& actor, Matter const& matter, Directory const& directory) const {
    if (actor.clock) return Tie::centre;
    if (actor.bound) return actor.bound == matter.id ? Tie::asker : Tie::nothing;
    Role const* mine = role(actor);
    if (mine == nullptr || mine->rows == Rows::none) return Tie::nothing;
    if (mine->rows == Rows::own) return actor.person && actor.person == matter.asker ? Tie::asker : Tie::nothing;
    if (mine->without.contains(matter.procedure->name)) return Tie::nothing;
    if (matter.about && directory.in_subtree(actor.unit, matter.about))
        return Tie::nothing;  // the accused, and below
    Tie tie = mine->rows == Rows::all ? Tie::centre : Tie::nothing;
    if (tie == Tie::centre) return tie;
    bool const waits = mine->rows == Rows::subtree && waits_for_lead(matter);
    for (Assignment const& share : matter.assignments) {
        bool const own = directory.stands_for(actor.unit, share.unit);
        if (!shows(share) && !(waits && gave_back(share) && !own)) continue;
        if (own) {
            Tie here = share.share == Share::lead     ? Tie::lead
                       : share.share == Share::assist ? Tie::assist
                                                      : Tie::below;
            if (tie == Tie::nothing || tie == Tie::above || here < tie) tie = here;
        } else if (mine->rows == Rows::subtree && tie == Tie::nothing &&
                   directory.in_subtree(share.unit, actor.unit)) {
            tie = Tie::above;
        }
    }
    return tie;
}

bool Access::may_hear(Actor const& actor, Concerned const& concerned, Directory const& directory) const {
    if (actor.clock) return true;
    if (actor.bound) return actor.bound == concerned.matter;
    Role const* mine = role(actor);
    if (mine == nullptr || mine->rows == Rows::none) return false;
    if (mine->rows == Rows::own) return actor.person && actor.person == concerned.asker;
    if (mine->without.contains(concerned.procedure)) return false;
    if (concerned.about && directory.in_subtree(actor.unit, concerned.about)) return false;
    if (mine->rows == Rows::all) return true;
    auto own = [&](UnitId unit) { return directory.stands_for(actor.unit, unit); };
    auto below = [&](UnitId unit) { return directory.in_subtree(unit, actor.unit); };
    if (std::ranges::any_of(concerned.units, own)) return true;
    return mine->rows == Rows::subtree &&
           (std::ranges::any_of(concerned.units, below) ||
            std::ranges::any_of(concerned.gave_back, [&](UnitId unit) { return below(unit) && !own(unit); }));
}

bool Access::may_read(Actor const& actor, Tie tie, FieldClass which) const {
    if (tie == Tie::nothing) return false;
    if (which == FieldClass::everyone) return true;
    if (actor.clock) return true;
    if (actor.bound) return which == FieldClass::asker;
    Role const* mine = role(actor);
    if (mine == nullptr) return false;
    auto found = mine->reads.find(tie);
    return found != mine->reads.end() && found->second.contains(which);
}

std::string Access::sql(Actor const& actor, Directory const& directory) const {
    if (actor.clock) return "1 = 1";
    if (actor.bound) return fmt::format("m.id = {}", actor.bound.value);
    Role const* mine = role(actor);
    if (mine == nullptr || mine->rows == Rows::none) return "1 = 0";
    if (mine->rows == Rows::own) return actor.person ? fmt::format("m.asker = {}", actor.person.value) : "1 = 0";
    std::string about = list_of(self_and_above(actor.unit, directory));
    std::string innocent = about.empty() ? "m.about = 0" : fmt::format("m.about NOT IN ({})", about);
    innocent += mine->without_sql;
    if (mine->rows == Rows::all) return innocent;
    std::string const own = list_of(directory.stood_for(actor.unit));
    std::string const units = mine->rows == Rows::unit ? own : list_of(directory.subtree(actor.unit));
    constexpr std::string_view kShareOf =
        "EXISTS (SELECT 1 FROM assignment s WHERE s.lane = m.lane AND s.matter = m.id AND ";
    int const lead = static_cast<int>(Share::lead), returned = static_cast<int>(Progress::returned);
    std::string const has = fmt::format("{}s.unit IN ({}) AND s.progress NOT IN ({}, {}))", kShareOf, units,
                                        returned, static_cast<int>(Progress::ended));
    if (mine->rows == Rows::unit) return innocent + " AND " + has;
    return fmt::format(
        "{0} AND ({1} OR (m.open = 1 AND {2}s.unit IN ({3}) AND s.unit NOT IN ({4}) AND s.share = {5} AND "
        "s.progress = {6}) "
        "AND NOT {2}s.share = {5} AND s.progress <= {7})))",
        innocent, has, kShareOf, units, own, lead, returned, static_cast<int>(Progress::approved));
}

namespace {

// Terms of the index, each before an id.
constexpr std::string_view kAsker = "XA", kAbout = "XB", kShare = "XU", kMatter = "XM", kGaveBack = "XR";
constexpr std::string_view kProcedure = "XP";  // … and before a name

std::string_view tie_term(Share share) {
    return share == Share::lead ? "XL" : share == Share::assist ? "XS" : "XD";
}

template <class AnyId>
std::string term(std::string_view what, AnyId id) {
    std::string text(what);
    text += id.text();
    return text;
}

/// By a share of their own unit, the nearest first: what is nearer is left out of the next.
std::vector<Access::Sight> own_shares(std::vector<UnitId> const& units, std::vector<std::string> none) {
    std::vector<Access::Sight> rows;
    for (auto [tie, share] :
         {std::pair{Tie::lead, Share::lead}, {Tie::assist, Share::assist}, {Tie::below, Share::delegate}}) {
        std::vector<std::string> mine;
        for (UnitId unit : units) mine.push_back(term(tie_term(share), unit));
        rows.push_back({tie, false, mine, none});
        none.insert(none.end(), mine.begin(), mine.end());
    }
    return rows;
}

}  // namespace

std::vector<std::string> Access::terms_of(Matter const& matter) {
    std::vector<std::string> terms{term(kMatter, matter.id), std::string(kProcedure) + matter.procedure->name};
    if (matter.asker) terms.push_back(term(kAsker, matter.asker));
    if (matter.about) terms.push_back(term(kAbout, matter.about));
    for (Assignment const& share : matter.assignments)
        if (shows(share)) {
            terms.push_back(term(kShare, share.unit));
            terms.push_back(term(tie_term(share.share), share.unit));
        }
    if (waits_for_lead(matter))
        for (Assignment const& share : matter.assignments)
            if (gave_back(share)) terms.push_back(term(kGaveBack, share.unit));
    std::ranges::sort(terms);
    terms.erase(std::ranges::unique(terms).begin(), terms.end());
    return terms;
}

std::vector<Access::Sight> Access::terms(Actor const& actor, Directory const& directory) const {
    if (actor.clock) return {{Tie::centre, true, {}, {}}};
    if (actor.bound) return {{Tie::asker, false, {term(kMatter, actor.bound)}, {}}};
    Role const* mine = role(actor);
    if (mine == nullptr || mine->rows == Rows::none) return {};
    if (mine->rows == Rows::own) {
        if (!actor.person) return {};
        return {{Tie::asker, false, {term(kAsker, actor.person)}, {}}};
    }
    std::vector<std::string> none;
    for (UnitId unit : self_and_above(actor.unit, directory)) none.push_back(term(kAbout, unit));
    for (std::string const& name : mine->without) none.push_back(std::string(kProcedure) + name);
    if (mine->rows == Rows::all) return {{Tie::centre, true, {}, std::move(none)}};
    std::vector<Sight> rows = own_shares(directory.stood_for(actor.unit), none);
    if (mine->rows == Rows::subtree) {
        none = rows.back().none;
        none.insert(none.end(), rows.back().any.begin(), rows.back().any.end());
        Sight above{Tie::above, false, {}, std::move(none)};
        for (UnitId unit : directory.subtree(actor.unit))
            if (!directory.stands_for(actor.unit, unit)) {
                above.any.push_back(term(kShare, unit));
                above.any.push_back(term(kGaveBack, unit));
            }
        if (!above.any.empty()) rows.push_back(std::move(above));
    }
    return rows;
}

}  // namespace banyan
