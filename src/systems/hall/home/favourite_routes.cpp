// Items an account keeps: PUT and DELETE, each as often as one likes.
#include "base/text.h"
#include "systems/hall/home/favourites.h"
#include "systems/hall/home/home_desk.h"
#include "systems/hall/item_store.h"
#include "systems/hall/routes.h"

namespace banyan::hall {

void write_home(HomeDesk const& desk, api::Call&& call, http::Respond respond, Write work) {
    struct Held {
        api::Call call;
        http::Respond respond;
        Result<json::object> done = json::object();
    };
    auto held = std::make_shared<Held>(Held{std::move(call), std::move(respond)});
    desk.house.engine.write(
        [held, work = std::move(work)](store::Session& writing) { held->done = work(writing, held->call); },
        [&desk, held](std::exception_ptr const& failed) {
            if (failed) held->done = refuse(refusal_of(failed));
            if (!held->done)
                return held->respond(api::refused(desk.house, api::asker_of(held->call), held->done.error()));
            held->respond(api::json_reply(200, held->done.value()));
        });
}

namespace {

json::object favourite_json(store::Session& session, Favourite const& kept) {
    json::object row{{"item", kept.item}, {"name", kept.name}, {"kept_at", rfc3339(kept.at)}};
    auto const found = find_item(session, kept.item);
    if (!found) return row["state"] = "gone", row;
    Item const& item = found->item;
    row["state"] = code_of(found->state);
    row["name"] = item.name;
    row["situation"] = item.situation;
    row["unit"] = {{"zh", item.unit_name}, {"en", item.unit_en}};
    if (!item.name_en.empty()) row["name_en"] = item.name_en;
    if (!item.situation_name.empty()) row["situation_name"] = item.situation_name;
    if (!item.situation_name_en.empty()) row["situation_name_en"] = item.situation_name_en;
    if (found->stands()) return row;
    if (auto const change = end_of(session, kept.item))
        row["change"] = {{"kind", change->kind},
                         {"day", iso(change->day)},
                         {"basis", change->basis},
                         {"zh", change->zh},
                         {"en", change->en}};
    return row;
}

Result<http::Reply> list(HomeDesk const&, store::Session& session, api::Call& call) {
    if (!call.actor().person) return refuse("account.needed");
    json::array rows;
    for (Favourite const& each : favourites_of(session, call.actor().person))
        rows.push_back(favourite_json(session, each));
    return api::json_reply(200, json::object{{"favourites", std::move(rows)}});
}

Result<json::object> keep(HomeDesk const& desk, store::Session& writing, api::Call const& call) {
    if (!call.actor().person) return refuse("account.needed");
    std::string const code(call.param(0));
    auto const found = find_item(writing, code);
    if (!found) return refuse("item.unknown", "path.code", {{"code", std::string(first_characters(code, 40))}});
    BANYAN_CHECK(keep_favourite(writing, call.actor().person, {code, found->item.name, desk.house.engine.now()}));
    return json::object{{"kept", true}};
}

Result<json::object> drop(store::Session& writing, api::Call const& call) {
    if (!call.actor().person) return refuse("account.needed");
    drop_favourite(writing, call.actor().person, call.param(0));
    return json::object{{"kept", false}};
}

shape::Schema favourite_shape() {
    using namespace shape;
    return named("hall_favourite",
                 object({{"item", code()},
                         {"name", shape::text("of now, or as it was called when it was kept")},
                         {"kept_at", instant()},
                         {"state", one_of({"published", "revising", "cancelled", "delegated", "merged", "gone"})},
                         {"situation?", code()},
                         {"unit?", object({{"zh", shape::text()}, {"en", shape::text()}})},
                         {"name_en?", shape::text()},
                         {"situation_name?", shape::text()},
                         {"situation_name_en?", shape::text()},
                         {"change?", object({{"kind", one_of({"cancelled", "delegated", "merged"})},
                                             {"day", day()},
                                             {"basis", shape::text()},
                                             {"zh", shape::text("where it went")},
                                             {"en", shape::text()}})}}));
}

}  // namespace

void add_favourite_operations(api::Api& api, HomeDesk const& desk) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/favourites",
             .name = "hall.favourites",
             .summary = "Items an account keeps, the newest first; one that has ended says so, and where it went",
             .tag = "hall",
             .roles = {"appellant"},
             .replies = {{200, "at most 200"}, {401, "a query code is no account"}},
             .reply = shape::object({{"favourites", shape::list(favourite_shape())}}),
             .handle = reading(desk, list)});
    auto writing = [&desk](Write work) {
        return [&desk, work = std::move(work)](api::Call&& call, http::Respond respond) {
            write_home(desk, std::move(call), std::move(respond), work);
        };
    };
    api.add({.method = http::Method::put,
             .pattern = "/api/v1/hall/favourites/{code}",
             .name = "hall.favourite.keep",
             .summary = "Keep an item, once, however often it is said",
             .tag = "hall",
             .roles = {"appellant"},
             .path = {code_field()},
             .replies = {{200, "kept"}, {404, "no such item"}, {422, "too many are kept"}},
             .reply = shape::object({{"kept", shape::always(true)}}),
             .handle = writing(
                 [&desk](store::Session& session, api::Call const& call) { return keep(desk, session, call); })});
    api.add({.method = http::Method::del,
             .pattern = "/api/v1/hall/favourites/{code}",
             .name = "hall.favourite.drop",
             .summary = "Keep it no longer; likewise",
             .tag = "hall",
             .roles = {"appellant"},
             .path = {code_field()},
             .replies = {{200, "not kept"}},
             .reply = shape::object({{"kept", shape::always(false)}}),
             .handle = writing(drop)});
}

}  // namespace banyan::hall
