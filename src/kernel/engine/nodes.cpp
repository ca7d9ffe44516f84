#include "kernel/engine/nodes.h"

#include <algorithm>

#include "base/text.h"
#include "base/thread.h"
#include "platform/crypto/random.h"

namespace banyan {
namespace {

constexpr std::chrono::seconds kBetween{1}, kSilence{6};
constexpr std::chrono::seconds kHolds{4};    ///< less than the silence: who is cut off stops before others begin
constexpr std::int64_t kTidingsKept = 1000;  ///< who has missed more is told that anything may have changed

std::string lease_name(std::size_t place, std::size_t parts) {
    return place == parts ? "city" : "lanes." + std::to_string(place);
}

}  // namespace

Nodes::Nodes(store::Store& store, std::string id)
    : store_(store), id_(id.empty() ? to_hex(crypto::random_bytes(8)) : std::move(id)) {}

Nodes::~Nodes() { stop(); }

void Nodes::start(Instant now) {
    if (store_.engine() == store::Engine::sqlite) return;
    since_ = now;
    session_ = store_.open_writer();
    joined_ = true;
    beat();
    thread_ = named_thread("nodes", [this] { keep_beating(); });
}

void Nodes::stop() {
    if (!thread_.joinable()) return;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        held_ = {};
    }
    stopped_.notify_all();
    thread_.join();
    try {
        if (!session_) session_ = store_.open_writer();
        session_->begin_write();
        session_->execute("UPDATE lease SET node = '' WHERE node = $1", {std::string_view(id_)});
        session_->execute("DELETE FROM node WHERE id = $1", {std::string_view(id_)});
        session_->commit();
    } catch (std::exception const&) {  // then they wait until it has been silent long enough
        session_.reset();
    }
}

void Nodes::keep_beating() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (stopped_.wait_for(lock, kBetween, [&] { return stopping_; })) return;
        }
        try {
            if (!session_) session_ = store_.open_writer();
            beat();
        } catch (std::exception const& error) {  // what is held ends by itself
            session_.reset();
            if (on_failure) on_failure(error.what());
        }
    }
}

/// The ids of those whose beat went on lately, this one's first.
std::vector<std::string> Nodes::living(store::Session& session) {
    Steady::time_point const now = Steady::now();
    std::vector<std::string> alive{id_};
    std::map<std::string, Seen> seen;
    session.query("SELECT id, beat FROM node WHERE id <> $1 ORDER BY id", {std::string_view(id_)},
                  [&](store::Row const& row) {
                      std::string id(row.text(0));
                      auto const before = seen_.find(id);
                      bool const went_on = before == seen_.end() || before->second.beat != row.integer(1);
                      Seen const one = went_on ? Seen{row.integer(1), now} : before->second;
                      if (now - one.at < kSilence) alive.push_back(id);
                      seen.emplace(std::move(id), one);
                  });
    seen_ = std::move(seen);
    return alive;
}

