#include "main/practice.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "main/verbs.h"

namespace banyan {
namespace {

namespace fs = std::filesystem;

constexpr char const* kListen = "127.0.0.1:12346";

struct Account {
    std::string login, role, unit, zh, en, employer, password;
};

/// Who asks and what is no person have nothing to practise here.
bool practises(std::string_view role) {
    static constexpr std::array<std::string_view, 3> kOthers{"appellant", "partner", "telephone"};
    return std::ranges::find(kOthers, role) == kOthers.end();
}

std::vector<Account> accounts_of(Place const& real) {
    DataFolder const folder(real.data, DataFolder::Use::beside);
    auto const store = real.db.empty()
                           ? store::open_sqlite({.file = folder.file("banyan.db"), .read_only = true, .vfs = {}})
                           : open_store(real);
    std::vector<Account> all;
    store->open_reader()->query(
        "SELECT p.login, p.role, coalesce(u.code, ''), p.zh, p.en, p.employer, p.password FROM person p LEFT JOIN "
        "unit u ON u.id = p.unit ORDER BY p.id",
        {}, [&](store::Row const& row) {
            std::array<std::string, 7> told;
            for (int i = 0; i < 7; ++i) told[static_cast<std::size_t>(i)] = row.text(i);
            auto& [login, role, unit, zh, en, employer, password] = told;
            if (practises(role)) all.push_back({login, role, unit, zh, en, employer, password});
        });
    return all;
}

/// The unit of the demo city that is like theirs: of the same code, else one of the kind their role works in.
UnitId unit_for(Account const& account, Directory const& demo) {
    if (Unit const* same = demo.unit(account.unit)) return same->id;
    auto first_of = [&](std::string_view group) {
        auto const found = std::ranges::find(demo.units(), group, &Unit::group);
        return found == demo.units().end() ? demo.city_centre() : found->id;
    };
    if (account.role.starts_with("unit_")) return first_of("city");
    if (account.role == "district_centre") return first_of("district");
    return demo.city_centre();
}

/// A folder that holds another practice city, or nothing yet.
void begin_anew(std::string const& folder) {
    if (!fs::exists(folder)) return;
    if (!fs::exists(folder + "/demo_clock"))
        throw std::runtime_error(folder + ": holds something that is no practice city");
    DataFolder(folder, DataFolder::Use::alone);  // nobody practises in it now
    fs::remove_all(folder);
}

}  // namespace

void let_in_to_practise(Place const& real, Opened& practice) {
    std::vector<Account> const accounts = accounts_of(real);
    Directory const& demo = *practice.installed.rules->directory;
    practice.engine->write_now([&](store::Session& session) {
        session.execute("UPDATE person SET password = ''", {});
        std::int64_t last = 0;
        session.query("SELECT max(id) FROM person", {}, [&](store::Row const& row) { last = row.integer(0); });
        for (Account const& account : accounts) {
            UnitId const unit = unit_for(account, demo);
            if (demo.person(account.login) == nullptr) {
                put_person(session, practice.keys,
                           {PersonId(++last), account.login, account.role, unit, account.zh, account.en, "",
                            account.employer},
                           account.password);
                continue;
            }
            session.execute(
                "UPDATE person SET role = $1, unit = $2, zh = $3, en = $4, password = $5 WHERE login = $6",
                {std::string_view(account.role), unit.value, std::string_view(account.zh),
                 std::string_view(account.en), std::string_view(account.password),
                 std::string_view(account.login)});
        }
    });
    practice.reload();
    practice.renew();
}

Verb practice_verb() {
    std::vector<Option> options;
    for (Option option : serve_options()) {
        if (option.name == "messages" || option.name == "open311") continue;  // nothing leaves it
        if (option.name == "data") option.about = "folder of the real city; practice has its own below it";
        if (option.name == "db") option.about = "of the real city, where its people are looked up";
        if (option.name == "listen") {
            option.otherwise = kListen;
            option.configurable = false;  // what banyan.toml says is the real city's
        }
        options.push_back(std::move(option));
    }
    options.push_back({.name = "anew", .about = "begin again: what was practised is gone", .flag = true});
    return {"practice", "serve the demo city for the people of a real one to practise in, marked on every page",
            options, [](Given const& given) {
                Given told = given;
                told.try_emplace("listen", kListen);
                ServeOptions serving = serve_options_from(told);
                serving.messages = serving.open311 = "";
                serving.practice_of = serving.place;
                serving.place = {serving.place.data + "/practice", "", serving.place.unsafe};
                serving.demo = true;
                if (!given.contains("name")) serving.name = "\u6995\u5dde\u5e02";
                if (serving.log_file.empty()) serving.log_file = serving.place.data + "/banyan.log";
                open_keys(DataFolder(serving.practice_of->data, DataFolder::Use::beside));
                if (given.contains("anew") && given.at("anew") == "true") begin_anew(serving.place.data);
                return serve(serving);
            }};
}

}  // namespace banyan
