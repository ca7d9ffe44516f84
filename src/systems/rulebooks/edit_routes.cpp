// A rulebook is edited: read as it is typed, checked in the background, taken into force.
#include <fmt/format.h>

#include "kernel/engine/succession.h"
#include "systems/rulebooks/detail.h"
#include "systems/rulebooks/faults.h"
#include "systems/rulebooks/ledger.h"
#include "systems/rulebooks/routes.h"

namespace banyan::rulebooks {
namespace {

using Type = Field::Type;

constexpr std::int64_t kMostText = 300'000, kHash = 64, kMostNote = 500;
constexpr std::size_t kMostBody = 1024 * 1024;  // a text of Chinese, escaped

/// What was typed, as a file ends. A form takes away what stands before the first word: lines would be counted
/// wrong.
std::string file_of(api::Call const& call) {
    auto const body = read_json_object(call.request.body);
    std::string text(body.value().at("text").as_string());
    if (!text.ends_with('\n')) text += '\n';
    return text;
}

Field text_field() {
    return {.name = "text",
            .required = true,
            .most = kMostText,
            .about = "TOML: a rulebook, or a variant of one that ships"};
}

Field name_field() { return {.name = "name", .type = Type::code, .about = "appeal"}; }

Result<void> names_the_one(std::string_view name, Whole const& whole) {
    if (whole.procedure->name == name) return {};
    return refuse("rulebook.other_name", "name", {{"name", whole.procedure->name}, {"wanted", std::string(name)}});
}

/// What comes of a text: its faults, or what it would change.
json::object reading_json(Desk const& desk, std::string_view name, Whole const& whole, Language language) {
    api::House const& house = desk.house;
    auto const rules = house.engine.rules();
    std::string const hash = hash_of(whole.text);
    auto const current = rules->procedures.find(name);
    json::array hindrances;
    if (auto const may = may_take(*rules, name, whole); !may)
        hindrances.push_back(hindrance_json(may.error(), whole.said, house.texts));
    json::object row{{"faults", json::array()},
                     {"hindrances", std::move(hindrances)},
                     {"name", whole.procedure->name},
                     {"version", whole.procedure->version},
                     {"hash", hash}};
    if (!whole.base.empty()) {
        row["base"] = whole.base;
        row["whole"] = whole.text;
    }
    if (current != rules->procedures.end()) {
        auto wording = [&](Procedure const& of) { return Wording(of, house.texts, house.catalogues, language); };
        row["changes"] =
            changes_json(*current->second, wording(*current->second), *whole.procedure, wording(*whole.procedure));
    }
    if (auto const check = desk.checking.find(hash)) row["check"] = check_json(*check, house.texts);
    return row;
}

http::Reply read(Desk const& desk, api::Call& call) {
    auto const whole = read_whole(file_of(call), desk.shipped);
    if (whole) return api::json_reply(200, reading_json(desk, call.param(0), *whole, call.language));
    return api::json_reply(200, json::object{{"faults", faults_json(whole.error(), desk.house.texts)},
                                             {"hindrances", json::array()}});
}

shape::Schema reading_shape() {
    using namespace shape;
    return object({{"faults", list(fault_shape(), "none: it can be checked, and the rest is said")},
                   {"hindrances", list(fault_shape(), "why it could not be taken into force, were it checked")},
                   {"name?", code()},
                   {"version?", count()},
                   {"hash?", hex("of the whole")},
                   {"base?", code("it is a variant of this one")},
                   {"whole?", text("what comes of the variant, TOML")},
                   {"changes?", changes_shape()},
                   {"check?", check_shape()}});
}

http::Reply ask(Desk const& desk, api::Call& call) {
    auto refused = [&](Refusal const& refusal) {
        return api::problem(refusal, desk.house.texts, call.language, &call.request);
    };
    auto whole = read_whole(file_of(call), desk.shipped);
    if (!whole) return refused(whole.error());
    if (auto const named = names_the_one(call.param(0), *whole); !named) return refused(named.error());
    auto const check = desk.checking.ask(std::move(*whole));
    if (!check) return refused(check.error());
    return api::json_reply(202, check_json(*check, desk.house.texts));
}

http::Reply check_or_none(Desk const& desk, api::Call& call, std::optional<Check> const& check) {
    if (check && check->whole->procedure->name == call.param(0))
        return api::json_reply(200, check_json(*check, desk.house.texts));
    return api::problem({"rulebook.no_check", {}, {}, {}}, desk.house.texts, call.language, &call.request);
}

/// What was checked, and may be taken into force by whoever saw the one that is.
Result<Check> proven(Desk const& desk, Rules const& rules, std::string_view name, Form const& form) {
    auto check = desk.checking.find(form.text("hash"));
    if (!check) return refuse("rulebook.not_checked", "hash");
    auto const current = rules.procedures.find(name);
    if (current != rules.procedures.end() && current->second->hash != form.text("instead_of"))
        return refuse("rulebook.overtaken", "instead_of", {{"version", std::to_string(current->second->version)}});
    BANYAN_CHECK(may_take(rules, name, *check->whole));
    if (check->state != Check::State::done) return refuse("rulebook.not_done", "hash");
    if (!check->clean())
        return refuse("rulebook.faulty", "hash", {{"count", std::to_string(check->report.faults.size())}});
    return std::move(*check);
}

struct Taking {
    Taking(api::Call const& call, http::Respond answering)
        : respond(std::move(answering)),
          name(call.param(0)),
          form(call.body),
          note(form.text("note")),
          actor(call.actor()),
          asker(api::asker_of(call)) {}
    http::Respond respond;
    std::string name;
    Form form;
    std::string note;
    Actor actor;
    api::Asker asker;
    Result<Check> check = Check{};
};

/// On the writer's thread, so that nobody else changes the rules meanwhile.
void put(Desk const& desk, Taking& taking, store::Session& session) {
    Engine& engine = desk.house.engine;
    taking.check = proven(desk, *engine.rules(), taking.name, taking.form);
    if (!taking.check) return;
    Whole const& whole = *taking.check->whole;
    put_procedure(session, whole.text, engine.now()).value();
    Taken const taken{taking.check->hash, engine.now(), taking.actor.person,
                      taking.note,        whole.base,   whole.base.empty() ? "" : whole.said};
    put_taken(session, taken);
    engine.nodes().tell(session, "rules");
    int const before = engine.rules()->procedures.find(taking.name)->second->version;
    desk.record(session, taking.actor.role, taking.name, before, whole.procedure->version, taken);
}

/// It is durable: from here on new matters begin with it.
http::Reply put_into_force(Desk const& desk, Taking& taking) {
    Engine& engine = desk.house.engine;
    auto const procedure = std::make_shared<Procedure>(*taking.check->whole->procedure);
    procedure->hash = taking.check->hash;
    Procedures procedures = engine.procedures();
    procedures[procedure->hash] = procedure;
    engine.set_rules(with_rulebook(*engine.rules(), procedure), std::move(procedures));
    desk.house.log.info("rulebook.taken", {{"name", procedure->name},
                                           {"version", procedure->version},
                                           {"hash", procedure->hash},
                                           {"by", taking.actor.person.value}});
    return api::json_reply(
        201, json::object{{"name", procedure->name}, {"version", procedure->version}, {"hash", procedure->hash}});
}

void take(Desk const& desk, api::Call const& call, http::Respond respond) {
    auto taking = std::make_shared<Taking>(call, std::move(respond));
    desk.house.engine.write(
        [desk, taking](store::Session& session) { put(desk, *taking, session); },
        [desk, taking](std::exception_ptr const& failed) {
            if (failed) taking->check = refuse(refusal_of(failed));
            taking->respond(taking->check ? put_into_force(desk, *taking)
                                          : api::refused(desk.house, taking->asker, taking->check.error()));
        });
}

void add_check_operations(api::Api& api, Desk const& desk) {
    Field const hash{.name = "hash", .least = kHash, .most = kHash, .about = "of the whole text"};
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/rulebooks/{name}/checks",
         .name = "rulebook.check",
         .summary = "Has the model checker walk a rulebook, in the background; one that was walked is not again",
         .tag = "rulebooks",
         .roles = keepers(),
         .path = {name_field()},
         .body = {text_field()},
         .replies = {{202, "how far it is"}, {422, "it cannot be read, or is another's"}, {503, "too many wait"}},
         .reply = check_shape(),
         .handle =
             [desk](api::Call&& call, http::Respond respond) {
                 api::query(desk.house, std::move(call), std::move(respond),
                            [desk](store::Session&, api::Call& asked) { return ask(desk, asked); });
             },
         .most_body = kMostBody});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/rulebooks/{name}/checks/{hash}",
             .name = "rulebook.checked",
             .summary = "How far a check is, or what it found",
             .tag = "rulebooks",
             .roles = keepers(),
             .path = {name_field(), hash},
             .replies = {{200, "its state"}, {404, "it was not checked since the program started"}},
             .reply = check_shape(),
             .handle = [desk](api::Call&& call, http::Respond respond) {
                 respond(check_or_none(desk, call, desk.checking.find(call.param(1))));
             }});
    api.add({.method = http::Method::del,
             .pattern = "/api/v1/rulebooks/{name}/checks/{hash}",
             .name = "rulebook.check_stop",
             .summary = "Stops a check; one that is done stays",
             .tag = "rulebooks",
             .roles = keepers(),
             .path = {name_field(), hash},
             .replies = {{200, "its state"}, {404, "there is none"}},
             .reply = check_shape(),
             .handle = [desk](api::Call&& call, http::Respond respond) {
                 respond(check_or_none(desk, call, desk.checking.cancel(call.param(1))));
             }});
}

}  // namespace

