// kernel/index/follow.h: brings an index up to the journal, a portion at a time.
//
// An empty index is made by walking through all matters as they are now; then it follows the journal from the
// event that was the last when the walk began. How far it is lies in the index itself, written in the same
// revision as the documents, so that being killed at any moment loses nothing: some matters are made into
// documents again, which changes nothing. The position names the last event by its hash: an index of another
// database, or one that is ahead of a database that lost its last events with the power, is noticed (fits()).
//
// Thread rule: one at a time, with a session of its own.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/engine/tables.h"
#include "platform/search/search.h"
#include "platform/store/store.h"
#include "platform/text/text.h"

namespace banyan::index {

struct Position {
    EventId through;          ///< every event up to this one is in the index
    std::string hash;         ///< of that event, hex
    std::int64_t events = 0;  ///< how many these are
    bool walking = false;     ///< still walking through the matters
    MatterId walked;          ///< the last one walked by
    std::string text() const;
    static std::optional<Position> read(std::string_view text);  ///< nothing: not one of ours
};

class Following {
  public:
    Following(store::Store& store, text::Reader const& reader, search::Index& index);

    /// False: the index is of another database, of another format, or ahead of the journal.
    bool fits();
    /// Of an empty index: all that is there now is left out, and it follows from here.
    void pass_over();

    struct Portion {
        std::size_t documents = 0, events = 0;
        bool nothing_left = false;  ///< up to `durable`
    };
    /// The next few hundred matters or events. `durable`: events behind it may still be lost; none: all are
    /// durable.
    Portion advance(Procedures const& procedures, std::optional<EventId> durable);
    /// Writes what advance() has made, with how far it is.
    void commit();

    bool walking() const { return position_.walking; }
    EventId through() const { return position_.through; }
    std::int64_t events_done() const { return events_committed_; }  ///< that can be found
    std::int64_t events_there() const { return there_; }            ///< in the journal, when last looked
    Instant oldest_waiting() const { return oldest_waiting_; }      ///< when it was recorded; zero: none waits
    bool dirty() const { return dirty_; }

  private:
    void begin_walk(std::optional<EventId> durable);
    Portion walk(Procedures const& procedures);
    Portion follow(Procedures const& procedures, std::optional<EventId> durable);
    std::vector<std::int64_t> next_matters(std::size_t most);
    std::size_t write_documents(std::vector<std::int64_t> const& ids, Procedures const& procedures);
    void count_events();
    std::int64_t mark(std::optional<EventId> durable);

    text::Reader const& reader_;
    search::Index& index_;
    std::unique_ptr<store::Session> session_;
    Position position_;
    bool fresh_ = false, dirty_ = false;
    std::int64_t there_ = 0;
    std::int64_t done_mark_ = -1;  ///< what mark() said when nothing was left
    std::int64_t events_committed_ = 0;
    Instant oldest_waiting_;
    std::unordered_map<std::int64_t, int> versions_;  ///< lately written: matter → its version then
};

}  // namespace banyan::index
