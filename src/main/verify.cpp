#include <fmt/core.h>

#include "kernel/engine/verify.h"
#include "main/files.h"
#include "main/verbs.h"

namespace banyan {

int say_verified(VerifyReport const& report) {
    Texts texts = Texts::of(banyan_embedded_table);
    for (Finding const& finding : report.findings) {
        std::string where;
        if (finding.event) where += fmt::format(" event {}", finding.event.value);
        if (finding.matter) where += fmt::format(" matter {}", receipt_number(finding.matter));
        if (finding.no > 0) where += fmt::format(" no. {}", finding.no);
        if (finding.lane >= 0) where += fmt::format(" lane {}", finding.lane);
        fmt::print(stderr, "{}:{} {}\n", finding.key, where,
                   texts.sentence("refusal." + finding.key, Language::en, finding.params));
    }
    fmt::print("{} events, {} matters, {} checkpoints: {}\n", report.events, report.matters, report.checkpoints,
               report.ok ? "everything fits" : fmt::format("{} faults", report.faults));
    return report.ok ? 0 : 1;
}

Verb verify_verb() {
    return {
        "verify",
        "prove that the record still says what was written; may run beside a server",
        {{.name = "data", .about = "folder of the city", .required = true},
         {.name = "db", .about = "postgresql://…"}},
        [](Given const& given) {
            Place place{given.at("data"), given.contains("db") ? given.at("db") : ""};
            DataFolder folder(place.data, DataFolder::Use::beside);
            crypto::Keyring keys = open_keys(folder);
            auto store = place.db.empty()
                             ? store::open_sqlite({.file = folder.file("banyan.db"), .read_only = true, .vfs = {}})
                             : open_store(place);
            Procedures procedures =
                load_installation(*store->open_reader(), keys,
                                  embedded(banyan_embedded_table, "data/roles.toml").value_or(""), {})
                    .procedures;
            auto const contents = contents_of(place, *store);
            return say_verified(verify(*store, procedures, &keys, folder.file("heads.log"), {}, contents.get()));
        }};
}

}  // namespace banyan
