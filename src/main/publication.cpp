#include "main/publication.h"

#include <stdexcept>

namespace banyan {
namespace {

constexpr std::string_view kWords = "data/language/redaction.csv";

language::Redactor read_words(EmbeddedTable files) {
    auto read = language::Redactor::read(embedded(files, kWords).value_or(""));
    if (!read) throw std::runtime_error(std::string(kWords) + ": " + read.error().key);
    return std::move(*read);
}

}  // namespace

PublicationPart::PublicationPart(api::House& house, store::Store& store, EmbeddedTable files)
    : redactor_(read_words(files)), publisher_(house.engine, store, house.keys, redactor_) {
    publisher_.on_failure = [&log = house.log](std::string const& why) {
        log.warn("publication.failed", {{"why", why}});
    };
}

}  // namespace banyan