Result<void> may_take(Rules const& rules, std::string_view name, Whole const& whole) {
    auto const current = rules.procedures.find(name);
    if (current == rules.procedures.end())
        return refuse("rulebook.unknown", {}, {{"name", std::string(name.substr(0, 40))}});
    BANYAN_CHECK(names_the_one(name, whole));
    if (current->second->source == whole.text) return refuse("rulebook.in_force", "version");
    for (Step const& step : whole.procedure->steps)
        for (std::string const& check : step.checks)
            if (!rules.checks.contains(check))
                return refuse("rulebook.unknown_check", "step." + step.name + ".checks",
                              {{"check", check}, {"step", step.name}});
    return may_follow(rules, whole.procedure);
}

void add_editing_operations(api::Api& api, Desk const& desk) {
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/rulebooks/{name}/reading",
             .name = "rulebook.read",
             .summary = "Reads a text as it is typed: what is wrong at which line, or what it would change",
             .tag = "rulebooks",
             .roles = keepers(),
             .path = {name_field()},
             .body = {text_field()},
             .replies = {{200, "faults, or what comes of it; nothing is kept"}},
             .reply = reading_shape(),
             .handle =
                 [desk](api::Call&& call, http::Respond respond) {
                     api::query(desk.house, std::move(call), std::move(respond),
                                [desk](store::Session&, api::Call& asked) { return read(desk, asked); });
                 },
             .most_body = kMostBody});
    add_check_operations(api, desk);
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/rulebooks/{name}/versions",
         .name = "rulebook.take",
         .summary = "Takes a checked rulebook into force, for matters that begin from then on",
         .tag = "rulebooks",
         .roles = keepers(),
         .path = {name_field()},
         .body = {{.name = "hash", .required = true, .least = kHash, .most = kHash, .about = "what was checked"},
                  {.name = "instead_of",
                   .required = true,
                   .least = kHash,
                   .most = kHash,
                   .about = "hash of the one that was in force when it was written"},
                  {.name = "note", .required = true, .least = 2, .most = kMostNote, .about = "why"}},
         .replies = {{201, "it is in force"},
                     {404, "no rulebook of that name is"},
                     {409, "not checked, faulty, or another one came first"}},
         .reply = shape::object({{"name", shape::code()}, {"version", shape::count()}, {"hash", shape::hex()}}),
         .handle = [desk](api::Call&& call, http::Respond respond) { take(desk, call, std::move(respond)); }});
}

}  // namespace banyan::rulebooks
