#include <fmt/core.h>

#include <fstream>

#include "main/hall.h"
#include "main/verbs.h"
#include "systems/hall/editor.h"
#include "systems/hall/exchange.h"
#include "systems/hall/subjects.h"
#include "systems/hotline/hotline.h"

namespace banyan {
namespace {

bool is_csv(std::string const& file) { return file.ends_with(".csv"); }

void check_name(std::string const& file) {
    if (!is_csv(file) && !file.ends_with(".jsonl"))
        throw std::runtime_error(file + ": takes a file that ends in .csv or .jsonl");
}

std::vector<Option> options(char const* about) {
    return {{.name = "<file>", .about = about, .required = true},
            {.name = "data", .about = "folder of the city", .required = true},
            {.name = "db", .about = "postgresql://…"}};
}

Place place_of(Given const& given) { return {given.at("data"), given.contains("db") ? given.at("db") : ""}; }

int import_items(Given const& given) {
    std::string const name = given.at("file");
    check_name(name);
    std::ifstream file(name, std::ios::binary);
    if (!file) throw std::runtime_error(name + ": cannot be read");
    Opened city(place_of(given), {});
    HallTables const tables = read_hall_tables(banyan_embedded_table);
    hall::Surroundings const around = tables.around();
    auto const rules = city.installed.rules;
    hall::Intake intake(*city.store->open_reader(), *rules->directory, around);
    Instant const now = clock_of(given.at("data"))();
    auto write = [&] {
        city.engine->write_now([&](store::Session& session) {
            intake.write(session, now);
            city.engine->nodes().tell(session, hall::kItemsTiding);
        });
    };
    auto take = [&](int line, Result<json::object> const& item) {
        intake.take(line, item);
        if (intake.full()) write();
    };
    if (is_csv(name)) {
        if (auto const read = hall::read_csv(read_file(name), take); !read) return say_refused(read.error());
    } else {
        hall::read_jsonl(file, take);
    }
    write();
    std::vector<hotline::BadRow> bad;
    for (hall::BadLine& each : intake.bad) bad.push_back({each.line, std::move(each.refusal)});
    say_bad_rows(bad);
    fmt::print("{} added, {} changed, {} were there already, {} refused\n", intake.added, intake.changed,
               intake.unchanged, bad.size());
    return intake.added + intake.changed + intake.unchanged > 0 || bad.empty() ? 0 : 1;
}

int import_changes(Given const& given) {
    auto const all = hall::read_changes(read_file(given.at("file")));
    if (!all) return say_refused(all.error());
    Opened city(place_of(given), {});
    Instant const now = clock_of(given.at("data"))();
    int added = 0, already = 0;
    Result<void> put{};
    try {
        city.engine->write_now([&](store::Session& session) {
            for (hall::Change const& change : *all) {
                if (hall::has_change(session, change)) {
                    ++already;
                    continue;
                }
                put = hall::put_change(session, change, now);
                if (!put) throw std::runtime_error(change.name);  // all of the file or nothing
                ++added;
            }
        });
    } catch (std::runtime_error const& error) {
        if (put) throw;
        fmt::print(stderr, "{}: ", error.what());
        return say_refused(put.error());
    }
    fmt::print("{} added, {} were there already\n", added, already);
    return 0;
}

int export_items(Given const& given) {
    std::string const name = given.at("file");
    check_name(name);
    Opened city(place_of(given), {});
    std::string const part = name + ".part";
    std::ofstream file(part, std::ios::binary);
    if (is_csv(name)) file << hall::csv_header();
    auto const session = city.store->open_reader();
    constexpr int kPortion = 2000;
    std::int64_t after = 0, many = 0;
    auto put = [&](hall::Stored&& stored) {
        file << (is_csv(name) ? hall::csv_line(stored.item, false) : hall::jsonl_line(stored.item));
        after = stored.id;
        ++many;
    };
    while (hall::each_published(*session, after, kPortion, put) == kPortion) {
    }
    file.close();
    if (!file) throw std::runtime_error(name + ": cannot be written");
    std::filesystem::rename(part, name);
    fmt::print("{} items\n", many);
    return 0;
}

}  // namespace

Verb import_items_verb() {
    return {
        "import items",
        "take in items of the service hall; what is there already as it is stays, what differs is a new version",
        options("a line of JSON each (.jsonl), or a table (.csv): docs/systems/hall.md"), import_items};
}

Verb import_changes_verb() {
    return {"import changes",
            "take in the hall's change log: items cancelled, delegated or merged end; all of the file or nothing",
            options("columns kind, item, basis, day; code of the item, note_zh, note_en if there are any"),
            import_changes};
}

Verb export_items_verb() {
    return {"export items", "write out every published item, so that it can be taken in again",
            options("is made: .jsonl or .csv"), export_items};
}

}  // namespace banyan
