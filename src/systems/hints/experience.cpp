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
        try {
            if (!session) session = store.open_reader();
            session->begin_read();
            count(*session);
            session->commit();
        } catch (store::Error const&) {
            session.reset();  // the next round asks again; until then the catalogue speaks alone
        }
        lock.lock();
        stopping_.wait_for(lock, kEvery, [this] { return stop_; });
    }
}

void Experience::count(store::Session& session) {
    std::int64_t newest = 0;
    session.query("SELECT MAX(id) FROM event", {}, [&](store::Row const& row) { newest = row.integer(0); });
    std::map<std::string, Lines, std::less<>> lines;
    session.query(
        "SELECT m.class, m.region, a.unit, a.progress, COUNT(*) FROM assignment a JOIN matter m ON m.lane = "
        "a.lane "
        "AND m.id = a.matter WHERE a.share = $1 AND a.id > $2 GROUP BY m.class, m.region, a.unit, a.progress",
        {static_cast<std::int64_t>(Share::lead), newest - kNewest}, [&](store::Row const& row) {
            bool const returned = row.integer(3) == static_cast<std::int64_t>(Progress::returned);
            for (std::string_view area : {row.text(1).substr(0, kAreaDigits), std::string_view()}) {
                Line& line = lines[key(row.text(0), area)][row.integer(2)];
                line.unit = UnitId(row.integer(2));
                line.led += row.integer(4);
                if (returned) line.returned += row.integer(4);
                if (area.empty()) break;  // a matter without a region counts once
            }
        });
    std::lock_guard lock(mutex_);
    lines_ = std::move(lines);
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
