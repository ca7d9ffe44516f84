#include "systems/floor/plan.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/csv.h"
#include "base/text.h"
#include "kernel/calendar/office_hours.h"
#include "platform/config/toml.h"

namespace banyan::floor {
namespace {

namespace json = boost::json;

template <class One>
One const* find(std::vector<One> const& all, std::string_view code) {
    auto const found = std::ranges::find(all, code, &One::code);
    return found == all.end() ? nullptr : &*found;
}

bool holds(std::vector<std::string> const& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end();
}

/// A number of the column; nothing: there is none.
std::optional<double> number(std::string const& text) {
    if (text.empty()) return std::nullopt;
    char* end = nullptr;
    double const value = std::strtod(text.c_str(), &end);
    return *end == '\0' ? std::optional(value) : std::nullopt;
}

/// What a hall may say of itself. False: it cannot be read.
bool read_own(Hall& hall, std::string const& lat, std::string const& lon, std::string const& slot,
              std::string const& per) {
    constexpr double kNorth = 90, kEast = 180, kMostMinutes = 240, kMostPeople = 100;
    auto const north = number(lat), east = number(lon), minutes = number(slot), people = number(per);
    if (north.has_value() != east.has_value() || (!lat.empty() && !north) || (!slot.empty() && !minutes) ||
        (!per.empty() && !people))
        return false;
    if (north && (std::abs(*north) > kNorth || std::abs(*east) > kEast)) return false;
    if (north) hall.point = Point{*north, *east};
    if (minutes && (*minutes < 1 || *minutes > kMostMinutes)) return false;
    if (people && (*people < 1 || *people > kMostPeople)) return false;
    hall.slot_minutes = static_cast<int>(minutes.value_or(0));
    hall.per_window = static_cast<int>(people.value_or(0));
    return hall.hours.empty() || OfficeHours::parse(hall.hours);
}

bool add_closed(Hall& hall, std::string const& day, std::string zh, std::string en) {
    auto const parsed = parse_day(day);
    if (!parsed || zh.empty() || hall.closed_on(*parsed) != nullptr) return false;
    hall.closed.push_back({*parsed, std::move(zh), std::move(en)});
    return true;
}

bool add_hall(Plan& plan, Hall hall) {
    if (hall.code.empty() || hall.zh.empty() || hall.en.empty() || hall.unit.empty() || plan.hall(hall.code))
        return false;
    plan.halls.push_back(std::move(hall));
    return true;
}

bool add_service(Hall& hall, Service service) {
    bool const letter = service.letter.size() == 1 && service.letter[0] >= 'A' && service.letter[0] <= 'Z';
    if (service.code.empty() || service.zh.empty() || service.en.empty() || !letter ||
        hall.service(service.code) ||
        std::ranges::find(hall.services, service.letter, &Service::letter) != hall.services.end())
        return false;
    hall.services.push_back(std::move(service));
    return true;
}

bool add_window(Hall& hall, Window window) {
    if (window.code.empty() || window.serves.empty() || hall.window(window.code)) return false;
    for (std::string const& service : window.serves)
        if (!hall.service(service)) return false;
    hall.windows.push_back(std::move(window));
    return true;
}

class Numbers {
  public:
    explicit Numbers(json::object const& root) : root_(root) {}
    int at(std::string_view table, std::string_view member, int most) {
        json::value const* in = root_.if_contains(table);
        json::value const* value =
            in != nullptr && in->is_object() ? in->as_object().if_contains(member) : nullptr;
        std::int64_t const* n = value == nullptr ? nullptr : value->if_int64();
        if (n != nullptr && *n >= 1 && *n <= most) return static_cast<int>(*n);
        if (wrong.empty()) wrong = fmt::format("{}.{}", table, member);
        return 1;
    }
    std::string wrong;

