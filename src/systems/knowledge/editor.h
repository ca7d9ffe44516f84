// systems/knowledge/editor.h: follows the journal and puts what was published into the stock.
//
// A thread that gives way reads on from a position of its own (engine/follower.h). A matter of knowledge.toml or
// correction.toml in which something happened is made again of all its events (written.h) and put into the tables
// in the transaction that keeps the position; then there are new guides (guides.h) and `changed` is told, who
// builds the library anew. What comes of the journal is the same whenever it is made: where the position is
// missing, the tables are made again from the first event.
//
// Thread rule: run_once() one at a time, the rest any.
#pragma once
#include <atomic>
#include <functional>

#include "kernel/engine/behind.h"
#include "kernel/engine/follower.h"
#include "systems/knowledge/ledger.h"

namespace banyan::knowledge {

class Editor {
  public:
    /// Puts the guides as the tables have them.
    Editor(Engine& engine, store::Store& store, std::shared_ptr<CurrentGuides> guides);
    ~Editor();  ///< as stop()
    Editor(Editor const&) = delete;

    void start();
    void stop();
    /// Takes what is durable and not taken yet. On the caller's thread.
    void run_once();
    std::function<void()> changed;  ///< entries did; on the editor's thread
    std::function<void(std::string const& why)> on_failure;

  private:
    struct Found {
        std::vector<Written> written;
        std::vector<Correction> corrections;
        bool any() const { return !written.empty() || !corrections.empty(); }
    };
    Found found_in(std::span<EventRow const> events);
    bool put(Found const& found, EventId through, bool anew);  ///< whether entries changed
    void renew_guides();

    Engine& engine_;
    Follower follower_;
    std::unique_ptr<store::Session> reading_;
    std::shared_ptr<CurrentGuides> guides_;
    std::shared_ptr<Guides::Articles const> articles_;
    std::atomic<bool> heard_{false};                     ///< another node has changed them
    bool guides_stale_ = false, library_stale_ = false;  ///< kept when making them anew failed

    Behind behind_{engine_};  ///< ends first
};

}  // namespace banyan::knowledge
