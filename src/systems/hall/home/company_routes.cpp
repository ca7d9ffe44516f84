// Companies' accounts, opened at a window; mandates, given and withdrawn by the legal representative.
#include "systems/hall/home/home_desk.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

Day today_of(HomeDesk const& desk) { return desk.house.engine.moment().today(); }

json::object name_json(Directory const& directory, PersonId id) {
    Person const* person = directory.person(id);
    return person == nullptr ? json::object{{"zh", ""}, {"en", ""}}
                             : json::object{{"zh", person->zh}, {"en", person->en}};
}

std::string_view state_of(Mandate const& mandate, Day today) {
    if (mandate.ended_at) return "withdrawn";
    return mandate.holds(today) ? "holds" : "ended";
}

json::object mandate_json(HomeDesk const& desk, Mandate const& mandate, Directory const& directory) {
    json::object row{{"id", std::to_string(mandate.id)},
                     {"person", name_json(directory, mandate.person)},
                     {"scope", mandate.scope},
                     {"until", iso(mandate.until)},
                     {"given_at", rfc3339(mandate.given_at)},
                     {"state", state_of(mandate, today_of(desk))}};
    if (mandate.ended_at) row["ended_at"] = rfc3339(*mandate.ended_at);
    return row;
}

void note(HomeDesk const& desk, store::Session& writing, Actor const& actor, std::string act,
          Company const& company, json::object detail) {
    desk.record(writing, {desk.house.engine.now(), actor.person, actor.role, std::move(act), company.code,
                          std::move(detail)});
}

/// By login and name, both: a login alone tells nobody who has it.
Result<Person const*> account_named(Directory const& directory, Form const& form, char const* login) {
    Person const* person = directory.person(form.text(login));
    if (person == nullptr || person->role != "appellant" ||
        (person->zh != form.text("person_name") && person->en != form.text("person_name")))
        return refuse("person.unknown", login);
    return person;
}

Result<json::object> open(HomeDesk const& desk, store::Session& writing, api::Call const& call) {
    Form const form(call.body);
    auto const rules = desk.house.engine.rules();
    BANYAN_TRY(Person const* legal, account_named(*rules->directory, form, "legal"));
    BANYAN_TRY(
        Company const company,
        open_company(writing, {0, std::string(form.text("code")), std::string(form.text("name")), legal->id},
                     call.actor().person, desk.house.engine.now()));
    note(desk, writing, call.actor(), "company.open", company, {{"name", company.name}, {"legal", legal->login}});
    return json::object{{"code", company.code}, {"name", company.name}};
}

Result<http::Reply> mine(HomeDesk const& desk, store::Session& session, api::Call& call) {
    PersonId const person = call.actor().person;
    if (!person) return refuse("account.needed");
    json::array rows;
    for (Company const& company : companies_of(session, person)) {
        json::object row{{"code", company.code}, {"name", company.name}};
        if (company.legal == person) {
            row.emplace("as", "legal");
            row.emplace("scope", "act");
            row.emplace("state", "holds");
        } else if (auto const mandate = mandate_of(session, company.id, person, today_of(desk))) {
            row.emplace("as", "mandate");
            row.emplace("mandate", std::to_string(mandate->id));
            row.emplace("scope", mandate->scope);
            row.emplace("until", iso(mandate->until));
            row.emplace("state", state_of(*mandate, today_of(desk)));
        }
        rows.push_back(std::move(row));
    }
    return api::json_reply(200, json::object{{"companies", std::move(rows)}});
}

/// Only its legal representative looks after it; for others there is no such company.
Result<Company> led_by(store::Session& session, api::Call const& call) {
    auto company = find_company(session, call.param(0));
    if (!company || !call.actor().person || company->legal != call.actor().person)
        return refuse("mandate.not_legal");
    return std::move(*company);
}

Result<http::Reply> list(HomeDesk const& desk, store::Session& session, api::Call& call) {
    BANYAN_TRY(Company const company, led_by(session, call));
    auto const rules = desk.house.engine.rules();
    json::array mandates, uses;
    for (Mandate const& each : mandates_of(session, company.id))
        mandates.push_back(mandate_json(desk, each, *rules->directory));
    for (CompanyUse const& use : uses_of(session, company.id))
        uses.push_back(
            {{"at", rfc3339(use.at)}, {"person", name_json(*rules->directory, use.person)}, {"what", use.what}});
    return api::json_reply(200, json::object{{"code", company.code},
                                             {"name", company.name},
                                             {"mandates", std::move(mandates)},
                                             {"uses", std::move(uses)}});
}

Result<json::object> give(HomeDesk const& desk, store::Session& writing, api::Call const& call) {
    BANYAN_TRY(Company const company, led_by(writing, call));
    Form const form(call.body);
    auto const rules = desk.house.engine.rules();
    BANYAN_TRY(Person const* person, account_named(*rules->directory, form, "login"));
    Mandate asked;
    asked.person = person->id;
    asked.scope = std::string(form.text("scope"));
    asked.until = *parse_day(form.text("until"));
    BANYAN_TRY(Mandate const given, give_mandate(writing, company, std::move(asked), desk.house.engine.now()));
    note(desk, writing, call.actor(), "mandate.give", company,
         {{"id", given.id}, {"to", person->login}, {"scope", given.scope}, {"until", iso(given.until)}});
    return mandate_json(desk, given, *rules->directory);
}

