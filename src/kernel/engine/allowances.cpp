#include "kernel/engine/allowances.h"

#include <utility>
#include <vector>

namespace banyan {
namespace {

constexpr std::int64_t kToldFrom = 8;  ///< an eighth

}  // namespace

bool Allowances::take(std::string const& name, std::int64_t most, Instant now) {
    std::lock_guard const lock(mutex_);
    std::int64_t const minute = now.us / minutes(1).us;
    if (minute != minute_ || taken_.size() >= kMostNames) taken_.clear();
    minute_ = minute;
    Taken& taken = taken_[name];
    ++taken.here;
    taken.worth_telling = taken.here * kToldFrom >= most;
    return taken.here + taken.elsewhere <= most;
}

void Allowances::exchange(store::Session& writing, std::string_view node) {
    std::vector<std::pair<std::string, std::int64_t>> news;
    std::int64_t minute = 0;
    {
        std::lock_guard const lock(mutex_);
        minute = minute_;
        for (auto& [name, taken] : taken_)
            if (taken.worth_telling && std::exchange(taken.told, taken.here) != taken.here)
                news.emplace_back(name, taken.here);
    }
    if (!news.empty()) writing.execute("DELETE FROM allowance WHERE minute < $1", {minute - 1});
    for (auto const& [name, n] : news)
        writing.execute(
            "INSERT INTO allowance (node, name, minute, n) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (node, name) DO UPDATE SET minute = excluded.minute, n = excluded.n",
            {node, std::string_view(name), minute, n});
    std::vector<std::pair<std::string, std::int64_t>> others;
    writing.query("SELECT name, SUM(n) FROM allowance WHERE node <> $1 AND minute = $2 GROUP BY name",
                  {node, minute},
                  [&](store::Row const& row) { others.emplace_back(std::string(row.text(0)), row.integer(1)); });
    std::lock_guard const lock(mutex_);
    if (minute != minute_) return;
    for (auto const& [name, n] : others) taken_[name].elsewhere = n;
}

}  // namespace banyan
