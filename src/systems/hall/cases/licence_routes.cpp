// The licence a case ends with, as data and as PDF; those of an account; whether one that somebody shows is
// genuine.
#include <algorithm>

#include "kernel/engine/view.h"
#include "platform/paper/paper.h"
#include "platform/qr/qr.h"
#include "systems/hall/cases/case_desk.h"
#include "systems/hall/cases/licence.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

struct Found {
    Matter matter;
    Licence licence;
};

Result<Found> licence_for(CaseDesk const& desk, store::Session& session, api::Call const& call) {
    BANYAN_TRY(Matter matter, case_of(desk, session, call));
    auto const rules = desk.house.engine.rules();
    auto licence = licence_of(session, matter, load_history(session, matter), *rules->directory, &desk.house.keys);
    if (!licence) return refuse("licence.unknown");
    return Found{std::move(matter), std::move(*licence)};
}

/// A page of ours that says whether it is genuine; what the QR code leads to.
std::string checked_at(api::Call const& call, Matter const& matter, Licence const& licence) {
    return base_of(call.request) + "/me/hall/licence/" + receipt_number(matter.id) + "-" + licence.check;
}

json::object licence_json(Licence const& licence, std::string holder, Day today) {
    json::object row{{"number", licence.number},        {"name", licence.name},
                     {"holder", std::move(holder)},     {"item", licence.item},
                     {"title", licence.item_title},     {"unit", {{"zh", licence.unit}, {"en", licence.unit_en}}},
                     {"decided", iso(licence.decided)}, {"valid", licence.valid(today)}};
    if (licence.until) row["until"] = iso(*licence.until);
    return row;
}

Result<http::Reply> show(CaseDesk const& desk, store::Session& session, api::Call& call) {
    BANYAN_TRY(Found const found, licence_for(desk, session, call));
    json::object body = licence_json(found.licence, found.licence.holder, desk.house.engine.moment().today());
    body["check"] = found.licence.check;
    body["checked_at"] = checked_at(call, found.matter, found.licence);
    return api::json_reply(200, body);
}

Result<http::Reply> pdf(CaseDesk const& desk, store::Session& session, api::Call& call) {
    BANYAN_TRY(Found const found, licence_for(desk, session, call));
    Licence const& licence = found.licence;
    auto word = [&](std::string_view key) {
        return desk.house.texts.sentence("hall.licence." + std::string(key), call.language);
    };
    paper::Page page("licence " + receipt_number(found.matter.id));
    page.frame(12, 12, 186, 273, 0.8);
    page.frame(14, 14, 182, 269);
    page.words(105, 38, 30, licence.name, paper::Page::Align::centre);
    double top = 66;
    constexpr double kLeft = 28, kValue = 68, kStep = 14;
    auto row = [&](std::string_view key, std::string const& value) {
        page.words(kLeft, top, 13, word(key));
        page.words(kValue, top, 15, value);
        page.line(kValue, top + 7, 182, top + 7, 0.2);
        top += kStep;
    };
    row("number", licence.number);
    row("holder", licence.holder);
    row("item", licence.item_title);
    row("unit", call.language == Language::en ? licence.unit_en : licence.unit);
    row("decided", iso(licence.decided));
    row("until", licence.until ? iso(*licence.until) : word("always"));
    BANYAN_TRY(qr::Modules const code, qr::modules(checked_at(call, found.matter, licence)));
    page.modules(146, 206, 36, code.width, code.dark);
    page.words(kLeft, 212, 12, word("check"));
    page.words(kLeft, 220, 15, receipt_number(found.matter.id) + "-" + licence.check);
    page.words(kLeft, 232, 10, word("how_to_check"));
    page.words(kLeft, 240, 10, word("equal"));
    if (desk.house.demo) page.words(105, 262, 14, word("demo"), paper::Page::Align::centre);
    return http::Reply{
        200,
        std::string(paper::kPdfType),
        page.bytes(),
        {{"Content-Disposition", "attachment; filename=\"licence-" + receipt_number(found.matter.id) + ".pdf\""},
         {"Cache-Control", "private, no-store"}},
        {}};
}