/// By who gave it, or by who has it.
Result<json::object> end(HomeDesk const& desk, store::Session& writing, api::Call const& call) {
    auto const id = api::read_id(call.param(0));
    auto const mandate = id ? find_mandate(writing, *id) : std::nullopt;
    auto const company = mandate ? company_of(writing, PersonId(kFirstCompany + mandate->company)) : std::nullopt;
    PersonId const by = call.actor().person;
    if (!company || !by || (company->legal != by && mandate->person != by)) return refuse("mandate.unknown");
    if (!mandate->ended_at) {
        end_mandate(writing, mandate->id, by, desk.house.engine.now());
        note(desk, writing, call.actor(), "mandate.end", *company, {{"id", mandate->id}});
    }
    auto const rules = desk.house.engine.rules();
    return mandate_json(desk, *find_mandate(writing, mandate->id), *rules->directory);
}

shape::Schema mandate_shape() {
    using namespace shape;
    return named("hall_mandate", object({{"id", id()},
                                         {"person", object({{"zh", shape::text()}, {"en", shape::text()}})},
                                         {"scope", one_of({"see", "act"}, "act: apply and take steps too")},
                                         {"until", day("its last")},
                                         {"given_at", instant()},
                                         {"state", one_of({"holds", "withdrawn", "ended"})},
                                         {"ended_at?", instant("withdrawn, or given up")}}));
}

shape::Schema mine_shape() {
    using namespace shape;
    auto one = object({{"code", code()},
                       {"name", shape::text()},
                       {"as", one_of({"legal", "mandate"})},
                       {"scope", one_of({"see", "act"})},
                       {"state", one_of({"holds", "withdrawn", "ended"})},
                       {"mandate?", id()},
                       {"until?", day("of the mandate")}});
    return object({{"companies", shape::list(named("hall_company", std::move(one)))}});
}

shape::Schema mandates_shape() {
    using namespace shape;
    auto use = object({{"at", instant()},
                       {"person", object({{"zh", shape::text()}, {"en", shape::text()}})},
                       {"what", shape::text("operation, and what it was about")}});
    return object({{"code", code()},
                   {"name", shape::text()},
                   {"mandates", shape::list(mandate_shape(), "the newest first")},
                   {"uses", shape::list(std::move(use), "what was done in its name, the newest first")}});
}

}  // namespace

void add_company_operations(api::Api& api, HomeDesk const& desk) {
    using Of = Field::Type;
    Field const company{.name = "company", .type = Of::code, .about = "its unified social credit code"};
    Field const name{.name = "person_name",
                     .required = true,
                     .least = 1,
                     .most = 60,
                     .about = "of that account's owner, as it is written there"};
    auto writing = [&desk](Result<json::object> (*job)(HomeDesk const&, store::Session&, api::Call const&)) {
        return [&desk, job](api::Call&& call, http::Respond respond) {
            write_home(desk, std::move(call), std::move(respond),
                       [&desk, job](store::Session& session, api::Call const& asked) {
                           return job(desk, session, asked);
                       });
        };
    };
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/hall/companies",
         .name = "hall.company.open",
         .summary = "Open a company's account, its licence and its legal representative seen at the window",
         .tag = "hall",
         .roles = {"window"},
         .body = {{.name = "code", .type = Of::code, .required = true, .about = "unified social credit code"},
                  {.name = "name", .required = true, .least = 2, .most = 60},
                  {.name = "legal", .type = Of::code, .required = true, .about = "login of the representative"},
                  name},
         .replies = {{200, "opened"}, {404, "no such account"}, {422, "the code is wrong, or has an account"}},
         .reply = shape::object({{"code", shape::code()}, {"name", shape::text()}}),
         .handle = writing(open)});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/hall/companies",
         .name = "hall.companies",
         .summary = "Companies somebody acts for, or did: act for one by the header X-Company",
         .tag = "hall",
         .roles = {"appellant"},
         .replies = {{200, "with what the mandate allows, and until when"}, {401, "a query code is no account"}},
         .reply = mine_shape(),
         .handle = reading(desk, mine)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/companies/{company}/mandates",
             .name = "hall.mandates",
             .summary = "Who acts for a company, and what was done in its name; for its legal representative",
             .tag = "hall",
             .roles = {"appellant"},
             .path = {company},
             .replies = {{200, "all"}, {422, "not theirs to look after"}},
             .reply = mandates_shape(),
             .handle = reading(desk, list)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/hall/companies/{company}/mandates",
             .name = "hall.mandate.give",
             .summary = "Let an account act for the company, until a day",
             .tag = "hall",
             .roles = {"appellant"},
             .path = {company},
             .body = {{.name = "login", .type = Of::code, .required = true},
                      name,
                      {.name = "scope", .type = Of::choice, .required = true, .choices = {"see", "act"}},
                      {.name = "until", .type = Of::day, .required = true}},
             .replies = {{200, "given"}, {404, "no such account"}, {422, "a rule says no"}},
             .reply = mandate_shape(),
             .handle = writing(give)});
    api.add({.method = http::Method::del,
             .pattern = "/api/v1/hall/mandates/{id}",
             .name = "hall.mandate.end",
             .summary = "Withdraw a mandate, or give it up; from then on nothing is done by it",
             .tag = "hall",
             .roles = {"appellant"},
             .path = {{.name = "id", .type = Of::code}},
             .replies = {{200, "ended"}, {422, "there is none that one may end"}},
             .reply = mandate_shape(),
             .handle = writing(end)});
}

}  // namespace banyan::hall
