#include "systems/administration/people.h"

#include <algorithm>
#include <array>

namespace banyan::administration {
namespace {

/// Where a role works.
enum class Place { centre, district, unit, nowhere };
Place place_of(std::string_view role) {
    if (role == "partner") return Place::nowhere;
    if (role == "district_centre") return Place::district;
    if (role == "window" || role == "hall_manager") return Place::unit;
    return role.starts_with("unit_") ? Place::unit : Place::centre;
}

/// Roles that are nobody's account to give: the asker's own, and those the program takes for a step (roles.toml).
bool is_given(std::string_view role) {
    static constexpr std::array<std::string_view, 6> kOthers{"appellant", "call_taker", "shift_writer",
                                                             "applicant", "intake",     "cashier"};
    return std::ranges::find(kOthers, role) == kOthers.end() && !role.starts_with("item_");
}

/// Seats and whoever else works at a centre may be a district's; administrators are the city's.
bool fits(Unit const& unit, std::string_view role, Directory const& directory) {
    switch (place_of(role)) {
        case Place::centre:
            return role.ends_with("_admin") ? unit.id == directory.city_centre() : unit.is_centre();
        case Place::district:
            return unit.group == "district";
        case Place::unit:
            return true;
        case Place::nowhere:
            return false;
    }
    return false;
}

Result<UnitId> unit_of(std::string_view code, std::string_view role, Directory const& directory) {
    if (code.empty()) {
        if (place_of(role) == Place::nowhere) return UnitId();
        if (place_of(role) == Place::centre) return directory.city_centre();
        return refuse("person.unit_needed", "unit");
    }
    Unit const* unit = directory.unit(code);
    if (unit == nullptr || unit->heir) return refuse("person.unit_unknown", "unit", {{"unit", std::string(code)}});
    if (place_of(role) == Place::nowhere) return refuse("person.unit_needless", "unit");
    if (!fits(*unit, role, directory)) return refuse("person.unit_other", "unit", {{"unit", unit->zh}});
    return unit->id;
}

}  // namespace

std::vector<std::string> given_roles(Access const& access) {
    std::vector<std::string> all = access.roles();
    std::erase_if(all, [](std::string const& role) { return !is_given(role); });
    return all;
}

bool is_looked_after(Person const& person) { return person.role != "appellant"; }

Result<Person> changed(Person from, Said const& said, Rules const& rules) {
    Directory const& directory = *rules.directory;
    if (said.role && (!rules.access->knows(*said.role) || !is_given(*said.role)))
        return refuse("person.role", "role", {{"role", *said.role}});
    bool const moves = from.role.empty() || (said.role && *said.role != from.role) || said.unit;
    if (said.role) from.role = *said.role;
    if (moves) {
        Unit const* had = directory.unit(from.unit);
        std::string code = said.unit.value_or(had != nullptr && fits(*had, from.role, directory) ? had->code : "");
        BANYAN_TRY(from.unit, unit_of(code, from.role, directory));
    }
    if (said.zh) from.zh = *said.zh;
    if (said.en) from.en = *said.en;
    if (said.phone) from.phone = *said.phone;
    if (said.employer) from.employer = *said.employer;
    return from;
}

Result<void> check_login(std::string_view login, Directory const& directory) {
    constexpr std::size_t kLeast = 3;
    bool const good = login.size() >= kLeast && std::ranges::all_of(login, [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                 std::string_view("-_.@").contains(c);
                      });
    if (!good) return refuse("person.login", "login");
    if (directory.person(login) != nullptr)
        return refuse("person.login_twice", "login", {{"login", std::string(login)}});
    return {};
}

bool is_last_of(Person const& person, std::string_view role, Directory const& directory) {
    return person.role == role && std::ranges::count(directory.people(), role, &Person::role) == 1;
}

}  // namespace banyan::administration
