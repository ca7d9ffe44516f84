// Halls, and which times can still be booked.
#include <algorithm>

#include "systems/floor/routes.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

struct Asked {
    Hall const* hall;
    Service const* service;
};

Result<Asked> asked_of(Office const& office, api::Call const& call) {
    Hall const* hall = office.plan.hall(call.param(0));
    if (hall == nullptr) return refuse("hall.unknown");
    Service const* service = hall->service(Form(call.query).text("service"));
    if (service == nullptr) return refuse("service.unknown", "query.service");
    return Asked{hall, service};
}

Result<json::object> halls(Office const& office, api::Call const&) {
    json::array rows;
    for (Hall const& hall : office.plan.halls) rows.push_back(hall_json(office, hall));
    return json::object{{"halls", std::move(rows)},
                        {"days_ahead", office.book.days_ahead},
                        {"early_minutes", office.book.early.us / minutes(1).us},
                        {"late_minutes", office.book.late.us / minutes(1).us}};
}

std::string name_of(Calendar const& calendar, Day day) {
    auto const& listed = calendar.listed();
    auto const found = std::ranges::lower_bound(listed, day, {}, &ListedDay::day);
    return found != listed.end() && found->day == day ? found->name : std::string();
}

struct Places {
    Handbook book;
    int all = 0;
    std::map<Instant, std::vector<int>> taken;

    int free(Slot const& slot, Instant now) const {
        if (slot.begins <= now) return 0;
        auto const here = taken.find(slot.begins);
        return std::max(all - (here == taken.end() ? 0 : static_cast<int>(here->second.size())), 0);
    }
};

Places places_of(Office const& office, Asked const& asked, Day from, Day until) {
    Handbook const book = office.book_for(*asked.hall);
    return {book, asked.hall->windows_for(asked.service->code) * book.per_window,
            load_taken(office.session, asked.hall->code, asked.service->code, kBeijing.start_of(from),
                       kBeijing.start_of(until))};
}

Result<json::object> days(Office const& office, api::Call const& call) {
    BANYAN_TRY(Asked const asked, asked_of(office, call));
    Day const today = office.today(), last = today + office.book.days_ahead;
    Places const places = places_of(office, asked, today, last + 1);
    OfficeHours const hours = office.hours(*asked.hall);
    Calendar const& calendar = *office.moment.calendar;
    json::array rows;
    for (Day day = today; day <= last; day = day + 1) {
        bool const open = office.open_on(*asked.hall, day);
        json::object row{{"day", iso(day)}, {"open", open}};
        ClosedDay const* closed = asked.hall->closed_on(day);
        if (std::string const name = closed != nullptr ? closed->zh : name_of(calendar, day); !name.empty())
            row["name"] = name;
        if (open && day.weekend()) row["make_up"] = true;
        if (!calendar.published(day)) row["provisional"] = true;
        std::int64_t free = 0;
        if (open)
            for (Slot const& slot : slots_of(places.book, hours, day)) free += places.free(slot, office.now());
        row["free"] = free;
        rows.push_back(std::move(row));
    }
    return json::object{{"hall", asked.hall->code}, {"service", asked.service->code}, {"days", std::move(rows)}};
}

Result<json::object> slots(Office const& office, api::Call const& call) {
    BANYAN_TRY(Asked const asked, asked_of(office, call));
    Day const day = *parse_day(Form(call.query).text("day"));
    Day const last = office.today() + office.book.days_ahead;
    if (day > last) return refuse("slot.too_far", "query.day", {{"last", iso(last)}});
    if (day < office.today()) return refuse("slot.past", "query.day");
    if (!office.open_on(*asked.hall, day)) return refuse("slot.closed", "query.day", {{"day", iso(day)}});
    Places const places = places_of(office, asked, day, day + 1);
    json::array rows;
    for (Slot const& slot : slots_of(places.book, office.hours(*asked.hall), day)) {
        auto const here = places.taken.find(slot.begins);
        rows.push_back({{"at", rfc3339(slot.begins)},
                        {"until", rfc3339(slot.ends)},
                        {"places", places.all},
                        {"taken", here == places.taken.end() ? 0 : static_cast<int>(here->second.size())},
                        {"free", places.free(slot, office.now())}});
    }
    return json::object{{"hall", asked.hall->code},
                        {"service", asked.service->code},
                        {"day", iso(day)},
                        {"slots", std::move(rows)}};
}

shape::Schema halls_shape() {
    using namespace shape;
    return object({{"halls", list(hall_shape())},
                   {"days_ahead", count("the last day that can be booked, from today")},
                   {"early_minutes", count("so long before its time an appointment gets its queue number")},
                   {"late_minutes", count("and so long after its slot")}});
}

shape::Schema days_shape() {
    using namespace shape;
    auto one = object({{"day", day()},
                       {"open", flag("a working day")},
                       {"free", count("places, over the day")},
                       {"name?", text("as the list of holidays calls it, or why the hall is closed; in Chinese")},
                       {"make_up?", always(true)},
                       {"provisional?", always(true)}});
    return object({{"hall", code()}, {"service", code()}, {"days", list(named("floor_day", std::move(one)))}});
}

shape::Schema slots_shape() {
    using namespace shape;
    auto one = object({{"at", instant()},
                       {"until", instant()},
                       {"places", count()},
                       {"taken", count()},
                       {"free", count("none once it has begun")}});
    return object({{"hall", code()},
                   {"service", code()},
                   {"day", day()},
                   {"slots", list(named("floor_slot", std::move(one)))}});
}

}  // namespace

void add_place_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    auto looking = [&desk](Look job) {
        return [&desk, job = std::move(job)](api::Call&& call, http::Respond respond) {
            look(desk, std::move(call), std::move(respond), job);
        };
    };
    Field const hall{.name = "hall", .type = Type::code};
    Field const service{.name = "service", .type = Type::code, .required = true};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/halls",
             .name = "floor.halls",
             .summary = "Service halls with what one can wait for in them",
             .tag = "floor",
             .who = api::Who::anyone,
             .replies = {{200, "all"}},
             .reply = halls_shape(),
             .handle = looking(halls)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/halls/{hall}/days",
             .name = "floor.days",
             .summary = "The days that can be booked, and how much is free on each",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {hall},
             .query = {service},
             .replies = {{200, "from today"}, {404, "no such hall"}, {422, "no such service"}},
             .reply = days_shape(),
             .handle = looking(days)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/halls/{hall}/slots",
             .name = "floor.slots",
             .summary = "The slots of a day: places, taken, free",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {hall},
             .query = {service, {.name = "day", .type = Type::day, .required = true}},
             .replies = {{200, "those of the day"},
                         {404, "no such hall"},
                         {422, "no such service, or a day that cannot be booked"}},
             .reply = slots_shape(),
             .handle = looking(slots)});
}

}  // namespace banyan::floor
