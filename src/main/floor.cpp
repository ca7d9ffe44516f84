#include "main/floor.h"

#include <fmt/core.h>

#include "base/shipped.h"
#include "systems/floor/demo.h"

namespace banyan {
namespace {

constexpr std::string_view kNumbers = "data/floor.toml";

floor::Handbook read_book(EmbeddedTable files) {
    return must(floor::read_handbook(shipped(files, kNumbers)), kNumbers);
}

floor::Plan plan_of(api::Catalogues const& catalogues) {
    auto const csv = catalogues.find(floor::kFloorCatalogue);
    return csv == nullptr ? floor::Plan{} : must(floor::read_plan(*csv), floor::kFloorCatalogue);
}

}  // namespace

FloorPart::FloorPart(api::House& house, store::Store& store, EmbeddedTable files)
    : store_(store),
      book_(read_book(files)),
      plans_(plan_of(house.catalogues)),
      desk_{house, book_, plans_, streams_},
      caretaker_([this] { care(); }, seconds(30)) {}

void FloorPart::care() {
    try {
        if (!reading_) reading_ = store_.open_reader();
        floor::care(desk_, *reading_);
    } catch (std::exception const& error) {  // it looks again later
        reading_.reset();
        desk_.house.log.warn("floor.care_failed", {{"what", std::string_view(error.what())}});
    }
}

void FloorPart::start() {
    for (char const* kind : {"floor", "rules"})
        desk_.house.engine.nodes().hear(kind, [this](std::string const&) { hear(); });
    desk_.house.engine.nodes().hear(floor::kMoved, [this](std::string const& hall) {
        if (!hall.empty()) streams_.tell(hall);
    });
    caretaker_.start();
}

void FloorPart::hear() {
    try {
        if (!hearing_) hearing_ = store_.open_reader();
        std::string csv;
        hearing_->query("SELECT text FROM catalogue WHERE name = $1", {floor::kFloorCatalogue},
                        [&](store::Row const& row) { csv = row.text(0); });
        auto plan = floor::read_plan(csv);
        if (csv.empty() || !plan) return;
        auto const now = std::make_shared<floor::Plan const>(std::move(*plan));
        plans_.put(now);
        desk_.house.catalogues.put(floor::kFloorCatalogue, std::move(csv));
        for (floor::Hall const& hall : now->halls) streams_.tell(hall.code);
    } catch (std::exception const& error) {  // the next time, or at the next start
        hearing_.reset();
        desk_.house.log.warn("floor.plan_not_read", {{"why", std::string_view(error.what())}});
    }
}

void FloorPart::stop() {
    caretaker_.stop();
    streams_.close();
}

void seed_demo_floor(Opened& city, EmbeddedTable files) {
    if (city.installed.catalogues.contains(floor::kFloorCatalogue)) return;
    std::string const csv(shipped(files, "data/demo/floor.csv"));
    auto const plan = must(floor::read_plan(csv), "data/demo/floor.csv");
    auto const rows =
        must(floor::read_morning(shipped(files, "data/demo/floor_morning.csv")), "floor_morning.csv");
    floor::Handbook const book = read_book(files);
    Instant const until = *parse_rfc3339("2026-10-09T09:00:00+08:00");  // whatever the clock says
    int numbers = 0;
    city.engine->write_now([&](store::Session& session) {
        auto const rules = city.installed.rules;
        floor::Office const office{
            session, book, plan, city.keys, *rules->directory, {}, {until, city.installed.calendar.get()}};
        numbers = floor::seed_demo(office, rows, until);
        put_catalogue(session, floor::kFloorCatalogue, csv, city.engine->now());
    });
    city.reload();
    fmt::print("  {} numbers taken in the hall\n", numbers);
    std::fflush(stdout);
}

}  // namespace banyan
