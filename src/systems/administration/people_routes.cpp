// Accounts: the security administrator's. The others see them, for who is who.
#include "kernel/engine/view.h"
#include "systems/administration/desk.h"
#include "systems/administration/people.h"

namespace banyan::administration {
namespace {

using Type = Field::Type;
constexpr std::size_t kMostShown = 500;
constexpr std::string_view kKeeper = "security_admin";

struct SignIn {
    bool may = false;
    Instant locked_until;
};

std::unordered_map<std::int64_t, SignIn> load_sign_ins(store::Session& session) {
    std::unordered_map<std::int64_t, SignIn> all;
    session.query(
        "SELECT id, CASE WHEN password = '' THEN 0 ELSE 1 END, locked_until FROM person WHERE role <> "
        "'appellant'",
        {}, [&](store::Row const& row) { all[row.integer(0)] = {row.integer(1) == 1, Instant{row.integer(2)}}; });
    return all;
}

json::object person_json(Person const& person, Directory const& directory) {
    json::object one{{"login", person.login}, {"role", person.role}, {"zh", person.zh}, {"en", person.en}};
    if (Unit const* unit = directory.unit(person.unit)) one["unit"] = unit_names(*unit);
    if (!person.phone.empty()) one["phone"] = masked("phone", person.phone);
    if (!person.employer.empty()) one["employer"] = person.employer;
    return one;
}

shape::Schema person_shape() {
    using namespace shape;
    return named("account", object({{"login", text()},
                                    {"role", code("`ended`: it has ended")},
                                    {"zh", text()},
                                    {"en", text()},
                                    {"unit?", unit_shape()},
                                    {"phone?", text("masked")},
                                    {"employer?", text("of who is sent by another firm")}}));
}

/// Roman letters in any case: what people type.
std::string folded(std::string_view text) {
    std::string all(text);
    for (char& c : all)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return all;
}

bool is_asked_for(Person const& person, Form const& form, Directory const& directory) {
    if (!is_looked_after(person)) return false;
    if (form.has("role") ? person.role != form.text("role") : (person.role == kEnded && !form.flag("ended")))
        return false;
    if (form.has("unit")) {
        Unit const* unit = directory.unit(person.unit);
        if (unit == nullptr || unit->code != form.text("unit")) return false;
    }
    if (!form.has("text")) return true;
    std::string const text = folded(form.text("text"));
    return folded(person.login).contains(text) || person.zh.contains(text) || folded(person.en).contains(text);
}

http::Reply list(Desk& desk, store::Session& session, api::Call& call) {
    auto const rules = desk.house.engine.rules();
    Form const form(call.query);
    std::vector<Person const*> found;
    for (Person const& person : rules->directory->people())
        if (is_asked_for(person, form, *rules->directory) && person.login > form.text("after"))
            found.push_back(&person);
    std::ranges::sort(found, {}, &Person::login);
    auto const most = static_cast<std::size_t>(form.integer("limit").value_or(100));
    auto const sign_ins = load_sign_ins(session);
    Instant const now = desk.house.engine.now();
    json::array people;
    for (Person const* person : std::span(found).first(std::min(most, found.size()))) {
        json::object one = person_json(*person, *rules->directory);
        auto const sign_in = sign_ins.find(person->id.value);
        one["can_sign_in"] = sign_in != sign_ins.end() && sign_in->second.may;
        if (sign_in != sign_ins.end() && sign_in->second.locked_until > now)
            one["locked_until"] = rfc3339(sign_in->second.locked_until);
        people.push_back(std::move(one));
    }
    json::object body{{"of", found.size()}};
    if (found.size() > most) body["next"] = found[most - 1]->login;
    body["people"] = std::move(people);
    json::array roles;
    for (std::string const& role : given_roles(*rules->access)) roles.emplace_back(role);
    body["roles"] = std::move(roles);
    return api::json_reply(200, body);
}

shape::Schema list_shape() {
    using namespace shape;
    auto one = extended(person_shape(), {{"can_sign_in", flag("it has a password")},
                                         {"locked_until?", instant("after five wrong passwords")}});
    return object({{"people", shape::list(named("account_row", std::move(one)), "by login")},
                   {"of", count("from here on")},
                   {"next?", text("for `after`")},
                   {"roles", shape::list(code(), "that an account may be given")}});
}

std::optional<std::string> said(Form const& form, std::string_view field) {
    if (!form.has(field)) return std::nullopt;
    return std::string(form.text(field));
}
Said said_in(Form const& form) {
    return {said(form, "role"), said(form, "unit"),  said(form, "zh"),
            said(form, "en"),   said(form, "phone"), said(form, "employer")};
}

/// Somebody else's account that is there. Refused: person.unknown, person.yourself, person.ended.
Result<Person> account(Desk const& desk, api::Call const& call, bool also_ended = false) {
    auto const rules = desk.house.engine.rules();
    Person const* person = rules->directory->person(call.param(0));
    if (person == nullptr || !is_looked_after(*person)) return refuse("person.unknown");
    if (person->id == call.actor().person) return refuse("person.yourself");
    if (person->role == kEnded && !also_ended) return refuse("person.ended");
    return *person;
}

Result<void> somebody_is_left(Person const& person, std::string_view role, Directory const& directory) {
    if (role != kKeeper && is_last_of(person, kKeeper, directory)) return refuse("person.last");
    return {};
}

/// What the record says: names and numbers of telephones are not part of it.
json::object record(Person const& person, Directory const& directory) {
    json::object one{{"role", person.role}};
    if (Unit const* unit = directory.unit(person.unit)) one["unit"] = unit->code;
    return one;
}

void add_person(Desk& desk, api::Call&& call, http::Respond respond) {
    auto held = std::make_shared<std::pair<api::Call, http::Respond>>(std::move(call), std::move(respond));
    desk.house.sessions.make_password([&desk, held](Result<api::Sessions::Password> made) {
        if (!made) return held->second(api::refused(desk.house, api::asker_of(held->first), made.error()));
        make_change(
            desk, std::move(held->first), std::move(held->second),
            [&desk, made = std::move(*made)](store::Session& writing, api::Call const& asked) -> Result<Done> {
                auto const rules = desk.house.engine.rules();
                Form const form(asked.body);
                BANYAN_CHECK(check_login(form.text("login"), *rules->directory));
                BANYAN_TRY(Person person, changed({}, said_in(form), *rules));
                person.login = std::string(form.text("login"));
                writing.query("SELECT max(id) FROM person", {},
                              [&](store::Row const& row) { person.id = PersonId(row.integer(0) + 1); });
                bool const system = person.role == "partner";  // has keys, and never signs in
                put_person(writing, desk.house.keys, person, system ? std::string_view() : made.hash);
                json::object body = person_json(person, *rules->directory);
                if (!system) body["password"] = made.plain;
                return Done{.body = std::move(body),
                            .act = "person.add",
                            .subject = person.login,
                            .detail = record(person, *rules->directory),
                            .status = 201};
            });
    });
}

void change_account(Desk& desk, api::Call&& call, http::Respond respond) {
    make_change(desk, std::move(call), std::move(respond),
                [&desk](store::Session& writing, api::Call const& asked) -> Result<Done> {
                    auto const rules = desk.house.engine.rules();
                    Directory const& directory = *rules->directory;
                    bool const again = asked.body.contains("role");  // who comes back is given a role
                    BANYAN_TRY(Person const before, account(desk, asked, again));
                    BANYAN_TRY(Person const person, changed(before, said_in(Form(asked.body)), *rules));
                    BANYAN_CHECK(somebody_is_left(before, person.role, directory));
                    change_person(writing, desk.house.keys, person);
                    bool const other = person.role != before.role;
                    if (other) desk.house.sessions.remove_rows(writing, person.id, true);
                    return Done{.body = person_json(person, directory),
                                .act = "person.change",
                                .subject = person.login,
                                .detail = {{"from", record(before, directory)}, {"to", record(person, directory)}},
                                .forget = other ? std::optional(person.id) : std::nullopt,
                                .keys_too = true};
                });
}

void end_account(Desk& desk, api::Call&& call, http::Respond respond) {
    make_change(desk, std::move(call), std::move(respond),
                [&desk](store::Session& writing, api::Call const& asked) -> Result<Done> {
                    auto const rules = desk.house.engine.rules();
                    BANYAN_TRY(Person person, account(desk, asked));
                    BANYAN_CHECK(somebody_is_left(person, kEnded, *rules->directory));
                    json::object const was = record(person, *rules->directory);
                    person.role = std::string(kEnded);
                    change_person(writing, desk.house.keys, person);
                    put_password(writing, person.id, "");
                    desk.house.sessions.remove_rows(writing, person.id, true);
                    return Done{.body = person_json(person, *rules->directory),
                                .act = "person.end",
                                .subject = person.login,
                                .detail = {{"from", was}},
                                .forget = person.id,
                                .keys_too = true};
                });
}

void renew_password(Desk& desk, api::Call&& call, http::Respond respond) {
    auto held = std::make_shared<std::pair<api::Call, http::Respond>>(std::move(call), std::move(respond));
    desk.house.sessions.make_password([&desk, held](Result<api::Sessions::Password> made) {
        if (!made) return held->second(api::refused(desk.house, api::asker_of(held->first), made.error()));
        make_change(
            desk, std::move(held->first), std::move(held->second),
            [&desk, made = std::move(*made)](store::Session& writing, api::Call const& asked) -> Result<Done> {
                BANYAN_TRY(Person const person, account(desk, asked));
                if (person.role == "partner") return refuse("person.has_keys");
                put_password(writing, person.id, made.hash);
                desk.house.sessions.remove_rows(writing, person.id, false);
                return Done{.body = {{"login", person.login}, {"password", made.plain}},
                            .act = "person.password",
                            .subject = person.login,
                            .detail = {},
                            .renew = false,
                            .forget = person.id};
            });
    });
}

std::vector<Field> account_fields(bool anew) {
    return {
        {.name = "role", .type = Type::code, .required = anew, .about = "of `roles`"},
        {.name = "unit", .type = Type::unit, .about = "left out: the city's centre, where the role works there"},
        {.name = "zh", .required = anew, .least = 1, .most = 40, .about = "name"},
        {.name = "en", .required = anew, .least = 1, .most = 80, .about = "name in Roman letters"},
        {.name = "phone", .type = Type::phone, .about = "kept sealed"},
        {.name = "employer", .most = 80, .about = "of who is sent by another firm"}};
}

}  // namespace

void add_people_operations(api::Api& api, Desk& desk) {
    Field const login{.name = "login", .about = "of the account"};
    auto doing = [&desk](auto job) {
        return [&desk, job](api::Call&& call, http::Respond respond) {
            job(desk, std::move(call), std::move(respond));
        };
    };
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/people",
             .name = "person.list",
             .summary = "Accounts of staff and systems; never appellants'",
             .tag = "administration",
             .roles = administrators(),
             .query = {{.name = "role", .type = Type::code, .about = "only this one"},
                       {.name = "unit", .type = Type::unit, .about = "only of this unit itself"},
                       {.name = "text", .most = 60, .about = "in the login or a name"},
                       {.name = "ended", .type = Type::flag, .about = "with those that have ended"},
                       {.name = "after", .most = 64, .about = "`next` of the page before"},
                       {.name = "limit", .type = Type::integer, .least = 1, .most = kMostShown}},
             .replies = {{200, "accounts by login"}},
             .reply = list_shape(),
             .handle = looking(desk, list)});
    std::vector<Field> fields = account_fields(true);
    fields.insert(fields.begin(), {.name = "login", .required = true, .least = 3, .most = 64});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/people",
             .name = "person.add",
             .summary = "A new account; its password is told this once",
             .tag = "administration",
             .roles = {std::string(kKeeper)},
             .body = fields,
             .replies = {{201, "made"}, {409, "the login is taken"}},
             .reply = shape::extended(person_shape(),
                                      {{"password?", shape::text("told this once; a system has keys")}}),
             .handle = doing(add_person)});
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/people/{login}",
         .name = "person.change",
         .summary = "Change an account: role, unit, names; with another role it is signed out everywhere",
         .tag = "administration",
         .roles = {std::string(kKeeper)},
         .path = {login},
         .body = account_fields(false),
         .replies = {{200, "as it is now"}, {404, "there is none"}, {409, "one's own, or the last of its kind"}},
         .reply = person_shape(),
         .handle = doing(change_account)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/people/{login}/end",
             .name = "person.end",
             .summary = "End an account: nobody signs in with it, its keys are revoked; the record keeps its name",
             .tag = "administration",
             .roles = {std::string(kKeeper)},
             .path = {login},
             .replies = {{200, "ended"}, {404, "there is none"}, {409, "one's own, or the last of its kind"}},
             .reply = person_shape(),
             .handle = doing(end_account)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/people/{login}/password",
             .name = "person.password",
             .summary = "A new password, told this once; unlocks, and signs out everywhere",
             .tag = "administration",
             .roles = {std::string(kKeeper)},
             .path = {login},
             .replies = {{200, "it holds"}, {404, "there is none"}, {409, "one's own, or a system's"}},
             .reply = shape::object({{"login", shape::text()}, {"password", shape::text("told this once")}}),
             .handle = doing(renew_password)});
}

}  // namespace banyan::administration
