#include "systems/knowledge/shipped.h"

#include <stdexcept>

#include "kernel/language/lexicon.h"
#include "platform/crypto/digest.h"
#include "systems/knowledge/knowledge_store.h"

namespace banyan::knowledge {
namespace {

std::string_view file(EmbeddedTable table, std::string_view path) {
    auto bytes = embedded(table, path);
    if (!bytes) throw std::runtime_error(std::string(path) + " is not part of the program");
    return *bytes;
}

template <class T>
T must(Result<T> result, std::string_view of) {
    if (result) return std::move(*result);
    std::string text(of);
    text += ": " + result.error().key + " " + result.error().field;
    for (auto const& [name, value] : result.error().params) text += " " + name + "=" + value;
    throw std::runtime_error(text);
}

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
                 {file(table, "data/knowledge/stopwords.txt"), file(table, "data/knowledge/synonyms.csv")},
                 std::make_shared<text::Reader const>()),
             "data/knowledge"));
}

Stock shipped_laws(EmbeddedTable table) {
    return must(read_laws({file(table, "data/laws/laws.csv"), file(table, "data/laws/articles.csv"),
                           file(table, "data/laws/wordings.csv")}),
                "data/laws");
}

std::vector<Entry> shipped_entries(EmbeddedTable table) {
    return must(read_entries(file(table, "data/demo/knowledge/entries.csv")), "data/demo/knowledge/entries.csv");
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
