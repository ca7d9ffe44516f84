// Worklists and figures. Lists are scoped by SQL (access), paged by keys, never by offsets.
#include <fmt/format.h>

#include "base/text.h"
#include "kernel/engine/view.h"
#include "systems/desk/lights.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

/// The place after the last row shown: two numbers, sealed against tampering only by being checked.
std::string cursor_text(std::int64_t first, std::int64_t id) {
    return to_base64url(fmt::format("{}:{}", first, id));
}

Result<std::pair<std::int64_t, std::int64_t>> read_cursor(std::string_view text) {
    auto plain = from_base64url(text);
    std::size_t colon = plain ? plain->find(':') : std::string::npos;
    if (colon == std::string::npos) return refuse("cursor.bad", "query.cursor");
    auto first = read_id(std::string_view(*plain).substr(0, colon));
    auto id = read_id(std::string_view(*plain).substr(colon + 1));
    if (!first || !id) return refuse("cursor.bad", "query.cursor");
    return std::pair{*first, *id};
}

struct Asked {
    std::string where, order;
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

http::Reply list(House& house, store::Session& session, Call& call) {
    Form form(call.query);
    auto rules = house.engine.rules();
    Directory const& directory = *rules->directory;
    Actor actor = call.actor();
    Moment moment = house.engine.moment();
    bool by_due = form.text("order") == "due";
    bool mine = form.flag("mine");
    auto limit = form.integer("limit").value_or(50);
    Asked asked;
    asked.where = rules->access->sql(actor, directory);
    for (std::string_view column : {"stage", "kind", "class", "region", "channel"})
        if (form.has(column)) asked.where += fmt::format(" AND m.{} = {}", column, asked.text(form.text(column)));
    if (form.has("open")) asked.where += fmt::format(" AND m.open = {}", form.flag("open") ? 1 : 0);
    // A worklist by stage is about open matters: said so that the index over those serves it.
    else if (form.has("stage") || by_due)
        asked.where += " AND m.open = 1";
    if (form.flag("overdue"))
        asked.where += fmt::format(" AND m.due IS NOT NULL AND m.due <= {}", asked.place(moment.now.us));
    std::string from = "matter m", id = "m.id", key = by_due ? "m.due" : id;  // ids grow with time
    if (mine || form.has("unit")) {
        Unit const* unit = mine ? directory.unit(actor.unit) : directory.unit(form.text("unit"));
        if (unit == nullptr)
            return problem({"unit.unknown", "query.unit", {{"unit", std::string(form.text("unit"))}}, {}},
                           house.texts, call.language);
        from = "assignment a JOIN matter m ON m.lane = a.lane AND m.id = a.matter";
        asked.where += fmt::format(" AND a.unit = {} AND a.progress <= {}", unit->id.value, mine ? 2 : 4);
        if (mine) asked.where += " AND a.open = 1";  // or the unit's whole past would be read
        id = "a.matter";
        key = id;
        if (by_due) key = "a.due";
    }
    if (by_due) asked.where += fmt::format(" AND {} IS NOT NULL", key);
    if (form.has("cursor")) {
        auto cursor = read_cursor(form.text("cursor"));
        if (!cursor) return problem(cursor.error(), house.texts, call.language);
        std::string first = asked.place(cursor->first), last = asked.place(cursor->second);
        asked.where += fmt::format(" AND ({0} {1} {2} OR ({0} = {2} AND {3} {1} {4}))", key, by_due ? ">" : "<",
                                   first, id, last);
    }
    std::string order = by_due ? fmt::format("{} ASC, {} ASC", key, id) : id + " DESC";
    std::string sql = fmt::format("SELECT {}, {} FROM {} WHERE {} ORDER BY {} LIMIT {}", id, key, from,
                                  asked.where, order, limit + 1);
    std::vector<std::pair<std::int64_t, std::int64_t>> found;  // id, key
    session.query(sql, asked.args,
                  [&](store::Row const& row) { found.emplace_back(row.integer(0), row.integer(1)); });
    bool more = found.size() > static_cast<std::size_t>(limit);
    if (more) found.pop_back();
    std::vector<std::int64_t> ids;
    for (auto const& [matter, value] : found)
        if (std::ranges::find(ids, matter) == ids.end()) ids.push_back(matter);
    std::unordered_map<std::int64_t, Matter> matters;
    for (Matter& matter : load_matters(session, ids, house.engine.procedures()))
        matters.emplace(matter.id.value, std::move(matter));
    json::array rows;
    Viewer viewer{actor, *rules, moment, nullptr};
    for (std::int64_t each : ids)
        if (auto matter = matters.find(each); matter != matters.end())
            if (auto view = view_of(nullptr, matter->second, {}, viewer)) rows.push_back(std::move(*view));
    json::object body{{"matters", std::move(rows)}};
    if (more) body["next"] = cursor_text(found.back().second, found.back().first);
    return json_reply(200, body);
}

shape::Schema list_shape() {
    using namespace shape;
    return object({{"matters", shape::list(matter_row_shape())},
                   {"next?", text("the next page's cursor; left out on the last")}});
}

std::set<std::string_view> const kTotals{"answered", "on_time",         "late",       "on_the_spot",      "filed",
                                         "accepted", "final_satisfied", "final_fair", "final_unsatisfied"};

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
    std::set<std::string> open_stages;
    for (auto const& [hash, procedure] : house.engine.procedures())
        for (Stage const& stage : procedure->stages)
            if (!stage.final) open_stages.insert(stage.name);
    std::int64_t open = 0, closed = 0;
    session.query("SELECT kind, measure, SUM(n) FROM tally WHERE day = 0 GROUP BY kind, measure", {},
                  [&](store::Row const& row) {
                      std::string_view measure = row.text(1);
                      if (measure.starts_with("all.") && kTotals.contains(measure.substr(4)))
                          add(total, measure.substr(4), row.integer(2));
                      if (!measure.starts_with("in.") || row.integer(2) == 0) return;
                      std::string stage(measure.substr(3));
                      add(in_stage, stage, row.integer(2));
                      add(by_kind, row.text(0).empty() ? "none" : row.text(0), row.integer(2));
                      (open_stages.contains(stage) ? open : closed) += row.integer(2);
                  });
    session.query("SELECT measure, SUM(n) FROM tally WHERE day = $1 GROUP BY measure",
                  {std::int64_t{moment.today().number}},
                  [&](store::Row const& row) { today[row.text(0)] = row.integer(1); });
    Lights::Counts const by_light = lights.count(session, house.engine.procedures(), moment);
    auto lit = [&](Light which) { return by_light[static_cast<std::size_t>(which)]; };
    json::object body{{"at", rfc3339(moment.now)},
                      {"city", house.name},
                      {"demo", house.demo},
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
                      {"total", std::move(total)}};
    std::lock_guard lock(last.mutex);
    last.at = std::chrono::steady_clock::now();
    last.body = json::serialize(body);
    return json_text_reply(200, last.body);
}

