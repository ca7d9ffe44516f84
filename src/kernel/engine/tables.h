// kernel/engine/tables.h: matters, shares and events as rows.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/embedded.h"
#include "kernel/matter/event.h"
#include "platform/store/store.h"

namespace banyan {

/// Stayed: rows whose indexed columns are as they were.
extern store::Table const kMatterTable, kMatterStayedTable, kAssignmentTable, kEventTable, kPersonalTable,
    kBlindTable, kQueryCodeTable, kExternalTable, kIdempotencyTable, kOutboxTable, kTallyTable,
    kTallyPositionTable, kHeadTable, kCheckpointTable, kReadLogTable;

/// The schema of everything that is embedded below src/**/schema/, in order.
std::vector<store::Migration> migrations(EmbeddedTable embedded);

/// Rulebooks by the hash of their text; open matters keep theirs for as long as they live.
using Procedures = std::unordered_map<std::string, std::shared_ptr<Procedure const>>;

/// Rows under construction: cells borrow their texts from here, so that nothing is copied twice.
class RowBuffer {
  public:
    void integer(std::int64_t n) { cells_.emplace_back(n); }
    void null() { cells_.emplace_back(std::monostate{}); }
    void integer_or_null(std::int64_t n) {
        if (n == 0)
            null();
        else
            integer(n);
    }
    void text(std::string text) { cells_.emplace_back(std::string_view(kept_.emplace_back(std::move(text)))); }
    void text_view(std::string_view text) { cells_.emplace_back(text); }
    void bytes(std::string bytes) { cells_.emplace_back(store::Bytes{kept_.emplace_back(std::move(bytes))}); }
    std::span<store::Cell const> cells() const { return cells_; }
    bool empty() const { return cells_.empty(); }

  private:
    std::vector<store::Cell> cells_;
    std::deque<std::string> kept_;  ///< stay where they are while it grows
};

void put_matter(RowBuffer& rows, Matter const& matter);
void put_assignment(RowBuffer& rows, Assignment const& share, Matter const& matter);

/// Matters with their shares; unknown ids are left out.
std::vector<Matter> load_matters(store::Session& session, std::span<std::int64_t const> ids,
                                 Procedures const& procedures);
std::optional<Matter> load_matter(store::Session& session, MatterId id, Procedures const& procedures);

/// One event as it lies in the journal.
struct EventRow {
    EventId id, before;
    MatterId matter;
    int no = 0;
    std::string step, body, hash;
    PersonId person;
    Instant at, recorded;
};
/// Histories gone back together, an event of each at a time: from `events`, and on to the one before wherever
/// `take` says so.
void go_back(store::Session& session, std::vector<std::int64_t> events,
             std::function<bool(EventRow&& event)> const& take);
/// Whole histories by their matters, oldest first: from these, their last events, along `before`.
std::unordered_map<std::int64_t, std::vector<EventRow>> load_histories(store::Session& session,
                                                                       std::vector<std::int64_t> last_events);
std::vector<EventRow> load_history(store::Session& session, Matter const& matter);
EventRow event_row(store::Row const& row);  ///< columns as in kEventTable
/// With the columns of the row.
Result<Event> event_from(EventRow const& row, Procedure const& procedure);

}  // namespace banyan
