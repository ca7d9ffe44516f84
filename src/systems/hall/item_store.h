// systems/hall/item_store.h: items in the database, on both engines: every version stays.
//
// A version begins when it is published and ends when the next one is, or when the item is cancelled, delegated to
// a level below or merged with another. What an item says is one JSON text; nothing of it is derived (trips are
// not stored).
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "platform/store/store.h"
#include "systems/hall/item.h"

namespace banyan::hall {

enum class State : std::uint8_t {
    published,
    cancelled,
    delegated,
    merged,
    revising  ///< withdrawn while its next version is written (revision.h)
};
std::string_view code_of(State state);

struct Stored {
    std::int64_t id = 0;
    int version = 0;
    State state = State::published;  ///< of the item
    Instant begins, ends;            ///< of this version; ends is zero while it is current
    Item item;
    Instant revising;  ///< since when it is withdrawn; only while it is State::revising
    /// In force, if only because its next version is not yet.
    bool stands() const { return state == State::published || state == State::revising; }
};

/// The current version, or the one asked for; nothing: there is none.
std::optional<Stored> find_item(store::Session& session, std::string_view code, std::optional<int> version = {});

struct VersionRow {
    int version = 0;
    Instant begins, ends;
};
std::vector<VersionRow> versions_of(store::Session& session, std::int64_t item);  ///< oldest first

/// The other published situations of the same main item of the same unit, by code; at most 50.
std::vector<Item> other_situations(store::Session& session, Item const& item);

/// What is published, in the order of ids, `most` of them after one. Returns how many there were.
using OnItem = std::function<void(Stored&&)>;
int each_published(store::Session& session, std::int64_t after, int most, OnItem const& on_item);
/// Likewise of one region and no other.
int each_published_in(store::Session& session, std::string_view region, std::int64_t after, int most,
                      OnItem const& on_item);
std::int64_t count_items(store::Session& session);  ///< published

// ── writing: inside a transaction of the writer's ─────────────────────────────────────────────────────────────

/// What is there of each item, without its fields: 127,531 of them fit in memory.
struct Known {
    std::int64_t id = 0;
    int version = 0;
    State state = State::published;
    std::string digest;
};
class Ledger {
  public:
    explicit Ledger(store::Session& session);
    enum class Put { added, changed, unchanged };
    /// Kept until write(). An item that had ended is published again.
    Put put(Item const& item);
    std::size_t waiting() const { return waiting_.size(); }
    void write(store::Session& writing, Instant now);

  private:
    struct Waiting {
        Known known;
        std::string code, catalogue, unit, region, body;
        int ended_version = 0;  ///< ends now; 0: none
    };
    std::map<std::string, Known, std::less<>> known_;
    std::vector<Waiting> waiting_;
    std::int64_t last_ = 0;
};

/// One item, at once: its next version, or a new item. Returns the version.
int put_item(store::Session& writing, Item const& item, Instant now);
/// Nobody applies for it from now on, or again.
void withdraw_item(store::Session& writing, std::string_view code, Instant since);
void restore_item(store::Session& writing, std::string_view code);

// ── the change log ────────────────────────────────────────────────────────────────────────────────────────────

struct Change {
    std::int64_t id = 0;
    std::string kind;  ///< cancelled, delegated, merged, struck
    std::string code, name, basis;
    Day day;
    std::string zh, en;
};
/// Appends it; what is cancelled, delegated or merged and has a code of ours ends. Refused: change.kind,
/// change.no_basis, item.unknown, change.ended (it has ended before).
Result<void> put_change(store::Session& writing, Change change, Instant now);
/// Whether the log says just that: the same kind, name, day and basis.
bool has_change(store::Session& session, Change const& change);
/// The newest first, after the row of `before` (its day and id).
std::vector<Change> changes(store::Session& session, std::optional<std::pair<Day, std::int64_t>> before, int most);
std::map<std::string, std::int64_t> count_changes(store::Session& session);  ///< by kind

}  // namespace banyan::hall
