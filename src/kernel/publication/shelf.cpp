#include "kernel/publication/shelf.h"

#include <algorithm>
#include <limits>

namespace banyan::publication {
namespace {

using store::Type;

store::Table const kPublications{"publication",
                                 {{"lane", Type::integer},
                                  {"matter", Type::integer},
                                  {"class", Type::text},
                                  {"region", Type::text},
                                  {"unit", Type::integer},
                                  {"title", Type::text},
                                  {"text", Type::text},
                                  {"place", Type::text},
                                  {"lat", Type::real},
                                  {"lon", Type::real},
                                  {"reply", Type::text},
                                  {"open", Type::integer},
                                  {"opened", Type::integer},
                                  {"updated", Type::integer},
                                  {"closed", Type::integer}},
                                 {"matter"}};
store::Table const kUpdates{"publication_update",
                            {{"lane", Type::integer},
                             {"matter", Type::integer},
                             {"no", Type::integer},
                             {"at", Type::integer},
                             {"open", Type::integer},
                             {"text", Type::text}},
                            {"matter", "no"}};

Published published(store::Row const& row) {
    Published one;
    one.matter = MatterId(row.integer(1));
    one.class_code = row.text(2);
    one.region = row.text(3);
    one.unit = UnitId(row.integer(4));
    one.title = row.text(5);
    one.text = row.text(6);
    one.place = row.text(7);
    if (!row.null(8) && !row.null(9)) one.point = Point{row.real(8), row.real(9)};
    one.reply = row.text(10);
    one.open = row.integer(11) != 0;
    one.opened = Instant{row.integer(12)};
    one.updated = Instant{row.integer(13)};
    one.closed = Instant{row.integer(14)};
    return one;
}

void put(std::vector<store::Cell>& cells, Published const& one) {
    cells.insert(cells.end(), {std::int64_t{one.matter.lane()}, one.matter.value, std::string_view(one.class_code),
                               std::string_view(one.region), one.unit.value, std::string_view(one.title),
                               std::string_view(one.text), std::string_view(one.place)});
    if (one.point) {
        cells.emplace_back(one.point->lat);
        cells.emplace_back(one.point->lon);
    } else {
        cells.insert(cells.end(), 2, std::monostate{});
    }
    cells.insert(cells.end(),
                 {std::string_view(one.reply), std::int64_t{one.open}, one.opened.us, one.updated.us});
    if (one.closed)
        cells.emplace_back(one.closed.us);
    else
        cells.emplace_back(std::monostate{});
}

constexpr std::int64_t kEarliest = 0, kLatest = std::numeric_limits<std::int64_t>::max();
constexpr double kEverywhere = 1000;  ///< degrees; where there is no point, it is there

std::string find_sql(std::string_view more) {
    std::string sql =
        "SELECT lane, matter, class, region, unit, title, text, place, lat, lon, reply, open, opened, updated, "
        "closed "
        "FROM publication WHERE region >= $1 AND region < $2 AND open >= $3 AND open <= $4 AND opened >= $5 "
        "AND opened < $6 AND updated >= $7 AND updated < $8 AND coalesce(lat, 1000) >= $9 "
        "AND coalesce(lat, 1000) <= $10 AND coalesce(lon, 1000) >= $11 AND coalesce(lon, 1000) <= $12";
    sql += more;
    return sql + " ORDER BY opened DESC, matter DESC LIMIT $13";
}

std::int64_t us_or(std::optional<Instant> const& at, std::int64_t otherwise) { return at ? at->us : otherwise; }

/// Behind every region that begins with this one: codes are digits.
std::string end_of(std::string const& region) { return region + ':'; }

}  // namespace

std::vector<Published> find_published(store::Session& session, Wanted const& wanted) {
    Box const everywhere{-kEverywhere, -kEverywhere, kEverywhere, kEverywhere};
    Box const box = wanted.box.value_or(everywhere);
    std::string const region_end = end_of(wanted.region);
    std::vector<store::Cell> args{std::string_view(wanted.region),
                                  std::string_view(region_end),
                                  std::int64_t{wanted.open.value_or(false)},
                                  std::int64_t{wanted.open.value_or(true)},
                                  us_or(wanted.opened_from, kEarliest),
                                  us_or(wanted.opened_until, kLatest),
                                  us_or(wanted.updated_from, kEarliest),
                                  us_or(wanted.updated_until, kLatest),
                                  box.south,
                                  box.north,
                                  box.west,
                                  box.east,
                                  static_cast<std::int64_t>(wanted.skip + wanted.most)};
    std::vector<Published> found;
    auto keep = [&](store::Row const& row) { found.push_back(published(row)); };
    static std::string const kOfAny = find_sql(""), kOfClass = find_sql(" AND class = $14");
    if (wanted.classes.empty()) session.query(kOfAny, args, keep);
    args.emplace_back(std::string_view());
    for (std::string const& code : wanted.classes) {
        args.back() = std::string_view(code);
        session.query(kOfClass, args, keep);
    }
    if (wanted.classes.size() > 1)
        std::ranges::sort(found, std::greater<>(),
                          [](Published const& one) { return std::pair(one.opened, one.matter); });
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(std::min(wanted.skip, found.size())));
    if (found.size() > wanted.most) found.resize(wanted.most);
    return found;
}

