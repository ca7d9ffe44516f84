#include "city.h"

#include "platform/crypto/password.h"
#include "systems/hotline/hotline.h"

namespace banyan::bench {
namespace {

constexpr std::string_view kNames[kSteps] = {"file",  "accept",  "dispatch", "sign",
                                             "reply", "approve", "call_back"};
constexpr std::int64_t kFirstPerson = 900'001;  // far above the demo's
std::string const kCodes[kUnits] = {"cg", "zj", "jt", "ga", "jj", "sj", "hb", "sw",
                                    "yl", "rs", "yb", "wj", "jy", "mz", "zr", "gjj"};

struct Desk {
    char const *login, *role;
};
constexpr Desk kDesks[] = {{"bench-seat", "seat"},
                           {"bench-dispatcher", "dispatcher"},
                           {"bench-reviewer", "reviewer"},
                           {"bench-caller", "caller_back"}};
constexpr std::size_t kDesksCount = std::size(kDesks);

std::vector<Person> people(Directory const& directory) {
    std::vector<Person> all;
    auto add = [&](std::string login, std::string role, UnitId unit) {
        Person person;
        person.id = PersonId(kFirstPerson + static_cast<std::int64_t>(all.size()));
        person.login = person.zh = person.en = std::move(login);
        person.role = std::move(role);
        person.unit = unit;
        all.push_back(std::move(person));
    };
    std::vector<std::string> names = logins();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i < kDesksCount)
            add(names[i], kDesks[i].role, directory.city_centre());
        else
            add(names[i], (i - kDesksCount) % 2 == 0 ? "unit_clerk" : "unit_head",
                directory.unit(kCodes[(i - kDesksCount) / 2])->id);
    }
    return all;
}

}  // namespace

std::string_view name(Step step) { return kNames[static_cast<std::size_t>(step)]; }
std::string const& unit_code(std::size_t unit) { return kCodes[unit]; }

std::vector<std::string> logins() {
    std::vector<std::string> all;
    for (Desk const& desk : kDesks) all.emplace_back(desk.login);
    for (std::string const& code : kCodes) {
        all.push_back("bench-" + code + "-clerk");
        all.push_back("bench-" + code + "-head");
    }
    return all;
}

std::size_t account_for(Step step, std::size_t unit) {
    switch (step) {
        case Step::file:
        case Step::accept:
            return 0;
        case Step::dispatch:
            return 1;
        case Step::sign:
            return kDesksCount + 2 * unit;
        case Step::reply:
            return kDesksCount + 2 * unit + 1;
        case Step::approve:
            return 2;
        case Step::call_back:
            return 3;
    }
    return 0;
}

void prepare_city(Place const& place) {
    EngineOptions quiet;
    quiet.timers = quiet.checkpoints = false;
    Opened city(place, quiet);
    std::string password = crypto::hash_password(kPassword);
    hotline::Demo demo{[](std::string_view) {}, password};
    if (city.installed.rules->directory->units().empty())
        city.engine->write_now([&](store::Session& session) {
            hotline::install_demo(session, city.keys, banyan_embedded_table, demo, city.engine->now());
        });
    city.reload();
    Directory const& directory = *city.installed.rules->directory;
    for (std::string const& code : kCodes)
        if (directory.unit(code) == nullptr)
            throw std::runtime_error("the database has units but not " + code +
                                     ": it is not a city of this bench or the demo's");
    if (directory.person(logins().front()) != nullptr) return;
    city.engine->write_now([&](store::Session& session) {
        for (Person const& person : people(directory)) put_person(session, city.keys, person, password);
    });
}

}  // namespace banyan::bench
