#include "systems/calls/demo.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/csv.h"
#include "systems/calls/demo_plan.h"
#include "systems/calls/ring_backs.h"
#include "systems/calls/seats.h"
#include "systems/calls/switchboard.h"

namespace banyan::calls {
namespace {

using What = Report::What;

/// Everything that happens, in the order of time.
class Film {
  public:
    Film(Office const& office, DemoTelephone const& demo) : office_(office), demo_(demo) {}

    void at(Instant when, std::function<void(Film&)> happens) { scenes_.emplace_back(when, std::move(happens)); }
    void show() {
        std::ranges::stable_sort(scenes_, {}, &Scene::first);
        for (std::size_t i = 0; i < scenes_.size(); ++i) {
            now_ = scenes_[i].first;
            scenes_[i].second(*this);
        }
    }

    Office as(PersonId person) const {
        Office office = office_;
        Person const* known = office_.directory.person(person);
        if (known == nullptr) throw std::runtime_error("the demo's telephone has no such person");
        office.actor = {person, known->role, known->unit, {}, false};
        office.now = now_;
        return office;
    }
    template <class T>
    T must(Result<T> done, std::string_view what) const {
        if (!done)
            throw std::runtime_error(
                fmt::format("the demo's calls, {} at {}: {}", what, rfc3339(now_), done.error().key));
        if constexpr (!std::is_void_v<T>) return std::move(*done);
    }
    CallId report(std::string const& call, What what, Report more = {}) {
        more.what = what;
        more.at = now_;
        return must(take_report(as(demo_.telephone), call, more), name(what)).call;
    }
    void set(PersonId seat, std::string_view state) { must(set_state(as(seat), seat, state, ""), state); }
    DemoTelephone const& demo() const { return demo_; }

