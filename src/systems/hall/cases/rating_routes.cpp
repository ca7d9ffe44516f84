// Rating a service, and what all of them together say: published for everybody.
#include "kernel/engine/view.h"
#include "systems/hall/cases/case_desk.h"
#include "systems/hall/cases/rating.h"

namespace banyan::hall {
namespace {

Rating read_rating(api::Call const& call) {
    Form const form(call.body);
    Rating rating{
        static_cast<int>(*form.integer("stars")), {}, std::string(form.text("words")), form.flag("anonymous")};
    if (json::value const* reasons = call.body.if_contains("reasons"))
        for (json::value const& each : reasons->as_array())
            rating.reasons.emplace_back(each.at("code").as_string());
    return rating;
}

/// Name and telephone of the case, so that the hall can ring; not of who wants to stay unknown.
void add_person(CaseDesk const& desk, store::Session& session, Matter const& matter, json::object& form) {
    auto const history = load_history(session, matter);
    if (history.empty()) return;
    json::object const personal = open_personal(session, history.front().id, desk.house.keys);
    for (char const* field : {"name", "phone"})
        if (json::value const* value = personal.if_contains(field)) form[field] = *value;
}

void rate_case(CaseDesk const& desk, store::Session& session, api::Call& call, http::Respond respond) {
    Result<Matter> const matter = case_of(desk, session, call);
    if (!matter) return refuse_with(desk, call, respond, matter.error());
    auto const rules = desk.house.engine.rules();
    if (rules->access->tie(call.actor(), *matter, *rules->directory) != Tie::asker)
        return refuse_with(desk, call, respond, {"step.not_yours", {}, {}, {}});
    Rating const rating = read_rating(call);
    Result<Command> command =
        rate(rating, *matter, call.actor(), desk.windows, *rules->directory, desk.house.texts);
    if (!command) return refuse_with(desk, call, respond, command.error());
    if (!rating.anonymous) add_person(desk, session, *matter, command->form);
    Request request;
    request.what = std::move(*command);
    request.deadline = wall_clock() + seconds(10);
    auto held = std::make_shared<http::Respond>(std::move(respond));
    request.done = [&desk, held, asker = api::asker_of(call), stars = rating.stars](Answer&& answer) {
        if (answer.ok()) return (*held)(api::json_reply(201, json::object{{"stars", stars}}));
        if (answer.refusal.key == "matter.already") answer.refusal = {"rating.twice", {}, {}, {}};
        (*held)(api::refused(desk.house, asker, answer.refusal));
    };
    if (!desk.house.engine.submit(std::move(request)))
        (*held)(api::problem({"server.busy", {}, {}, {}}, desk.house.texts, call.language, &call.request));
}

constexpr std::array<std::string_view, 18> kMeasures{
    "case_received", "case_accepted", "case_deemed",  "case_decided", "case_granted",   "case_refused",
    "case_instant",  "case_early",    "case_on_time", "case_late",    "trips_saved",    "rated_5",
    "rated_4",       "rated_3",       "rated_2",      "rated_1",      "ratings_mended", "ratings_excluded"};

http::Reply figures(CaseDesk const& desk, store::Session& session, api::Call& call) {
    constexpr int kMostDays = 366;
    Form const form(call.query);
    Day const today = desk.house.engine.moment().today();
    Day const to = form.has("to") ? *parse_day(form.text("to")) : today;
    Day const from = form.has("from") ? *parse_day(form.text("from")) : to;
    if (from > to || to - from >= kMostDays)
        return api::problem({"calls.range", "query.to", {{"most", std::to_string(kMostDays)}}, {}},
                            desk.house.texts, call.language, &call.request);
    json::object all;
    for (std::string_view measure : kMeasures) all[measure] = 0;
    session.query(
        "SELECT measure, sum(n) FROM tally WHERE day >= $1 AND day <= $2 AND (measure LIKE 'case_%' OR measure "
        "LIKE 'rated_%' OR measure LIKE 'ratings_%' OR measure = 'trips_saved') AND unit <> 0 GROUP BY measure",
        {std::int64_t{from.number}, std::int64_t{to.number}}, [&](store::Row const& row) {
            if (all.contains(row.text(0))) all[row.text(0)] = row.integer(1);
        });
    return api::json_reply(200, json::object{{"from", iso(from)}, {"to", iso(to)}, {"figures", std::move(all)}});
}

}  // namespace

void add_rating_operations(api::Api& api, CaseDesk const& desk) {
    Field const id{.name = "id", .type = Field::Type::code, .about = "the case's id, or its receipt number"};
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/hall/applications/{id}/rating",
             .name = "hall.rate",
             .summary = "Rate the service of a case that is concluded, once; windows see neither who nor what",
             .tag = "hall",
             .path = {id},
             .body = {{.name = "stars",
                       .type = Field::Type::integer,
                       .required = true,
                       .least = 1,
                       .most = 5,
                       .about = "5 very satisfied … 1 not at all; 2 and 1 are followed up"},
                      {.name = "reasons",
                       .type = Field::Type::list,
                       .most = 8,
                       .inner = {{.name = "code", .type = Field::Type::code, .required = true}},
                       .about = "texts hall.rating.CODE; the first digit is the level"},
                      {.name = "words", .least = 2, .most = 2000},
                      {.name = "anonymous", .type = Field::Type::flag, .about = "nobody is told who rates"}},
             .replies = {{201, "counted"}, {409, "it was rated, or is not concluded"}},
             .reply = shape::object({{"stars", shape::count()}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 read_first(desk, std::move(call), std::move(respond),
                            [&desk](store::Session& session, api::Call& asked, http::Respond answer) {
                                rate_case(desk, session, asked, std::move(answer));
                            });
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/figures",
             .name = "hall.figures",
             .summary = "Cases and ratings of some days, counted: public",
             .tag = "hall",
             .who = api::Who::anyone,
             .query = {{.name = "from", .type = Field::Type::day},
                       {.name = "to", .type = Field::Type::day, .about = "left out: today"}},
             .replies = {{200, "the figures"}, {400, "more than a year"}},
             .reply = shape::object(
                 {{"from", shape::day()},
                  {"to", shape::day()},
                  {"figures", shape::map(shape::count(), "measure → how many; texts measure.NAME")}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 api::query(
                     desk.house, std::move(call), std::move(respond),
                     [&desk](store::Session& session, api::Call& asked) { return figures(desk, session, asked); });
             }});
}

}  // namespace banyan::hall
