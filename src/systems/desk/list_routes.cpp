// Worklists and figures. Lists are scoped by SQL (access), paged by keys, never by offsets.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/engine/view.h"
#include "systems/desk/contests.h"
#include "systems/desk/cursor.h"
#include "systems/desk/lights.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

/// Conditions on rows `m` of matter, with what they were given.
struct Where {
    std::string sql;
    std::vector<store::Cell> args;
    std::vector<std::unique_ptr<std::string>> kept;
    std::string place(store::Cell cell) {
        args.push_back(cell);
        return fmt::format("${}", args.size());
    }
    std::string text(std::string_view value) {
        kept.push_back(std::make_unique<std::string>(value));
        return place(std::string_view(*kept.back()));
    }
};

using Place = OpenMatters::Place;

/// What a list asks for, and how far it has come.
struct Listing {
    bool by_due = false, mine = false;
    std::optional<bool> open;
    std::vector<UnitId> units;  ///< one, and those whose work it has taken over
    Instant overdue_at, now;    ///< zero: all
    std::string_view claimed;
    PersonId viewer;
    std::string_view stage, kind, class_code, region, channel, within, asked, progress, card;
    bool incident = false;
    std::string_view main;  ///< of those merged into it
    std::size_t limit = 50;
    std::optional<Place> after;
    /// A worklist by stage, by due or of one's own is about open matters, unless it says otherwise.
    bool of_shares() const { return (!asked.empty() && !contested()) || !progress.empty(); }
    /// Of a unit: those past the due of its share, while it works on it.
    bool of_overdue_shares() const { return overdue_at && !units.empty() && of_open(); }
    bool contested() const { return asked == kContest; }
    bool of_open() const {
        return open.value_or(!stage.empty() || by_due || mine || overdue_at || !claimed.empty() || of_shares() ||
                             incident || !card.empty());
    }
};

/// What it says in words are views of the form's.
Result<Listing> listing_of(Form const& form, House& house, Directory const& directory, Actor const& actor) {
    Listing listing;
    listing.by_due = form.text("order") == "due";
    listing.mine = form.flag("mine");
    listing.stage = form.text("stage");
    listing.kind = form.text("kind");
    listing.class_code = form.text("class");
    listing.region = form.text("region");
    listing.channel = form.text("channel");
    listing.within = form.text("within");
    listing.limit = static_cast<std::size_t>(form.integer("limit").value_or(50));
    if (form.has("open")) listing.open = form.flag("open");
    listing.now = house.engine.moment().now;
    if (form.flag("overdue")) listing.overdue_at = listing.now;
    listing.claimed = form.text("claimed");
    listing.asked = form.text("asked");
    listing.progress = form.text("progress");
    listing.incident = form.flag("incident");
    listing.main = form.text("main");
    listing.card = form.text("card");
    listing.viewer = actor.person;
    if (!listing.claimed.empty() && !listing.open.value_or(true))
        return refuse("claimed.of_open", "query.claimed");
    if (listing.contested()) listing.open = false;  // once they are archived, not before
    if (listing.mine || form.has("unit")) {
        Unit const* unit = listing.mine ? directory.unit(actor.unit) : directory.unit(form.text("unit"));
        if (unit == nullptr)
            return refuse("unit.unknown", "query.unit", {{"unit", std::string(form.text("unit"))}});
        listing.units = directory.stood_for(unit->id);
    }
    if (form.has("cursor")) {
        BANYAN_TRY(auto cursor, read_cursor(form.text("cursor")));
        listing.after = {Instant{listing.by_due ? cursor.first : 0}, MatterId(cursor.second)};
    }
    return listing;
}

/// Those of `places` that fit and may be seen, in their order. Ids in numbers that do not vary: each statement is
/// prepared once.
std::vector<Place> fitting(store::Session& session, Where const& where, std::span<Place const> places,
                           std::size_t size) {
    std::vector<store::Cell> args = where.args;
    std::string sql = "SELECT m.id FROM matter m WHERE " + where.sql + " AND m.open = 1 AND m.id IN (";
    for (std::size_t i = 0; i < size; ++i) {
        args.emplace_back(i < places.size() ? places[i].matter.value : std::int64_t{0});
        fmt::format_to(std::back_inserter(sql), "{}${}", i == 0 ? "" : ",", args.size());
    }
    std::vector<std::int64_t> seen;
    session.query(sql + ")", args, [&](store::Row const& row) { seen.push_back(row.integer(0)); });
    std::ranges::sort(seen);
    std::vector<Place> fit;
    for (Place const& place : places)
        if (std::ranges::binary_search(seen, place.matter.value)) fit.push_back(place);
    return fit;
}

