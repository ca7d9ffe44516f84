#include "systems/knowledge/shipped.h"

#include <stdexcept>

#include "base/shipped.h"
#include "kernel/language/lexicon.h"
#include "platform/crypto/digest.h"
#include "systems/knowledge/knowledge_store.h"

namespace banyan::knowledge {
namespace {

/// Over the files below a folder.
std::string digest_of(EmbeddedTable table, std::string_view folder) {
    crypto::Sm3 sum;
    for (EmbeddedFile const& each : embedded_under(table, folder))
        sum.update_field(each.path).update_field(each.bytes());
    return crypto::hex(sum.finish());
}

}  // namespace

std::shared_ptr<language::Lexicon const> shipped_lexicon(EmbeddedTable table) {
    return std::make_shared<language::Lexicon const>(
        must(language::Lexicon::read(
                 {shipped(table, "data/knowledge/stopwords.txt"), shipped(table, "data/knowledge/synonyms.csv")},
                 std::make_shared<text::Reader const>()),
             "data/knowledge"));
}

Stock shipped_laws(EmbeddedTable table) {
    return must(read_laws({shipped(table, "data/laws/laws.csv"), shipped(table, "data/laws/articles.csv"),
                           shipped(table, "data/laws/wordings.csv")}),
                "data/laws");
}

std::vector<Entry> shipped_entries(EmbeddedTable table) {
    return must(read_entries(shipped(table, "data/demo/knowledge/entries.csv")),
                "data/demo/knowledge/entries.csv");
}

Stock shipped_stock(EmbeddedTable table) {
    Stock stock = shipped_laws(table);
    stock.entries = shipped_entries(table);
    return stock;
}

void take_in_shipped(store::Session& session, EmbeddedTable table, bool demo, Instant now) {
    std::string const laws = digest_of(table, "data/laws/");
    if (!same_source(session, "laws", laws)) {
        take_in_laws(session, shipped_laws(table), Origin::shipped, now);
        note_source(session, "laws", laws, now);
    }
    if (!demo) return;
    std::string const entries = digest_of(table, "data/demo/knowledge/");
    if (!same_source(session, "demo entries", entries)) {
        take_in_entries(session, shipped_entries(table), Origin::shipped, now);
        note_source(session, "demo entries", entries, now);
    }
}

}  // namespace banyan::knowledge
