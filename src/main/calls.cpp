#include "main/calls.h"

#include <algorithm>
#include <stdexcept>

#include "base/csv.h"
#include "kernel/engine/installation.h"
#include "systems/calls/demo.h"

namespace banyan {
namespace {

template <class Value>
Value read(Result<Value> value, std::string_view file) {
    if (!value) throw std::runtime_error(std::string(file) + ": " + value.error().key + " " + value.error().field);
    return std::move(*value);
}

constexpr std::string_view kHandbook = "data/calls.toml", kCard = "data/call_checks.toml",
                           kSeats = "data/demo/seats.csv", kAppeals = "data/demo/appeals.csv";

std::vector<calls::DemoSeat> demo_seats(EmbeddedTable files) {
    return read(calls::read_demo_seats(embedded(files, kSeats).value_or("")), kSeats);
}

/// The demo's appeals with who filed them, in the order of time.
std::vector<calls::DemoMatter> demo_matters(store::Session& session, EmbeddedTable files) {
    std::map<std::string, MatterId> by_number;
    session.query("SELECT number, matter FROM external WHERE source = 'demo'", {},
                  [&](store::Row const& row) { by_number.emplace(row.text(0), MatterId(row.integer(1))); });
    Csv const appeals = read(Csv::parse(embedded(files, kAppeals).value_or("")), kAppeals);
    std::vector<calls::DemoMatter> matters;
    for (CsvRow const& row : appeals.rows()) {
        auto const known = by_number.find(std::string(appeals.at(row, "no")));
        auto const filed = parse_rfc3339(appeals.at(row, "filed"));
        if (known == by_number.end() || !filed) continue;
        matters.push_back({known->second, *filed, std::string(appeals.at(row, "phone")),
                           appeals.at(row, "channel") == "phone", appeals.at(row, "state") == "on_the_spot"});
    }
    std::ranges::stable_sort(matters, {}, &calls::DemoMatter::filed);
    return matters;
}

}  // namespace

calls::Handbook read_handbook(EmbeddedTable files) {
    return read(calls::read_handbook(embedded(files, kHandbook).value_or("")), kHandbook);
}

calls::ScoreCard read_score_card(EmbeddedTable files) {
    return read(calls::read_score_card(embedded(files, kCard).value_or("")), kCard);
}

void install_demo_seats(store::Session& session, crypto::Keyring const& keys, EmbeddedTable files) {
    std::int64_t last = 0, centre = 0;
    session.query("SELECT max(id) FROM person", {}, [&](store::Row const& row) { last = row.integer(0); });
    session.query("SELECT id FROM unit WHERE code = 'centre'", {},
                  [&](store::Row const& row) { centre = row.integer(0); });
    for (calls::DemoSeat const& seat : demo_seats(files))
        put_person(session, keys,
                   {PersonId(++last), seat.login, "seat", UnitId(centre), seat.zh, seat.en, "", seat.employer},
                   "");
}

bool is_demo_seat(EmbeddedTable files, std::string_view login) {
    auto const seats = demo_seats(files);
    return std::ranges::find(seats, login, &calls::DemoSeat::login) != seats.end();
}

int seed_demo_calls(Engine& engine, crypto::Keyring const& keys, EmbeddedTable files) {
    calls::Handbook const book = read_handbook(files);
    auto const rules = engine.rules();
    auto person = [&](std::string_view login) {
        Person const* known = rules->directory->person(login);
        if (known == nullptr) throw std::runtime_error("the demo has nobody called " + std::string(login));
        return known->id;
    };
    calls::DemoTelephone demo;
    demo.telephone = person("telephone");
    demo.leader = person("lead01");
    demo.today = *parse_day("2026-10-09");  // as the times of the appeals, whatever the clock says
    demo.shifts["day"] = {person("seat01"), person("seat02")};
    for (calls::DemoSeat const& seat : demo_seats(files)) demo.shifts[seat.shift].push_back(person(seat.login));
    int told = 0;
    engine.write_now([&](store::Session& session) {
        demo.matters = demo_matters(session, files);
        told = calls::seed_demo({session, book, keys, *rules->directory, {}, engine.now()}, demo);
    });
    return told;
}

}  // namespace banyan
