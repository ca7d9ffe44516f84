// systems/knowledge/ledger.h: what is known of entries besides their words: the matters they are made in,
// corrections, marks. All its SQL is here.
#pragma once
#include <span>

#include "platform/store/store.h"
#include "systems/knowledge/guides.h"
#include "systems/knowledge/written.h"

namespace banyan::knowledge {

/// Whether any entry is taken down that was not. Inside a transaction of the writer.
bool put_matters(store::Session& writing, std::span<Written const> matters);
void put_corrections(store::Session& writing, std::span<Correction const> corrections);
/// What was made of the journal, before it is made again: whether there was any. Marks stay.
bool clear_written(store::Session& writing);

Guides::OpenMatters load_open_matters(store::Session& session);

struct Opinion {
    std::int64_t helpful = 0, not_helpful = 0;           ///< people
    std::int64_t corrections = 0, open_corrections = 0;  ///< all, and those that are not settled
};
Opinion load_opinion(store::Session& session, std::string_view entry, int version);

struct Mark {
    std::string entry;
    int version = 0;
    PersonId person;
    bool helpful = false;
    Instant at;
};
/// False: this person has marked this version before. Inside a transaction of the writer.
bool put_mark(store::Session& writing, Mark const& mark);

}  // namespace banyan::knowledge
