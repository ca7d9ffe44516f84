#include "systems/hall/find.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace banyan::hall {
namespace {

constexpr std::uint32_t kMostScore = 1U << 20U;
constexpr std::uint8_t kOnLine = 3;   ///< stars
constexpr std::uint32_t kOfUnit = 1;  ///< the words are part of its unit's name, and fit nothing else about it

}  // namespace

/// A row is of these.
struct Finder::Filter {
    bool nothing = false;  ///< a code that nothing has
    std::optional<std::uint16_t> unit;
    std::uint32_t place_from = 0, place_to = ~std::uint32_t{0};
    std::optional<std::uint8_t> level, trips, star;
    std::optional<Type> type;
    std::string audience, item_class, scene;

    bool of_title() const { return type || !audience.empty() || !item_class.empty() || !scene.empty(); }
    bool takes(Title const& title) const {
        auto in = [](std::vector<std::string> const& all, std::string const& one) {
            return one.empty() || std::ranges::find(all, one) != all.end();
        };
        return (!type || *type == title.type) && in(title.audience, audience) && in(title.classes, item_class) &&
               in(title.scenes, scene);
    }
    bool takes(Rows const& rows, Number item) const {
        return (!unit || rows.unit[item] == *unit) && rows.place[item] >= place_from &&
               rows.place[item] < place_to && (!level || rows.level[item] == *level) &&
               (!trips || rows.trips[item] == *trips) && (!star || rows.star[item] == *star);
    }
};

/// Where the page before ended.
struct Finder::Boundary {
    std::uint32_t score = 0;  ///< it had, if nobody can say what it has now
    std::optional<Number> item;
    Number behind = 0;  ///< without the item: the first that comes behind it in the order of items
    bool any = false;
};

Finder::Filter Finder::filter_of(Wanted const& wanted) const {
    Filter filter;
    if (!wanted.unit.empty()) {
        auto const unit = unit_of_.find(wanted.unit);
        filter.nothing = unit == unit_of_.end();
        if (!filter.nothing) filter.unit = unit->second;
    }
    if (!wanted.region.empty()) {
        auto const place = place_of_.find(region_code(wanted.region));
        if (place == place_of_.end()) {
            filter.nothing = true;
        } else {
            filter.place_from = place->second;
            filter.place_to = wanted.within ? places_[place->second].end : place->second + 1U;
        }
    }
    if (wanted.level) filter.level = static_cast<std::uint8_t>(*wanted.level);
    if (wanted.trips) filter.trips = static_cast<std::uint8_t>(*wanted.trips);
    if (wanted.star != 0) filter.star = static_cast<std::uint8_t>(wanted.star);
    filter.type = wanted.type;
    filter.audience = wanted.audience;
    filter.item_class = wanted.item_class;
    filter.scene = wanted.scene;
    return filter;
}

std::vector<std::uint8_t> Finder::units_meant(std::string_view text) const {
    std::vector<std::uint8_t> meant;
    if (count_characters(text) < 2) return meant;
    for (std::size_t unit = 0; unit < units_plain_.size(); ++unit) {
        if (units_plain_[unit].find(text) == std::string::npos) continue;
        meant.resize(units_plain_.size());
        meant[unit] = 1;
    }
    return meant;
}

/// Visits each item that is wanted, with its score: those of a title, or all, in their order.
template <class Visit>
void Finder::each(Wanted const& wanted, Visit const& visit) const {
    Filter const filter = filter_of(wanted);
    if (filter.nothing) return;
    if (auto const item = wanted.text.empty() ? std::nullopt : number(wanted.text)) {
        if (filter.takes(titles_->at(rows_.title[*item])) && filter.takes(rows_, *item)) visit(*item, kMostScore);
        return;
    }
    Asked const asked = wanted.text.empty() ? Asked{} : names_.words->understand(wanted.text);
    auto const scored = titles_->find(asked);
    auto const units = asked.letters ? std::vector<std::uint8_t>{}
                                     : units_meant(asked.subject_text.empty() ? asked.text : asked.subject_text);
    if (!wanted.text.empty() && units.empty()) {
        for (auto const& [title, score] : scored) {
            if (filter.of_title() && !filter.takes(titles_->at(title))) continue;
            for (std::uint32_t at = title == 0 ? 0 : items_end_[title - 1]; at < items_end_[title]; ++at)
                if (filter.takes(rows_, items_of_[at])) visit(items_of_[at], score + kOfUnit);
        }
        return;
    }
    std::vector<std::uint32_t> scores(titles_->size(), 0);
    for (auto const& [title, score] : scored) scores[title] = score + kOfUnit;
    std::vector<std::uint8_t> taken(titles_->size(), 1);
    if (filter.of_title())
        for (std::uint32_t title = 0; title < taken.size(); ++title)
            taken[title] = filter.takes(titles_->at(title)) ? 1 : 0;
    for (Number item = 0; item < size(); ++item) {
        std::uint32_t const title = rows_.title[item];
        if (taken[title] == 0 || !filter.takes(rows_, item)) continue;
        std::uint32_t const score = scores[title];
        if (score > 0 || wanted.text.empty())
            visit(item, score);
        else if (units[rows_.unit[item]] != 0)
            visit(item, kOfUnit);
    }
}