/// Says that it lives, and takes its part of what there is to do: what is nobody's, as long as others have no
/// less; what it has too much of it gives back.
void Nodes::beat() {
    Steady::time_point const began = Steady::now();
    session_->begin_write();
    try {
        session_->execute(
            "INSERT INTO node (id, beat, since) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET beat = "
            "node.beat + 1, since = excluded.since",
            {std::string_view(id_), ++beat_, since_.us});
        for (std::size_t place = 0; place <= kParts; ++place)
            session_->execute("INSERT INTO lease (name, node) VALUES ($1, '') ON CONFLICT (name) DO NOTHING",
                              {std::string_view(lease_name(place, kParts))});
        std::map<std::string, std::string> holder;
        session_->query("SELECT name, node FROM lease ORDER BY name FOR UPDATE", {}, [&](store::Row const& row) {
            holder.emplace(std::string(row.text(0)), std::string(row.text(1)));
        });
        std::vector<std::string> const alive = living(*session_);
        std::size_t const fair = (holder.size() + alive.size() - 1) / alive.size();
        auto mine = static_cast<std::size_t>(
            std::ranges::count_if(holder, [&](auto const& lease) { return lease.second == id_; }));
        Held held{};
        for (std::size_t place = 0; place <= kParts; ++place) {
            std::string const name = lease_name(place, kParts);
            std::string const& node = holder[name];
            bool const free = std::ranges::find(alive, node) == alive.end();
            bool const take = free && mine < fair, give = node == id_ && mine > fair;
            if (take || give)
                session_->execute("UPDATE lease SET node = $1 WHERE name = $2",
                                  {take ? std::string_view(id_) : std::string_view(), std::string_view(name)});
            if (take) ++mine;
            if (give) --mine;
            held[place] = take || (node == id_ && !give);
        }
        // Who was silent for long is gone; its row would be looked at for ever.
        for (auto const& [id, seen] : seen_)
            if (began - seen.at > 10 * kSilence)
                session_->execute("DELETE FROM node WHERE id = $1 AND beat = $2",
                                  {std::string_view(id), seen.beat});
        allowances_.exchange(*session_, id_);
        session_->commit();
        count_ = static_cast<int>(alive.size());
        std::lock_guard lock(mutex_);
        if (stopping_) return;
        held_ = held;
        until_ = began + kHolds;
    } catch (...) {
        session_->rollback();
        throw;
    }
}

bool Nodes::holds(std::size_t place) const {
    std::lock_guard lock(mutex_);
    return held_[place] && Steady::now() < until_;
}

bool Nodes::leads() const { return everything() || holds(kParts); }

bool Nodes::has(std::int64_t lane) const {
    return everything() || holds(static_cast<std::size_t>(lane) * kParts / kLanes);
}

std::vector<std::pair<std::int64_t, std::int64_t>> Nodes::lanes() const {
    std::vector<std::pair<std::int64_t, std::int64_t>> all;
    constexpr std::int64_t kOfOne = kLanes / static_cast<std::int64_t>(kParts);
    for (std::int64_t from = 0; from < kLanes; from += kOfOne) {
        if (!has(from)) continue;
        if (!all.empty() && all.back().second + 1 == from)
            all.back().second += kOfOne;
        else
            all.emplace_back(from, from + kOfOne - 1);
    }
    return all;
}

void Nodes::tell(store::Session& writing, std::string_view kind, std::string_view what) const {
    if (store_.engine() == store::Engine::sqlite) return;
    std::int64_t last = 0;
    writing.query("SELECT MAX(no) FROM tiding", {}, [&](store::Row const& row) { last = row.integer(0); });
    writing.execute("INSERT INTO tiding (no, node, kind, what) VALUES ($1, $2, $3, $4)",
                    {last + 1, std::string_view(id_), kind, what});
    writing.execute("DELETE FROM tiding WHERE no <= $1", {last - kTidingsKept});
}

void Nodes::hear(std::string kind, Heard heard) {
    std::lock_guard lock(hearing_);
    heard_.emplace(std::move(kind), std::move(heard));
}

void Nodes::listen_anew() { last_ = kUnknown; }

void Nodes::listen(store::Session& reading) {
    if (everything()) return;
    struct Tiding {
        std::int64_t no;
        std::string node, kind, what;
    };
    std::vector<Tiding> told;
    bool missed = last_ == kUnknown;
    if (missed)
        reading.query("SELECT MAX(no) FROM tiding", {}, [&](store::Row const& row) { last_ = row.integer(0); });
    else
        reading.query("SELECT no, node, kind, what FROM tiding WHERE no > $1 ORDER BY no", {last_},
                      [&](store::Row const& row) {
                          told.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                                          std::string(row.text(3))});
                      });
    if (!told.empty()) {
        missed = told.front().no > last_ + 1;
        last_ = told.back().no;
    }
    std::lock_guard lock(hearing_);
    if (missed)
        for (auto const& [kind, heard] : heard_) heard("");
    for (Tiding const& each : told) {
        if (missed || each.node == id_) continue;
        auto const [from, to] = heard_.equal_range(each.kind);
        for (auto one = from; one != to; ++one) one->second(each.what);
    }
}

}  // namespace banyan
