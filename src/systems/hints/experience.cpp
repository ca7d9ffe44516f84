#include "systems/hints/experience.h"

#include <algorithm>
#include <chrono>

#include "base/thread.h"
#include "kernel/matter/matter.h"

namespace banyan::hints {
namespace {

constexpr std::chrono::minutes kEvery{10};
constexpr std::size_t kAreaDigits = 6;
/// Ids are given out by one clock (docs/decisions/0001): so many of them are about a year of a city of eight
/// million.
constexpr std::int64_t kNewest = 8'000'000LL * 256;
/// Read with one statement: no snapshot is held for long, and whoever stops the program does not wait.
constexpr std::int64_t kPortion = 100'000LL * 256;
constexpr int kRest = 20;  ///< times as long as counting took: a twentieth of a core

std::string key(std::string_view class_code, std::string_view area) {
    return std::string(class_code) + " " + std::string(area);
}

}  // namespace

void Experience::start(store::Store& store) {
    thread_ = named_thread("experience", [this, &store] {
        give_way();
        serve(store);
    });
}

void Experience::stop() {
    {
        std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopping_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Experience::serve(store::Store& store) {
    std::unique_ptr<store::Session> session;
    std::unique_lock lock(mutex_);
    while (!stop_) {
        lock.unlock();
        auto const began = std::chrono::steady_clock::now();
        try {
            if (!session) session = store.open_reader();
            count(*session);
        } catch (store::Error const&) {
            session.reset();  // the next round asks again; until then the catalogue speaks alone
        }
        auto const rest = std::max<std::chrono::steady_clock::duration>(
            kEvery, kRest * (std::chrono::steady_clock::now() - began));
        lock.lock();
        stopping_.wait_for(lock, rest, [this] { return stop_; });
    }
}

bool Experience::to_stop() const {
    std::lock_guard lock(mutex_);
    return stop_;
}

void Experience::count(store::Session& session) {
    // Two statements: SQLite looks up either end of a table, but goes through all of it for both at once.
    std::int64_t newest = 0, oldest = 0;
    session.query("SELECT MAX(id) FROM matter", {}, [&](store::Row const& row) { newest = row.integer(0); });
    session.query("SELECT MIN(id) FROM matter", {}, [&](store::Row const& row) { oldest = row.integer(0); });
    ByPlace lines;
    for (std::int64_t from = std::max(oldest, newest - kNewest); from <= newest; from += kPortion) {
        if (to_stop()) return;
        count_between(session, from, from + kPortion, lines);
    }
    std::lock_guard lock(mutex_);
    lines_ = std::move(lines);
}

void Experience::count_between(store::Session& session, std::int64_t from, std::int64_t before, ByPlace& lines) {
    // Matters have an index of their ids over all lanes; shares have not.
    session.query(
        "SELECT m.class, m.region, a.unit, a.progress, COUNT(*) FROM matter m JOIN assignment a ON a.lane = "
        "m.lane AND a.matter = m.id WHERE m.id >= $2 AND m.id < $3 AND a.share = $1 GROUP BY m.class, m.region, "
        "a.unit, a.progress",
        {static_cast<std::int64_t>(Share::lead), from, before}, [&](store::Row const& row) {
            bool const returned = row.integer(3) == static_cast<std::int64_t>(Progress::returned);
            for (std::string_view area : {row.text(1).substr(0, kAreaDigits), std::string_view()}) {
                Line& line = lines[key(row.text(0), area)][row.integer(2)];
                line.unit = UnitId(row.integer(2));
                line.led += row.integer(4);
                if (returned) line.returned += row.integer(4);
                if (area.empty()) break;  // a matter without a region counts once
            }
        });
}

std::vector<Experience::Line> Experience::of(std::string_view class_code, std::string_view area) const {
    std::vector<Line> found;
    {
        std::lock_guard lock(mutex_);
        if (auto lines = lines_.find(key(class_code, area)); lines != lines_.end())
            for (auto const& [unit, line] : lines->second) found.push_back(line);
    }
    std::ranges::stable_sort(found, std::greater<>(), &Line::led);
    return found;
}

}  // namespace banyan::hints
