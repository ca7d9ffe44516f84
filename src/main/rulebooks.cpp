#include "main/rulebooks.h"

#include <thread>

namespace banyan {

Shipped shipped_rulebooks(EmbeddedTable files) {
    return [files](std::string_view name) { return embedded(files, "procedures/" + std::string(name) + ".toml"); };
}

RulebooksPart::RulebooksPart(api::House& house, EmbeddedTable files)
    : pace_(house.engine),
      checking_(house.texts, [this] { rest(); }),
      desk_{house, checking_, shipped_rulebooks(files)} {}

void RulebooksPart::rest() {
    pace_.rest([this](std::chrono::milliseconds span) {
        if (stopping_) return false;
        std::this_thread::sleep_for(span);
        return !stopping_;
    });
}

void RulebooksPart::stop() {
    stopping_ = true;
    checking_.stop();
}

}  // namespace banyan
