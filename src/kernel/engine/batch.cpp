// A batch: load, decide and apply in memory, put down as rows. How it is committed: flight.cpp.
#include "kernel/engine/batch.h"

#include <algorithm>
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

shape::Schema outcome_shape() {
    using namespace shape;
    auto share = object({{"id", id()},
                         {"unit", code()},
                         {"share", one_of(Share::lead, Share::delegate)},
                         {"progress", one_of(Progress::offered, Progress::ended)},
                         {"version", count()},
                         {"due?", instant()}});
    return named("outcome", object({{"id", id()},
                                    {"number", id("receipt number")},
                                    {"stage", code("where it is now")},
                                    {"version", count()},
                                    {"event", id()},
                                    {"at", instant()},
                                    {"due?", instant("the first instant that is late")},
                                    {"last_day?", day()},
                                    {"provisional?", always(true)},
                                    {"assignments?", list(std::move(share), "the shares that changed")}}));
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
    auto want = [&](MatterId id) {
        if (id && !cache_.contains(id.value)) missing.push_back(id.value);
    };
    for (std::size_t i = from; i < batch.items.size(); ++i) {
        if (auto const* command = std::get_if<Command>(&batch.items[i].request.what))
            for (MatterId id : reads(*command).matters) want(id);
        else
            want(std::get<Wake>(batch.items[i].request.what).matter);
    }
    std::ranges::sort(missing);
    missing.erase(std::ranges::unique(missing).begin(), missing.end());
    if (!missing.empty())
        for (Matter& matter : load_matters(*reading_, missing, batch.procedures)) {
            std::int64_t id = matter.id.value;
            batch.matters.emplace(id, std::make_unique<Matter>(std::move(matter)));
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
    Instant now = read_clock();
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
        matter = found->second.get();
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
    Moment moment{command.at.value_or(matter != nullptr ? std::max(now, matter->last_at) : now),
                  batch.calendar.get()};
    std::optional<Past> past;
    if (matter != nullptr && reads_past(command)) past = past_of_last(batch, *matter);
    Result<Event> event = decide(command, matter, *batch.rules, moment, past ? &*past : nullptr);
    if (!event) return {Answer::Kind::refused, std::move(event.error()), {}, {}, {}};
    event->recorded = now;
    std::shared_ptr<Procedure const> procedure =
        matter != nullptr ? matter->procedure : batch.rules->procedures.find(command.procedure)->second;
    Result<Answer> made = follow_up_all(batch, std::move(*event), procedure, moment, &request);
    return made ? std::move(*made) : Answer{Answer::Kind::refused, std::move(made.error()), {}, {}, {}};
}

Answer Engine::take_wake(Batch& batch, Wake const& wake) {
    Answer last{Answer::Kind::done, {}, {}, wake.matter, {}};
    for (int steps = 0; steps < 16; ++steps) {
        auto found = batch.matters.find(wake.matter.value);
        if (found == batch.matters.end())
            return {Answer::Kind::refused, {"matter.unknown", {}, {}, {}}, {}, {}, {}};
        Matter const& matter = *found->second;
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
        Moment const moment{wake.exact ? first : std::max({first, wake.at, matter.last_at}), batch.calendar.get()};
        Result<Event> event = decide(command, &matter, *batch.rules, moment);
        if (!event) return {Answer::Kind::refused, std::move(event.error()), {}, wake.matter, {}};
        event->recorded = read_clock();
        Result<Answer> made = follow_up_all(batch, std::move(*event), matter.procedure, moment, nullptr);
        if (!made) return {Answer::Kind::refused, std::move(made.error()), {}, wake.matter, {}};
        figures_.timers.fetch_add(1, std::memory_order_relaxed);
        last = std::move(*made);
    }
    return last;
}

/// The event, and the first ones of the matters that begin with it. All are decided before one is applied.
Result<Answer> Engine::follow_up_all(Batch& batch, Event event, std::shared_ptr<Procedure const> const& procedure,
                                     Moment const& moment, Request const* request) {
    if (event.opens.empty()) return follow_up(batch, std::move(event), procedure, request);
    BANYAN_TRY(std::vector<Event> begun, decide_openings(event, *batch.rules, moment));
    int const lane = event.matter ? event.matter.lane() : batch.lane;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < begun.size(); ++i) {
        begun[i].matter = event.opens[i].matter = MatterId(++batch.clock * kLanes + lane);
        begun[i].recorded = event.recorded;
        names.push_back(event.opens[i].procedure);
    }
    Answer made = follow_up(batch, std::move(event), procedure, request);
    for (std::size_t i = 0; i < begun.size(); ++i) {
        begun[i].set.opened_by = made.matter;
        follow_up(batch, std::move(begun[i]), batch.rules->procedures.find(names[i])->second, nullptr);
    }
    return made;
}

/// Numbers the event, chains it, applies it, and puts its rows down.
Answer Engine::follow_up(Batch& batch, Event event, std::shared_ptr<Procedure const> const& procedure,
                         Request const* request) {
    int lane = event.matter ? event.matter.lane() : batch.lane;
    auto next_id = [&] { return ++batch.clock * kLanes + lane; };
    bool opens = event.no == 1;
    if (!event.matter) event.matter = MatterId(next_id());
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
    PersonId const asker_before = matter.asker;
    for (Assignment const& share : event.assignments) {
        Assignment const* before = matter.assignment(share.id);
        bool const moved = before == nullptr || before->open() != share.open();
        if (auto known = std::ranges::find(touched.shares, share.id, &Batch::Touched::Share::id);
            known != touched.shares.end())
            known->moved |= moved;
        else
            touched.shares.push_back({share.id, moved});
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
    batch.lanes.set(static_cast<std::size_t>(lane));

    std::vector<UnitId> gone = forget_shares(batch, matter, event);
    apply(matter, event);
    matter.last_hash = hash;
    if (stage_before != &procedure->at(matter.stage) || matter.asker != asker_before) touched.moved = true;

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
    changed.units.insert(changed.units.end(), gone.begin(), gone.end());
    batch.changed.push_back(std::move(changed));
    batch.counted.push_back({std::move(event), procedure, kind_of(matter), std::move(kind_before)});
    return made;
}

/// No more commands: the state of what was touched becomes rows. From here on the next batch may build on it.
void Engine::seal(Batch& batch) {
    std::vector<Batch::Touched const*> in_order;  // neighbours share pages
    in_order.reserve(batch.touched.size());
    for (auto const& [id, touched] : batch.touched) in_order.push_back(&touched);
    std::ranges::sort(in_order, {}, [](Batch::Touched const* touched) { return touched->matter->id.value; });
    for (Batch::Touched const* touched : in_order) {
        Matter const& matter = *touched->matter;
        put_matter(touched->moved ? batch.matters_moved : batch.matters_stayed, matter);
        for (auto const& [id, moved] : touched->shares)
            put_assignment(moved ? batch.shares_moved : batch.shares_stayed, *matter.assignment(id), matter);
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
    write(kAssignmentTable, batch.shares_moved);
    write(kAssignmentStayedTable, batch.shares_stayed);
    append(kEventTable, batch.events);
    append(kPersonalTable, batch.personal);
    append(kBlindTable, batch.blind);
    append(kQueryCodeTable, batch.codes);
    append(kExternalTable, batch.external);
    append(kIdempotencyTable, batch.idempotency);
    append(kOutboxTable, batch.outbox);
    save_undone(batch);
    save_readings();
}

}  // namespace banyan
