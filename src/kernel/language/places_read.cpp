// Reading the divisions: every form in which a name is written.
#include <algorithm>

#include "base/csv.h"
#include "kernel/language/places.h"

namespace banyan::language {
namespace {

std::u32string without(std::u32string name, WordSort const& last) {
    for (std::size_t length = std::min(last.longest, name.size()); length > 0; --length) {
        if (!last.holds(std::u32string_view(name).substr(name.size() - length))) continue;
        if (name.size() - length >= 2) name.resize(name.size() - length);
        break;
    }
    return name;
}

int level_of(std::string_view text) { return text.size() == 1 ? text[0] - '0' : 0; }

Result<Csv> table_with(std::string_view csv, std::initializer_list<char const*> columns) {
    BANYAN_TRY(Csv table, Csv::parse(csv));
    for (char const* column : columns)
        if (!table.has(column)) return refuse("language.columns", "", {{"column", column}});
    return table;
}

}  // namespace

void Gazetteer::add_surface(std::u32string const& written, std::uint32_t unit, bool whole) {
    if (written.size() < 2) return;
    std::uint32_t word = names_.add(written);
    if (word == surfaces_.size()) surfaces_.emplace_back();
    auto& known = surfaces_[word];
    if (std::ranges::none_of(known, [&](Surface const& one) { return one.unit == unit; }))
        known.push_back({unit, whole});
}

// 长乐区 is still called 长乐市, a 乡 that became a 镇 its old name.
void Gazetteer::add_names(std::uint32_t number, std::u32string const& name, WordLists const& words) {
    int level = units_[number].level;
    WordSort const& last = words[level == 2 ? "last_city" : level == 3 ? "last_area" : "last_town"];
    add_surface(name, number, true);
    std::u32string stem = without(name, last);
    std::u32string bare = without(stem, words["people"]);  // 霍口畲族乡 → 霍口
    for (auto const& word : last.words) {
        add_surface(stem + word, number, true);
        if (bare != stem) add_surface(bare + word, number, true);
    }
    add_surface(stem, number, stem == name && level == 4);
    if (bare != stem) add_surface(bare, number, false);
}

void Gazetteer::add_unit(Unit unit, WordLists const& words) {
    auto number = static_cast<std::uint32_t>(units_.size());
    std::u32string name = folded(unit.name);
    int level = unit.level;
    units_.push_back(std::move(unit));
    if (level >= 2 && level <= 4) add_names(number, name, words);
    if (level != 5) return;
    std::u32string stem = without(name, last_village_);
    if (stem.size() < 2) return;
    std::uint32_t word = villages_.add(stem);
    if (word == villagers_.size()) villagers_.emplace_back();
    villagers_[word].push_back(number);
}

// What the city calls its own units: 榕荫街道 for 350102004.
Result<void> Gazetteer::rename(std::string_view csv, WordLists const& words) {
    BANYAN_TRY(Csv const table, table_with(csv, {"code", "zh"}));
    for (CsvRow const& row : table.rows()) {
        auto unit = std::ranges::lower_bound(units_, table.at(row, "code"), {}, &Unit::code);
        if (unit == units_.end() || unit->code != table.at(row, "code")) continue;
        auto number = static_cast<std::uint32_t>(unit - units_.begin());
        if (unit->level < 4 || unit->name == table.at(row, "zh")) continue;
        unit->name = table.at(row, "zh");
        std::u32string name = folded(unit->name);
        if (unit->level == 4) {
            add_names(number, name, words);
            continue;
        }
        std::uint32_t word = villages_.add(without(name, last_village_));
        if (word == villagers_.size()) villagers_.emplace_back();
        auto& known = villagers_[word];
        if (std::ranges::find(known, number) == known.end()) known.push_back(number);
    }
    return {};
}

Result<Gazetteer> Gazetteer::read(GazetteerFiles const& files) {
    Gazetteer places;
    BANYAN_TRY(WordLists const words, WordLists::read(files.words));
    places.last_village_ = words["last_village"];
    places.committee_ = words["last_committee"];
    places.ordinary_ = words["ordinary"];
    places.ending_ = words["ending"];
    places.before_ = words["before"];
    places.no_name_ = words["no_name"];
    places.never_last_ = words["never_last"];
    places.named_after_ = words["named_after"];
    BANYAN_TRY(Csv const table, table_with(files.divisions, {"code", "name", "level"}));
    std::vector<Unit> units;
    for (CsvRow const& row : table.rows())
        units.push_back({std::string(table.at(row, "code")), std::string(table.at(row, "name")),
                         level_of(table.at(row, "level"))});
    std::ranges::stable_sort(units, {}, &Unit::code);
    for (Unit& unit : units) places.add_unit(std::move(unit), words);
    if (!files.units.empty()) BANYAN_CHECK(places.rename(files.units, words));
    WordSort const& aliases = words["alias"];
    for (std::size_t i = 0; i < aliases.words.size(); ++i) {
        auto unit = std::ranges::lower_bound(places.units_, aliases.to[i], {}, &Unit::code);
        if (unit != places.units_.end() && unit->code == aliases.to[i])
            places.add_surface(aliases.words[i], static_cast<std::uint32_t>(unit - places.units_.begin()), true);
    }
    return places;
}

std::string_view Gazetteer::name(std::string_view code) const {
    auto unit = std::ranges::lower_bound(units_, code, {}, &Unit::code);
    return unit != units_.end() && unit->code == code ? std::string_view(unit->name) : std::string_view();
}

}  // namespace banyan::language