/// A unit's overdue shares by due: what is behind the last of them is cut off. Whether there was something.
bool overdue_end(std::vector<Place>& places, Listing const& listing) {
    if (!listing.overdue_at || listing.units.empty() || !listing.by_due) return false;
    auto const first = std::ranges::upper_bound(places, listing.overdue_at, {}, &Place::due);
    bool const ends = first != places.end();
    places.erase(first, places.end());
    return ends;
}

/// One more than a page has, if there are so many. Which matters are open and where they are is known in memory.
std::vector<Place> open_ones(House& house, store::Session& session, Where const& where, Listing const& listing) {
    constexpr std::size_t kFirst = 64,
                          kMore = 512;         // asked of the database at once: a page, where most of them fit
    constexpr std::size_t kLook = 16 * kMore;  // of memory: finding them looks at every open matter
    OpenMatters::Asked const asked{.stage = listing.stage,
                                   .kind = listing.kind,
                                   .class_code = listing.class_code,
                                   .region = listing.region,
                                   .channel = listing.channel,
                                   .within = listing.within,
                                   .units = listing.units,
                                   .until = listing.mine ? Progress::working : Progress::approved,
                                   .by_due = listing.by_due,
                                   .overdue_at = listing.units.empty() ? listing.overdue_at : Instant{},
                                   .claimed_by = listing.claimed.empty() ? PersonId{} : listing.viewer,
                                   .unclaimed = listing.claimed == "pool",
                                   .incident = listing.incident,
                                   .now = listing.now};
    std::vector<Place> page;
    std::optional<Place> after = listing.after;
    for (std::size_t look = kFirst, size = kFirst;; look = kLook, size = kMore) {
        std::vector<Place> some = house.engine.open_matters().find(asked, after, look);
        bool const ends = overdue_end(some, listing);
        for (std::size_t from = 0; from < some.size(); from += size) {
            std::span const part = std::span(some).subspan(from, std::min(size, some.size() - from));
            for (Place const& place : fitting(session, where, part, size)) {
                page.push_back(place);
                if (page.size() > listing.limit) return page;
            }
        }
        if (some.empty() || ends) return page;
        after = some.back();
    }
}

/// The same of all there are, or of those that are over: the newest first.
std::vector<Place> any(store::Session& session, Where where, Listing const& listing) {
    std::string from = "matter m", id = "m.id";
    if (!listing.units.empty()) {
        from = "assignment a JOIN matter m ON m.lane = a.lane AND m.id = a.matter";
        id = "a.matter";
        std::string units;
        for (UnitId unit : listing.units)
            fmt::format_to(std::back_inserter(units), "{}{}", units.empty() ? "" : ",", unit.value);
        where.sql += fmt::format(
            " AND a.unit IN ({}) AND a.progress <= {}", units,
            static_cast<int>(listing.mine && !listing.contested() ? Progress::working : Progress::approved));
    }
    std::string by = id;
    if (listing.by_due) by = std::string(listing.units.empty() ? "m" : "a") + ".due";
    if (listing.by_due) where.sql += fmt::format(" AND {} IS NOT NULL", by);
    if (listing.open) where.sql += fmt::format(" AND m.open = {}", *listing.open ? 1 : 0);
    if (listing.overdue_at)
        where.sql += fmt::format(" AND m.due IS NOT NULL AND m.due <= {}", where.place(listing.overdue_at.us));
    if (listing.after) {
        std::string const last = where.place(listing.after->matter.value);
        if (listing.by_due)
            where.sql += fmt::format(" AND ({0} > {1} OR ({0} = {1} AND {2} > {3}))", by,
                                     where.place(listing.after->due.us), id, last);
        else
            where.sql += fmt::format(" AND {} < {}", id, last);
    }
    std::string order = listing.by_due ? fmt::format("{} ASC, {} ASC", by, id) : id + " DESC";
    std::vector<Place> page;
    session.query(fmt::format("SELECT {}, {} FROM {} WHERE {} ORDER BY {} LIMIT {}", id, by, from, where.sql,
                              order, listing.limit + 1),
                  where.args, [&](store::Row const& row) {
                      page.push_back({Instant{listing.by_due ? row.integer(1) : 0}, MatterId(row.integer(0))});
                  });
    return page;
}

