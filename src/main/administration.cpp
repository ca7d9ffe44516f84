#include "main/administration.h"

#include "main/files.h"

namespace banyan {

AdministrationPart::AdministrationPart(Opened& city, api::House& house, hints::Hints& hints, Place place)
    : city_(city),
      house_(house),
      hints_(hints),
      place_(std::move(place)),
      desk_{house,
            *city.store,
            [this] { renew(); },
            [this](OnProgress const& on_progress) {
                auto const contents = contents_of(place_, *city_.store);
                return verify(*city_.store, city_.engine->procedures(), &city_.keys,
                              city_.folder.file("heads.log"), on_progress, contents.get());
            },
            {"verify", [&engine = *city.engine] { return engine.now(); }},
            {"redate", [&engine = *city.engine] { return engine.now(); }}} {}

void AdministrationPart::follow() {
    city_.engine->nodes().hear("rules", [this](std::string const&) {
        try {
            renew();
            house_.sessions.follow(*city_.engine->rules()->directory);
        } catch (std::exception const& error) {  // the next time, or at the next start
            house_.log.warn("rules.not_read", {{"why", std::string_view(error.what())}});
        }
    });
}

void AdministrationPart::renew() {
    city_.reload();
    for (auto const& [name, text] : city_.installed.catalogues) house_.catalogues.put(name, text);
    hints_.read_catalogues();
}

}  // namespace banyan
