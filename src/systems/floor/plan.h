// systems/floor/plan.h: what there is where in a service hall, and how it books and calls.
//
// Halls, their services and windows are the city's catalogue `floor` (CSV, as data/demo/floor.csv); numbers are
// data/floor.toml. Pure. Rules: docs/systems/floor.md
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace banyan::floor {

/// What one waits for: some classes of items, known by the units they are of.
struct Service {
    std::string code, zh, en;
    std::string letter;              ///< its numbers begin with it: Z001
    std::vector<std::string> units;  ///< whose items it takes in
};

struct Window {
    std::string code;                 ///< A01
    std::vector<std::string> serves;  ///< services
    bool has(std::string_view service) const;
};

struct Point {
    double lat = 0, lon = 0;  ///< WGS-84
};

/// A working day on which the hall is closed all the same.
struct ClosedDay {
    Day day;
    std::string zh, en;  ///< why
};

struct Hall {
    std::string code, zh, en;
    std::string unit;  ///< whose office hours it has where it has none of its own, and whose people work there
    std::string address, address_en;
    std::vector<Service> services;
    std::vector<Window> windows;
    std::optional<Point> point = {};
    std::string hours = {};                ///< 08:30-12:00,14:30-17:30; empty: its unit's
    int slot_minutes = 0, per_window = 0;  ///< 0: the handbook's
    std::vector<ClosedDay> closed = {};

    ClosedDay const* closed_on(Day day) const;
    Service const* service(std::string_view code) const;
    Window const* window(std::string_view code) const;
    int windows_for(std::string_view service) const;
    /// Whether the window takes in for items of the unit.
    bool stationed(Window const& window, std::string_view unit_code) const;
};

struct Plan {
    std::vector<Hall> halls;
    Hall const* hall(std::string_view code) const;
};

/// The city's catalogue that holds it.
inline constexpr std::string_view kFloorCatalogue = "floor";
/// Columns kind (hall, service, window, closed), hall, code, zh, en, unit, letter, serves, address, address_en,
/// lat, lon, hours, slot_minutes, per_window; a hall stands before what is in it; the code of a closed day is the
/// day. Refused with the line: floor.plan.
Result<Plan> read_plan(std::string_view csv);
/// What read_plan() reads.
std::string write_plan(Plan const& plan);

/// The plan in force: who asks keeps what they got, whoever changes it meanwhile. Thread rule: any.
class Plans {
  public:
    explicit Plans(Plan plan) : now_(std::make_shared<Plan const>(std::move(plan))) {}
    std::shared_ptr<Plan const> now() const {
        std::lock_guard lock(mutex_);
        return now_;
    }
    void put(std::shared_ptr<Plan const> plan) {
        std::lock_guard lock(mutex_);
        now_ = std::move(plan);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<Plan const> now_;
};

/// data/floor.toml.
struct Handbook {
    int slot_minutes = 30, days_ahead = 14, per_window = 2, most_open = 5, no_shows = 3, no_show_days = 30;
    Span early, late, due, opening, closing;
    int ahead = 2, behind = 3, most_a_day = 900;
    Span served;
    int appointment_days = 30;
};
/// Refused: floor.handbook, with the member that is missing or wrong.
Result<Handbook> read_handbook(std::string_view toml);

}  // namespace banyan::floor