/// Those that are merged into one, the newest first. It knows them: none is looked for.
std::vector<Place> merged_ones(House& house, store::Session& session, Where const& where, Listing const& listing) {
    auto const id = read_matter(listing.main);
    auto const main = id ? load_matter(session, *id, house.engine.procedures()) : std::nullopt;
    if (!main) return {};
    std::vector<Place> all;
    for (MatterId const each : main->merged)
        if (!listing.after || each < listing.after->matter) all.push_back({{}, each});
    std::ranges::sort(all, std::greater<>(), &Place::matter);
    std::vector<Place> page;
    constexpr std::size_t kAtOnce = 128;
    for (std::size_t from = 0; from < all.size() && page.size() <= listing.limit; from += kAtOnce)
        for (Place const& place :
             fitting(session, where, std::span(all).subspan(from, std::min(kAtOnce, all.size() - from)), kAtOnce))
            page.push_back(place);
    if (page.size() > listing.limit + 1) page.resize(listing.limit + 1);
    return page;
}

/// With a share that has come so far, or whose unit waits for a decision: of the units asked for, else of any.
/// What a unit asked stands in the share's state only (never where nothing was asked), in words of ours.
std::string with_a_share(Listing const& listing, std::string const& overdue_at) {
    std::string sql = "SELECT 1 FROM assignment a WHERE a.lane = m.lane AND a.matter = m.id";
    std::string units;
    for (UnitId unit : listing.units)
        fmt::format_to(std::back_inserter(units), "{}{}", units.empty() ? "" : ",", unit.value);
    if (!units.empty()) sql += fmt::format(" AND a.unit IN ({})", units);
    // What binds a unit is its own share: of a case the promise, not the law's limit. A clock that stands is late
    // for nobody.
    if (listing.of_overdue_shares())
        sql += fmt::format(" AND m.due IS NOT NULL AND a.due IS NOT NULL AND a.due <= {} AND a.progress <= {}",
                           overdue_at, static_cast<int>(Progress::working));
    if (auto const reached = progress(listing.progress))
        sql += fmt::format(" AND a.progress = {}", static_cast<int>(*reached));
    if (!listing.asked.empty())
        sql +=
            fmt::format(" AND a.progress <= {} AND a.state LIKE '%\"asked\":\"{}\"%'",
                        static_cast<int>(Progress::working), listing.asked == "return" ? "return" : "extension");
    return " AND EXISTS (" + sql + ")";
}

http::Reply list(House& house, store::Session& session, Call& call) {
    auto rules = house.engine.rules();
    Actor actor = call.actor();
    Form const form(call.query);
    auto listing = listing_of(form, house, *rules->directory, actor);
    if (!listing) return problem(listing.error(), house.texts, call.language);
    Where where;
    where.sql = rules->access->sql(actor, *rules->directory);
    for (std::string_view column : {"stage", "kind", "class", "region", "channel"})
        if (form.has(column)) where.sql += fmt::format(" AND m.{} = {}", column, where.text(form.text(column)));
    if (!listing->within.empty()) {  // codes of regions begin with the code of the one above them
        std::string const end = std::string(listing->within) + ':';
        where.sql +=
            fmt::format(" AND m.region >= {} AND m.region < {}", where.text(listing->within), where.text(end));
    }
    if (listing->of_shares() || listing->of_overdue_shares())
        where.sql += with_a_share(
            *listing, listing->of_overdue_shares() ? where.place(listing->overdue_at.us) : std::string());
    // What the state says in words of ours: in what anybody wrote quotes are escaped.
    if (listing->incident && !listing->of_open()) where.sql += " AND m.state LIKE '%\"incident\":true%'";
    if (!listing->card.empty()) where.sql += fmt::format(" AND m.state LIKE '%\"card\":\"{}\"%'", listing->card);
    if (listing->contested()) where.sql += contested_sql(where.place(first_contestable(session, listing->now)));
    std::vector<Place> page = form.has("main")     ? merged_ones(house, session, where, *listing)
                              : listing->of_open() ? open_ones(house, session, where, *listing)
                                                   : any(session, std::move(where), *listing);
    bool more = page.size() > listing->limit;
    if (more) page.pop_back();
    std::vector<std::int64_t> ids;
    for (Place const& place : page)
        if (std::ranges::find(ids, place.matter.value) == ids.end()) ids.push_back(place.matter.value);
    std::unordered_map<std::int64_t, Matter> matters;
    for (Matter& matter : load_matters(session, ids, house.engine.procedures()))
        matters.emplace(matter.id.value, std::move(matter));
    json::array rows;
    Viewer viewer{actor, *rules, house.engine.moment(), nullptr};
    for (std::int64_t each : ids)
        if (auto matter = matters.find(each); matter != matters.end())
            // What a matter is merged into is the centre's to know.
            if (auto view = view_of(nullptr, matter->second, {}, viewer);
                view && (!form.has("main") || view->contains("main")))
                rows.push_back(std::move(*view));
    json::object body{{"matters", std::move(rows)}};
    if (more) {
        Place const& last = page.back();
        body["next"] = cursor_text(listing->by_due ? last.due.us : last.matter.value, last.matter.value);
    }
    return json_reply(200, body);
}

