#include "systems/floor/hall_plan.h"

#include <algorithm>
#include <set>

#include "platform/crypto/digest.h"

namespace banyan::floor {
namespace {

std::string path(char const* list, std::size_t n, char const* member) {
    return std::string(list) + "[" + std::to_string(n) + "]." + member;
}
std::string text_in(json::object const& object, std::string_view name) {
    json::value const* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}
json::array const& list_in(json::object const& object, std::string_view name) {
    static json::array const none;
    json::value const* value = object.if_contains(name);
    return value != nullptr && value->is_array() ? value->as_array() : none;
}
int number_in(json::object const& object, std::string_view name) {
    json::value const* value = object.if_contains(name);
    return value != nullptr && value->is_int64() ? static_cast<int>(value->as_int64()) : 0;
}

constexpr std::string_view kDigits = "0123456789", kSmall = "abcdefghijklmnopqrstuvwxyz",
                           kLarge = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool all_of(std::string_view text, std::initializer_list<std::string_view> signs) {
    return std::ranges::all_of(text, [&](char sign) {
        return std::ranges::any_of(signs, [&](std::string_view some) { return some.contains(sign); });
    });
}
bool is_service_code(std::string_view code) {
    return !code.empty() && code.size() <= 20 && kSmall.contains(code[0]) && all_of(code, {kSmall, kDigits, "-"});
}
bool is_window_code(std::string_view code) {
    return !code.empty() && code.size() <= 6 && all_of(code, {kLarge, kDigits});
}

class Reader {
  public:
    Reader(Hall const& now, json::object const& said, Directory const& directory)
        : said_(said), directory_(directory) {
        made_.hall = now;
    }
    Wanted read() {
        Hall& hall = made_.hall;
        hall.zh = text_in(said_, "zh");
        hall.en = text_in(said_, "en");
        hall.address = text_in(said_, "address");
        hall.address_en = text_in(said_, "address_en");
        hall.hours = text_in(said_, "hours");
        hall.slot_minutes = number_in(said_, "slot_minutes");
        hall.per_window = number_in(said_, "per_window");
        hall.point.reset();
        if (json::value const* point = said_.if_contains("point"))
            hall.point = Point{point->at("lat").to_number<double>(), point->at("lon").to_number<double>()};
        if (!hall.hours.empty())
            if (auto const hours = OfficeHours::parse(hall.hours); !hours)
                fault(hours.error().key, "hours", hours.error().params);
        services();
        windows();
        closed();
        return std::move(made_);
    }

