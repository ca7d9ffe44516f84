// Applying: for oneself, or at a window for somebody who is present.
#include <algorithm>

#include "systems/hall/cases/case_desk.h"

namespace banyan::hall {

void refuse_with(CaseDesk const& desk, api::Call const& call, http::Respond& respond, Refusal const& refusal) {
    respond(api::refused(desk.house, api::asker_of(call), refusal));
}

void read_first(CaseDesk const& desk, api::Call&& call, http::Respond respond, CaseJob job) {
    struct Kept {
        api::Call call;
        http::Respond respond;
        std::atomic<bool> answered = false;
    };
    auto kept = std::make_shared<Kept>(std::move(call), std::move(respond));
    auto fail = [&desk, kept](Refusal const& refusal) {
        if (!kept->answered.exchange(true)) refuse_with(desk, kept->call, kept->respond, refusal);
    };
    bool const taken = desk.house.readers.submit(
        [kept, job = std::move(job)](store::Session& session) {
            job(session, kept->call, http::Respond([kept](http::Reply&& reply) {
                    if (!kept->answered.exchange(true)) kept->respond(std::move(reply));
                }));
        },
        [fail](std::exception const& error) { fail({"server.failed", {}, {{"what", error.what()}}, {}}); });
    if (!taken) fail({"server.busy", {}, {}, {}});
}

namespace {

Said said_of(json::object& body) {
    Form const form(body);
    Said said;
    said.applicant = std::string(form.text("applicant"));
    said.version = static_cast<int>(form.integer("version").value_or(0));
    if (json::value* values = body.if_contains("form"); values != nullptr)
        said.form = std::move(values->as_object());
    if (json::value* given = body.if_contains("materials"); given != nullptr) said.materials = given->as_array();
    said.delivery = std::string(form.text("delivery"));
    said.committed = form.flag("committed");
    return said;
}

/// Who applies, as the hall vouches for it: the account itself, or the window for who stands before it.
Actor applying(Actor actor) {
    actor.role = actor.role == "window" ? "intake" : "applicant";
    return actor;
}

/// What was begun is done; an answer that was lost may be asked for again, so a failure here is none.
void drop_draft_of(CaseDesk const& desk, PersonId person, std::string const& item) {
    desk.house.engine.write([person, item](store::Session& writing) { drop_draft(writing, person, item); },
                            [](std::exception_ptr const&) {});
}

/// By when it is decided whether the case is accepted, and the promised last day if nobody says anything until
/// then: the promise counts from receipt (docs/systems/hall_cases.md).
std::string with_days(CaseDesk const& desk, std::string body, int promised_days) {
    constexpr int kAnswered = 5;  // [[limit.missing]] of procedures/application.toml
    boost::system::error_code failed;
    json::value told = json::parse(body, failed);
    if (failed || !told.is_object()) return body;
    auto const calendar = desk.house.engine.calendar();
    Instant const at = desk.house.engine.now();
    auto last_day = [&](int days) {
        return iso(due_after(*calendar, at, {days, Limit::Unit::working_day}).last_day);
    };
    told.as_object()["answered_by"] = last_day(kAnswered);
    if (promised_days > 0) told.as_object()["promised_by"] = last_day(promised_days);
    return json::serialize(told);
}

Result<Command> plan(CaseDesk const& desk, store::Session& session, api::Call& call) {
    if (!call.actor().person) return refuse("account.needed");
    std::string const code(Form(call.body).text("item"));
    auto const stored = find_item(session, code);
    if (!stored) return refuse("item.unknown", "item", {{"code", code}});
    auto const rules = desk.house.engine.rules();
    BANYAN_TRY(Hands hands, hands_of(session, stored->item, desk.sheets, desk.windows, *rules->directory));
    std::string taken_at;
    // 异地代收: a window elsewhere that takes in has the case in hand as well, to pass papers on and hand over.
    if (Unit const* own = rules->directory->unit(call.actor().unit);
        own != nullptr && own->code != hands.lead &&
        std::ranges::find(hands.informed, own->code) == hands.informed.end())
        taken_at = own->code;
    if (!taken_at.empty()) hands.informed.push_back(taken_at);
    Command command;
    Said said = said_of(call.body);
    if (auto const company = company_of(session, call.actor().person)) {
        if (said.applicant != "company") return refuse("mandate.company_only", "applicant");
        BANYAN_TRY(said.form, in_its_name(desk, session, call, *company, std::move(said.form)));
    }
    BANYAN_TRY(command.form,
               application_form(std::move(said), *stored, desk.sheets, hands, desk.house.engine.moment().today()));
    command.actor = applying(call.actor());
    if (!taken_at.empty() && command.actor.role == "intake") command.form["taken_at"] = taken_at;
    command.form["channel"] = command.actor.role == "intake" ? "counter" : "web";
    command.procedure = std::string(kCaseRulebook);
    command.step = "apply_case";
    return command;
}

void apply(CaseDesk const& desk, store::Session& session, api::Call& call, http::Respond respond) {
    Result<Command> command = plan(desk, session, call);
    if (!command) return refuse_with(desk, call, respond, command.error());
    Request request;
    if (auto read = api::read_headers(call, request, *command); !read)
        return refuse_with(desk, call, respond, read.error());
    std::string const code = api::give_code(desk.house, request);
    std::string const item(Form(command->form).text("hall_item"));
    PersonId const person = call.actor().person;
    int const promised = static_cast<int>(Form(command->form).integer("promised_days").value_or(0));
    request.what = std::move(*command);
    request.deadline = wall_clock() + seconds(10);
    api::command(desk.house, call, std::move(request), std::move(respond), 201,
                 [&desk, code, person, item, promised](Answer const& answer) {
                     if (person) drop_draft_of(desk, person, item);
                     return with_days(desk, api::with_code(answer, code), promised);
                 });
}

std::vector<Field> application_fields() {
    using Of = Field::Type;
    return {
        {.name = "item", .type = Of::code, .required = true, .about = "code of the item"},
        {.name = "version",
         .type = Of::integer,
         .required = true,
         .least = 1,
         .most = 100'000,
         .about = "of the item, as it was filled in"},
        {.name = "applicant", .type = Of::choice, .required = true, .choices = {"person", "company"}},
        {.name = "form", .type = Of::object, .required = true, .open = true, .about = "by the item's schema"},
        {.name = "materials",
         .type = Of::list,
         .most = 60,
         .inner = {{.name = "code", .type = Of::code, .required = true},
                   {.name = "how",
                    .type = Of::choice,
                    .required = true,
                    .choices = {kGiven.begin(), kGiven.end()},
                    .about = "follow: with papers to follow, where the item allows it"},
                   {.name = "files", .type = Of::files, .most = 20, .about = "sent before: POST /api/v1/files"}}},
        {.name = "delivery", .type = Of::choice, .choices = {"pickup", "courier", "electronic"}},
        {.name = "committed",
         .type = Of::flag,
         .about = "the applicant commits in writing to meet the conditions"}};
}

}  // namespace

Result<json::object> in_its_name(CaseDesk const& desk, store::Session& session, api::Call const& call,
                                 Company const& company, json::object values) {
    auto const rules = desk.house.engine.rules();
    values["name"] = company.name;
    values["credit_code"] = company.code;
    if (Person const* legal = rules->directory->person(company.legal)) values["legal_person"] = legal->zh;
    Person const* person = rules->directory->person(call.session->label);  // home/for_companies.cpp
    if (person == nullptr || person->id == company.legal) return values;
    BANYAN_TRY(Acting const acting,
               acting_for(session, person->id, company.code, desk.house.engine.moment().today()));
    values["by_agent"] = true;
    values["agent"] = person->zh;
    if (acting.until) values["agent_until"] = iso(*acting.until);
    return values;
}

Result<Matter> case_of(CaseDesk const& desk, store::Session& session, api::Call const& call) {
    auto const id = api::read_matter(call.param(0));
    auto const rules = desk.house.engine.rules();
    auto matter = id ? load_matter(session, *id, desk.house.engine.procedures()) : std::nullopt;
    if (!matter || matter->procedure->name != kCaseRulebook ||
        !rules->access->may_see(call.actor(), *matter, *rules->directory))
        return refuse("matter.unknown");
    return std::move(*matter);
}

void add_apply_operations(api::Api& api, CaseDesk const& desk) {
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/hall/applications",
             .name = "hall.apply",
             .summary = "Apply for an item: its form, its materials; at a window for who stands before it",
             .tag = "hall",
             .roles = {"appellant", "window"},
             .body = application_fields(),
             .replies = {{201, "taken in: id, receipt number and, this once, the query code"},
                         {200, "the same request again; without the code"},
                         {404, "no such item"},
                         {409, "the item has changed, or is not in force"}},
             .reply = shape::named(
                 "hall_opened",
                 shape::extended(
                     api::opened_shape(),
                     {{"answered_by", shape::day("the last on which it is decided whether it is accepted")},
                      {"promised_by?",
                       shape::day("the promised last day of what is accepted today; left out: at once")}})),
             .handle =
                 [&desk](api::Call&& call, http::Respond respond) {
                     read_first(desk, std::move(call), std::move(respond),
                                [&desk](store::Session& session, api::Call& asked, http::Respond answer) {
                                    apply(desk, session, asked, std::move(answer));
                                });
                 },
             .takes_key = true});
}

}  // namespace banyan::hall
