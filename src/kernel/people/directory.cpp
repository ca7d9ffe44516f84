#include "kernel/people/directory.h"

#include <algorithm>

#include "base/csv.h"
#include "base/text.h"

namespace banyan {
namespace {

constexpr int kMostHeirs = 32;  ///< one after another: a reorganisation a year

}  // namespace

Directory::Directory(std::vector<Unit> units, std::vector<Person> people)
    : units_(std::move(units)), people_(std::move(people)) {
    for (std::size_t i = 0; i < units_.size(); ++i) {
        by_id_[units_[i].id] = i;
        by_code_[units_[i].code] = i;
        if (!units_[i].parent && !units_[i].heir) city_centre_ = units_[i].id;
    }
    for (Unit const& unit : units_) {
        if (unit.heir)
            ended_[now(unit.id)].push_back(unit.id);
        else if (unit.parent)
            children_[now(unit.parent)].push_back(unit.id);
    }
    for (std::size_t i = 0; i < people_.size(); ++i) {
        person_by_id_[people_[i].id] = i;
        person_by_login_[people_[i].login] = i;
    }
}

Unit const* Directory::unit(UnitId id) const {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &units_[found->second];
}

Unit const* Directory::unit(std::string_view code) const {
    auto found = by_code_.find(std::string(code));
    return found == by_code_.end() ? nullptr : &units_[found->second];
}

Person const* Directory::person(PersonId id) const {
    auto found = person_by_id_.find(id);
    return found == person_by_id_.end() ? nullptr : &people_[found->second];
}

Person const* Directory::person(std::string_view login) const {
    auto found = person_by_login_.find(std::string(login));
    return found == person_by_login_.end() ? nullptr : &people_[found->second];
}

UnitId Directory::now(UnitId unit_id) const {
    for (int hops = 0; hops < kMostHeirs; ++hops) {
        Unit const* at = unit(unit_id);
        if (at == nullptr || !at->heir) break;
        unit_id = at->heir;
    }
    return unit_id;
}

Unit const* Directory::current(std::string_view code) const {
    Unit const* known = unit(code);
    return known == nullptr ? nullptr : unit(now(known->id));
}

std::vector<UnitId> Directory::stood_for(UnitId unit_id) const {
    std::vector<UnitId> all{unit_id};
    if (auto found = ended_.find(unit_id); found != ended_.end())
        all.insert(all.end(), found->second.begin(), found->second.end());
    return all;
}

bool Directory::in_subtree(UnitId unit_id, UnitId root) const {
    UnitId const of = now(root);
    for (Unit const* at = unit(now(unit_id)); at != nullptr; at = unit(now(at->parent)))
        if (at->id == of) return true;
    return false;
}

std::vector<UnitId> Directory::subtree(UnitId root) const {
    std::vector<UnitId> all{now(root)};
    for (std::size_t i = 0; i < all.size(); ++i)
        if (auto found = children_.find(all[i]); found != children_.end())
            all.insert(all.end(), found->second.begin(), found->second.end());
    for (std::size_t i = 0, there = all.size(); i < there; ++i)
        if (auto found = ended_.find(all[i]); found != ended_.end())
            all.insert(all.end(), found->second.begin(), found->second.end());
    return all;
}

UnitId Directory::centre_of(UnitId unit_id) const {
    for (Unit const* at = unit(now(unit_id)); at != nullptr; at = unit(now(at->parent)))
        if (at->is_centre()) return at->id;
    return city_centre_;
}

Result<std::vector<Unit>> read_units(std::string_view csv) {
    BANYAN_TRY(Csv table, Csv::parse(csv));
    for (auto column : {"code", "parent", "zh", "en", "level", "region", "group"})
        if (!table.has(column)) return refuse("units.no_column", column);
    std::vector<Unit> units;
    std::unordered_map<std::string, UnitId> ids;
    for (CsvRow const& row : table.rows()) {
        auto fault = [&](std::string key) {
            return refuse(std::move(key), {}, {{"line", std::to_string(row.line)}});
        };
        Unit unit;
        unit.id = UnitId(static_cast<std::int64_t>(units.size()) + 1);
        unit.code = std::string(table.at(row, "code"));
        unit.zh = std::string(table.at(row, "zh"));
        unit.en = std::string(table.at(row, "en"));
        unit.region = std::string(table.at(row, "region"));
        unit.group = std::string(table.at(row, "group"));
        unit.duties = split(table.at(row, "duties"), "\uFF1B");
        unit.liaison = std::string(table.at(row, "liaison"));
        unit.phone = std::string(table.at(row, "phone"));
        unit.office_hours = std::string(table.at(row, "office_hours"));
        std::string_view level = table.at(row, "level");
        if (unit.code.empty() || unit.zh.empty()) return fault("units.no_name");
        if (level.size() != 1 || level[0] < '1' || level[0] > '4') return fault("units.level");
        unit.level = level[0] - '0';
        if (std::string_view parent = table.at(row, "parent"); !parent.empty()) {
            auto found = ids.find(std::string(parent));  // above it in the file: so there is no circle
            if (found == ids.end()) return fault("units.no_parent");
            unit.parent = found->second;
        } else if (!units.empty()) {
            return fault("units.two_roots");
        }
        if (!ids.emplace(unit.code, unit.id).second) return fault("units.code_twice");
        units.push_back(std::move(unit));
    }
    if (units.empty()) return refuse("units.none");
    return units;
}

Result<std::vector<Person>> read_people(std::string_view csv, std::vector<Unit> const& units) {
    BANYAN_TRY(Csv table, Csv::parse(csv));
    for (auto column : {"login", "role", "unit", "zh", "en"})
        if (!table.has(column)) return refuse("people.no_column", column);
    std::vector<Person> people;
    for (CsvRow const& row : table.rows()) {
        auto fault = [&](std::string key) {
            return refuse(std::move(key), {}, {{"line", std::to_string(row.line)}});
        };
        Person person;
        person.id = PersonId(static_cast<std::int64_t>(people.size()) + 1);
        person.login = std::string(table.at(row, "login"));
        person.role = std::string(table.at(row, "role"));
        person.zh = std::string(table.at(row, "zh"));
        person.en = std::string(table.at(row, "en"));
        person.phone = std::string(table.at(row, "phone"));
        person.employer = std::string(table.at(row, "employer"));
        if (person.login.empty() || person.role.empty()) return fault("people.no_login");
        if (std::ranges::any_of(people, [&](Person const& other) { return other.login == person.login; }))
            return fault("people.login_twice");
        if (std::string_view code = table.at(row, "unit"); !code.empty()) {
            auto found = std::ranges::find(units, code, &Unit::code);
            if (found == units.end()) return fault("people.no_unit");
            person.unit = found->id;
        }
        people.push_back(std::move(person));
    }
    return people;
}

}  // namespace banyan