/// Who has only seen the paper: whether it was given, to whom (masked), until when. A wrong check code is answered
/// as a case that never was.
Result<http::Reply> check(CaseDesk const& desk, store::Session& session, api::Call& call) {
    auto const id = api::read_matter(call.param(0));
    auto const rules = desk.house.engine.rules();
    auto const matter = id ? load_matter(session, *id, desk.house.engine.procedures()) : std::nullopt;
    if (!matter || matter->procedure->name != kCaseRulebook) return refuse("licence.unknown");
    auto const licence =
        licence_of(session, *matter, load_history(session, *matter), *rules->directory, &desk.house.keys);
    if (!licence || licence->check != call.param(1)) return refuse("licence.unknown");
    return api::json_reply(
        200, licence_json(*licence, masked("name", licence->holder), desk.house.engine.moment().today()));
}

/// Of the cases one finds as who asked, the newest first. Nothing of them is stored: each is its decision.
Result<http::Reply> list(CaseDesk const& desk, store::Session& session, api::Call& call) {
    constexpr std::int64_t kMost = 100;
    if (!call.actor().person) return refuse("account.needed");
    auto const rules = desk.house.engine.rules();
    std::vector<std::int64_t> ids;
    std::string sql("SELECT m.id FROM matter m WHERE m.stage IN ('case_granted', 'case_delivered') AND ");
    sql += rules->access->sql(call.actor(), *rules->directory);
    session.query(sql + " ORDER BY m.id DESC LIMIT $1", {kMost},
                  [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    std::vector<Matter> matters = load_matters(session, ids, desk.house.engine.procedures());
    std::ranges::sort(matters, std::ranges::greater{}, &Matter::id);
    Day const today = desk.house.engine.moment().today();
    json::array rows;
    for (Matter const& matter : matters) {
        auto const licence =
            licence_of(session, matter, load_history(session, matter), *rules->directory, &desk.house.keys);
        if (!licence) continue;
        json::object row = licence_json(*licence, licence->holder, today);
        row["case"] = receipt_number(matter.id);
        row["check"] = licence->check;
        rows.push_back(std::move(row));
    }
    return api::json_reply(200, json::object{{"licences", std::move(rows)}});
}

shape::Schema licence_shape(std::initializer_list<shape::Member> more) {
    using namespace shape;
    return extended(object({{"number", shape::text()},
                            {"name", shape::text()},
                            {"holder", shape::text()},
                            {"item", code()},
                            {"title", shape::text()},
                            {"unit", object({{"zh", shape::text()}, {"en", shape::text()}})},
                            {"decided", day()},
                            {"valid", flag("today")},
                            {"until?", day("left out: always")}}),
                    more);
}

}  // namespace

void add_licence_operations(api::Api& api, CaseDesk const& desk) {
    using Of = Field::Type;
    Field const id{.name = "id", .type = Of::code, .about = "the case's id, or its receipt number"};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/applications/{id}/licence",
             .name = "hall.licence",
             .summary = "What the case ended with, for who may see the case",
             .tag = "hall",
             .path = {id},
             .replies = {{200, "the licence"}, {404, "there is none"}},
             .reply = licence_shape({{"check", shape::hex("16 digits")}, {"checked_at", shape::text("address")}}),
             .handle = reading(desk, show)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/applications/{id}/licence.pdf",
             .name = "hall.licence.pdf",
             .summary = "The licence on a page of A4, with the code by which it is checked",
             .tag = "hall",
             .path = {id},
             .replies = {{200, "the page"}, {404, "there is none"}},
             .reply = shape::text(),
             .reply_type = std::string(paper::kPdfType),
             .handle = reading(desk, pdf)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/licences",
             .name = "hall.licences",
             .summary = "The licences an account has from its cases, the newest first",
             .tag = "hall",
             .roles = {"appellant"},
             .replies = {{200, "at most 100"}, {401, "a query code is no account"}},
             .reply = shape::object(
                 {{"licences", shape::list(shape::named(
                                   "hall_licence",
                                   licence_shape({{"case", shape::id("receipt number of the case it came from")},
                                                  {"check", shape::hex("16 digits")}})))}}),
             .handle = reading(desk, list)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/licences/{id}/{check}",
             .name = "hall.licence.check",
             .summary = "Whether a licence that somebody shows is genuine and still valid; the holder is masked",
             .tag = "hall",
             .who = api::Who::anyone,
             .path = {id, {.name = "check", .type = Of::code, .about = "the check code on the licence"}},
             .replies = {{200, "it is"}, {404, "no such licence, or another check code"}},
             .reply = licence_shape({}),
             .handle = reading(desk, check)});
}

}  // namespace banyan::hall
