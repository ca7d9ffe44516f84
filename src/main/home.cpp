#include "main/home.h"

#include "base/csv.h"
#include "base/shipped.h"
#include "systems/administration/acts.h"

namespace banyan {
namespace {

void record(store::Session& writing, hall::Recorded const& row) {
    administration::put_act(
        writing, {0, row.at, row.person, row.role, row.act, row.subject, json::serialize(row.detail), {}});
}

void seed_company(store::Session& writing, Csv const& table, CsvRow const& row, Directory const& directory,
                  Instant now) {
    auto at = [&](std::string_view column) { return std::string(table.at(row, column)); };
    auto person = [&](std::string_view column) {
        Person const* found = directory.person(at(column));
        if (found == nullptr) throw std::runtime_error("data/demo/companies.csv: " + at(column));
        return found->id;
    };
    std::string const file = "data/demo/companies.csv";
    hall::Company const company = must(
        hall::open_company(writing, {0, at("code"), at("name"), person("legal")}, person("opened_by"), now), file);
    if (at("agent").empty()) return;
    hall::Mandate mandate;
    mandate.person = person("agent");
    mandate.scope = at("scope");
    mandate.until = *parse_day(at("until"));
    (void)must(hall::give_mandate(writing, company, std::move(mandate), now), file);
}

}  // namespace

HomePart::HomePart(api::House& house, EmbeddedTable files)
    : windows_(must(hall::read_windows(shipped(files, "data/hall.toml")), "data/hall.toml")),
      desk_{house, windows_, record} {}

void HomePart::add_operations(api::Api& api) const {
    hall::add_favourite_operations(api, desk_);
    hall::add_place_operations(api, desk_);
    hall::add_company_operations(api, desk_);
}

void seed_demo_home(Opened& city, EmbeddedTable files) {
    if (city.installed.catalogues.contains(kPlacesCatalogue)) return;
    std::string const places(shipped(files, "data/demo/places.csv"));
    (void)must(hall::read_places(places), "data/demo/places.csv");
    Csv const companies = must(Csv::parse(shipped(files, "data/demo/companies.csv")), "data/demo/companies.csv");
    Instant const now = *parse_rfc3339("2026-09-21T09:30:00+08:00");
    auto const rules = city.installed.rules;
    city.engine->write_now([&](store::Session& session) {
        put_catalogue(session, kPlacesCatalogue, places, city.engine->now());
        for (CsvRow const& row : companies.rows()) seed_company(session, companies, row, *rules->directory, now);
    });
    city.reload();
}

}  // namespace banyan
