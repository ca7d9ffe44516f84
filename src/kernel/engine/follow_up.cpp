// An event of a batch: numbered, chained, applied, and put down as rows.
#include <algorithm>
#include <utility>

#include "kernel/engine/batch.h"
#include "kernel/engine/blind.h"
#include "kernel/engine/event_body.h"

namespace banyan {
namespace {

std::string kind_of(Matter const& matter) {
    return matter.kind < 0 ? std::string() : matter.procedure->kinds[static_cast<std::size_t>(matter.kind)];
}

}  // namespace

// ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// Sealed, and found again by number and identity. What the event keeps of it: the commitment.
std::string Engine::Batch::put_personal(Event const& event, crypto::Keyring const& keys) {
    Committed committed = commit_to(event.personal);
    personal.integer(event.id.lane());
    personal.integer(event.id.value);
    personal.integer(event.matter.value);
    personal.bytes(keys.seal(crypto::place("personal", event.id.value, "plain"), committed.plain));
    for (auto const& field : {"phone", "identity"})
        if (json::value const* value = event.personal.if_contains(field); value != nullptr && value->is_string()) {
            blind.integer(event.id.lane());
            blind.bytes(blind_token(keys, field, value->as_string()));
            blind.integer(event.matter.value);
        }
    return std::move(committed.commitment);
}

void Engine::Batch::put_event(EventRow&& row, crypto::Digest const& hash) {
    events.integer(row.id.lane());
    events.integer(row.id.value);
    events.integer(row.matter.value);
    events.integer(row.no);
    events.integer(row.before.value);
    events.text(std::move(row.step));
    events.integer(row.person.value);
    events.integer(row.at.us);
    events.integer(row.recorded.us);
    std::string packed = packed_body(row.body);
    events.text(packed.empty() ? std::move(row.body) : std::string());
    events.bytes(std::string(crypto::view(hash)));
    if (packed.empty())
        events.null();
    else
        events.bytes(std::move(packed));
}

/// To who asked and to units; the centre reads its worklists. Not of what an import or a replay says of last year.
void Engine::Batch::put_messages(Event const& event) {
    if (event.recorded - event.at > hours(24)) return;
    std::int64_t place = 0;
    for (Told const& told : event.told) {
        bool const to_centre =
            told.whom != "asker" && (!told.unit || told.unit == rules->directory->city_centre());
        if (to_centre || place >= kMessagesOfOne) continue;
        outbox.integer(event.id.lane());
        outbox.integer(event.id.value * kMessagesOfOne + place++);
        outbox.integer(event.matter.value);
        outbox.integer(event.id.value);
        outbox.text(told.text);
        outbox.text(told.whom);
        outbox.integer(event.at.us);
        outbox.integer(0);
        outbox.integer(0);
        outbox.integer(told.unit.value);
        outbox.integer(event.at.us);
    }
}

void Engine::Batch::put_external(Event const& event) {
    external.text(*event.set.source);
    external.text(*event.set.external);
    external.integer(event.matter.value);
    external_seen[{*event.set.source, *event.set.external}] = event.matter;
}

/// The query code of a matter that begins, and what a repeated request is answered.
void Engine::Batch::put_request(Request const& request, Event const& event, Answer const& made,
                                crypto::Keyring const& keys) {
    if (event.no == 1 && !request.code_hash.empty()) {
        codes.integer(event.id.lane());
        codes.integer(event.matter.value);
        codes.bytes(request.code_hash);
        codes.integer(0);
        if (request.code.empty())
            codes.null();
        else
            codes.bytes(keys.seal(crypto::place("query_code", event.matter.value, "code"), request.code));
    }
    if (request.once.empty()) return;
    idempotency.integer(event.id.lane());
    idempotency.integer(event.id.value);
    idempotency.integer(event.recorded.us);
    idempotency.text(request.who);
    idempotency.text(request.once);
    idempotency.bytes(request.asked);
    idempotency.text(made.body);
    answered[once_key(request.who, request.once)] = {request.asked, made.body, event.recorded, event.id,
                                                     event.matter};
}

// ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────

/// Numbers the event, chains it, applies it, and puts its rows down.
Answer Engine::follow_up(Batch& batch, Event event, std::shared_ptr<Procedure const> const& procedure,
                         Request const* request) {
    int lane = event.matter ? event.matter.lane() : batch.lane;
    auto next_id = [&] { return ++batch.clock * kLanes + lane; };
    bool opens = event.no == 1;
    if (!event.matter) event.matter = batch.next_matter(lane);
    for (Assignment& share : event.assignments)
        if (!share.id) share.id = AssignmentId(next_id());
    event.id = EventId(next_id());

    Batch::Touched& touched = batch.touched[event.matter.value];
    if (opens) {
        touched.matter = (batch.matters[event.matter.value] = std::make_unique<Matter>()).get();
        touched.matter->procedure = procedure;
    } else if (touched.matter == nullptr) {
        touched.matter = batch.matters.at(event.matter.value).get();
    }
    Matter& matter = *touched.matter;
    std::string kind_before = kind_of(matter);
    Stage const* stage_before = opens ? nullptr : &procedure->at(matter.stage);
    bool const was_open = !opens && matter.open();
    PersonId const asker_before = matter.asker;
    for (Assignment const& share : event.assignments)
        if (std::ranges::find(touched.shares, share.id) == touched.shares.end())
            touched.shares.push_back(share.id);

    std::string const commitment = event.personal.empty() ? std::string() : batch.put_personal(event, keys_);
    EventRow row{event.id,
                 event.before,
                 event.matter,
                 event.no,
                 procedure->step_at(event.step).name,
                 body_of(event, *procedure, commitment),
                 {},
                 event.by,
                 event.at,
                 event.recorded};
    crypto::Digest hash = hash_of(row, matter.last_hash);
    auto& head = batch.heads[static_cast<std::size_t>(lane)];
    head.append(hash);
    head.counter = batch.clock;
    batch.lanes.set(static_cast<std::size_t>(lane));

    std::vector<UnitId> gone = forget_shares(batch, matter, event);
    apply(matter, event);
    matter.last_hash = hash;
    if (was_open != matter.open() || matter.asker != asker_before) touched.moved = true;

    batch.put_event(std::move(row), hash);
    batch.put_messages(event);
    if (opens && !event.set.external.value_or("").empty()) batch.put_external(event);
    Answer made{
        Answer::Kind::done, {}, outcome_text(matter, event, *batch.rules->directory), event.matter, event.id};
    if (request != nullptr) batch.put_request(*request, event, made, keys_);
    Changed changed{matter.id, matter.version, procedure->at(matter.stage).name,
                    stage_before != nullptr ? stage_before->name : "", concerned_by(matter)};
    std::vector<UnitId>& units = changed.concerned.units;
    for (Assignment const& share : event.assignments) units.push_back(share.unit);  // also who had it until now
    units.insert(units.end(), gone.begin(), gone.end());
    batch.changed.push_back(std::move(changed));
    batch.counted.push_back({std::move(event), procedure, kind_of(matter), std::move(kind_before)});
    return made;
}

/// No more commands: the state of what was touched becomes rows. From here on the next batch may build on it.
void Engine::seal(Batch& batch) {
    batch.commands = batch.items.size();
    std::vector<Batch::Touched const*> in_order;  // neighbours share pages
    in_order.reserve(batch.touched.size());
    for (auto const& [id, touched] : batch.touched) in_order.push_back(&touched);
    std::ranges::sort(in_order, {}, [](Batch::Touched const* touched) { return touched->matter->id.value; });
    for (Batch::Touched const* touched : in_order) {
        Matter const& matter = *touched->matter;
        put_matter(touched->moved ? batch.matters_moved : batch.matters_stayed, matter);
        batch.news.add(matter);
        for (AssignmentId share : touched->shares) put_assignment(batch.shares, *matter.assignment(share), matter);
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        if (!batch.lanes[lane]) continue;
        Head const& head = batch.heads[lane];
        batch.head_rows.integer(static_cast<std::int64_t>(lane));
        batch.head_rows.integer(head.counter);
        batch.head_rows.integer(head.events);
        batch.head_rows.bytes(std::string(crypto::view(head.hash)));
        batch.head_rows.bytes(batch.id);
    }
    heads_ = batch.heads;
    clock_ = batch.clock;
    if (!batch.touched.empty()) last_batch_ = batch.id;
}

/// Inside the transaction of whoever commits.
void Engine::write_rows(Batch& batch) {
    auto write = [&](store::Table const& table, RowBuffer const& rows) {
        if (!rows.empty()) session_->write(table, rows.cells());
    };
    auto append = [&](store::Table const& table, RowBuffer const& rows) {
        if (!rows.empty()) session_->append(table, rows.cells());
    };
    write(kHeadTable, batch.head_rows);
    write(kMatterTable, batch.matters_moved);
    write(kMatterStayedTable, batch.matters_stayed);
    write(kAssignmentTable, batch.shares);
    append(kEventTable, batch.events);
    append(kPersonalTable, batch.personal);
    append(kBlindTable, batch.blind);
    append(kQueryCodeTable, batch.codes);
    append(kExternalTable, batch.external);
    append(kIdempotencyTable, batch.idempotency);
    append(kOutboxTable, batch.outbox);
    save_named_files(batch);
    save_undone(batch);
    save_readings();
}

}  // namespace banyan
