#include "systems/floor/caretaker.h"

#include <chrono>

namespace banyan::floor {
namespace {

/// Days before this one have no queue any more.
Day first_open(Office const& office, Hall const& hall) {
    Day const today = office.today();
    return office.now() >= over_at(office.book, office.hours(hall), today) ? today + 1 : today;
}

/// What waits was passed by the day's end; what is at a window was served there, nobody knows how long.
std::int64_t end_queue(Office const& office, std::string_view hall, Day before) {
    std::int64_t const now = office.now().us, day = before.number;
    std::int64_t ended = office.session.execute(
        "UPDATE floor_ticket SET state = 'passed', over = 1, finished = $1 WHERE hall = $2 AND day < $3 AND "
        "state = 'waiting'",
        {now, hall, day});
    ended += office.session.execute(
        "UPDATE floor_ticket SET state = 'served', over = 1, finished = $1 WHERE hall = $2 AND day < $3 AND "
        "state = 'called'",
        {now, hall, day});
    return ended;
}

std::int64_t close_windows(Office const& office, std::string_view hall, Day before) {
    return office.session.execute(
        "UPDATE floor_window SET state = 'closed', reason = '', person = 0, since = $1 WHERE hall = $2 AND "
        "state <> 'closed' AND since < $3",
        {office.now().us, hall, kBeijing.start_of(before).us});
}

bool any(Office const& office, std::string_view sql, std::initializer_list<store::Cell> args) {
    bool found = false;
    office.session.query(sql, args, [&](store::Row const&) { found = true; });
    return found;
}

std::int64_t last_kept(Office const& office) { return (office.today() - office.book.appointment_days).number; }

}  // namespace

bool needs_care(Office const& office) {
    for (Hall const& hall : office.plan.halls) {
        Day const open = first_open(office, hall);
        std::string_view const code = hall.code;
        if (any(office,
                "SELECT id FROM floor_ticket WHERE hall = $1 AND day < $2 AND state IN ('waiting', 'called') "
                "ORDER BY id LIMIT 1",
                {code, std::int64_t{open.number}}))
            return true;
        if (any(office,
                "SELECT code FROM floor_window WHERE hall = $1 AND state <> 'closed' AND since < $2 ORDER BY code "
                "LIMIT 1",
                {code, kBeijing.start_of(open).us}))
            return true;
    }
    return any(office, "SELECT id FROM floor_appointment WHERE state = 'booked' AND ends < $1 ORDER BY id LIMIT 1",
               {(office.now() - office.book.late).us}) ||
           any(office, "SELECT id FROM floor_appointment WHERE kept = 1 AND day < $1 ORDER BY id LIMIT 1",
               {last_kept(office)}) ||
           any(office, "SELECT id FROM floor_ticket WHERE kept = 1 AND day < $1 ORDER BY id LIMIT 1",
               {std::int64_t{office.today().number}});
}

Cared take_care(Office const& office) {
    Cared cared;
    for (Hall const& hall : office.plan.halls) {
        Day const open = first_open(office, hall);
        std::int64_t const ended = end_queue(office, hall.code, open);
        if (ended + close_windows(office, hall.code, open) > 0) cared.halls.insert(hall.code);
        cared.ended += ended;
    }
    cared.no_shows = office.session.execute(
        "UPDATE floor_appointment SET state = 'no_show', counts = 0, changed = $1 WHERE state = 'booked' AND "
        "ends < $2",
        {office.now().us, (office.now() - office.book.late).us});
    store::Bytes const none{""};
    cared.erased = office.session.execute(
        "UPDATE floor_appointment SET kept = 0, counts = 0, token = $1, person_token = $1, sealed = $1, person = "
        "0, "
        "item = '' WHERE kept = 1 AND day < $2",
        {none, last_kept(office)});
    cared.erased += office.session.execute(
        "UPDATE floor_ticket SET kept = 0, token = $1, person_token = $1 WHERE kept = 1 AND day < $2",
        {none, std::int64_t{office.today().number}});
    return cared;
}

void Caretaker::start() {
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            care_();
            lock.lock();
            wake_.wait_for(lock, std::chrono::microseconds(pause_.us), [&] { return stopping_; });
        }
    });
}

void Caretaker::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

}  // namespace banyan::floor
