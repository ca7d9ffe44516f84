// The service level, by day or hour: a seat its own, a shift leader the team's, the others the city's.
#include "systems/calls/figures.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

constexpr int kMostDays = 92;

json::value rate_json(std::optional<std::int64_t> hundredths) {
    if (!hundredths) return nullptr;
    return json::string(rate_text(*hundredths));
}

json::object counts_json(Counts const& counts) {
    return {{"offered", counts.offered},
            {"answered", counts.answered},
            {"quick", counts.quick},
            {"abandoned", counts.abandoned},
            {"connect_rate", rate_json(counts.connect())},
            {"quick_rate", rate_json(counts.quickly())},
            {"closed", counts.closed},
            {"valid", counts.valid},
            {"on_the_spot", counts.on_the_spot},
            {"on_the_spot_of_answered", rate_json(counts.spot())},
            {"on_the_spot_of_valid", rate_json(counts.spot_valid())},
            {"rated", counts.rated},
            {"satisfied", counts.satisfied},
            {"satisfied_rate", rate_json(rate(counts.satisfied, counts.rated))},
            {"waiting_s", whole_seconds({counts.waiting_us})},
            {"talking_s", whole_seconds({counts.talking_us})},
            {"talked", counts.talked},
            {"after_s", whole_seconds({counts.after_us})},
            {"worked", counts.worked}};
}

shape::Schema counts_shape() {
    using namespace shape;
    Schema const percent = or_null(text("percent, two decimals, half up; null: of nothing"));
    return named("call_counts", object({{"offered", count()},
                                        {"answered", count()},
                                        {"quick", count("answered within the time of data/calls.toml")},
                                        {"abandoned", count()},
                                        {"connect_rate", percent},
                                        {"quick_rate", percent},
                                        {"closed", count()},
                                        {"valid", count("closed as contacts")},
                                        {"on_the_spot", count()},
                                        {"on_the_spot_of_answered", percent},
                                        {"on_the_spot_of_valid", percent},
                                        {"rated", count()},
                                        {"satisfied", count("and fairly")},
                                        {"satisfied_rate", percent},
                                        {"waiting_s", count("of answered calls, together")},
                                        {"talking_s", count("together")},
                                        {"talked", count("calls that that is of")},
                                        {"after_s", count("together")},
                                        {"worked", count("calls that that is of")}}));
}

json::object map_json(std::map<std::string, std::int64_t> const& counts) {
    json::object all;
    for (auto const& [name, n] : counts) all[name] = n;
    return all;
}

Result<FiguresAsked> read_asked(Office const& office, Form const& form) {
    FiguresAsked asked;
    asked.scope = scope_of(office.actor, office.directory);
    Day const today = kBeijing.day(office.now);
    asked.last = form.has("to")     ? *parse_day(form.text("to"))
                 : form.has("from") ? *parse_day(form.text("from"))
                                    : today;
    asked.first = form.has("from") ? *parse_day(form.text("from")) : asked.last;
    if (asked.first > asked.last || asked.last - asked.first >= kMostDays)
        return refuse("calls.range", "query.to", {{"most", std::to_string(kMostDays)}});
    return asked;
}

Result<json::object> figures(Office const& office, api::Call const& call) {
    Form const form(call.query);
    BANYAN_TRY(FiguresAsked const asked, read_asked(office, form));
    Figures const counted = count_figures(office, asked);
    json::array rows;
    auto add = [&](Day day, Counts const& counts) -> json::object& {
        json::object row = counts_json(counts);
        row["day"] = iso(day);
        return rows.emplace_back(std::move(row)).as_object();
    };
    if (form.text("by") == "hour")
        for (auto const& [at, counts] : counted.hours) add(at.first, counts)["hour"] = at.second;
    else
        for (auto const& [day, counts] : counted.days()) add(day, counts);
    return json::object{{"from", iso(asked.first)},
                        {"to", iso(asked.last)},
                        {"quick_s", whole_seconds(office.book.quick)},
                        {"total", counts_json(counted.total())},
                        {"rows", std::move(rows)},
                        {"closings", map_json(counted.closings)},
                        {"lines", map_json(counted.lines)},
                        {"languages", map_json(counted.languages)},
                        {"ratings", map_json(counted.ratings)}};
}

}  // namespace

void add_figure_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    using namespace shape;
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/calls/figures",
         .name = "call.figures",
         .summary = "The telephone's service level, counted from the calls: a seat's own, a shift leader's "
                    "team's, else all",
         .tag = "calls",
         .roles = counting_roles(),
         .query = {{.name = "from", .type = Type::day, .about = "left out: as `to`"},
                   {.name = "to", .type = Type::day, .about = "left out: as `from`, or today; at most 92 days"},
                   {.name = "by", .type = Type::choice, .choices = {"day", "hour"}, .about = "left out: day"}},
         .replies = {{200, "days or hours with calls, and their sum"},
                     {422, "a range that is too long, or backwards"}},
         .reply = object(
             {{"from", day()},
              {"to", day()},
              {"quick_s", count()},
              {"total", counts_shape()},
              {"rows", list(named("call_counts_of",
                                  extended(counts_shape(), {{"day", day()}, {"hour?", count("0 to 23")}})))},
              {"closings", map(count())},
              {"lines", map(count(), "offered on it")},
              {"languages", map(count())},
              {"ratings", map(count())}}),
         .handle = [&desk](api::Call&& call, http::Respond respond) {
             look(desk, std::move(call), std::move(respond), figures);
         }});
}

}  // namespace banyan::calls
