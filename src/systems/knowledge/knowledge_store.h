// systems/knowledge/knowledge_store.h: the stock in the database, and how it gets there.
//
// The stock that ships is taken in when the database has none and again when the program brings another one: what
// changed becomes a new edition, what is gone from it is marked as replaced, what was imported is left alone. So a
// matter's answer can always be held against what was found then.
#pragma once
#include <string>
#include <string_view>

#include "base/time.h"
#include "platform/store/store.h"
#include "systems/knowledge/stock.h"

namespace banyan::knowledge {

struct TakenIn {
    int added = 0, changed = 0, ended = 0, unchanged = 0;
};

enum class Origin { shipped, imported, written };

/// Entries, or laws with their articles; one transaction of the caller's. With `shipped`, current rows of that
/// origin that are not among them end.
TakenIn take_in_entries(store::Session& session, std::vector<Entry> const& entries, Origin origin, Instant now);
TakenIn take_in_laws(store::Session& session, Stock const& laws, Origin origin, Instant now);

/// What matters of the city published (`Entry::matter`): every version stays. Whether any is new. Inside a
/// transaction of the writer.
bool put_written(store::Session& session, std::vector<Entry> const& entries, Instant now);

/// Whether the bytes of this source are those that were taken in last; note_source() says that they are.
bool same_source(store::Session& session, std::string_view name, std::string_view digest);
void note_source(store::Session& session, std::string_view name, std::string_view digest, Instant now);

/// All current editions, each with its last day as it is now: a version ends when a later one begins.
std::vector<Entry> load_entries(store::Session& session);
/// All current editions of entries and laws.
Stock load_stock(store::Session& session);

}  // namespace banyan::knowledge
