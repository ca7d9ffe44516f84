// How callers rated the service: a seat its own, a shift leader the team's, the others the city's.
#include "systems/calls/ratings.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

constexpr int kMostDays = 92;

json::object ratings_json(Ratings const& ratings) {
    json::object row{{"answered", ratings.answered},
                     {"asked", ratings.asked},
                     {"not_asked", ratings.not_asked()},
                     {"not_answered", ratings.not_answered()},
                     {"rated", ratings.rated()},
                     {"satisfied", ratings.satisfied},
                     {"fair", ratings.fair},
                     {"unsatisfied", ratings.unsatisfied},
                     {"satisfied_rate", nullptr}};
    if (auto const share = ratings.satisfied_rate()) row["satisfied_rate"] = rate_text(*share);
    return row;
}

Result<json::object> ratings(Office const& office, api::Call const& call) {
    Form const form(call.query);
    FiguresAsked asked;
    asked.scope = scope_of(office.actor, office.directory);
    asked.last = form.has("to") ? *parse_day(form.text("to")) : kBeijing.day(office.now);
    asked.first = form.has("from") ? *parse_day(form.text("from")) : asked.last;
    if (asked.first > asked.last || asked.last - asked.first >= kMostDays)
        return refuse("calls.range", "query.to", {{"most", std::to_string(kMostDays)}});
    bool const whole = form.text("by") == "seat";
    std::map<std::pair<PersonId, std::optional<Day>>, Ratings> rows;
    Ratings total;
    for (auto const& [of, counted] : count_ratings(office, asked)) {
        rows[{of.first, whole ? std::nullopt : std::optional(of.second)}].add(counted);
        total.add(counted);
    }
    json::array list;
    for (auto const& [of, counted] : rows) {
        json::object row = ratings_json(counted);
        add_person(row, "seat", office.directory, of.first);
        if (of.second) row["day"] = iso(*of.second);
        list.push_back(std::move(row));
    }
    return json::object{{"from", iso(asked.first)},
                        {"to", iso(asked.last)},
                        {"total", ratings_json(total)},
                        {"rows", std::move(list)}};
}

shape::Schema ratings_shape() {
    using namespace shape;
    return named("call_ratings",
                 object({{"answered", count("calls")},
                         {"asked", count("to rate the service")},
                         {"not_asked", count("hung up first, or the telephone did not ask")},
                         {"not_answered", count("asked, and pressed nothing")},
                         {"rated", count()},
                         {"satisfied", count()},
                         {"fair", count()},
                         {"unsatisfied", count()},
                         {"satisfied_rate", or_null(text("percent of those rated, with fair; null: of none"))}}));
}

}  // namespace

void add_rating_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    using namespace shape;
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/calls/ratings",
             .name = "call.ratings",
             .summary = "How callers rated the service after the call, by seat and day; apart from the ratings of "
                        "matters",
             .tag = "calls",
             .roles = counting_roles(),
             .query = {{.name = "from", .type = Type::day, .about = "left out: as `to`"},
                       {.name = "to", .type = Type::day, .about = "left out: today; at most 92 days"},
                       {.name = "by",
                        .type = Type::choice,
                        .choices = {"day", "seat"},
                        .about = "left out: a row for each seat and day; seat: for each seat"}},
             .replies = {{200, "seats with calls that were answered, and their sum"},
                         {422, "a range that is too long, or backwards"}},
             .reply = object(
                 {{"from", day()},
                  {"to", day()},
                  {"total", ratings_shape()},
                  {"rows", list(named("call_ratings_of",
                                      extended(ratings_shape(), {{"seat?", person_shape()}, {"day?", day()}})))}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond), ratings);
             }});
}

}  // namespace banyan::calls