Result<Finder::Page> Finder::find(Wanted const& wanted, std::string_view cursor, std::size_t limit) const {
    BANYAN_TRY(Boundary const before, boundary(cursor));
    auto key = [](std::uint32_t score, Number item) { return Key{kMostScore - score} << 32U | item; };
    std::optional<std::uint32_t> score_now;
    std::vector<std::pair<std::uint32_t, Number>> all;
    Page page;
    each(wanted, [&](Number item, std::uint32_t score) {
        ++page.count;
        all.emplace_back(score, item);
        if (before.item == item) score_now = score;
    });
    // The first key that is not on an earlier page.
    Key first = 0;
    if (before.any)
        first = before.item ? key(score_now.value_or(before.score), *before.item) + 1
                            : key(before.score, before.behind);
    std::vector<Key> best;  // a heap, the last of them on top
    std::size_t behind = 0;
    for (auto const& [score, item] : all) {
        Key const of = key(score, item);
        if (of < first) continue;
        ++behind;
        if (best.size() < limit) {
            best.push_back(of);
            std::ranges::push_heap(best);
        } else if (of < best.front()) {
            std::ranges::pop_heap(best);
            best.back() = of;
            std::ranges::push_heap(best);
        }
    }
    std::ranges::sort_heap(best);
    for (Key const of : best) page.items.push_back(static_cast<Number>(of));
    if (behind > best.size() && !best.empty()) page.next = cursor_after(best.back());
    return page;
}

std::string Finder::cursor_after(Key last) const {
    auto const item = static_cast<Number>(last);
    return to_base64url(
        fmt::format("{}:{}:{}", kMostScore - (last >> 32U), static_cast<int>(rows_.level[item]), code(item)));
}

Result<Finder::Boundary> Finder::boundary(std::string_view cursor) const {
    Boundary boundary;
    if (cursor.empty()) return boundary;
    auto const plain = from_base64url(cursor);
    std::vector<std::string> const parts = plain ? split(*plain, ":") : std::vector<std::string>{};
    int level = -1;
    auto whole = [](std::string const& text, auto& into) {
        char const* const end = text.data() + text.size();
        auto const [at, error] = std::from_chars(text.data(), end, into);
        return error == std::errc() && at == end;
    };
    if (parts.size() != 3 || !whole(parts[0], boundary.score) || !whole(parts[1], level) || level < 0 ||
        level > static_cast<int>(Level::village) || boundary.score > kMostScore)
        return refuse("cursor.bad", "query.cursor");
    boundary.any = true;
    boundary.item = number(parts[2]);
    boundary.behind = static_cast<Number>(first_behind(static_cast<Level>(level), parts[2]));
    return boundary;
}