  private:
    void fault(std::string key, std::string field, std::vector<std::pair<std::string, std::string>> params = {}) {
        made_.faults.push_back({std::move(key), std::move(field), std::move(params), {}});
    }
    void services() {
        std::set<std::string> codes, letters;
        made_.hall.services.clear();
        for (std::size_t n = 0; n < list_in(said_, "services").size(); ++n) {
            json::object const& each = list_in(said_, "services")[n].as_object();
            Service service{
                text_in(each, "code"), text_in(each, "zh"), text_in(each, "en"), text_in(each, "letter"), {}};
            if (!is_service_code(service.code)) fault("floor.service_code", path("services", n, "code"));
            if (!codes.insert(service.code).second)
                fault("floor.twice", path("services", n, "code"), {{"code", service.code}});
            if (service.letter.size() != 1 || service.letter[0] < 'A' || service.letter[0] > 'Z')
                fault("floor.letter", path("services", n, "letter"));
            else if (!letters.insert(service.letter).second)
                fault("floor.letter_twice", path("services", n, "letter"), {{"letter", service.letter}});
            for (json::value const& unit : list_in(each, "units")) {
                std::string code(unit.as_string());
                if (directory_.unit(code) == nullptr)
                    fault("unit.unknown", path("services", n, "units"), {{"unit", code}});
                service.units.push_back(std::move(code));
            }
            made_.hall.services.push_back(std::move(service));
        }
        if (made_.hall.services.empty()) fault("floor.no_service", "services");
    }
    void windows() {
        std::set<std::string> codes;
        made_.hall.windows.clear();
        for (std::size_t n = 0; n < list_in(said_, "windows").size(); ++n) {
            json::object const& each = list_in(said_, "windows")[n].as_object();
            Window window{text_in(each, "code"), {}};
            if (!is_window_code(window.code)) fault("floor.window_code", path("windows", n, "code"));
            if (!codes.insert(window.code).second)
                fault("floor.twice", path("windows", n, "code"), {{"code", window.code}});
            for (json::value const& served : list_in(each, "serves")) {
                std::string code = text_in(served.as_object(), "code");
                if (made_.hall.service(code) == nullptr)
                    fault("floor.serves_unknown", path("windows", n, "serves"), {{"service", code}});
                window.serves.push_back(std::move(code));
            }
            if (window.serves.empty()) fault("floor.serves_nothing", path("windows", n, "serves"));
            made_.hall.windows.push_back(std::move(window));
        }
        for (std::size_t n = 0; n < made_.hall.services.size(); ++n)
            if (Service const& each = made_.hall.services[n]; made_.hall.windows_for(each.code) == 0)
                fault("floor.no_window_for", path("services", n, "code"), {{"service", each.zh}});
    }
    void closed() {
        made_.hall.closed.clear();
        for (std::size_t n = 0; n < list_in(said_, "closed").size(); ++n) {
            json::object const& each = list_in(said_, "closed")[n].as_object();
            ClosedDay day{*parse_day(text_in(each, "day")), text_in(each, "zh"), text_in(each, "en")};
            if (made_.hall.closed_on(day.day) != nullptr)
                fault("floor.closed_twice", path("closed", n, "day"), {{"day", iso(day.day)}});
            made_.hall.closed.push_back(std::move(day));
        }
        std::ranges::sort(made_.hall.closed, {}, &ClosedDay::day);
    }

