// kernel/engine/follower.h: reads the journal on from a position of its own.
//
// What lives beside the database (a search index, another system, another node) follows: it gets every event that
// is durable, in the order of their ids, and says how far it is done. It gets an event again when it was stopped
// before it said so; if what it makes of them lies in this database, keep() in the same transaction makes that
// never. Of several nodes the one that leads follows; the next begins where that one kept. Thread rule: one at a
// time.
#pragma once
#include <utility>

#include "kernel/engine/engine.h"

namespace banyan {

class Follower {
  public:
    /// Where the follower of that name stopped; a new one begins with the first event.
    Follower(store::Store& store, Engine const& engine, std::string name);

    /// The next ones, at most so many; empty: it has caught up. Again the same ones until they are kept.
    std::vector<EventRow> read(std::size_t most);
    /// It is done with all events up to this one. Inside a transaction of the writer (Engine::write()), which it
    /// ends by throwing when another node has kept a position since.
    void keep(store::Session& writing, EventId through);

    EventId position() const { return position_; }
    /// Another node has kept a position since this was asked last: what it made of events is in the database.
    bool went_on_elsewhere() { return std::exchange(elsewhere_, false); }

  private:
    EventId stored(store::Session& session) const;

    store::Store& store_;
    Engine const& engine_;
    std::string const name_;
    std::unique_ptr<store::Session> reading_;
    EventId position_;
    bool leading_ = true, elsewhere_ = false;
};

/// A step by the clock for a matter in which a follower saw a pattern. Taken before the position is kept it is not
/// lost; read again within a day it is the same step (`once`, of that follower), not a second one.
Answer take_by_clock(Engine& engine, std::string_view follower, MatterId matter, std::string step,
                     json::object form, std::string once);

}  // namespace banyan
