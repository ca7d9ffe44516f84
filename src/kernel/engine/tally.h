// kernel/engine/tally.h: counters, so that a dashboard costs the same after ten years as on the first day.
//
// Per day, unit, kind and measure; added up from events as they are applied and written at most once a second in
// a batch's own transaction, together with the journal position they include. At start the events behind that
// position are added. Levels have day 0: `in.<stage>`, how many matters are there now, and `all.<measure>`, its
// sum over all days and units, so that nobody adds up ten years.
#pragma once
#include <map>
#include <string>
#include <tuple>

#include "kernel/engine/tables.h"

namespace banyan {

class Tally {
  public:
    using Key = std::tuple<std::int32_t, std::int64_t, std::string, std::string>;  ///< day, unit, kind, measure

    /// `kind`: of the matter after the event.
    void add(Event const& event, Procedure const& procedure, std::string const& kind,
             std::string const& kind_before);
    bool empty() const { return waiting_.empty(); }
    std::map<Key, std::int64_t> waiting() const;  ///< what the next write() adds
    /// Adds what waits to the rows, and moves every lane's position to `counter` (all its ids up to there are in).
    void write(store::Session& session, std::int64_t counter);
    void written() { waiting_.clear(); }  ///< after the commit

  private:
    std::map<Key, std::int64_t> waiting_;
};

/// What the journal says, whole: for the test that compares, and for `banyan verify`.
std::map<Tally::Key, std::int64_t> tally_from_journal(store::Session& session, Procedures const& procedures);
std::map<Tally::Key, std::int64_t> tally_as_stored(store::Session& session);
/// Counter up to which every event is in the stored counts.
std::int64_t tally_position(store::Session& session);
/// Counts on from there in the transaction at hand, whoever has written, up to `through`; returns how many.
std::int64_t count_on(store::Session& writing, Procedures const& procedures, EventId through);
/// Adds the events behind the stored position; returns how many.
std::int64_t catch_up(Tally& tally, store::Session& session, Procedures const& procedures);

}  // namespace banyan
