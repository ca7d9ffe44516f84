// kernel/engine/nodes.h: several programs on one database: who is there, who does what only one may do at a time,
// and what they tell each other.
//
// Leases: the work of the city (`leads()`) and that of the lanes in eight parts (`has(lane)`) belong to one node
// each, evenly. A node says once a second that it lives; one whose beat has stood still for six seconds loses its
// leases to the others. A beat is looked at by each with its own steady clock: no two clocks are compared. Who
// cannot say that it lives stops before the others take over. Work under a lease is such that two doing it once
// costs time and no more.
//
// Tidings: written in the transaction of what they are about, heard by every other node within a fifth of a
// second of its commit, and before it decides anything upon what was written after it.
//
// On SQLite, and in a program that was not started as a node, all is one's own and nobody is told anything.
// Thread rule: any, except listen().
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "kernel/engine/allowances.h"
#include "platform/store/store.h"

namespace banyan {

class Nodes {
  public:
    /// `id`: the same at each start from one folder, so that a node takes up what it held; empty: a new one.
    Nodes(store::Store& store, std::string id);
    ~Nodes();  ///< as stop()
    Nodes(Nodes const&) = delete;

    void start(Instant now);  ///< has what is free when it returns
    void stop();              ///< gives all of it back

    bool leads() const;
    bool has(std::int64_t lane) const;
    /// Lanes from … to (both of them), in order; as few as may be.
    std::vector<std::pair<std::int64_t, std::int64_t>> lanes() const;
    int count() const { return count_; }  ///< that live, this one included
    Allowances& allowances() { return allowances_; }

    /// REQUIRES: inside Engine::write(), which lets one write at a time.
    void tell(store::Session& writing, std::string_view kind, std::string_view what = {}) const;
    /// An empty `what`: it may be anything. Called on the writer's thread: quick, and it waits for no write.
    using Heard = std::function<void(std::string const& what)>;
    void hear(std::string kind, Heard heard);
    /// Hands on what others have told; before each batch that follows another node's.
    void listen(store::Session& reading);
    void listen_anew();  ///< what was told meanwhile is not known: it may be anything

    std::string const& id() const { return id_; }
    std::function<void(std::string const& why)> on_failure;  ///< REQUIRES: set before start()

  private:
    static constexpr std::size_t kParts = 8;  ///< of the lanes; the last place is the city's
    using Steady = std::chrono::steady_clock;
    using Held = std::array<bool, kParts + 1>;

    bool everything() const { return !joined_.load(std::memory_order_relaxed); }
    bool holds(std::size_t place) const;
    void keep_beating();
    void beat();
    std::vector<std::string> living(store::Session& session);

    store::Store& store_;
    std::string const id_;
    std::atomic<bool> joined_{false};
    std::atomic<int> count_{1};
    Allowances allowances_;

    std::unique_ptr<store::Session> session_;
    struct Seen {
        std::int64_t beat = 0;
        Steady::time_point at;
    };
    std::map<std::string, Seen> seen_;
    std::int64_t beat_ = 0;
    Instant since_;

    mutable std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    Held held_{};
    Steady::time_point until_;  ///< what is held is held as long as that
    std::thread thread_;

    std::mutex hearing_;
    std::multimap<std::string, Heard> heard_;
    static constexpr std::int64_t kUnknown = -1;
    std::int64_t last_ = kUnknown;  ///< tiding; listen()'s own
};

}  // namespace banyan
