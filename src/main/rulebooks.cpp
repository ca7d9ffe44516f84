#include "main/rulebooks.h"

#include <thread>

#include "systems/administration/acts.h"

namespace banyan {
namespace {

/// As an act of an administrator, beside all others (systems/administration/acts.h).
void record(store::Session& writing, std::string_view role, std::string_view name, int before, int now,
            rulebooks::Taken const& taken) {
    json::object const detail{{"from", {{"version", before}}},
                              {"to", {{"version", now}, {"note", taken.note}, {"hash", taken.hash}}}};
    administration::put_act(writing, {0,
                                      taken.at,
                                      taken.person,
                                      std::string(role),
                                      "rulebook.take",
                                      std::string(name),
                                      json::serialize(detail),
                                      {}});
}

}  // namespace

Shipped shipped_rulebooks(EmbeddedTable files) {
    return [files](std::string_view name) { return embedded(files, "procedures/" + std::string(name) + ".toml"); };
}

RulebooksPart::RulebooksPart(api::House& house, EmbeddedTable files)
    : pace_(house.engine),
      checking_(house.texts, [this] { rest(); }),
      desk_{house, checking_, shipped_rulebooks(files), record} {}

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
