// systems/hall/editor.h: who may do what to an item's revision, and what becomes of the item when it is done.
//
// People of an item's unit write and endorse, the hall's management and the centre's reviewers publish: the hall
// knows who is what to an item, so it takes the steps of procedures/item.toml for them, in roles no account has.
// What a step means for the item is put into the tables when it is durable, by who took it and by Editor, whoever
// is first: it follows the journal from a position of its own (engine/follower.h), so nothing is lost when the
// program is killed in between, and each node of a city hears of it. Then the Shelf finds the item as it is now.
//
// Thread rule: run_once() one at a time, the rest any.
#pragma once
#include <functional>
#include <mutex>
#include <set>

#include "kernel/engine/behind.h"
#include "kernel/engine/follower.h"
#include "systems/hall/revision.h"
#include "systems/hall/shelf.h"

namespace banyan::hall {

/// What somebody is to an item's revision.
struct Part {
    bool writes = false;     ///< unit_clerk, unit_head of the unit
    bool endorses = false;   ///< unit_head of the unit
    bool publishes = false;  ///< hall_manager, the centre's reviewer
    bool any() const { return writes || endorses || publishes; }
};
Part part_of(Actor const& actor, std::string_view unit, Directory const& directory);
bool publishes(Actor const& actor, Directory const& directory);
/// Code of the unit whose items somebody writes; empty: nobody's.
std::string unit_of_writer(Actor const& actor, Directory const& directory);

/// Of an opening event's matter. Its body: the item as it is, the beginning of one, or of how one ends.
Result<Revision> revision_begun(store::Session& session, Directory const& directory, Matter const& matter,
                                PersonId by);
/// Puts into the tables what an event of a revision's matter means. Returns the code of an item that is no longer
/// as it was; empty: none. Inside a transaction of the writer's.
std::string take_event(store::Session& writing, Directory const& directory, Procedures const& procedures,
                       EventRow const& event);

inline constexpr char const* kItemsTiding = "items";  ///< Nodes: a code; empty: many

class Editor {
  public:
    /// REQUIRES: all of them outlive it.
    Editor(Engine& engine, store::Store& store, Shelf& shelf);
    ~Editor() { stop(); }
    void start();
    void stop();
    /// Takes what is durable and not taken yet. On the caller's thread.
    void run_once();
    /// What is found of these items is as the tables have them, from now on. Any thread, one after the other.
    void show(store::Session& session, std::set<std::string> const& codes);
    std::function<void()> read_all_again;  ///< many items have changed; on the editor's thread
    std::function<void(std::string const& why)> on_failure;

  private:
    void take_heard();

    Engine& engine_;
    Shelf& shelf_;
    Follower follower_;
    std::unique_ptr<store::Session> reading_;
    std::set<std::string> stale_;  ///< codes the shelf has not been told yet
    std::mutex hearing_;
    std::set<std::string> heard_;  ///< what other nodes have changed
    std::mutex showing_;

    Behind behind_{engine_};  ///< ends first
};

}  // namespace banyan::hall