shape::Schema list_shape() {
    using namespace shape;
    return object({{"matters", shape::list(matter_row_shape())},
                   {"next?", text("the next page's cursor; left out on the last")}});
}

std::set<std::string_view> const kTotals{"answered", "on_time",         "late",       "on_the_spot",      "filed",
                                         "accepted", "final_satisfied", "final_fair", "final_unsatisfied"};

constexpr std::string_view kHinted = "all.hinted.", kHintTaken = "all.hint_taken.";

/// What the start page shows: numbers only, of the whole city; everything from the tally and the due index.
/// Anyone may ask: counted at most once in two seconds.
struct LastFigures {
    std::mutex mutex;
    std::chrono::steady_clock::time_point at{};  ///< the other clock may be set back
    std::string body;
};

http::Reply figures(House& house, store::Session& session, Lights& lights, LastFigures& last) {
    Moment moment = house.engine.moment();
    json::object in_stage, by_kind, today, total;
    {
        std::lock_guard lock(last.mutex);
        if (!last.body.empty() && std::chrono::steady_clock::now() - last.at < std::chrono::seconds(2))
            return json_text_reply(200, last.body);
    }
    auto add = [](json::object& into, std::string_view name, std::int64_t n) {
        json::value& value = into[name];
        value = (value.is_int64() ? value.as_int64() : 0) + n;
    };
    std::set<std::string> open_stages, inside;
    for (auto const& [hash, procedure] : house.engine.procedures())
        for (Stage const& stage : procedure->stages) {
            if (!stage.final) open_stages.insert(stage.name);
            if (kNotTheHotlines.contains(procedure->name)) inside.insert(stage.name);
        }
    struct Proposed {
        std::int64_t shown = 0, taken = 0;
    };
    std::map<std::string, Proposed, std::less<>> hinted;
    std::int64_t open = 0, closed = 0;
    session.query("SELECT kind, measure, SUM(n) FROM tally WHERE day = 0 GROUP BY kind, measure", {},
                  [&](store::Row const& row) {
                      std::string_view measure = row.text(1);
                      if (measure.starts_with("all.") && kTotals.contains(measure.substr(4)))
                          add(total, measure.substr(4), row.integer(2));
                      if (measure.starts_with(kHinted))
                          hinted[std::string(measure.substr(kHinted.size()))].shown += row.integer(2);
                      if (measure.starts_with(kHintTaken))
                          hinted[std::string(measure.substr(kHintTaken.size()))].taken += row.integer(2);
                      if (!measure.starts_with("in.") || row.integer(2) == 0) return;
                      std::string stage(measure.substr(3));
                      if (inside.contains(stage)) return;
                      add(in_stage, stage, row.integer(2));
                      add(by_kind, row.text(0).empty() ? "none" : row.text(0), row.integer(2));
                      (open_stages.contains(stage) ? open : closed) += row.integer(2);
                  });
    session.query("SELECT measure, SUM(n) FROM tally WHERE day = $1 GROUP BY measure",
                  {std::int64_t{moment.today().number}},
                  [&](store::Row const& row) { today[row.text(0)] = row.integer(1); });
    Lights::Counts const by_light = lights.count(session, house.engine.procedures(), moment);
    auto lit = [&](Light which) { return by_light[static_cast<std::size_t>(which)]; };
    json::object hints;
    for (auto const& [field, n] : hinted) hints[field] = {{"shown", n.shown}, {"taken", n.taken}};
    json::object body{{"at", rfc3339(moment.now)},
                      {"city", house.name},
                      {"demo", house.demo},
                      {"practice", house.practice},
                      {"open", open},
                      {"closed", closed},
                      {"units", house.engine.rules()->directory->units().size()},
                      {"stages", std::move(in_stage)},
                      {"kinds", std::move(by_kind)},
                      {"lights",
                       {{"green", lit(Light::green)},
                        {"yellow", lit(Light::yellow)},
                        {"red", lit(Light::red)},
                        {"grey", lit(Light::grey)}}},
                      {"today", std::move(today)},
                      {"total", std::move(total)},
                      {"hints", std::move(hints)}};
    std::lock_guard lock(last.mutex);
    last.at = std::chrono::steady_clock::now();
    last.body = json::serialize(body);
    return json_text_reply(200, last.body);
}

