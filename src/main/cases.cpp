#include "main/cases.h"

#include "base/shipped.h"

namespace banyan {

CasesPart::CasesPart(api::House& house, EmbeddedTable files)
    : sheets_(must(hall::Sheets::read(shipped(files, "data/hall/forms.toml")), "data/hall/forms.toml")),
      windows_(must(hall::read_windows(shipped(files, "data/hall.toml")), "data/hall.toml")),
      // No bank is plugged in yet but the demo's, which moves nothing; its name says so wherever it stands.
      bank_(std::make_unique<hall::DemoBank>(house.texts.sentence("hall.bank.demo", Language::zh))),
      desk_{house, sheets_, windows_, *bank_} {}

void CasesPart::add_operations(api::Api& api) const {
    hall::add_form_operations(api, desk_);
    hall::add_apply_operations(api, desk_);
    hall::add_payment_operations(api, desk_);
    hall::add_licence_operations(api, desk_);
}

}  // namespace banyan