  private:
    using Scene = std::pair<Instant, std::function<void(Film&)>>;
    Office const& office_;
    DemoTelephone const& demo_;
    std::vector<Scene> scenes_;
    Instant now_;
};

Report at_seat(PersonId seat) {
    Report report;
    report.seat = seat;
    return report;
}

void offer(Film& film, std::string const& id, PlannedCall const& call) {
    film.at(call.offered, [=](Film& now) {
        Report report;
        report.number = call.number;
        report.line = call.line;
        now.report(id, What::offered, report);
    });
    if (call.rings()) film.at(call.rung(), [=](Film& now) { now.report(id, What::ringing, at_seat(call.seat)); });
}

/// What the seat enters before it is ready again.
void write_up(Film& now, CallId id, PlannedCall const& call) {
    Office const seat = now.as(call.seat);
    now.must(mark_language(seat, id, call.language), "mark");
    if (call.matter) now.must(attach(seat, id, call.matter), "attach");
    now.must(close(seat, id, call.closing, ""), "close");
}

void answer(Film& film, std::string const& id, PlannedCall const& call) {
    film.at(call.picked_up(), [=](Film& now) { now.report(id, What::answered, at_seat(call.seat)); });
    film.at(call.over(), [=](Film& now) {
        Report report;
        report.recording = "demo/" + id;
        now.report(id, What::ended, report);
    });
    if (!call.rating.empty() || call.talk % 3 == 0)  // who was asked, and did not answer, or was not asked
        film.at(call.over() + seconds(2), [=](Film& now) { now.report(id, What::asked); });
    if (!call.rating.empty())
        film.at(call.over() + seconds(4), [=](Film& now) {
            Report report;
            report.rating = call.rating;
            now.report(id, What::rated, report);
        });
    film.at(call.finished(), [=](Film& now) {
        auto const known = load_call(now.as(call.seat).session, now.demo().telephone, id);
        write_up(now, known->id, call);
        now.set(call.seat, "ready");
    });
}

void ring_back(Film& film, CallId call, PersonId seat, std::string_view outcome) {
    Office const office = film.as(seat);
    RingBacksAsked asked;
    asked.limit = 1000;
    for (RingBack const& one : load_ring_backs(office.session, asked)) {
        if (one.call != call) continue;
        film.must(claim(office, one.id), "claim");
        film.must(attempt(office, one.id, outcome, ""), "attempt");
    }
}

/// Most are rung back within the hour, those of the night in the morning.
void miss(Film& film, std::string const& id, PlannedCall const& call, Lot& lot) {
    Instant const gone = call.picked_up();
    film.at(gone, [=](Film& now) { now.report(id, What::abandoned); });
    if (lot.below(8) == 0) return;
    Instant tried = gone + minutes(lot.between(6, 45));
    Day const day = kBeijing.day(tried);
    Instant const opens = kBeijing.start_of(day) + minutes(8 * 60 + 32);
    if (tried < opens) tried = opens + minutes(lot.below(20));
    if (tried >= kBeijing.start_of(day) + hours(20))
        tried = kBeijing.start_of(day + 1) + minutes(8 * 60 + 32 + lot.below(20));
    std::string_view const outcome = lot.below(6) == 0 ? "no_answer" : "reached";
    auto const& seats = film.demo().shifts.at(
        std::string(shift_at(static_cast<int>(kBeijing.since_midnight(tried).us / hours(1).us))));
    PersonId const seat = seats[static_cast<std::size_t>(lot.below(static_cast<int>(seats.size())))];
    if (tried >= kBeijing.start_of(film.demo().today) + hours(9)) return;  // that is later than the demo begins
    film.at(tried, [=](Film& now) {
        if (auto const known = load_call(now.as(seat).session, now.demo().telephone, id))
            ring_back(now, known->id, seat, outcome);
    });
}

int film_day(Film& film, std::string_view prefix, std::vector<PlannedCall> const& calls) {
    Lot lot(7);
    int number = 0;
    for (PlannedCall const& call : calls) {
        std::string const id = fmt::format("{}-{:04}", prefix, ++number);
        offer(film, id, call);
        if (call.missed)
            miss(film, id, call, lot);
        else
            answer(film, id, call);
    }
    return number;
}

/// Who sits when; who still talks at the end of the shift goes after that.
void film_shifts(Film& film, Day day, std::vector<PlannedCall> const& calls, int last_hour) {
    struct Times {
        std::string_view shift;
        int from, until;
    };
    for (Times const& times : {Times{"night", 0, 8}, Times{"day", 8, 16}, Times{"evening", 16, 24}}) {
        if (times.from >= last_hour) continue;
        for (PersonId const seat : film.demo().shifts.at(std::string(times.shift))) {
            film.at(kBeijing.start_of(day) + hours(times.from), [=](Film& now) { now.set(seat, "ready"); });
            if (times.until > last_hour) continue;
            Instant end = kBeijing.start_of(day) + hours(times.until) - seconds(1);
            for (PlannedCall const& call : calls)
                if (call.seat == seat)
                    end = std::max(end, (call.missed ? call.picked_up() : call.finished()) + seconds(1));
            film.at(end, [=](Film& now) { now.set(seat, "off"); });
        }
    }
}

/// What the wall shows when the demo begins: two talk, one writes up, one is busy, one rests, one has asked to.
void film_nine(Film& film, std::vector<PersonId> const& seats) {
    Instant const nine = kBeijing.start_of(film.demo().today) + hours(9);
    auto call = [&](int seat, int before, int lasts) {
        PlannedCall planned;
        planned.offered = nine - seconds(before);
        planned.wait = 6;
        planned.seat = seats[static_cast<std::size_t>(seat)];
        planned.number = fmt::format("154 0001 00{:02}", seat);
        std::string const id = fmt::format("nine-{}", seat);
        offer(film, id, planned);
        film.at(planned.picked_up(), [=](Film& now) { now.report(id, What::answered, at_seat(planned.seat)); });
        if (lasts > 0)
            film.at(planned.picked_up() + seconds(lasts), [=](Film& now) { now.report(id, What::ended); });
    };
    call(0, 100, 0);
    call(1, 45, 0);
    call(2, 80, 60);
    PersonId const busy = seats[3], rests = seats[4], asks = seats[5], leader = film.demo().leader;
    film.at(nine - minutes(4), [=](Film& now) { now.set(busy, "busy"); });
    film.at(nine - minutes(6), [=](Film& now) {
        std::int64_t const rest = now.must(ask_break(now.as(rests), 10, "-"), "ask");
        now.must(decide_break(now.as(leader), rest, true), "grant");
    });
    film.at(nine - minutes(3), [=](Film& now) { now.set(rests, "break"); });
    film.at(nine - minutes(2), [=](Film& now) { now.must(ask_break(now.as(asks), 10, "-"), "ask"); });
}

}  // namespace

Result<std::vector<DemoSeat>> read_demo_seats(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    std::vector<DemoSeat> seats;
    for (CsvRow const& row : table.rows()) {
        auto at = [&](std::string_view column) { return std::string(table.at(row, column)); };
        seats.push_back({at("login"), at("zh"), at("en"), at("employer"), at("shift")});
    }
    return seats;
}

int seed_demo(Office const& office, DemoTelephone const& demo) {
    Film film(office, demo);
    Day const yesterday = demo.today - 1;
    DayAsked const whole{yesterday, 0, 24, 1131, 72, 57, 614};
    DayAsked const morning{demo.today, 0, 9, 44, 3, 3, 24};
    auto const before = plan_day(demo, whole), today = plan_day(demo, morning);
    film_shifts(film, yesterday, before, 24);
    film_shifts(film, demo.today, today, 9);
    int calls = film_day(film, "yesterday", before) + film_day(film, "today", today);
    std::vector<PersonId> free;  // at nine
    Instant const soon = kBeijing.start_of(demo.today) + hours(9) - minutes(7);
    for (PersonId const seat : demo.shifts.at("day"))
        if (std::ranges::none_of(
                today, [&](PlannedCall const& call) { return call.seat == seat && call.finished() >= soon; }))
            free.push_back(seat);
    constexpr std::size_t kActors = 6, kOwn = 2;  // the two that people sign in as stay ready
    if (free.size() < kActors + kOwn) throw std::runtime_error("the demo's seats are all busy at nine");
    film_nine(film, {free.end() - kActors, free.end()});
    film.show();
    return calls + 3;
}

}  // namespace banyan::calls
