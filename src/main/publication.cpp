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
    : house_(house),
      files_(files),
      redactor_(read_words(files)),
      publisher_(house.engine, store, house.keys, redactor_) {
    publisher_.on_failure = [&log = house.log](std::string const& why) {
        log.warn("publication.failed", {{"why", why}});
    };
}

void PublicationPart::add_routes(http::Routes& routes, std::string const& jurisdictions) {
    if (jurisdictions.empty() || jurisdictions == "off") return;
    auto file = [&](std::string_view path) { return embedded(files_, path).value_or(""); };
    auto made = open311::Open311::make(house_,
                                       {file("data/open311/open311.toml"), file("data/open311/attributes.csv"),
                                        file("data/divisions/fujian.csv")},
                                       jurisdictions);
    if (!made) throw std::runtime_error("open311: " + made.error().key + " " + made.error().field);
    open311_.emplace(std::move(*made));
    open311_->add_routes(routes);
}

}  // namespace banyan
