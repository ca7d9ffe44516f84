// Items become rows of small numbers.
#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <tuple>

#include "systems/hall/find.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kMostNames = 65'535;  ///< units, regions: they are numbered with 16 bits

std::string key_of(Title const& title) {
    std::string key;
    auto put = [&](std::string_view part) {
        key += part;
        key += '\x1F';
    };
    auto put_all = [&](std::vector<std::string> const& parts) {
        for (std::string const& part : parts) put(part);
        key += '\x1E';
    };
    for (std::string const* part : {&title.name, &title.name_en, &title.situation, &title.situation_name})
        put(*part);
    put(code_of(title.type));
    for (auto const* parts : {&title.keywords, &title.audience, &title.classes, &title.scenes}) put_all(*parts);
    return key;
}

}  // namespace

Listing listing_of(Item const& item, int version) {
    return {.code = item.code,
            .version = version,
            .title = {item.name, item.name_en, item.situation, item.situation_name, item.keywords, item.type,
                      item.audience, item.classes, item.scenes},
            .unit = item.unit,
            .unit_name = item.unit_name,
            .unit_en = item.unit_en,
            .region = item.region,
            .level = item.level,
            .kind = item.kind,
            .promised_days = item.promised_days,
            .legal_days = item.legal_days,
            .star = item.star,
            .trips = trips_of(item),
            .charged = item.fee.charged};
}

struct Finder::Builder::Parts {
    struct Row {
        std::string code;
        std::uint32_t title, order;
        std::uint16_t unit, place, version;
        std::int16_t promised_days, legal_days;
        std::uint8_t level, star, trips, kind_and_fee;
    };
    std::shared_ptr<Finder> made = std::make_shared<Finder>();
    std::vector<Title> titles;
    std::unordered_map<std::string, std::uint32_t> title_of;
    std::vector<Row> rows;

    std::uint32_t title(Title const& title) {
        auto const [at, is_new] = title_of.try_emplace(key_of(title), static_cast<std::uint32_t>(titles.size()));
        if (is_new) titles.push_back(title);
        return at->second;
    }
    std::uint16_t unit(Named const& unit) {
        auto const found = made->unit_of_.find(unit.code);
        if (found != made->unit_of_.end()) return found->second;
        if (made->units_.size() > kMostNames) throw std::length_error("hall: too many units");
        auto const number = static_cast<std::uint16_t>(made->units_.size());
        made->unit_of_.emplace(unit.code, number);
        made->units_.push_back(unit);
        made->units_plain_.push_back(made->names_.words->plain(unit.zh));
        return number;
    }
    std::uint16_t place(std::string_view code) const {
        auto const found = made->place_of_.find(code);
        if (found == made->place_of_.end()) throw std::invalid_argument("hall: no division " + std::string(code));
        return found->second;
    }
    void put_places();
    void put_below(std::string_view parent, std::unordered_map<std::string_view, std::vector<std::size_t>>& below);
    void put_rows();
    void put_items_of_titles();
};

void Finder::Builder::Parts::put_places() {
    std::unordered_map<std::string_view, std::vector<std::size_t>> below;
    auto const& all = made->names_.regions->all();
    if (all.size() > kMostNames) throw std::length_error("hall: too many regions");
    for (std::size_t i = 0; i < all.size(); ++i) below[all[i].parent].push_back(i);
    put_below("", below);
}

void Finder::Builder::Parts::put_below(std::string_view parent,
                                       std::unordered_map<std::string_view, std::vector<std::size_t>>& below) {
    auto const& all = made->names_.regions->all();
    for (std::size_t const i : below[parent]) {
        std::size_t const number = made->places_.size();
        made->place_of_.emplace(all[i].code, static_cast<std::uint16_t>(number));
        made->places_.push_back({{all[i].code, all[i].name, {}}, 0});
        put_below(all[i].code, below);
        made->places_[number].end = static_cast<std::uint32_t>(made->places_.size());
    }
}

Finder::Builder::Builder(Names names) : parts_(std::make_unique<Parts>()) {
    parts_->made->names_ = std::move(names);
    parts_->put_places();
}

Finder::Builder::~Builder() = default;

