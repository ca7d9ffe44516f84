#include "main/cases.h"

#include <fmt/core.h>

#include "base/shipped.h"
#include "main/files.h"
#include "systems/hall/cases/demo.h"

namespace banyan {

namespace {

hall::Sheets read_sheets(EmbeddedTable files) {
    return must(hall::Sheets::read(shipped(files, "data/hall/forms.toml")), "data/hall/forms.toml");
}
hall::Windows read_windows(EmbeddedTable files) {
    return must(hall::read_windows(shipped(files, "data/hall.toml")), "data/hall.toml");
}

bool has_cases(store::Session& session) {
    bool any = false;
    session.query("SELECT 1 FROM matter m JOIN procedure p ON p.hash = m.procedure WHERE p.name = $1 LIMIT 1",
                  {hall::kCaseRulebook}, [&](store::Row const&) { any = true; });
    return any;
}

}  // namespace

CasesPart::CasesPart(api::House& house, EmbeddedTable files)
    : sheets_(read_sheets(files)),
      windows_(read_windows(files)),
      // No bank is plugged in yet but the demo's, which moves nothing; its name says so wherever it stands.
      bank_(std::make_unique<hall::DemoBank>(house.texts.sentence("hall.bank.demo", Language::zh))),
      desk_{house, sheets_, windows_, *bank_, *news_} {
    house.engine.follow([news = news_](std::vector<Changed> const& changed) { news->tell(changed); });
}

void CasesPart::add_operations(api::Api& api) const {
    hall::add_form_operations(api, desk_);
    hall::add_apply_operations(api, desk_);
    hall::add_payment_operations(api, desk_);
    hall::add_rating_operations(api, desk_);
    hall::add_licence_operations(api, desk_);
    hall::add_today_operations(api, desk_);
    hall::add_elsewhere_operations(api, desk_);
}

void seed_demo_cases(Opened& city, Place const& place, EmbeddedTable files, Texts const& texts) {
    if (has_cases(*city.store->open_reader())) return;
    hall::Sheets const sheets = read_sheets(files);
    hall::Windows const windows = read_windows(files);
    EngineOptions seeding;
    seeding.now = [now = city.engine->now()] { return now; };
    seeding.timers = seeding.checkpoints = false;
    int count = 0;
    {
        Engine seeder(*city.store, city.keys, city.installed.rules, city.installed.calendar,
                      city.installed.procedures, seeding);
        seeder.start();
        auto const contents = contents_of(place, *city.store);
        Uploads uploads(seeder, *city.store, city.keys, *contents, file_types());
        auto const pictures = embedded_under(files, "data/demo/pictures/");
        hall::DemoCases const demo{shipped(files, "data/demo/cases.csv"), sheets, windows, texts,
                                   [&](Actor const& actor) {
                                       return uploads.take_now(pictures.front().bytes(), "", actor).value().file;
                                   }};
        count = hall::seed_cases(seeder, *city.store, demo);
        seeder.stop();
    }
    city.renew();
    fmt::print("  {} cases of the service hall\n", count);
    std::fflush(stdout);
}

}  // namespace banyan