  private:
    json::object const& root_;
};

}  // namespace

bool Window::has(std::string_view service) const { return holds(serves, service); }

ClosedDay const* Hall::closed_on(Day day) const {
    auto const found = std::ranges::find(closed, day, &ClosedDay::day);
    return found == closed.end() ? nullptr : &*found;
}
Service const* Hall::service(std::string_view of) const { return find(services, of); }
Window const* Hall::window(std::string_view of) const { return find(windows, of); }
int Hall::windows_for(std::string_view of) const {
    return static_cast<int>(std::ranges::count_if(windows, [&](Window const& each) { return each.has(of); }));
}
bool Hall::stationed(Window const& window, std::string_view unit_code) const {
    return std::ranges::any_of(window.serves, [&](std::string const& each) {
        Service const* of = service(each);
        return of != nullptr && holds(of->units, unit_code);
    });
}

Hall const* Plan::hall(std::string_view code) const { return find(halls, code); }

Result<Plan> read_plan(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    BANYAN_CHECK(table.needs({"kind", "hall", "code", "zh", "en", "unit", "letter", "serves"}));
    Plan plan;
    for (CsvRow const& row : table.rows()) {
        auto at = [&](std::string_view column) { return std::string(trim(table.at(row, column))); };
        std::string const kind = at("kind");
        auto const inside = std::ranges::find(plan.halls, at("hall"), &Hall::code);
        bool good = false;
        if (kind == "hall") {
            Hall hall{at("code"), at("zh"), at("en"), at("unit"), at("address"), at("address_en"), {}, {}};
            hall.hours = at("hours");
            good = read_own(hall, at("lat"), at("lon"), at("slot_minutes"), at("per_window")) &&
                   add_hall(plan, std::move(hall));
        } else if (inside != plan.halls.end() && kind == "service")
            good = add_service(*inside, {at("code"), at("zh"), at("en"), at("letter"), split(at("serves"), ";")});
        else if (inside != plan.halls.end() && kind == "window")
            good = add_window(*inside, {at("code"), split(at("serves"), ";")});
        else if (inside != plan.halls.end() && kind == "closed")
            good = add_closed(*inside, at("code"), at("zh"), at("en"));
        if (!good) return refuse("floor.plan", {}, {{"line", std::to_string(row.line)}});
    }
    return plan;
}

std::string write_plan(Plan const& plan) {
    std::string csv =
        "kind,hall,code,zh,en,unit,letter,serves,address,address_en,lat,lon,hours,slot_minutes,per_window\n";
    auto add = [&](std::vector<std::string> const& cells) {
        for (std::size_t n = 0; n < cells.size(); ++n) csv += (n == 0 ? "" : ",") + csv_cell(cells[n]);
        csv += "\n";
    };
    auto joined = [](std::vector<std::string> const& all) {
        std::string text;
        for (std::string const& each : all) text += (text.empty() ? "" : ";") + each;
        return text;
    };
    auto or_none = [](int n) { return n == 0 ? std::string() : std::to_string(n); };
    for (Hall const& hall : plan.halls) {
        add({"hall", hall.code, hall.code, hall.zh, hall.en, hall.unit, "", "", hall.address, hall.address_en,
             hall.point ? fmt::format("{}", hall.point->lat) : "",
             hall.point ? fmt::format("{}", hall.point->lon) : "", hall.hours, or_none(hall.slot_minutes),
             or_none(hall.per_window)});
        for (Service const& each : hall.services)
            add({"service", hall.code, each.code, each.zh, each.en, "", each.letter, joined(each.units)});
        for (Window const& each : hall.windows)
            add({"window", hall.code, each.code, "", "", "", "", joined(each.serves)});
        for (ClosedDay const& each : hall.closed) add({"closed", hall.code, iso(each.day), each.zh, each.en});
    }
    return csv;
}

Result<Handbook> read_handbook(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    Numbers numbers(document.root);
    auto span = [&](char const* member) { return minutes(numbers.at("queue", member, 24 * 60)); };
    Handbook book;
    book.slot_minutes = numbers.at("booking", "slot_minutes", 240);
    book.days_ahead = numbers.at("booking", "days_ahead", 60);
    book.per_window = numbers.at("booking", "per_window", 100);
    book.most_open = numbers.at("booking", "most_open", 100);
    book.no_shows = numbers.at("booking", "no_shows", 100);
    book.no_show_days = numbers.at("booking", "no_show_days", 365);
    book.early = span("early_minutes");
    book.late = span("late_minutes");
    book.due = span("due_minutes");
    book.opening = span("opening_minutes");
    book.closing = span("closing_minutes");
    book.served = span("served_minutes");
    book.ahead = numbers.at("queue", "ahead", 10);
    book.behind = numbers.at("queue", "behind", 20);
    book.most_a_day = numbers.at("queue", "most_a_day", 999);
    book.appointment_days = numbers.at("keep", "appointment_days", 365);
    if (book.appointment_days < book.no_show_days) numbers.wrong = "keep.appointment_days";
    if (!numbers.wrong.empty()) return refuse("floor.handbook", numbers.wrong);
    return book;
}

}  // namespace banyan::floor