void Finder::Builder::add(Listing const& listing) {
    parts_->rows.push_back({.code = listing.code,
                            .title = parts_->title(listing.title),
                            .order = static_cast<std::uint32_t>(parts_->rows.size()),
                            .unit = parts_->unit({listing.unit, listing.unit_name, listing.unit_en}),
                            .place = parts_->place(region_code(listing.region)),
                            .version = static_cast<std::uint16_t>(listing.version),
                            .promised_days = static_cast<std::int16_t>(listing.promised_days),
                            .legal_days = static_cast<std::int16_t>(listing.legal_days),
                            .level = static_cast<std::uint8_t>(listing.level),
                            .star = static_cast<std::uint8_t>(listing.star),
                            .trips = static_cast<std::uint8_t>(listing.trips),
                            .kind_and_fee = static_cast<std::uint8_t>(static_cast<unsigned>(listing.kind) |
                                                                      (listing.charged ? 2U : 0U))});
}

void Finder::Builder::add_all(Finder const& other, std::vector<std::string> const& but) {
    constexpr std::uint32_t kNotYet = ~std::uint32_t{0};
    std::vector<std::uint32_t> titles(other.titles(), kNotYet);
    Rows const& from = other.rows_;
    for (Number item = 0; item < other.size(); ++item) {
        if (std::ranges::binary_search(but, other.code(item), std::less<>{})) continue;
        std::uint32_t& title = titles[from.title[item]];
        if (title == kNotYet) title = parts_->title(other.titles_->at(from.title[item]));
        parts_->rows.push_back(
            {std::string(other.code(item)), title, static_cast<std::uint32_t>(parts_->rows.size()),
             parts_->unit(other.units_[from.unit[item]]), parts_->place(other.places_[from.place[item]].name.code),
             from.version[item], from.promised_days[item], from.legal_days[item], from.level[item],
             from.star[item], from.trips[item], from.kind_and_fee[item]});
    }
}

void Finder::Builder::Parts::put_rows() {
    std::ranges::sort(
        rows, [](Row const& a, Row const& b) { return std::tie(a.code, a.order) < std::tie(b.code, b.order); });
    // Of one code the last: unique() keeps the first, so from behind.
    auto const kept =
        std::unique(rows.rbegin(), rows.rend(), [](Row const& a, Row const& b) { return a.code == b.code; });
    rows.erase(rows.begin(), kept.base());
    std::ranges::stable_sort(rows, {}, &Row::level);
    Rows& into = made->rows_;
    for (std::uint8_t level = 0; level <= static_cast<std::uint8_t>(Level::village) + 1; ++level)
        made->level_begins_.push_back(
            static_cast<std::uint32_t>(std::ranges::lower_bound(rows, level, {}, &Row::level) - rows.begin()));
    for (Row const& row : rows) {
        into.title.push_back(row.title);
        into.codes += row.code;
        into.code_end.push_back(static_cast<std::uint32_t>(into.codes.size()));
        into.unit.push_back(row.unit);
        into.place.push_back(row.place);
        into.version.push_back(row.version);
        into.promised_days.push_back(row.promised_days);
        into.legal_days.push_back(row.legal_days);
        into.level.push_back(row.level);
        into.star.push_back(row.star);
        into.trips.push_back(row.trips);
        into.kind_and_fee.push_back(row.kind_and_fee);
    }
    rows = {};
}

void Finder::Builder::Parts::put_items_of_titles() {
    std::vector<std::uint32_t> const& title = made->rows_.title;
    made->items_end_.assign(titles.size(), 0);
    for (std::uint32_t const of : title) ++made->items_end_[of];
    std::partial_sum(made->items_end_.begin(), made->items_end_.end(), made->items_end_.begin());
    made->items_of_.resize(title.size());
    std::vector<std::uint32_t> next(titles.size(), 0);
    for (std::size_t i = 1; i < titles.size(); ++i) next[i] = made->items_end_[i - 1];
    for (Number item = 0; item < title.size(); ++item) made->items_of_[next[title[item]]++] = item;
}

std::shared_ptr<Finder const> Finder::Builder::finish() {
    parts_->put_rows();
    parts_->put_items_of_titles();
    parts_->title_of = {};
    parts_->made->titles_ = std::make_shared<Titles const>(std::move(parts_->titles), *parts_->made->names_.words);
    return std::move(parts_->made);
}

}  // namespace banyan::hall