    json::object const& said_;
    Directory const& directory_;
    Wanted made_;
};

}  // namespace

std::vector<Field> hall_fields() {
    using Of = Field::Type;
    Field const code{.name = "code", .required = true, .most = 20};
    return {
        {.name = "zh", .required = true, .least = 2, .most = 60},
        {.name = "en", .required = true, .least = 2, .most = 80},
        {.name = "address", .most = 120},
        {.name = "address_en", .most = 160},
        {.name = "point", .type = Of::point},
        {.name = "hours", .most = 60, .about = "08:30-12:00,14:30-17:30; left out: its unit's"},
        {.name = "slot_minutes", .type = Of::integer, .least = 5, .most = 240, .about = "left out: the city's"},
        {.name = "per_window",
         .type = Of::integer,
         .least = 1,
         .most = 20,
         .about = "people by appointment in a slot; left out: the city's"},
        {.name = "services",
         .type = Of::list,
         .most = 26,
         .inner = {code,
                   {.name = "zh", .required = true, .most = 30},
                   {.name = "en", .required = true, .most = 60},
                   {.name = "letter", .required = true, .most = 1},
                   {.name = "units", .type = Of::units, .most = 60, .about = "whose items it takes in"}}},
        {.name = "windows",
         .type = Of::list,
         .most = 200,
         .inner = {code, {.name = "serves", .type = Of::list, .most = 26, .inner = {code}}}},
        {.name = "closed",
         .type = Of::list,
         .most = 60,
         .inner = {{.name = "day", .type = Of::day, .required = true},
                   {.name = "zh", .required = true, .most = 60},
                   {.name = "en", .most = 80}},
         .about = "working days on which the hall is closed"}};
}

json::object plan_json(Hall const& hall) {
    json::array services, windows, closed;
    for (Service const& each : hall.services)
        services.push_back({{"code", each.code},
                            {"zh", each.zh},
                            {"en", each.en},
                            {"letter", each.letter},
                            {"units", json::array(each.units.begin(), each.units.end())}});
    for (Window const& each : hall.windows) {
        json::array serves;
        for (std::string const& service : each.serves) serves.push_back(json::object{{"code", service}});
        windows.push_back({{"code", each.code}, {"serves", std::move(serves)}});
    }
    for (ClosedDay const& each : hall.closed)
        closed.push_back({{"day", iso(each.day)}, {"zh", each.zh}, {"en", each.en}});
    json::object plan{{"zh", hall.zh},
                      {"en", hall.en},
                      {"address", hall.address},
                      {"address_en", hall.address_en},
                      {"hours", hall.hours},
                      {"services", std::move(services)},
                      {"windows", std::move(windows)},
                      {"closed", std::move(closed)}};
    if (hall.point) plan["point"] = {{"lat", hall.point->lat}, {"lon", hall.point->lon}};
    if (hall.slot_minutes > 0) plan["slot_minutes"] = hall.slot_minutes;
    if (hall.per_window > 0) plan["per_window"] = hall.per_window;
    return plan;
}

shape::Schema plan_shape() {
    using namespace shape;
    auto number = [] { return Schema{{"type", "number"}}; };
    auto const code_only = object({{"code", code()}});
    return named("floor_plan",
                 object({{"zh", text()},
                         {"en", text()},
                         {"address", text()},
                         {"address_en", text()},
                         {"point?", object({{"lat", number()}, {"lon", number()}})},
                         {"hours", text("empty: its unit's")},
                         {"slot_minutes?", count("left out: the city's")},
                         {"per_window?", count("left out: the city's")},
                         {"services", list(object({{"code", code()},
                                                   {"zh", text()},
                                                   {"en", text()},
                                                   {"letter", text()},
                                                   {"units", list(code())}}))},
                         {"windows", list(object({{"code", code()}, {"serves", list(code_only)}}))},
                         {"closed", list(object({{"day", day()}, {"zh", text()}, {"en", text()}}))}}));
}

std::string version_of(Hall const& hall) {
    return crypto::hex(crypto::sm3(json::serialize(plan_json(hall)))).substr(0, 16);
}

Wanted wanted_hall(Hall const& now, json::object const& said, Directory const& directory) {
    return Reader(now, said, directory).read();
}

std::vector<Refusal> in_use(Office const& office, Hall const& wanted) {
    std::vector<Refusal> faults;
    office.session.query(
        "SELECT code FROM floor_window WHERE hall = $1 AND state <> 'closed' ORDER BY code",
        {std::string_view(wanted.code)}, [&](store::Row const& row) {
            std::string code(row.text(0));
            if (wanted.window(code) == nullptr)
                faults.push_back({"floor.window_in_use", "windows", {{"window", std::move(code)}}, {}});
        });
    std::set<std::string> missed;
    for (Ticket const& each : load_open(office.session, wanted.code, office.today()))
        if (wanted.service(each.service) == nullptr && missed.insert(each.service).second)
            faults.push_back({"floor.service_in_use", "services", {{"service", each.service}}, {}});
    return faults;
}

std::vector<Broken> broken_by(Office const& office, Hall const& wanted) {
    std::vector<Broken> broken;
    Handbook const book = office.book_for(wanted);
    OfficeHours const hours = office.hours(wanted);
    for (Appointment& each : load_booked(office.session, wanted.code, office.now())) {
        std::string_view why;
        auto const slots = slots_of(book, hours, each.day);
        if (wanted.service(each.service) == nullptr)
            why = "service";
        else if (!office.open_on(wanted, each.day))
            why = "closed";
        else if (std::ranges::find(slots, each.slot) == slots.end())
            why = "hours";
        else if (each.place >= wanted.windows_for(each.service) * book.per_window)
            why = "places";
        if (!why.empty()) broken.push_back({std::move(each), why});
    }
    return broken;
}

}  // namespace banyan::floor
