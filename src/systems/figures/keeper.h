// systems/figures/keeper.h: keeps the counters by the journal.
//
// A thread that gives way to everything else reads the journal on, only what is durable, and writes what it
// counted together with how far it has come. A month is frozen in the writer's transaction, which reads what is
// missing itself (catch_up()); so whoever writes looks first whether the position is still the one it counted
// from. Counters that are missing, or of an older program, are made again from the first event.
//
// Thread rule: run_once() one at a time, the rest any.
#pragma once
#include <atomic>
#include <unordered_map>

#include "kernel/engine/behind.h"
#include "systems/figures/ledger.h"

namespace banyan::figures {

class Keeper {
  public:
    Keeper(Engine& engine, store::Store& store);
    ~Keeper();  ///< as stop()
    Keeper(Keeper const&) = delete;

    void start();
    void stop();
    /// Counts what is durable and not counted yet. On the caller's thread.
    void run_once();
    std::function<void(std::string const& why)> on_failure;
    /// When it looked last, within a second: everything durable was counted.
    bool caught_up() const { return caught_up_; }

  private:
    Counters counted(std::vector<EventRow> const& events);

    Engine& engine_;
    std::unique_ptr<store::Session> reading_;
    std::unordered_map<MatterId, Traits> traits_;  ///< of matters as the last event counted left them

    std::atomic<bool> caught_up_{false};
    Behind behind_{engine_};  ///< ends first
};

/// Inside a transaction of the writer: counts all that is committed, and says how the journal stands. Refused:
/// figures.behind, when that is more than can be waited for.
Result<Stand> catch_up(store::Session& writing);
/// The counters of the whole journal, up to that event (none: all), from nothing but the journal.
Counters counters_from_journal(store::Session& session, EventId through = {});

}  // namespace banyan::figures
