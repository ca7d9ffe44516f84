// The journal from the audit administrator's desk: heads and checkpoints, a matter's chain and who has read it,
// the whole proven. Of what was said in a matter nothing is told: an administrator reads no contents
// (practice.md).
#include "kernel/engine/view.h"
#include "systems/administration/desk.h"

namespace banyan::administration {
namespace {

using Type = Field::Type;
constexpr std::size_t kMostCheckpoints = 20, kMostReaders = 200;

http::Reply journal(Desk& desk, store::Session& session, api::Call&) {
    Heads const heads = load_heads(session);
    std::int64_t events = 0;
    json::array lanes, checkpoints;
    for (Head const& head : heads) {
        events += head.events;
        lanes.push_back({{"events", head.events}, {"hash", to_hex(crypto::view(head.hash))}});
    }
    session.query(
        "SELECT id, at, counts, root, before, hash, signer, signature FROM checkpoint ORDER BY id DESC LIMIT $1",
        {static_cast<std::int64_t>(kMostCheckpoints)},
        [&](store::Row const& row) { checkpoints.push_back(to_json(checkpoint_row(row))); });
    return api::json_reply(200, json::object{{"events", events},
                                             {"signer", desk.house.keys.signing_key().id()},
                                             {"checkpoints", std::move(checkpoints)},
                                             {"lanes", std::move(lanes)}});
}

shape::Schema journal_shape() {
    using namespace shape;
    auto lane = object({{"events", count()}, {"hash", hex("chained over them")}});
    return object({{"events", count("in all lanes")},
                   {"signer", hex("id of the key")},
                   {"checkpoints", list(checkpoint_shape(), "the latest first")},
                   {"lanes", list(std::move(lane), "256, by number")}});
}

/// Whether each event's stored bytes give its hash, along the chain.
json::array chain_json(std::vector<EventRow> const& history) {
    json::array events;
    crypto::Digest before{};
    for (EventRow const& row : history) {
        crypto::Digest const made = hash_of(row, before);
        events.push_back({{"no", row.no},
                          {"event", row.id.text()},
                          {"step", row.step},
                          {"at", rfc3339(row.at)},
                          {"recorded", rfc3339(row.recorded)},
                          {"hash", to_hex(row.hash)},
                          {"fits", row.hash == crypto::view(made)}});
        before = made;
    }
    return events;
}

json::array readers_json(store::Session& session, MatterId matter, Directory const& directory) {
    json::array readers;
    session.query("SELECT at, person, role, what FROM read_log WHERE matter = $1 ORDER BY at DESC LIMIT $2",
                  {matter.value, static_cast<std::int64_t>(kMostReaders)}, [&](store::Row const& row) {
                      json::object one{
                          {"at", rfc3339(Instant{row.integer(0)})}, {"role", row.text(2)}, {"what", row.text(3)}};
                      if (Person const* person = directory.person(PersonId(row.integer(1)))) {
                          one["by"] = {{"zh", person->zh}, {"en", person->en}};
                          if (Unit const* unit = directory.unit(person->unit)) one["unit"] = unit_names(*unit);
                      }
                      readers.push_back(std::move(one));
                  });
    return readers;
}

http::Reply matter_chain(Desk& desk, store::Session& session, api::Call& call) {
    auto const id = api::read_matter(call.param(0));
    auto const matter = id ? load_matter(session, *id, desk.house.engine.procedures()) : std::nullopt;
    if (!matter) return no(desk, call, {"matter.unknown", {}, {}, {}});
    auto const rules = desk.house.engine.rules();
    json::object body{{"number", receipt_number(matter->id)},
                      {"lane", matter->id.lane()},
                      {"events", chain_json(load_history(session, *matter))},
                      {"readers", readers_json(session, matter->id, *rules->directory)}};
    if (auto const checkpoint = desk.house.engine.checkpoint()) body["checkpoint"] = to_json(*checkpoint);
    return api::json_reply(200, body);
}

shape::Schema chain_shape() {
    using namespace shape;
    auto event = object({{"no", count()},
                         {"event", id()},
                         {"step", code()},
                         {"at", instant()},
                         {"recorded", instant()},
                         {"hash", hex("SM3, over the hash before it too")},
                         {"fits", flag("what is stored gives this hash")}});
    auto reader = object({{"at", instant()},
                          {"role", code()},
                          {"what", code("detail, file, print")},
                          {"by?", names_shape()},
                          {"unit?", unit_shape()}});
    return object({{"number", id("receipt number")},
                   {"lane", count("in which it is chained")},
                   {"events", list(std::move(event))},
                   {"readers", list(std::move(reader), "the latest first, at most 200")},
                   {"checkpoint?", checkpoint_shape()}});
}

json::object finding_json(Finding const& finding, Texts const& texts) {
    json::object one{{"key", finding.key},
                     {"text", api::sentence_json(texts, "refusal." + finding.key, finding.params)}};
    if (finding.event) one["event"] = finding.event.text();
    if (finding.matter) one["number"] = receipt_number(finding.matter);
    return one;
}

http::Reply verification_reply(Desk& desk) {
    constexpr std::size_t kMostFindingsShown = 100;
    json::object body = errand_json(desk.verification.state(), *desk.house.engine.rules()->directory);
    std::shared_ptr<VerifyReport const> report;
    {
        std::lock_guard const lock(desk.mutex);
        report = desk.report;
    }
    if (report != nullptr && desk.verification.state().stage == Errand::Stage::done) {
        json::array findings;
        for (Finding const& finding : report->findings)
            if (findings.size() < kMostFindingsShown) findings.push_back(finding_json(finding, desk.house.texts));
        body["report"] = {{"ok", report->ok},           {"events", report->events},
                          {"matters", report->matters}, {"checkpoints", report->checkpoints},
                          {"faults", report->faults},   {"findings", std::move(findings)}};
    }
    return api::json_reply(200, body);
}

http::Reply verification(Desk& desk, store::Session&, api::Call&) { return verification_reply(desk); }

void begin_verification(Desk& desk, api::Call&& call, http::Respond respond) {
    bool const begun = desk.verification.start(call.actor().person, [&desk](OnProgress const& on_progress) {
        auto made = std::make_shared<VerifyReport const>(desk.verify(on_progress));
        std::lock_guard const lock(desk.mutex);
        desk.report = std::move(made);
    });
    if (!begun) return respond(no(desk, call, {"verification.running", {}, {}, {}}));
    make_change(desk, std::move(call), std::move(respond), [](store::Session&, api::Call const&) -> Result<Done> {
        return Done{.body = {{"ok", true}}, .act = "verification.begin", .subject = "journal", .renew = false};
    });
}

shape::Schema verification_shape() {
    using namespace shape;
    auto finding = object({{"key", code()},
                           {"text", object({{"zh", text()}, {"en", text()}})},
                           {"event?", id()},
                           {"number?", id("receipt number")}});
    auto report = object({{"ok", flag("everything fits")},
                          {"events", count()},
                          {"matters", count()},
                          {"checkpoints", count()},
                          {"faults", count()},
                          {"findings", list(std::move(finding), "the first 100")}});
    return extended(errand_shape(), {{"report?", std::move(report)}});
}

http::Reply acts(Desk& desk, store::Session& session, api::Call& call) {
    Form const form(call.query);
    auto const most = static_cast<std::size_t>(form.integer("limit").value_or(50));
    std::int64_t const before = form.integer("before").value_or(0);
    auto const rules = desk.house.engine.rules();
    json::array rows;
    std::vector<Act> const loaded = load_acts(session, before, most);
    for (Act const& act : loaded) {
        json::object one{{"id", act.id},
                         {"at", rfc3339(act.at)},
                         {"role", act.role},
                         {"act", act.act},
                         {"subject", act.subject},
                         {"detail", json::parse(act.detail)},
                         {"hash", to_hex(act.hash)}};
        if (Person const* person = rules->directory->person(act.person))
            one["by"] = {{"zh", person->zh}, {"en", person->en}};
        rows.push_back(std::move(one));
    }
    json::object body{{"acts", std::move(rows)}, {"first_altered", before == 0 ? first_altered_act(session) : 0}};
    if (loaded.size() == most && loaded.back().id > 1) body["next"] = loaded.back().id;
    return api::json_reply(200, body);
}

shape::Schema acts_shape() {
    using namespace shape;
    auto act = object({{"id", count("1, 2, 3 …")},
                       {"at", instant()},
                       {"role", code()},
                       {"act", code("person.add, unit.change, key.revoke …")},
                       {"subject", text("a login, a unit's code, a list's name")},
                       {"detail", open("what became of what")},
                       {"hash", hex("over the row before too")},
                       {"by?", names_shape()}});
    return object({{"acts", list(std::move(act), "the latest first")},
                   {"first_altered", count("id of the first row that does not fit; 0: all do")},
                   {"next?", count("for `before`")}});
}

}  // namespace

void add_journal_operations(api::Api& api, Desk& desk) {
    std::vector<std::string> const auditor{"audit_admin"};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/journal",
             .name = "journal.get",
             .summary = "The heads of all lanes and the latest signed checkpoints",
             .tag = "administration",
             .roles = auditor,
             .replies = {{200, "the journal as it is"}},
             .reply = journal_shape(),
             .handle = looking(desk, journal)});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/journal/matters/{id}",
         .name = "journal.matter",
         .summary = "A matter's chain, each event's hash computed again, and who has read the matter; no contents",
         .tag = "administration",
         .roles = auditor,
         .path = {{.name = "id", .type = Type::code, .about = "id or receipt number"}},
         .replies = {{200, "the chain"}, {404, "there is no such matter"}},
         .reply = chain_shape(),
         .handle = looking(desk, matter_chain)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/journal/verification",
             .name = "journal.verification",
             .summary = "How far the verification is, or what it has found",
             .tag = "administration",
             .roles = auditor,
             .replies = {{200, "of this server, since its start"}},
             .reply = verification_shape(),
             .handle = looking(desk, verification)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/journal/verification",
             .name = "journal.verify",
             .summary = "Prove the whole journal, beside the running city; it may take long",
             .tag = "administration",
             .roles = auditor,
             .replies = {{200, "begun"}, {409, "one is on its way"}},
             .reply = shape::object({{"ok", shape::always(true)}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 begin_verification(desk, std::move(call), std::move(respond));
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/administrative_acts",
             .name = "act.list",
             .summary = "What administrators did, each row chained to the one before",
             .tag = "administration",
             .roles = administrators(),
             .query = {{.name = "before", .type = Type::integer, .least = 1, .about = "`next` of the page before"},
                       {.name = "limit", .type = Type::integer, .least = 1, .most = 200}},
             .replies = {{200, "the latest first"}},
             .reply = acts_shape(),
             .handle = looking(desk, acts)});
}

}  // namespace banyan::administration
