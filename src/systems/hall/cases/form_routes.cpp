// What an item asks of who applies, filled in with what is known; what was begun.
#include "systems/hall/cases/case_desk.h"
#include "systems/hall/cases/known.h"

namespace banyan::hall {
namespace {

/// How a material may be given; none: it is not asked.
json::array ways_of(Material const& material, Item const& item, Sheet const& sheet) {
    json::array ways;
    if (material.form == "noneed" || material.shared || sheet.stands_for(material)) return ways;
    if (material.form == "licence") ways.emplace_back("licence");
    ways.emplace_back("upload");
    if (material.form == "paper" || item.star < 4) ways.emplace_back("paper");
    if (item.has("missing_papers")) ways.emplace_back("follow");
    return ways;
}

json::array materials_json(Item const& item, Sheet const& sheet, KnownAlready const& known) {
    json::array rows;
    for (Material const& material : item.materials) {
        json::array ways = ways_of(material, item, sheet);
        json::object row{{"code", material.code},
                         {"name", material.name},
                         {"form", material.form},
                         {"wanted", !ways.empty() && material.when.empty()},
                         {"ways", std::move(ways)}};
        if (!material.when.empty()) row["when"] = material.when;
        if (!material.note.empty()) row["note"] = material.note;
        if (!material.sample.empty()) row["sample"] = material.sample;
        if (!material.form_template.empty()) row["template"] = material.form_template;
        for (GivenBefore const& before : known.materials)
            if (before.code == material.code)
                row["before"] = {{"matter", before.matter.text()},
                                 {"number", receipt_number(before.matter)},
                                 {"files", json::array(before.files.begin(), before.files.end())}};
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array names_of(std::vector<std::string> const& units, Directory const& directory) {
    json::array all;
    for (std::string const& code : units)
        if (Unit const* unit = directory.unit(code))
            all.push_back({{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}});
    return all;
}

std::string tag_of(Instant saved_at) { return std::to_string(saved_at.us); }

json::object draft_json(FormDraft const& draft) {
    json::object row{{"item", draft.item},
                     {"version", draft.version},
                     {"saved_at", rfc3339(draft.saved_at)},
                     {"tag", tag_of(draft.saved_at)}};
    if (!draft.body.empty()) row["typed"] = json::parse(draft.body);
    return row;
}

Result<json::object> form_of(CaseDesk const& desk, store::Session& session, api::Call& call) {
    auto const stored = find_item(session, call.param(0));
    if (!stored) return refuse("item.unknown", "item", {{"code", std::string(call.param(0))}});
    if (stored->state != State::published) return refuse("item.not_in_force", "item");
    Item const& item = stored->item;
    Form const asked(call.query);
    auto const company = company_of(session, call.actor().person);
    std::string const who(asked.has("applicant") ? asked.text("applicant")
                          : company              ? std::string_view("company")
                                                 : std::string_view(item.audience.front()));
    BANYAN_TRY(Sheet const sheet, desk.sheets.of(item, who));
    auto const rules = desk.house.engine.rules();
    BANYAN_TRY(Hands const hands, hands_of(session, item, desk.sheets, desk.windows, *rules->directory));
    bool const own = call.actor().role == "appellant" && call.actor().person;
    KnownAlready known;
    if (own)
        known = known_of(
            {session, *rules->directory, desk.house.engine.procedures(), desk.house.keys, call.actor().person},
            sheet, item);
    if (company && who == "company")
        known.values =
            in_its_name(desk, session, call, *company, std::move(known.values)).value_or(json::object());
    json::object out{{"item", item.code},
                     {"version", stored->version},
                     {"name", item.name},
                     {"situation_name", item.situation_name},
                     {"applicant", who},
                     {"audience", json::array(item.audience.begin(), item.audience.end())},
                     {"star", item.star},
                     {"schema", schema_of(sheet)},
                     {"known", known.values},
                     {"materials", materials_json(item, sheet, known)},
                     {"delivery", json::array(item.delivery.begin(), item.delivery.end())},
                     {"may_commit", item.has("promise")},
                     {"lead", names_of({hands.lead}, *rules->directory)},
                     {"together", names_of(hands.assist, *rules->directory)},
                     {"promised_days", item.promised_days},
                     {"charged", item.fee.charged}};
    if (own)
        if (auto const draft = find_draft(session, desk.house.keys, call.actor().person, item.code))
            out["draft"] = draft_json(*draft);
    return out;
}

void get_form(CaseDesk const& desk, api::Call&& call, http::Respond respond) {
    api::query(desk.house, std::move(call), std::move(respond),
               [&desk](store::Session& session, api::Call& asked) {
                   Result<json::object> const form = form_of(desk, session, asked);
                   return form ? api::json_reply(200, *form)
                               : api::problem(form.error(), desk.house.texts, asked.language);
               });
}

void list_drafts(CaseDesk const& desk, api::Call&& call, http::Respond respond) {
    api::query(desk.house, std::move(call), std::move(respond), [](store::Session& session, api::Call& asked) {
        json::array rows;
        for (FormDraft const& draft : drafts_of(session, asked.actor().person)) {
            json::object row = draft_json(draft);
            if (auto const item = find_item(session, draft.item)) row["name"] = item->item.name;
            rows.push_back(std::move(row));
        }
        return api::json_reply(200, json::object{{"drafts", std::move(rows)}});
    });
}

/// Written by the writer's thread; answers when it is durable.
void write(CaseDesk const& desk, api::Call&& call, http::Respond respond,
           std::function<Result<json::object>(store::Session&, api::Call const&)> work) {
    struct Kept {
        api::Call call;
        http::Respond respond;
        Result<json::object> done = json::object();
    };
    auto kept = std::make_shared<Kept>(std::move(call), std::move(respond));
    desk.house.engine.write(
        [kept, work = std::move(work)](store::Session& writing) { kept->done = work(writing, kept->call); },
        [&desk, kept](std::exception_ptr const& failed) {
            if (failed) return refuse_with(desk, kept->call, kept->respond, refusal_of(failed));
            if (!kept->done) return refuse_with(desk, kept->call, kept->respond, kept->done.error());
            kept->respond(api::json_reply(200, kept->done.value()));
        });
}

/// If-Match names the draft one goes on from; another one that is there is not written over.
bool is_stale(api::Call const& call, std::optional<FormDraft> const& there) {
    std::string_view match = call.request.header("if-match");
    if (match.empty() || match == "*" || !there) return false;
    if (match.size() >= 2 && match.front() == '"') match = match.substr(1, match.size() - 2);
    return tag_of(there->saved_at) != match;
}

/// The problem, with the draft that is there as its parameters: whoever was late chooses.
http::Reply stale_reply(CaseDesk const& desk, api::Call const& call, FormDraft const& there) {
    constexpr int kFailed = 412;
    Refusal const refusal{
        "draft.stale",
        {},
        {{"saved_at", rfc3339(there.saved_at)}, {"tag", tag_of(there.saved_at)}, {"typed", there.body}},
        {}};
    http::Reply reply = api::problem(refusal, desk.house.texts, call.language, &call.request);
    json::object body = json::parse(reply.body).as_object();
    body["status"] = kFailed;
    reply.status = kFailed;
    reply.body = json::serialize(body);
    return reply;
}

void save_draft(CaseDesk const& desk, api::Call&& call, http::Respond respond) {
    auto there = std::make_shared<std::optional<FormDraft>>();
    http::Respond answer([&desk, there, held = std::make_shared<http::Respond>(std::move(respond)),
                          asked = std::make_shared<api::Call const>(call)](http::Reply&& reply) {
        (*held)(*there ? stale_reply(desk, *asked, **there) : std::move(reply));
    });
    write(desk, std::move(call), std::move(answer),
          [&desk, there](store::Session& writing, api::Call const& asked) -> Result<json::object> {
              if (!asked.actor().person) return refuse("account.needed");
              auto found = find_draft(writing, desk.house.keys, asked.actor().person, asked.param(0));
              if (is_stale(asked, found)) {
                  *there = std::move(found);
                  return json::object();
              }
              Form const body(asked.body);
              FormDraft draft{std::string(asked.param(0)), static_cast<int>(*body.integer("version")),
                              desk.house.engine.now(), json::serialize(asked.body.at("typed"))};
              if (draft.body.size() > kLongestDraft) return refuse("draft.too_long", "typed");
              drop_old_drafts(writing, draft.saved_at - kDraftKept);
              if (!put_draft(writing, desk.house.keys, asked.actor().person, draft))
                  return refuse("draft.too_many", {}, {{"most", std::to_string(kMostDrafts)}});
              return json::object{{"saved_at", rfc3339(draft.saved_at)}, {"tag", tag_of(draft.saved_at)}};
          });
}

void throw_away(CaseDesk const& desk, api::Call&& call, http::Respond respond) {
    write(desk, std::move(call), std::move(respond),
          [](store::Session& writing, api::Call const& asked) -> Result<json::object> {
              drop_draft(writing, asked.actor().person, asked.param(0));
              return json::object{{"ok", true}};
          });
}

shape::Schema draft_shape() {
    using namespace shape;
    return named("hall_form_draft", object({{"item", code()},
                                            {"version", count("of the item, when it was saved")},
                                            {"saved_at", instant()},
                                            {"tag", id("for If-Match")},
                                            {"name?", shape::text("of the item; in the list")},
                                            {"typed?", open("as it was typed; in the form")}}));
}

shape::Schema form_shape() {
    using namespace shape;
    auto units = [](std::string_view about) {
        return list(object({{"code", code()}, {"zh", shape::text()}, {"en", shape::text()}}), about);
    };
    return named(
        "hall_form",
        object({{"item", code()},
                {"version", count()},
                {"name", shape::text()},
                {"situation_name", shape::text()},
                {"applicant", one_of({"person", "company"})},
                {"audience", list(one_of({"person", "company"}))},
                {"star", count()},
                {"schema",
                 open("JSON Schema 2020-12 of `form`; x-layout: the groups; texts field.NAME, hall.group.NAME")},
                {"known", open("what the government knows already, by field")},
                {"materials",
                 list(object(
                     {{"code", code()},
                      {"name", shape::text()},
                      {"form", one_of({"noneed", "upload", "paper", "form", "licence"})},
                      {"wanted", flag("must be given")},
                      {"ways", list(one_of({"upload", "paper", "licence", "follow"}), "none: it is not asked")},
                      {"when?", shape::text("wanted only then")},
                      {"note?", shape::text("how it is made, checked, given back")},
                      {"sample?", shape::text()},
                      {"template?", shape::text()},
                      {"before?", object({{"matter", id()}, {"number", shape::text()}, {"files", list(hex())}},
                                         "given in a case of theirs before")}}))},
                {"delivery", list(one_of({"courier", "pickup", "electronic"}))},
                {"may_commit", flag("a commitment in writing may stand for proofs")},
                {"lead", units("who decides")},
                {"together", units("who has a part in it: one form for all")},
                {"promised_days", count("working days; 0: on the spot")},
                {"charged", flag()},
                {"draft?", draft_shape()}}));
}

template <class Handler>
auto with(CaseDesk const& desk, Handler handler) {
    return [&desk, handler](api::Call&& call, http::Respond respond) {
        handler(desk, std::move(call), std::move(respond));
    };
}

}  // namespace

void add_form_operations(api::Api& api, CaseDesk const& desk) {
    using Of = Field::Type;
    Field const code{.name = "code", .type = Of::code, .about = "of the item"};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/items/{code}/form",
             .name = "hall.form",
             .summary =
                 "What an item asks of who applies: its form as JSON Schema, its materials, what is known already",
             .tag = "hall",
             .roles = {"appellant", "window"},
             .path = {code},
             .query = {{.name = "applicant", .type = Of::choice, .choices = {"person", "company"}}},
             .replies = {{200, "the form"}, {404, "no such item"}, {409, "it is not in force"}},
             .reply = form_shape(),
             .handle = with(desk, get_form)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/drafts",
             .name = "hall.drafts",
             .summary = "What somebody has begun to fill in, the newest first",
             .tag = "hall",
             .roles = {"appellant"},
             .replies = {{200, "the drafts"}},
             .reply = shape::object({{"drafts", shape::list(draft_shape())}}),
             .handle = with(desk, list_drafts)});
    api.add({.method = http::Method::put,
             .pattern = "/api/v1/hall/drafts/{code}",
             .name = "hall.draft.save",
             .summary = "Keep what was typed so far; nothing of it is checked, nobody else sees it",
             .tag = "hall",
             .roles = {"appellant"},
             .path = {code},
             .body = {{.name = "version", .type = Of::integer, .required = true, .least = 1, .most = 100'000},
                      {.name = "typed", .type = Of::object, .required = true, .open = true}},
             .replies = {{200, "kept"},
                         {409, "too many are kept"},
                         {412,
                          "If-Match (the `tag` of the draft one goes on from; 0: of none) is not what is there, "
                          "which `params` "
                          "tell: tag, saved_at, typed (JSON)"}},
             .reply = shape::object({{"saved_at", shape::instant()}, {"tag", shape::id("for If-Match")}}),
             .handle = with(desk, save_draft),
             .most_body = 2 * kLongestDraft});
    api.add({.method = http::Method::del,
             .pattern = "/api/v1/hall/drafts/{code}",
             .name = "hall.draft.drop",
             .summary = "Throw away what was begun",
             .tag = "hall",
             .roles = {"appellant"},
             .path = {code},
             .replies = {{200, "it is gone"}},
             .reply = shape::object({{"ok", shape::always(true)}}),
             .handle = with(desk, throw_away)});
}

}  // namespace banyan::hall
