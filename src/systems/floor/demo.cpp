#include "systems/floor/demo.h"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

#include "base/csv.h"
#include "systems/floor/booking.h"
#include "systems/floor/counter.h"
#include "systems/floor/tickets.h"

namespace banyan::floor {
namespace {

constexpr std::string_view kWhats[] = {"book", "open", "number", "come", "pass"};

/// The morning, minute by minute.
class Morning {
  public:
    explicit Morning(Office const& office) : office_(office) {}

    void at(Instant minute) { now_ = minute; }
    void take_row(MorningRow const& row) {
        if (row.what == "open") return open(row);
        if (row.what == "number") return number(row, {});
        if (row.what == "come") return number(row, booked_.at(row.who));
        if (row.what == "pass") must(pass(as(clerks_.at(row.code).actor)), row.what);
    }
    void book_row(MorningRow const& row) {
        Booking booking{hall().code, row.code, row.at, row.who, row.phone, {}, {}, {}, {}};
        Person const* account = office_.directory.person(row.who);
        Actor actor;
        if (account != nullptr) actor = {account->id, account->role, {}, {}, false};
        Office const there = as(actor);
        Booked const done = must(book(there, booking), row.what);
        booked_[row.who] = floor::open(there.keys, done.appointment).number;
    }
    /// Windows whose number is done call the next.
    void call() {
        for (auto& [code, clerk] : clerks_) {
            if (now_ < clerk.free) continue;
            Office const there = as(clerk.actor);
            must(call_next(there, std::nullopt), "next");
            if (own_window(there)->ticket) clerk.free = now_ + clerk.takes;
        }
    }
    int numbers() const { return numbers_; }

  private:
    struct Clerk {
        Actor actor;
        Span takes;
        Instant free;
    };

    Hall const& hall() const { return office_.plan.halls.front(); }
    Office as(Actor const& actor) const {
        Office there{office_.session,   office_.book, office_.plan,  office_.keys,
                     office_.directory, actor,        office_.moment};
        there.moment.now = now_;
        return there;
    }
    template <class Value>
    static Value must(Result<Value> done, std::string_view what) {
        if (!done) throw std::runtime_error(fmt::format("floor_morning.csv: {} {}", what, done.error().key));
        return std::move(*done);
    }
    static void must(Result<void> const& done, std::string_view what) {
        if (!done) throw std::runtime_error(fmt::format("floor_morning.csv: {} {}", what, done.error().key));
    }
    void open(MorningRow const& row) {
        Person const* person = office_.directory.person(row.who);
        if (person == nullptr) throw std::runtime_error("the demo has nobody called " + row.who);
        Actor const actor{person->id, person->role, person->unit, {}, false};
        must(open_window(as(actor), hall().code, row.code), row.what);
        clerks_[row.code] = {actor, minutes(std::stoi(row.more)), now_};
    }
    void number(MorningRow const& row, std::string const& appointment) {
        Person const* desk = office_.directory.person("hall01");
        Actor actor;
        if (desk != nullptr && appointment.empty()) actor = {desk->id, desk->role, desk->unit, {}, false};
        must(
            take(as(actor),
                 {hall().code, appointment.empty() ? row.code : std::string(), appointment, row.more, {}, {}, {}}),
            row.what);
        ++numbers_;
    }

    Office const& office_;
    Instant now_;
    std::map<std::string, Clerk> clerks_;
    std::map<std::string, std::string> booked_;  ///< by who
    int numbers_ = 0;
};

}  // namespace

Result<std::vector<MorningRow>> read_morning(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    BANYAN_CHECK(table.needs({"what", "at", "code", "who", "phone", "more"}));
    std::vector<MorningRow> rows;
    for (CsvRow const& row : table.rows()) {
        auto text = [&](std::string_view column) { return std::string(table.at(row, column)); };
        auto const at = parse_local(text("at"));
        std::string const what = text("what");
        if (!at || std::ranges::find(kWhats, what) == std::end(kWhats))
            return refuse("floor.morning", {}, {{"line", std::to_string(row.line)}});
        rows.push_back({what, *at, text("code"), text("who"), text("phone"), text("more")});
    }
    return rows;
}

int seed_demo(Office const& office, std::vector<MorningRow> const& rows, Instant until) {
    Morning morning(office);
    Day const day = kBeijing.day(until);
    morning.at(kBeijing.start_of(day - 1) + hours(12));
    for (MorningRow const& row : rows)
        if (row.what == "book") morning.book_row(row);
    for (Instant minute = kBeijing.start_of(day) + hours(8); minute < until; minute = minute + minutes(1)) {
        morning.at(minute);
        for (MorningRow const& row : rows)
            if (row.what != "book" && row.at == minute) morning.take_row(row);
        morning.call();
    }
    return morning.numbers();
}

}  // namespace banyan::floor