shape::Schema figures_shape() {
    using namespace shape;
    return named("figures", object({{"at", instant()},
                                    {"city", text()},
                                    {"demo", flag()},
                                    {"open", count("matters")},
                                    {"closed", count("matters")},
                                    {"units", count()},
                                    {"stages", map(count(), "stage → matters in it")},
                                    {"kinds", map(count(), "kind → matters, `none` where not told yet")},
                                    {"lights", object({{"green", count()},
                                                       {"yellow", count()},
                                                       {"red", count()},
                                                       {"grey", count("the clock stands")}},
                                                      "shares that lead units work on")},
                                    {"today", map(integer(), "measure → count")},
                                    {"total", map(integer(), "measure → count, of all days")}}));
}

}  // namespace

void add_list_operations(Api& api, House& house) {
    using Type = Field::Type;
    std::vector<Field> query_fields{
        {.name = "stage", .type = Type::code, .about = "in this stage; open ones, unless `open` says otherwise"},
        {.name = "kind", .type = Type::code, .about = "a kind of its procedure: help, complaint …"},
        {.name = "class", .type = Type::code, .about = "of the catalogue `classes`"},
        {.name = "region", .type = Type::region, .about = "GB/T 2260"},
        {.name = "channel", .type = Type::code, .about = "of the catalogue `channels`"},
        {.name = "unit", .type = Type::unit, .about = "with a share of this unit"},
        {.name = "mine", .type = Type::flag, .about = "shares the viewer's unit works on"},
        {.name = "open", .type = Type::flag, .about = "left out: both; with `stage` or order=due: open ones"},
        {.name = "overdue", .type = Type::flag, .about = "those past their due"},
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