shape::Schema figures_shape() {
    using namespace shape;
    return named(
        "figures",
        object(
            {{"at", instant()},
             {"city", text()},
             {"demo", flag()},
             {"practice", flag("nothing of it is real")},
             {"open", count("matters")},
             {"closed", count("matters")},
             {"units", count()},
             {"stages", map(count(), "stage → matters in it")},
             {"kinds", map(count(), "kind → matters, `none` where not told yet")},
             {"lights",
              object(
                  {{"green", count()}, {"yellow", count()}, {"red", count()}, {"grey", count("the clock stands")}},
                  "shares that lead units work on")},
             {"today", map(integer(), "measure → count")},
             {"total", map(integer(), "measure → count, of all days")},
             {"hints", map(object({{"shown", count("steps that were taken with a proposal")},
                                   {"taken", count("of them as it proposed")}}),
                           "field of a form → proposals, of all days")}}));
}

}  // namespace

void add_list_operations(Api& api, House& house) {
    using Type = Field::Type;
    std::vector<Field> query_fields{
        {.name = "stage", .type = Type::code, .about = "in this stage; open ones, unless `open` says otherwise"},
        {.name = "kind", .type = Type::code, .about = "a kind of its procedure: help, complaint …"},
        {.name = "class", .type = Type::code, .about = "of the catalogue `classes`"},
        {.name = "region", .type = Type::region, .about = "GB/T 2260"},
        {.name = "within", .type = Type::region, .about = "in this region or one below it"},
        {.name = "channel", .type = Type::code, .about = "of the catalogue `channels`"},
        {.name = "unit", .type = Type::unit, .about = "with a share of this unit"},
        {.name = "mine", .type = Type::flag, .about = "shares the viewer's unit works on"},
        {.name = "open", .type = Type::flag, .about = "left out: both; with `stage` or order=due: open ones"},
        {.name = "overdue",
         .type = Type::flag,
         .about = "those past their due; with `unit` or `mine`: past that of the unit's share, which it still "
                  "works on"},
        {.name = "claimed",
         .type = Type::choice,
         .choices = {"pool", "me"},
         .about = "open ones nobody else has claimed; those the viewer has claimed"},
        {.name = "asked",
         .type = Type::choice,
         .choices = {"return", "extension", std::string(kContest)},
         .about = "open ones with a share whose unit waits to be granted this; contest: archived ones whose unit "
                  "contests the figures, not decided yet"},
        {.name = "progress",
         .type = Type::choice,
         .choices = {"offered", "signed", "working", "replied", "approved"},
         .about = "open ones with a share, of `unit` or `mine` where given, that has come so far"},
        {.name = "incident", .type = Type::flag, .about = "open ones that calls are attached to"},
        {.name = "main",
         .type = Type::matter,
         .about = "those merged into this one, for the centre; newest first"},
        {.name = "card",
         .type = Type::choice,
         .choices = {"yellow", "red"},
         .about = "open supervision whose unit was given this card last"},
        {.name = "order",
         .type = Type::choice,
         .choices = {"filed", "due"},
         .about = "filed: newest first; due: most urgent first"},
        {.name = "limit", .type = Type::integer, .least = 1, .most = 100, .about = "rows of a page; left out: 50"},
        {.name = "cursor", .most = 80, .about = "`next` of the page before, the other parameters as then"}};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/matters",
             .name = "matter.list",
             .summary = "Matters the viewer may see",
             .tag = "matters",
             .query = query_fields,
             .replies = {{200, "a page, and `next` when there is more"}},
             .reply = list_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house](store::Session& session, Call& c) { return list(house, session, c); });
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/figures",
             .name = "figures.city",
             .summary = "The city's numbers now",
             .tag = "figures",
             .who = Who::anyone,
             .replies = {{200, "numbers only"}},
             .reply = figures_shape(),
             .handle = [&house, lights = Lights::of(house.engine), last = std::make_shared<LastFigures>()](
                           Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house, lights, last](store::Session& session, Call&) {
                           return figures(house, session, *lights, *last);
                       });
             }});
}

}  // namespace banyan::desk
