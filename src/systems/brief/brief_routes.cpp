// The daily brief (日报): figures as JSON, with the lists behind them, and as one page for A4.
#include <fmt/format.h>

#include "kernel/engine/view.h"
#include "systems/brief/day.h"
#include "systems/brief/page.h"
#include "systems/brief/routes.h"
#include "systems/brief/views.h"

namespace banyan::brief {
namespace {

constexpr std::size_t kMostListed = 200;
constexpr int kOldest = 366;  // days back

std::vector<std::string> reading_roles() { return {"leader", "shift_leader", "reviewer", "supervision_officer"}; }

/// Yesterday, unless another day is asked for. Refused: brief.not_over, brief.too_old.
Result<Asked> read_asked(api::House const& house, api::Call const& call) {
    Instant const now = house.engine.now();
    Day const today = kBeijing.day(now);
    Form const form(call.query);
    Day const day = form.has("day") ? *parse_day(form.text("day")) : today - 1;
    if (day > today) return refuse("brief.not_yet", "query.day");
    if (today - day > kOldest) return refuse("brief.too_old", "query.day");
    return Asked{day, day - 7, call.actor(), now};
}

http::Reply as_json(Desk const& desk, store::Session& session, api::Call& call) {
    auto const asked = read_asked(desk.house, call);
    if (!asked) return api::problem(asked.error(), desk.house.texts, call.language, &call.request);
    Brief const brief = brief_of(desk.house, desk.sources, session, *asked);
    return api::json_reply(200, json::object{{"day", iso(asked->day)},
                                             {"before", iso(asked->before)},
                                             {"at", rfc3339(asked->now)},
                                             {"page", "/brief?day=" + iso(asked->day)},
                                             {"sections", sections_json(brief.sections, desk.house.texts)}});
}

http::Reply as_page(Desk const& desk, store::Session& session, api::Call& call) {
    auto const asked = read_asked(desk.house, call);
    if (!asked) return api::problem(asked.error(), desk.house.texts, call.language, &call.request);
    Brief const brief = brief_of(desk.house, desk.sources, session, *asked);
    auto word = [&](std::string const& key, std::vector<std::pair<std::string, std::string>> const& params = {}) {
        return desk.house.texts.sentence(key, call.language, params);
    };
    Printed printed = printed_for(desk.house, call);
    printed.title = word("brief.title");
    printed.subtitle =
        word("brief.under", {{"city", desk.house.name}, {"day", iso(asked->day)}, {"before", iso(asked->before)}});
    printed.compared = true;
    return page_reply(page_html(brief.sections, desk.house.texts, call.language, printed));
}

http::Reply matters(Desk const& desk, store::Session& session, api::Call& call) {
    Form const form(call.query);
    auto const asked = read_asked(desk.house, call);
    if (!asked) return api::problem(asked.error(), desk.house.texts, call.language, &call.request);
    auto const rules = desk.house.engine.rules();
    Viewer const viewer{call.actor(), *rules, desk.house.engine.moment(), nullptr};
    std::vector<Matter> const found =
        listed(desk.house, desk.sources, session, viewer.actor,
               {std::string(form.text("what")), asked->day, std::string(form.text("kind")),
                std::string(form.text("class")), std::string(form.text("channel"))});
    json::array rows;
    for (Matter const& matter : found) {
        if (rows.size() == kMostListed) break;
        if (auto view = view_of(nullptr, matter, {}, viewer)) rows.push_back(std::move(*view));
    }
    return api::json_reply(
        200, json::object{{"total", static_cast<std::int64_t>(found.size())}, {"matters", std::move(rows)}});
}

}  // namespace

std::function<void(api::Call&&, http::Respond)> handled(Desk const& desk, Reading job) {
    return [&desk, job](api::Call&& call, http::Respond respond) {
        api::query(desk.house, std::move(call), std::move(respond),
                   [&desk, job](store::Session& session, api::Call& asked) { return job(desk, session, asked); });
    };
}

void add_brief_operations(api::Api& api, Desk const& desk) {
    using Type = Field::Type;
    auto reading = [&desk](Reading job) { return handled(desk, job); };
    Field const day{.name = "day", .type = Type::day, .about = "left out: yesterday"};
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/brief",
         .name = "brief.day",
         .summary = "The daily brief: a day's figures beside those of a week before, and what stands open now",
         .tag = "brief",
         .roles = reading_roles(),
         .query = {day},
         .replies = {{200, "sections in the order in which they are read"}, {422, "a day to come, or long ago"}},
         .reply = shape::object({{"day", shape::day()},
                                 {"before", shape::day("a week before")},
                                 {"at", shape::instant("as of when what is open was counted")},
                                 {"page", shape::text("the same for A4")},
                                 {"sections", shape::list(section_shape())}}),
         .handle = reading(as_json)});
    api.add({.method = http::Method::get,
             .pattern = "/brief",
             .name = "brief.page",
             .summary = "The daily brief as one page for A4",
             .tag = "brief",
             .roles = reading_roles(),
             .query = {day},
             .replies = {{200, "the page, with who printed it and when"}, {422, "a day to come, or long ago"}},
             .reply = shape::text(),
             .reply_type = "text/html",
             .handle = reading(as_page)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/brief/matters",
             .name = "brief.matters",
             .summary = "The matters behind a figure of the brief, as the viewer may see them",
             .tag = "brief",
             .roles = reading_roles(),
             .query = {{.name = "what",
                        .type = Type::choice,
                        .required = true,
                        .choices = {"filed", "near", "undispatched", "incidents", "to_report_up", "instructions"}},
                       day,
                       {.name = "kind", .type = Type::code, .about = "of what=filed; `none`: without one"},
                       {.name = "class", .type = Type::code, .about = "of what=filed"},
                       {.name = "channel", .type = Type::code, .about = "of what=filed"}},
             .replies = {{200, "200 at most, and how many there are"}},
             .reply = shape::object({{"total", shape::count()}, {"matters", shape::list(matter_row_shape())}}),
             .handle = reading(matters)});
}

}  // namespace banyan::brief
