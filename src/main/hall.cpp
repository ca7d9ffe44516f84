#include "main/hall.h"

#include <fmt/core.h>

#include <map>
#include <stdexcept>

#include "base/shipped.h"
#include "systems/hall/exchange.h"
#include "systems/hall/find_routes.h"
#include "systems/hall/plausible.h"

namespace banyan {
namespace {

hall::Finder::Names finder_names(EmbeddedTable files, std::shared_ptr<HallTables const> const& tables,
                                 std::shared_ptr<text::Reader const> const& reader) {
    auto words = must(hall::Words::read({.stopwords = shipped(files, "data/knowledge/stopwords.txt"),
                                         .synonyms = shipped(files, "data/knowledge/synonyms.csv"),
                                         .said = shipped(files, "data/hall/said.csv"),
                                         .situations = shipped(files, "data/hall/situations.csv")},
                                        reader),
                      "data/hall");
    return {tables->classes, std::shared_ptr<hall::Regions const>(tables, &tables->regions),
            std::make_shared<hall::Words const>(std::move(words))};
}

hall::Plausible plausible(EmbeddedTable files, Rules const& rules, HallTables const& tables, Texts const& texts) {
    Unit const* centre = rules.directory->unit(rules.directory->city_centre());
    return hall::Plausible(
        {.subjects = must(hall::read_subjects(shipped(files, "data/hall/subjects.csv"),
                                              shipped(files, "data/hall/materials.csv")),
                          "data/hall/subjects.csv"),
         .units = must(read_units(shipped(files, "data/demo/units.csv")), "data/demo/units.csv"),
         .offices = must(hall::read_offices(shipped(files, "data/hall.toml")), "data/hall.toml"),
         .regions = tables.regions,
         .texts = texts,
         .city = centre == nullptr ? std::string() : centre->region});
}

/// A proof that is struck is named after its item: 结婚登记：居民户口簿.
std::string item_of(hall::Change const& change, std::map<std::string, std::string> const& codes) {
    if (change.kind != "struck") return {};
    for (auto const& [name, code] : codes)
        if (change.name.starts_with(name)) return code;
    return {};
}

void seed_changes(Opened& city, EmbeddedTable files, std::map<std::string, std::string> const& codes) {
    auto all = must(hall::read_changes(shipped(files, "data/hall/changes.csv")), "data/hall/changes.csv");
    for (hall::Change& change : all) change.code = item_of(change, codes);
    Instant const now = city.engine->now();
    city.engine->write_now([&](store::Session& session) {
        for (hall::Change const& change : all)
            if (auto const put = hall::put_change(session, change, now); !put)
                throw std::runtime_error("data/hall/changes.csv: " + put.error().key + " " + change.name);
    });
}

}  // namespace

HallTables read_hall_tables(EmbeddedTable files) {
    return {
        must(hall::read_classes(shipped(files, "data/hall/classes.csv"), shipped(files, "data/hall/scenes.csv")),
             "data/hall/classes.csv"),
        hall::Regions(shipped(files, "data/divisions/fujian.csv")),
        must(hall::read_catch_all(shipped(files, "data/hall.toml")), "data/hall.toml")};
}

HallPart::HallPart(api::House& house, store::Store& store, hall::Shelf& shelf, EmbeddedTable files,
                   std::shared_ptr<text::Reader const> const& reader, Uploads const& uploads)
    : house_(house),
      store_(store),
      tables_(std::make_shared<HallTables const>(read_hall_tables(files))),
      names_(finder_names(files, tables_, reader)),
      shelf_(shelf),
      desk_{house, tables_->classes, tables_->regions, shelf_},
      editor_(house.engine, store, shelf_),
      editor_desk_{house, tables_->around(), uploads, editor_} {
    editor_.read_all_again = [this] {
        if (shelf_.finder()) load();
    };
    editor_.on_failure = [&log = house.log](std::string const& why) { log.warn("items.failed", {{"why", why}}); };
}

void HallPart::add_operations(api::Api& api) {
    hall::add_find_operations(api, house_, shelf_);
    hall::add_item_operations(api, desk_);
    hall::add_number_operations(api, desk_);
    hall::add_open_data_operations(api, desk_);
    hall::add_editor_lists(api, editor_desk_);
    hall::add_editor_news(api, editor_desk_);
    hall::add_editor_acts(api, editor_desk_);
    hall::add_sample_operation(api, editor_desk_);
}

void HallPart::load() {
    constexpr int kPortion = 2000;
    auto const session = store_.open_reader();
    hall::Finder::Builder builder(names_);
    std::int64_t after = 0;
    auto add = [&](hall::Stored&& stored) {
        builder.add(hall::listing_of(stored.item, stored.version));
        after = stored.id;
    };
    while (!stopping_ && hall::each_published(*session, after, kPortion, add) == kPortion) {
    }
    if (!stopping_) shelf_.put(builder.finish());
}

void HallPart::start() {
    constexpr std::int64_t kFew = 5000;
    if (hall::count_items(*store_.open_reader()) <= kFew) {
        load();
        return editor_.start();
    }
    editor_.start();
    loading_ = std::thread([this] {
        try {
            load();
        } catch (std::exception const& error) {  // lists go on saying that they are being read
            house_.log.error("hall.failed", {{"what", std::string_view(error.what())}});
        }
    });
}

void HallPart::stop() {
    stopping_ = true;
    editor_.stop();
    if (loading_.joinable()) loading_.join();
}

void seed_demo_items(Opened& city, EmbeddedTable files, Texts const& texts, bool whole) {
    auto const reading = city.store->open_reader();
    std::int64_t const have = hall::count_items(*reading);
    bool const first = have == 0, rest = whole && have < hall::kWholeQuota.items();
    if (!first && !rest) return;
    HallTables const tables = read_hall_tables(files);
    hall::Surroundings const around = tables.around();
    auto const rules = city.installed.rules;
    hall::Plausible const made = plausible(files, *rules, tables, texts);
    hall::Intake intake(*reading, *rules->directory, around);
    Instant const now = city.engine->now();
    auto write = [&] { city.engine->write_now([&](store::Session& session) { intake.write(session, now); }); };
    std::map<std::string, std::string> codes;  // of each main item's first situation, by name
    auto make = [&](hall::Item item) {
        codes.try_emplace(item.name, item.code);
        intake.take(std::move(item));
        if (intake.full()) write();
    };
    if (first) {
        made.city(hall::kDemoQuota, make);
        write();
        seed_changes(city, files, codes);
    }
    if (rest) made.rest(hall::kWholeQuota, hall::kDemoQuota, make);
    write();
    fmt::print("  {} items of the service hall\n", intake.added);
    std::fflush(stdout);
}

}  // namespace banyan
