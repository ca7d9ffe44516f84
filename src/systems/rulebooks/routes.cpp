// The rulebooks in force and their older versions; one of them in words.
#include "systems/rulebooks/routes.h"

#include "systems/rulebooks/detail.h"
#include "systems/rulebooks/faults.h"
#include "systems/rulebooks/ledger.h"

namespace banyan::rulebooks {
namespace {

using Type = Field::Type;

struct Kept {
    std::map<std::string, std::int64_t, std::less<>> open;
    std::map<std::string, Taken, std::less<>> taken;
    std::shared_ptr<Rules const> rules;
};

Kept kept(api::House& house, store::Session& session) {
    return {count_open(session), load_taken(session), house.engine.rules()};
}

json::object version_json(Version const& version, Kept const& kept) {
    auto const open = kept.open.find(version.hash);
    json::object row{{"name", version.name},
                     {"version", version.number},
                     {"hash", version.hash},
                     {"current", version.current},
                     {"since", rfc3339(version.since)},
                     {"open", open == kept.open.end() ? 0 : open->second}};
    auto const found = kept.taken.find(version.hash);
    if (found == kept.taken.end()) return row;
    Taken const& taken = found->second;
    row["since"] = rfc3339(taken.at);
    row["note"] = taken.note;
    if (!taken.base.empty()) row["base"] = taken.base;
    if (Person const* by = kept.rules->directory->person(taken.person))
        row["by"] = json::object{{"login", by->login}, {"zh", by->zh}, {"en", by->en}};
    return row;
}

shape::Schema version_shape() {
    using namespace shape;
    return object({{"name", code()},
                   {"version", count()},
                   {"hash", hex("SM3 of the whole text: what open matters are bound to")},
                   {"current", flag("new matters begin with it")},
                   {"since", instant("it came into force")},
                   {"open", count("open matters that keep it")},
                   {"note?", text("why it was taken into force; left out: it came with the program")},
                   {"base?", code("the rulebook that it is a variant of")},
                   {"by?", object({{"login", code()}, {"zh", text()}, {"en", text()}})}});
}

http::Reply list(Desk const& desk, store::Session& session, api::Call&) {
    Kept const all = kept(desk.house, session);
    json::array rows;
    for (Version const& version : load_versions(session)) rows.push_back(version_json(version, all));
    return api::json_reply(200, json::object{{"rulebooks", std::move(rows)}});
}

/// What of it is the program's own.
json::object shipped_json(std::string_view text, Procedure const& procedure, Wording const& words,
                          std::function<Wording(Procedure const&)> const& wording) {
    auto const shipped = read_procedure(text);
    if (!shipped) throw std::logic_error("a rulebook that ships cannot be read: " + shipped.error().key);
    bool const same = procedure.source == text;
    json::object row{{"version", (*shipped)->version}, {"same", same}};
    if (!same) row["changes"] = changes_json(**shipped, wording(**shipped), procedure, words);
    return row;
}

http::Reply one(Desk const& desk, store::Session& session, api::Call& call) {
    api::House& house = desk.house;
    std::string const name(call.param(0)), asked(Form(call.query).text("hash"));
    for (Version const& version : load_versions(session, name)) {
        if (asked.empty() ? !version.current : version.hash != asked) continue;
        Kept const all = kept(house, session);
        auto procedure = read_procedure(load_source(session, name, version.hash).value_or(""));
        if (!procedure) return api::problem(procedure.error(), house.texts, call.language, &call.request);
        auto wording = [&](Procedure const& of) {
            return Wording(of, house.texts, house.catalogues, call.language);
        };
        Wording const words = wording(**procedure);
        json::object row = version_json(version, all);
        row["source"] = (*procedure)->source;
        if (auto const taken = all.taken.find(version.hash);
            taken != all.taken.end() && !taken->second.said.empty())
            row["said"] = taken->second.said;
        if (auto const text = desk.shipped(name))
            row["shipped"] = shipped_json(*text, **procedure, words, wording);
        if (auto const check = desk.checking.find(version.hash)) row["check"] = check_json(*check, house.texts);
        for (auto& [key, value] : detail_json(**procedure, words)) row[key] = std::move(value);
        return api::json_reply(200, row);
    }
    return api::problem({"rulebook.unknown", {}, {{"name", name.substr(0, 40)}}, {}}, house.texts, call.language,
                        &call.request);
}

shape::Schema one_shape() {
    using namespace shape;
    Schema shape =
        extended(version_shape(),
                 {{"source", text("the whole rulebook, TOML")},
                  {"said?", text("of a variant: what was written, TOML")},
                  {"shipped?",
                   object({{"version", count()}, {"same", flag("word for word")}, {"changes?", changes_shape()}},
                          "the rulebook of that name that comes with the program")},
                  {"check?", check_shape()}});
    Schema const detail = detail_shape();
    for (auto const& [key, value] : detail.at("properties").as_object())
        shape["properties"].as_object()[key] = value;
    for (json::value const& required : detail.at("required").as_array())
        shape["required"].as_array().push_back(required);
    return shape;
}

}  // namespace

std::vector<std::string> keepers() { return {"system_admin"}; }

json::object check_json(Check const& check, Texts const& texts) {
    json::object row{{"hash", check.hash},
                     {"state", name(check.state)},
                     {"states", check.states},
                     {"unusual", check.unusual},
                     {"clean", check.clean()}};
    if (check.state != Check::State::done) return row;
    row["moves"] = check.report.moves;
    row["complete"] = check.report.complete;
    row["seconds"] = check.seconds;
    row["faults"] = faults_json(check.report, check.whole->said, texts);
    return row;
}

shape::Schema check_shape() {
    using namespace shape;
    return named("rulebook_check", object({{"hash", hex("of the whole text")},
                                           {"state", one_of(Check::State::waiting, Check::State::stopped)},
                                           {"states", count("known so far")},
                                           {"unusual", count("how many unusual things at once are walked")},
                                           {"clean", flag("done, and without a fault")},
                                           {"moves?", count()},
                                           {"complete?", flag("nothing was left out")},
                                           {"seconds?", Schema{{"type", "number"}}},
                                           {"faults?", shape::list(fault_shape())}}));
}

void add_operations(api::Api& api, Desk const& desk) {
    auto reading = [desk](auto job) {
        return [desk, job](api::Call&& call, http::Respond respond) {
            api::query(
                desk.house, std::move(call), std::move(respond),
                [desk, job](store::Session& session, api::Call& asked) { return job(desk, session, asked); });
        };
    };
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/rulebooks",
             .name = "rulebook.list",
             .summary = "The rulebooks in force and their older versions, with the open matters that keep each",
             .tag = "rulebooks",
             .roles = keepers(),
             .replies = {{200, "by name, the newest first"}},
             .reply = shape::object({{"rulebooks", shape::list(version_shape())}}),
             .handle = reading(list)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/rulebooks/{name}",
             .name = "rulebook.get",
             .summary =
                 "One rulebook: its text, its limits, stages and steps in words, what of it is the program's own",
             .tag = "rulebooks",
             .roles = keepers(),
             .path = {{.name = "name", .type = Type::code, .about = "appeal"}},
             .query = {{.name = "hash", .least = 64, .most = 64, .about = "an older version"}},
             .replies = {{200, "the one in force, or that version"}, {404, "there is none"}},
             .reply = one_shape(),
             .handle = reading(one)});
    add_editing_operations(api, desk);
}

}  // namespace banyan::rulebooks