std::size_t Finder::first_behind(Level level, std::string_view sought) const {
    std::size_t from = level_begins_[static_cast<std::size_t>(level)];
    std::size_t to = level_begins_[static_cast<std::size_t>(level) + 1];
    while (from < to) {
        std::size_t const middle = (from + to) / 2;
        if (code(static_cast<Number>(middle)) < sought)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

std::optional<Finder::Number> Finder::number(std::string_view sought) const {
    for (int level = 0; level <= static_cast<int>(Level::village); ++level) {
        std::size_t const at = first_behind(static_cast<Level>(level), sought);
        if (at < level_begins_[static_cast<std::size_t>(level) + 1] && code(static_cast<Number>(at)) == sought)
            return static_cast<Number>(at);
    }
    return std::nullopt;
}

std::string_view Finder::code(Number item) const {
    std::uint32_t const begin = item == 0 ? 0 : rows_.code_end[item - 1];
    return std::string_view(rows_.codes).substr(begin, rows_.code_end[item] - begin);
}

Named Finder::unit(Number item) const { return units_[rows_.unit[item]]; }
Named Finder::region(Number item) const { return places_[rows_.place[item]].name; }

Listing Finder::listing(Number item) const {
    Named const& unit = units_[rows_.unit[item]];
    return {.code = std::string(code(item)),
            .version = rows_.version[item],
            .title = titles_->at(rows_.title[item]),
            .unit = unit.code,
            .unit_name = unit.zh,
            .unit_en = unit.en,
            .region = places_[rows_.place[item]].name.code,
            .level = static_cast<Level>(rows_.level[item]),
            .kind = static_cast<Kind>(rows_.kind_and_fee[item] & 1U),
            .promised_days = rows_.promised_days[item],
            .legal_days = rows_.legal_days[item],
            .star = rows_.star[item],
            .trips = static_cast<Trips>(rows_.trips[item]),
            .charged = (rows_.kind_and_fee[item] & 2U) != 0};
}

Facets Finder::facets(Wanted const& wanted) const {
    std::vector<std::uint32_t> by_title(titles_->size()), by_unit(units_.size()), by_place(places_.size());
    std::array<std::uint32_t, 5> by_level{};
    std::array<std::uint32_t, 3> by_trips{};
    Facets facets;
    each(wanted, [&](Number item, std::uint32_t) {
        ++facets.count;
        ++by_title[rows_.title[item]];
        ++by_unit[rows_.unit[item]];
        ++by_place[rows_.place[item]];
        ++by_level[rows_.level[item]];
        ++by_trips[rows_.trips[item]];
        if (rows_.star[item] >= kOnLine) ++facets.on_line;
    });
    auto put = [](std::vector<Tallied>& into, Named what, std::uint64_t count) {
        if (count > 0) into.push_back({std::move(what), count});
    };
    std::unordered_map<std::string_view, std::uint64_t> classes, scenes, audiences;
    std::array<std::uint64_t, static_cast<std::size_t>(Type::other) + 1> types{};
    for (std::uint32_t number = 0; number < by_title.size(); ++number) {
        if (by_title[number] == 0) continue;
        Title const& title = titles_->at(number);
        types[static_cast<std::size_t>(title.type)] += by_title[number];
        for (std::string const& one : title.classes) classes[one] += by_title[number];
        for (std::string const& one : title.scenes) scenes[one] += by_title[number];
        for (std::string const& one : title.audience) audiences[one] += by_title[number];
    }
    for (Class const& one : names_.classes.classes)
        put(facets.classes, {one.code, one.zh, one.en}, classes[one.code]);
    for (Scene const& one : names_.classes.scenes)
        put(facets.scenes, {one.code, one.zh, one.en}, scenes[one.code]);
    for (auto const& [code, count] : audiences) put(facets.audiences, {std::string(code), {}, {}}, count);
    std::ranges::sort(facets.audiences, std::ranges::greater{},
                      [](Tallied const& one) { return std::tie(one.count, one.what.code); });
    for (std::size_t type = 0; type < types.size(); ++type)
        put(facets.types, {std::string(code_of(static_cast<Type>(type))), {}, {}}, types[type]);
    for (std::size_t level = 0; level < by_level.size(); ++level)
        put(facets.levels, {std::string(code_of(static_cast<Level>(level))), {}, {}}, by_level[level]);
    for (std::size_t trips = 0; trips < by_trips.size(); ++trips)
        put(facets.trips, {std::string(code_of(static_cast<Trips>(trips))), {}, {}}, by_trips[trips]);
    put_units(facets, by_unit);
    put_regions(facets, wanted, by_place);
    return facets;
}

void Finder::put_units(Facets& into, std::vector<std::uint32_t> const& by_unit) const {
    std::vector<std::uint32_t> having;
    for (std::uint32_t unit = 0; unit < by_unit.size(); ++unit)
        if (by_unit[unit] > 0) having.push_back(unit);
    std::size_t const shown = std::min(having.size(), kMostUnits);
    std::ranges::partial_sort(
        having, having.begin() + static_cast<std::ptrdiff_t>(shown), [&](std::uint32_t a, std::uint32_t b) {
            return by_unit[a] != by_unit[b] ? by_unit[a] > by_unit[b] : units_[a].code < units_[b].code;
        });
    for (std::size_t i = 0; i < shown; ++i) into.units.push_back({units_[having[i]], by_unit[having[i]]});
}

void Finder::put_regions(Facets& into, Wanted const& wanted, std::vector<std::uint32_t> const& by_place) const {
    auto put = [&](std::uint32_t from, std::uint32_t to) {
        std::uint64_t sum = 0;
        for (std::uint32_t i = from; i < to; ++i) sum += by_place[i];
        if (sum > 0) into.regions.push_back({places_[from].name, sum});
    };
    std::uint32_t of = 0;
    if (!wanted.region.empty()) {
        auto const place = place_of_.find(region_code(wanted.region));
        if (place == place_of_.end()) return;
        of = place->second;
    }
    if (of >= places_.size()) return;
    put(of, of + 1);
    for (std::uint32_t below = of + 1; below < places_[of].end; below = places_[below].end)
        put(below, places_[below].end);
}

}  // namespace banyan::hall
