// systems/knowledge/shipped.h: what comes with the program: laws, the lexicon, the demo city's entries.
#pragma once
#include <memory>

#include "base/embedded.h"
#include "platform/store/store.h"
#include "systems/knowledge/stock.h"

namespace banyan::language {
class Lexicon;
}

namespace banyan::knowledge {

/// These throw when a file is not part of the program or is wrong: ./test --lint has looked at it.
std::shared_ptr<language::Lexicon const> shipped_lexicon(EmbeddedTable table);
Stock shipped_laws(EmbeddedTable table);
std::vector<Entry> shipped_entries(EmbeddedTable table);  ///< of the demo city
Stock shipped_stock(EmbeddedTable table);                 ///< both

/// Takes in what ships, where it is another than the last time; the entries only with `demo`. One transaction of
/// the caller's.
void take_in_shipped(store::Session& session, EmbeddedTable table, bool demo, Instant now);

}  // namespace banyan::knowledge