std::vector<Published> load_published(store::Session& session, std::span<std::int64_t const> matters) {
    std::vector<Published> found;
    session.load(kPublications, "matter", matters,
                 [&](store::Row const& row) { found.push_back(published(row)); });
    return found;
}

std::vector<Spot> find_spots(store::Session& session, Instant from) {
    std::vector<Spot> found;
    session.query(
        "SELECT lat, lon, COUNT(*) FROM publication WHERE opened >= $1 AND lat IS NOT NULL AND lon IS NOT "
        "NULL GROUP BY lat, lon LIMIT 20000",
        {from.us}, [&](store::Row const& row) { found.push_back({{row.real(0), row.real(1)}, row.integer(2)}); });
    return found;
}

std::vector<Update> find_updates(store::Session& session, WantedUpdates const& wanted) {
    std::vector<Update> found;
    auto keep = [&](store::Row const& row) {
        found.push_back({MatterId(row.integer(0)), static_cast<int>(row.integer(1)), Instant{row.integer(2)},
                         row.integer(3) != 0, std::string(row.text(4))});
    };
    std::string const region_end = end_of(wanted.region);
    static std::string const kSelect =
        "SELECT u.matter, u.no, u.at, u.open, u.text FROM publication_update u "
        "JOIN publication p ON p.lane = u.lane AND p.matter = u.matter "
        "WHERE u.at >= $1 AND u.at < $2 AND p.region >= $3 AND p.region < $4 ";
    static std::string const kAll = kSelect + "ORDER BY u.at, u.matter, u.no LIMIT $5",
                             kOfOne = kSelect + "AND u.lane = $6 AND u.matter = $7 ORDER BY u.at, u.no LIMIT $5";
    std::vector<store::Cell> args{wanted.from.us, wanted.until.us, std::string_view(wanted.region),
                                  std::string_view(region_end), static_cast<std::int64_t>(wanted.most)};
    if (!wanted.matters) {
        session.query(kAll, args, keep);
        return found;
    }
    for (MatterId const matter : *wanted.matters) {
        args.resize(5);
        args.emplace_back(std::int64_t{matter.lane()});
        args.emplace_back(matter.value);
        session.query(kOfOne, args, keep);
    }
    std::ranges::sort(found, {}, [](Update const& one) { return std::tuple(one.at, one.matter, one.no); });
    if (found.size() > wanted.most) found.resize(wanted.most);
    return found;
}

void put_publications(store::Session& writing, std::span<std::int64_t const> matters,
                      std::span<Publication const> publications) {
    for (std::int64_t const matter : matters) {
        std::int64_t const lane = MatterId(matter).lane();
        writing.execute("DELETE FROM publication_update WHERE lane = $1 AND matter = $2", {lane, matter});
        writing.execute("DELETE FROM publication WHERE lane = $1 AND matter = $2", {lane, matter});
    }
    std::vector<store::Cell> rows, updates;
    for (Publication const& one : publications) {
        put(rows, one.now);
        for (Update const& update : one.updates)
            updates.insert(updates.end(),
                           {std::int64_t{update.matter.lane()}, update.matter.value, std::int64_t{update.no},
                            update.at.us, std::int64_t{update.open}, std::string_view(update.text)});
    }
    if (!rows.empty()) writing.append(kPublications, rows);
    if (!updates.empty()) writing.append(kUpdates, updates);
}

void clear_publications(store::Session& writing) {
    writing.execute("DELETE FROM publication_update");
    writing.execute("DELETE FROM publication");
}

}  // namespace banyan::publication
