// A batch: load, decide and apply in memory, put down as rows. How it is committed: flight.cpp.
#include "kernel/engine/batch.h"

#include <utility>

#include "platform/crypto/random.h"

namespace banyan {

namespace {

std::string once_key(std::string const& who, std::string const& once) { return who + '\n' + once; }

std::string kind_of(Matter const& matter) {
    return matter.kind < 0 ? std::string() : matter.procedure->kinds[static_cast<std::size_t>(matter.kind)];
}

/// What is searched for by its value: digits of a number, an identity in capitals.
std::string normalised(std::string_view field, std::string_view value) {
    std::string text(field);
    text += ':';
    for (char c : value)
        if (c != ' ' && c != '-' && c != '(' && c != ')')
            text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return text;
}

}  // namespace

std::string outcome_text(Matter const& matter, Event const& event, Directory const& directory) {
    Procedure const& procedure = *matter.procedure;
    JsonWriter out;
    out.open()
        .put("id", matter.id.text())
        .put("number", receipt_number(matter.id))
        .put("stage", procedure.at(matter.stage).name);
    out.put("version", matter.version).put("event", event.id.text()).put("at", rfc3339(event.at));
    if (matter.due) {
        out.put("due", rfc3339(matter.due->instant)).put("last_day", iso(matter.due->last_day));
        if (matter.due->provisional) out.key("provisional").flag(true);
    }
    if (!event.assignments.empty()) {
        out.key("assignments").open_list();
        for (Assignment const& share : event.assignments) {
            Unit const* unit = directory.unit(share.unit);
            out.open()
                .put("id", share.id.text())
                .put("unit", unit != nullptr ? unit->code : "")
                .put("share", name(share.share));
            out.put("progress", name(share.progress)).put("version", share.version);
            if (share.due) out.put("due", rfc3339(share.due->instant));
            out.close();
        }
        out.close_list();
    }
    return out.close().take();
}

/// What is given to all commands of a batch.
std::unique_ptr<Engine::Batch> Engine::begin_batch() {
    auto batch = std::make_unique<Batch>(cache_);
    {
        std::lock_guard lock(mutex_);
        batch->rules = rules_;
        batch->calendar = calendar_;
        batch->procedures = procedures_;
    }
    batch->heads = heads_;
    batch->clock = clock_;
    batch->follows = last_batch_;
    batch->id = crypto::random_bytes(16);
    batch->lane = next_lane_ = static_cast<int>((next_lane_ + 1) % kLanes);
    return batch;
}

/// The items from `from` on: what they need is loaded together, then one after the other decides and is applied.
void Engine::take_from(Batch& batch, std::size_t from) {
    std::vector<std::int64_t> missing;
    std::unordered_map<std::int64_t, bool> wanted;
    auto want = [&](MatterId id) {
        if (!id || !wanted.emplace(id.value, true).second) return;
        if (!cache_.contains(id.value)) missing.push_back(id.value);
    };
    for (std::size_t i = from; i < batch.items.size(); ++i) {
        if (auto const* command = std::get_if<Command>(&batch.items[i].request.what))
            for (MatterId id : reads(*command).matters) want(id);
        else
            want(std::get<Wake>(batch.items[i].request.what).matter);
    }
    if (!missing.empty())
        for (Matter& matter : load_matters(*reading_, missing, batch.procedures)) {
            std::int64_t id = matter.id.value;
            batch.matters.emplace(id, std::move(matter));
        }
    for (std::size_t i = from; i < batch.items.size(); ++i) take(batch, batch.items[i]);
}

void Engine::take(Batch& batch, Item& item) {
    Answer made;
    if (auto const* command = std::get_if<Command>(&item.request.what))
        made = take_command(batch, item.request, *command);
    else
        made = take_wake(batch, std::get<Wake>(item.request.what));
    if (made.kind == Answer::Kind::refused) figures_.refused.fetch_add(1, std::memory_order_relaxed);
    batch.answers.emplace_back(&item, std::move(made));
}

Answer Engine::take_command(Batch& batch, Request& request, Command const& command) {
    Instant now = options_.now();
    if (!request.once.empty()) {
        auto before = find_answered(batch, request.who, request.once);
        if (before && now - before->at < hours(24)) {
            if (before->request != request.asked)
                return {Answer::Kind::refused, {"idempotency.other_body", "Idempotency-Key", {}, {}}, {}, {}, {}};
            return {Answer::Kind::repeated, {}, before->answer, before->matter, {}};
        }
    }
    Matter const* matter = nullptr;
    if (auto found = batch.matters.find(command.matter.value); command.matter && found != batch.matters.end())
        matter = &found->second;
    if (!command.external.empty() && !command.procedure.empty()) {
        std::pair const named{command.source, command.external};
        MatterId taken;
        for (Batch const* before : {static_cast<Batch const*>(&batch), static_cast<Batch const*>(flight_.get())})
            if (before != nullptr)
                if (auto seen = before->external_seen.find(named); seen != before->external_seen.end())
                    taken = seen->second;
        reading_->query("SELECT matter FROM external WHERE source = $1 AND number = $2",
                        {std::string_view(command.source), std::string_view(command.external)},
                        [&](store::Row const& row) { taken = MatterId(row.integer(0)); });
        if (taken)
            return {Answer::Kind::refused,
                    {"matter.already", "external", {{"number", receipt_number(taken)}}, {}},
                    {},
                    taken,
                    {}};
    }
    Moment moment{command.at.value_or(now), batch.calendar.get()};
    Result<Event> event = decide(command, matter, *batch.rules, moment);
    if (!event) return {Answer::Kind::refused, std::move(event.error()), {}, {}, {}};
    event->recorded = now;
    std::shared_ptr<Procedure const> procedure =
        matter != nullptr ? matter->procedure : batch.rules->procedures.find(command.procedure)->second;
    return follow_up(batch, std::move(*event), procedure, &request);
}

Answer Engine::take_wake(Batch& batch, Wake const& wake) {
    Answer last{Answer::Kind::done, {}, {}, wake.matter, {}};
    for (int steps = 0; steps < 16; ++steps) {
        auto found = batch.matters.find(wake.matter.value);
        if (found == batch.matters.end())
            return {Answer::Kind::refused, {"matter.unknown", {}, {}, {}}, {}, {}, {}};
        Matter const& matter = found->second;
        Command command{Actor::time(), {}, matter.id, {}, {}, {}, {}, {}, {}, {}};
        Instant first;
        auto consider = [&](std::vector<Running> const& timers, AssignmentId share) {
            for (Running const& timer : timers) {
                if (timer.at > wake.at || (first && timer.at >= first)) continue;
                first = timer.at;
                command.assignment = share;
                command.step =
                    matter.procedure->step_at(matter.procedure->timers[static_cast<std::size_t>(timer.timer)].step)
                        .name;
            }
        };
        consider(matter.timers, {});
        for (Assignment const& share : matter.assignments) consider(share.timers, share.id);
        if (!first) return last;
        Result<Event> event = decide(command, &matter, *batch.rules,
                                     {wake.exact ? first : std::max(first, wake.at), batch.calendar.get()});
        if (!event) {
            return {Answer::Kind::refused, std::move(event.error()), {}, wake.matter, {}};
        }
        event->recorded = options_.now();
        figures_.timers.fetch_add(1, std::memory_order_relaxed);
        last = follow_up(batch, std::move(*event), matter.procedure, nullptr);
    }
    return last;
}

/// Numbers the event, chains it, applies it, and puts its rows down.
Answer Engine::follow_up(Batch& batch, Event event, std::shared_ptr<Procedure const> const& procedure,
                         Request const* request) {
    int lane = event.matter ? event.matter.lane() : batch.lane;
    auto next_id = [&] { return ++batch.clock * kLanes + lane; };
    bool opens = !event.matter;
    if (opens) event.matter = MatterId(next_id());
    for (Assignment& share : event.assignments)
        if (!share.id) share.id = AssignmentId(next_id());
    event.id = EventId(next_id());

    Matter& matter = batch.matters[event.matter.value];
    if (opens) {
        matter = Matter{};
        matter.procedure = procedure;
    }
    std::string kind_before = kind_of(matter);
    Stage const* stage_before = opens ? nullptr : &procedure->at(matter.stage);
    PersonId const asker_before = matter.asker;
    for (Assignment const& share : event.assignments) {
        Assignment const* before = matter.assignment(share.id);
        if (before == nullptr || before->progress != share.progress || before->due != share.due)
            batch.moved_shares.insert(share.id.value);
        batch.shares.emplace(event.matter.value, share.id.value);
    }

    std::string commitment;
    if (!event.personal.empty()) {
        Committed committed = commit_to(event.personal);
        commitment = std::move(committed.commitment);
        batch.personal.integer(lane);
        batch.personal.integer(event.id.value);
        batch.personal.integer(event.matter.value);
        batch.personal.bytes(keys_.seal(crypto::place("personal", event.id.value, "plain"), committed.plain));
        for (auto const& field : {"phone", "identity"})
            if (json::value const* value = event.personal.if_contains(field);
                value != nullptr && value->is_string()) {
                batch.blind.integer(lane);
                batch.blind.bytes(keys_.blind_index(normalised(field, value->as_string())));
                batch.blind.integer(event.matter.value);
            }
    }
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
    batch.lanes.insert(lane);

    apply(matter, event);
    matter.last_hash = hash;
    if (stage_before != &procedure->at(matter.stage) || matter.asker != asker_before)
        batch.moved.insert(event.matter.value);

    batch.events.integer(lane);
    batch.events.integer(row.id.value);
    batch.events.integer(row.matter.value);
    batch.events.integer(row.no);
    batch.events.integer(row.before.value);
    batch.events.text_view(procedure->step_at(event.step).name);
    batch.events.integer(row.person.value);
    batch.events.integer(row.at.us);
    batch.events.integer(row.recorded.us);
    batch.events.text(std::move(row.body));
    batch.events.bytes(std::string(crypto::view(hash)));

    int place = 0;
    for (Told const& told : event.told) {  // units read their worklists; only who asked is written to
        if (told.whom != "asker" || place >= 16) continue;
        batch.outbox.integer(lane);
        batch.outbox.integer(event.id.value * 16 + place++);
        batch.outbox.integer(event.matter.value);
        batch.outbox.integer(event.id.value);
        batch.outbox.text(told.text);
        batch.outbox.text(told.whom);
        batch.outbox.integer(event.recorded.us);
        batch.outbox.integer(0);
        batch.outbox.integer(0);
    }
    if (opens && !event.set.external.value_or("").empty()) {
        batch.external.text(*event.set.source);
        batch.external.text(*event.set.external);
        batch.external.integer(event.matter.value);
        batch.external_seen[{*event.set.source, *event.set.external}] = event.matter;
    }
    Answer made{
        Answer::Kind::done, {}, outcome_text(matter, event, *batch.rules->directory), event.matter, event.id};
    if (request != nullptr && opens && !request->code_hash.empty()) {
        batch.codes.integer(lane);
        batch.codes.integer(event.matter.value);
        batch.codes.bytes(request->code_hash);
        batch.codes.integer(0);
    }
    if (request != nullptr && !request->once.empty()) {
        batch.idempotency.integer(lane);
        batch.idempotency.integer(event.id.value);
        batch.idempotency.integer(event.recorded.us);
        batch.idempotency.text(request->who);
        batch.idempotency.text(request->once);
        batch.idempotency.bytes(request->asked);
        batch.idempotency.text(made.body);
        batch.answered[once_key(request->who, request->once)] = {request->asked, made.body, event.recorded,
                                                                 event.id, event.matter};
    }
    batch.touched.insert(event.matter.value);
    Changed changed{matter.id,
                    matter.version,
                    procedure->at(matter.stage).name,
                    stage_before != nullptr ? stage_before->name : "",
                    {},
                    matter.about,
                    matter.asker};
    for (Assignment const& share : matter.assignments)
        if (shows(share)) changed.units.push_back(share.unit);
    for (Assignment const& share : event.assignments)
        changed.units.push_back(share.unit);  // also who had it until now
    batch.changed.push_back(std::move(changed));
    batch.counted.push_back({std::move(event), procedure, kind_of(matter), std::move(kind_before)});
    return made;
}

/// No more commands: the state of what was touched becomes rows. From here on the next batch may build on it.
void Engine::seal(Batch& batch) {
    for (std::int64_t id : batch.touched)
        put_matter(batch.moved.contains(id) ? batch.matters_moved : batch.matters_stayed, batch.matters.at(id));
    for (auto const& [matter, share] : batch.shares) {
        Matter const& m = batch.matters.at(matter);
        put_assignment(batch.moved_shares.contains(share) ? batch.shares_moved : batch.shares_stayed,
                       *m.assignment(AssignmentId(share)), m);
    }
    for (int lane : batch.lanes) {
        Head const& head = batch.heads[static_cast<std::size_t>(lane)];
        batch.head_rows.integer(lane);
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
    write(kAssignmentTable, batch.shares_moved);
    write(kAssignmentStayedTable, batch.shares_stayed);
    append(kEventTable, batch.events);
    append(kPersonalTable, batch.personal);
    append(kBlindTable, batch.blind);
    append(kQueryCodeTable, batch.codes);
    append(kExternalTable, batch.external);
    append(kIdempotencyTable, batch.idempotency);
    append(kOutboxTable, batch.outbox);
    save_readings();
}

}  // namespace banyan
