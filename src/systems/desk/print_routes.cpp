// What goes on paper: 转办单, the transfer slip.
#include "api/class_names.h"
#include "base/text.h"
#include "kernel/engine/view.h"
#include "systems/desk/loading.h"
#include "systems/desk/slip.h"

namespace banyan::desk {
namespace {

http::Reply slip(House& house, store::Session& session, Call& call) {
    auto const loaded = load(house, session, call.param(0));
    if (!loaded) return unknown(house, call);
    auto const rules = house.engine.rules();
    Actor const actor = call.actor();
    auto const view =
        view_of(&session, loaded->matter, loaded->history, {actor, *rules, house.engine.moment(), &house.keys});
    if (!view) return unknown(house, call);
    house.engine.note_reading(
        {house.engine.now(), actor.person, actor.role, std::string(kReadPrint), loaded->matter.id});
    Person const* reader = rules->directory->person(actor.person);
    std::string const now = rfc3339(house.engine.now());
    std::string const mark =
        house.practice ? " · " + house.texts.sentence("ui.practice_mark", call.language) : std::string();
    SlipFor const for_whom{
        reader == nullptr ? std::string()
                          : (call.language == Language::zh ? reader->zh : reader->en) + " " + reader->login + mark,
        now.substr(0, 10) + " " + now.substr(11, 5),
        api::class_name(house.catalogues, loaded->matter.class_code, call.language)};
    return {200,
            "text/html; charset=utf-8",
            slip_html(*view, house.texts, call.language, for_whom),
            {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
             {"Cache-Control", "private, no-store"}},
            {}};
}

}  // namespace

void add_print_operations(Api& api, House& house) {
    using Type = Field::Type;
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/matters/{id}/slip",
             .name = "matter.slip",
             .summary = "The transfer slip: the matter on paper, as the viewer may read it; printing is recorded",
             .tag = "matters",
             .path = {{.name = "id",
                       .type = Type::code,
                       .about = "the matter's id, or its receipt number (12 to 14 digits)"}},
             .replies = {{200, "a page for A4, with who printed it and when behind the text"}},
             .reply = shape::text(),
             .reply_type = "text/html",
             .handle = [&house](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house](store::Session& session, Call& c) { return slip(house, session, c); });
             }});
}

}  // namespace banyan::desk
