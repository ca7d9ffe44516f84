// kernel/people/directory.h: units in a tree, the regions they serve, and the people who work there.
//
// A Directory is a snapshot that never changes: the engine hands out a new one when somebody edits a unit or a
// person, and whoever holds the old one goes on with it. 1,300 units and some thousand people are looked up in
// memory; appellants' accounts are people too.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace banyan {

struct Unit {
    UnitId id, parent;
    std::string code;  ///< stable, for people and interfaces
    std::string zh, en;
    int level = 2;       ///< 1 the city's centre … 4 village
    std::string region;  ///< GB/T 2260, the area it serves
    std::string
        group;  ///< class of comparison: centre, city, company, district, district_department, town, village
    std::vector<std::string> duties;
    std::string liaison, phone, office_hours;
    UnitId heir = {};       ///< who has taken over its work; none: it is there
    Instant ended_at = {};  ///< when that was; zero: it is there
    /// The city's centre or a district's: who accepts and dispatches.
    bool is_centre() const { return group == "centre" || group == "district"; }
    bool is_town_or_below() const { return level >= 3; }  ///< a town or street, a village or community
};

struct Person {
    PersonId id;
    std::string login, role;
    UnitId unit;  ///< none for appellants
    std::string zh, en;
    std::string phone, employer;
};

class Directory {
  public:
    Directory(std::vector<Unit> units, std::vector<Person> people);

    Unit const* unit(UnitId id) const;
    Unit const* unit(std::string_view code) const;
    Person const* person(PersonId id) const;
    Person const* person(std::string_view login) const;
    std::vector<Unit> const& units() const { return units_; }
    std::vector<Person> const& people() const { return people_; }

    /// Who does the unit's work today: itself, or who has taken over (units are renamed and merged every year).
    UnitId now(UnitId unit) const;
    Unit const* current(std::string_view code) const;  ///< the same, by code
    /// Whether what was given to `share` is for people of `unit` to do.
    bool stands_for(UnitId unit, UnitId share) const { return unit && now(share) == unit; }
    std::vector<UnitId> stood_for(UnitId unit) const;  ///< itself first, then those whose work it has taken over

    /// Of both as they are today. A unit is in its own subtree.
    bool in_subtree(UnitId unit, UnitId root) const;
    std::vector<UnitId> subtree(UnitId root) const;  ///< the root first; with those whose work is done in it
    UnitId city_centre() const { return city_centre_; }
    /// The nearest centre at or above the unit.
    UnitId centre_of(UnitId unit) const;

  private:
    std::vector<Unit> units_;
    std::vector<Person> people_;
    std::unordered_map<UnitId, std::size_t> by_id_;
    std::unordered_map<std::string, std::size_t> by_code_;
    std::unordered_map<PersonId, std::size_t> person_by_id_;
    std::unordered_map<std::string, std::size_t> person_by_login_;
    std::unordered_map<UnitId, std::vector<UnitId>> children_;
    std::unordered_map<UnitId, std::vector<UnitId>> ended_;  ///< by who does their work today
    UnitId city_centre_;
};

/// Units as data/demo/units.csv and an administrator's upload give them (ids are given by who stores them).
/// Refused with the line: units.<what>; parents must exist, no circle, one root.
Result<std::vector<Unit>> read_units(std::string_view csv);
Result<std::vector<Person>> read_people(std::string_view csv, std::vector<Unit> const& units);

}  // namespace banyan
