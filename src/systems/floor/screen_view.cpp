// The hall's screen and its day in numbers.
#include <algorithm>

#include "api/api.h"
#include "kernel/engine/view.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

constexpr std::size_t kCalls = 8, kNextNumbers = 6, kPassed = 12;

std::int64_t seconds_of(Span span) { return span.us / seconds(1).us; }

json::array window_rows(DayNow const& day) {
    json::array rows;
    for (WindowNow const& each : day.windows) {
        json::array serves;
        for (std::string const& service : day.hall.window(each.code)->serves) serves.emplace_back(service);
        json::object row{{"code", each.code}, {"state", each.state}, {"serves", std::move(serves)}};
        if (each.state == "paused") row["reason"] = each.reason;
        auto const at = std::ranges::find_if(day.tickets, [&](Ticket const& ticket) {
            return ticket.state == Ticket::State::called && ticket.called_at == each.code;
        });
        if (at != day.tickets.end()) {
            row["number"] = at->number();
            row["called"] = rfc3339(at->last_called);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Those at a window now, the latest call first.
json::array call_rows(DayNow const& day, Texts const& texts) {
    std::vector<Ticket const*> called;
    for (Ticket const& each : day.tickets)
        if (each.state == Ticket::State::called) called.push_back(&each);
    std::ranges::sort(called, std::greater(), &Ticket::last_called);
    if (called.size() > kCalls) called.resize(kCalls);
    json::array rows;
    for (Ticket const* each : called)
        rows.push_back({{"number", each->number()},
                        {"window", each->called_at},
                        {"at", rfc3339(each->last_called)},
                        {"calls", each->calls},
                        {"voice", api::sentence_json(texts, "floor.voice",
                                                     {{"number", each->number()}, {"window", each->called_at}})}});
    return rows;
}

json::array waiting_rows(Office const& office, DayNow const& day) {
    auto const order = in_order(day.waiting, office.now());
    json::array rows;
    for (Service const& service : day.hall.services) {
        json::array next;
        for (Ticket const* each : order)
            if (each->service == service.code && next.size() < kNextNumbers) next.emplace_back(each->number());
        std::int64_t const waiting = day.waiting_for(service.code);
        int const open = day.open_windows(service.code);
        json::object row{{"service", service.code}, {"zh", service.zh}, {"en", service.en},
                         {"waiting", waiting},      {"windows", open},  {"next", std::move(next)}};
        if (auto const time =
                about(static_cast<int>(waiting), open, served_span(office.book, day.figures, service.code));
            time && waiting > 0)
            row["minutes"] = time->us / minutes(1).us;
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array passed_rows(DayNow const& day) {
    std::vector<Ticket const*> passed;
    for (Ticket const& each : day.tickets)
        if (each.state == Ticket::State::passed && !each.over && each.passes == 1) passed.push_back(&each);
    std::ranges::sort(passed, std::greater(), &Ticket::finished);
    json::array rows;
    for (Ticket const* each : passed)
        if (rows.size() < kPassed) rows.emplace_back(each->number());
    return rows;
}

json::object tally_json(Tally const& tally) {
    json::object row{{"taken", tally.taken},
                     {"waiting", tally.waiting},
                     {"served", tally.served},
                     {"passed", tally.passed},
                     {"ended", tally.ended},
                     {"left", tally.left},
                     {"priority", tally.priority},
                     {"by_appointment", tally.by_appointment},
                     {"longest_wait_s", seconds_of(tally.longest)}};
    if (auto const wait = tally.average_wait()) row["average_wait_s"] = seconds_of(*wait);
    if (auto const serving = tally.average_serving()) row["average_serving_s"] = seconds_of(*serving);
    return row;
}

shape::Schema tally_shape() {
    using namespace shape;
    return named("floor_tally", object({{"taken", count("numbers")},
                                        {"waiting", count("now")},
                                        {"served", count()},
                                        {"passed", count("called, and nobody came")},
                                        {"ended", count("passed by the day's end")},
                                        {"left", count("given back")},
                                        {"priority", count("numbers with a ground of priority")},
                                        {"by_appointment", count()},
                                        {"longest_wait_s", count("until the first call")},
                                        {"average_wait_s?", count("until the first call, of those called")},
                                        {"average_serving_s?", count("from the last call to the end")}}));
}

json::object tallies(std::map<std::string, Tally> const& by) {
    json::object all;
    for (auto const& [code, tally] : by) all[code] = tally_json(tally);
    return all;
}

}  // namespace

json::object screen_json(Office const& office, DayNow const& day, Texts const& texts) {
    return {{"hall", day.hall.code},
            {"zh", day.hall.zh},
            {"en", day.hall.en},
            {"at", rfc3339(office.now())},
            {"gives_numbers", office.gives_numbers(day.hall)},
            {"windows", window_rows(day)},
            {"calls", call_rows(day, texts)},
            {"waiting", waiting_rows(office, day)},
            {"passed", passed_rows(day)}};
}

shape::Schema screen_shape() {
    using namespace shape;
    auto window = object({{"code", code()},
                          {"state", one_of({"open", "paused", "closed"})},
                          {"serves", list(code(), "services")},
                          {"reason?", one_of({kPauses.begin(), kPauses.end()})},
                          {"number?", text("at it now")},
                          {"called?", instant()}});
    auto called = object({{"number", text()},
                          {"window", code()},
                          {"at", instant()},
                          {"calls", count("how often")},
                          {"voice", names_shape()}});
    auto waiting = object({{"service", code()},
                           {"zh", text()},
                           {"en", text()},
                           {"waiting", count()},
                           {"windows", count("that call for it now")},
                           {"next", list(text(), "numbers, as they would be called")},
                           {"minutes?", count("roughly, for who takes a number now")}});
    return object({{"hall", code()},
                   {"zh", text()},
                   {"en", text()},
                   {"at", instant()},
                   {"gives_numbers", flag()},
                   {"windows", list(named("floor_window", std::move(window)))},
                   {"calls", list(std::move(called), "at a window now, the latest first")},
                   {"waiting", list(named("floor_waiting", std::move(waiting)))},
                   {"passed", list(text(), "numbers that may come back")}});
}

json::object figures_json(Office const&, DayNow const& day, std::vector<Appointment> const& appointments) {
    using State = Appointment::State;
    json::object booked;
    for (State state : {State::booked, State::came, State::no_show, State::cancelled})
        booked[name(state)] = std::ranges::count(appointments, state, &Appointment::state);
    return {{"all", tally_json(day.figures.all)},
            {"by_service", tallies(day.figures.by_service)},
            {"by_window", tallies(day.figures.by_window)},
            {"appointments", std::move(booked)}};
}

shape::Schema figures_shape() {
    using namespace shape;
    return object({{"hall", code()},
                   {"day", day()},
                   {"all", tally_shape()},
                   {"by_service", map(tally_shape())},
                   {"by_window", map(tally_shape(), "by where they were called last")},
                   {"appointments", object({{"booked", count("still to come")},
                                            {"came", count()},
                                            {"no_show", count()},
                                            {"cancelled", count()}})}});
}

}  // namespace banyan::floor
