// A batch: load, decide and apply in memory, write, commit, answer.
#include "kernel/engine/batch.h"

#include <chrono>

#include "platform/crypto/random.h"

namespace banyan {

using Steady = std::chrono::steady_clock;

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

void Engine::process(std::vector<Item*> const& items) {
    Batch batch{.matters = cache_};
    batch.counted.reserve(items.size());
    batch.changed.reserve(items.size());
    batch.answers.reserve(items.size());
    try {
        auto began = Steady::now();
        session_->begin_write();
        load(batch, items);
        for (Item* item : items) take(batch, *item);
        save(batch);
        save_readings();
        bool tally_due = began - tally_written_ > std::chrono::seconds(1);
        for (auto& counted : batch.counted)
            tally_.add(counted.event, *counted.procedure, counted.kind, counted.kind_before);
        if (tally_due) tally_.write(*session_, batch.clock);
        auto committing = Steady::now();
        session_->commit();
        double commit_s = std::chrono::duration<double>(Steady::now() - committing).count();
        if (tally_due) {
            tally_.written();
            tally_written_ = began;
        }
        figures_.batches.fetch_add(1, std::memory_order_relaxed);
        figures_.commands.fetch_add(static_cast<std::int64_t>(items.size()), std::memory_order_relaxed);
        figures_.events.fetch_add(static_cast<std::int64_t>(batch.counted.size()), std::memory_order_relaxed);
        if (figures_.on_batch) figures_.on_batch(items.size(), commit_s);
    } catch (std::exception const& error) {
        bool came_through = recover(batch, error);
        if (came_through) {  // committed, though the answer of the COMMIT was lost
            for (auto& [item, answered] : batch.answers) answer(*item, std::move(answered));
            return;
        }
        if (items.size() > 1) {
            for (Item* item : items) process({item});
            return;
        }
        figures_.failed.fetch_add(1, std::memory_order_relaxed);
        auto const* broken = dynamic_cast<store::Error const*>(&error);
        bool full = broken != nullptr && (broken->kind() == store::Error::Kind::full ||
                                          broken->kind() == store::Error::Kind::read_only);
        answer(*items.front(), {Answer::Kind::failed,
                                {full ? "store.full" : "server.failed", {}, {{"what", error.what()}}, {}},
                                {},
                                {},
                                {}});
        return;
    }
    heads_ = batch.heads;
    clock_ = batch.clock;
    if (!batch.touched.empty()) last_batch_ = batch.id;
    for (auto const& [key, answered] : batch.answered)
        answered_[std::hash<std::string>{}(key)] = {answered.event, answered.at};
    for (std::int64_t id : batch.touched) {
        auto done = cache_.find(id);
        wakes_.learn(MatterId(id), done->second.wakes());
        if (!done->second.open()) cache_.erase(done);  // what is over is seldom asked for again
    }
    if (cache_.size() > options_.cached_matters) cache_.clear();
    if (others_wrote_ && Steady::now() - wakes_learned_ > std::chrono::seconds(1)) {
        wakes_.learn_all(*session_);
        others_wrote_ = false;
        wakes_learned_ = Steady::now();
    }
    std::vector<std::function<void(std::vector<Changed> const&)>> followers;
    {
        std::lock_guard lock(mutex_);
        committed_heads_ = heads_;
        if (!batch.changed.empty()) followers = followers_;
    }
    for (auto& [item, answered] : batch.answers) answer(*item, std::move(answered));
    for (auto const& follower : followers) follower(batch.changed);
}

/// After a failure: everything in memory as the database has it. True when the batch is in it all the same: a lost
/// connection may have swallowed the answer of a COMMIT that came through; the batch's id in the heads tells.
bool Engine::recover(Batch const& batch, std::exception const& error) {
    constexpr int kTries = 25;
    session_->rollback();
    forget_cache();
    auto const* broken = dynamic_cast<store::Error const*>(&error);
    bool lost = broken != nullptr && broken->kind() == store::Error::Kind::connection;
    bool came_through = false;
    for (int tries = 0; tries < (lost ? kTries : 1); ++tries) {
        try {
            if (lost) session_ = store_.open_writer();
            if (lost && !batch.touched.empty())
                session_->query("SELECT COUNT(*) FROM head WHERE batch = $1", {store::Bytes{batch.id}},
                                [&](store::Row const& row) { came_through = row.integer(0) > 0; });
            heads_ = load_heads(*session_);
            for (Head const& head : heads_) clock_ = std::max(clock_, head.counter);
            tally_.written();  // what was counted in memory but not written is counted again from the journal
            catch_up(tally_, *session_, procedures());
            break;
        } catch (std::exception const&) {  // not back yet; the next batch tries again
            if (lost) std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    }
    std::lock_guard lock(mutex_);
    committed_heads_ = heads_;
    return came_through;
}

void Engine::forget_cache() { cache_.clear(); }

void Engine::load(Batch& batch, std::vector<Item*> const& items) {
    {
        std::lock_guard lock(mutex_);
        batch.rules = rules_;
        batch.calendar = calendar_;
        batch.procedures = procedures_;
    }
    if (store_.engine() == store::Engine::postgresql) {  // other nodes may write: hold the heads, see who was last
        std::string newest;
        std::int64_t highest = -1;
        session_->query(
            "SELECT lane, counter, events, hash, batch FROM head WHERE lane >= 0 ORDER BY lane FOR UPDATE", {},
            [&](store::Row const& row) {
                if (row.integer(1) > highest) highest = row.integer(1), newest = row.bytes(4);
            });
        if (newest != last_batch_ && highest >= 0) {
            forget_cache();
            others_wrote_ = true;
            heads_ = load_heads(*session_);
            clock_ = highest;
        }
    }
    batch.heads = heads_;
    batch.clock = clock_;
    batch.id = crypto::random_bytes(16);
    batch.lane = next_lane_ = static_cast<int>((next_lane_ + 1) % kLanes);
    std::vector<std::int64_t> missing;
    std::unordered_map<std::int64_t, bool> wanted;
    auto want = [&](MatterId id) {
        if (!id || !wanted.emplace(id.value, true).second) return;
        if (!cache_.contains(id.value)) missing.push_back(id.value);
    };
    for (Item* item : items) {
        if (auto const* command = std::get_if<Command>(&item->request.what))
            for (MatterId id : reads(*command).matters) want(id);
        else
            want(std::get<Wake>(item->request.what).matter);
    }
    if (!missing.empty())
        for (Matter& matter : load_matters(*session_, missing, batch.procedures)) {
            std::int64_t id = matter.id.value;
            batch.matters.emplace(id, std::move(matter));
        }
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
        MatterId taken = batch.external_seen[{command.source, command.external}];
        session_->query("SELECT matter FROM external WHERE source = $1 AND number = $2",
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

void Engine::save(Batch& batch) {
    if (batch.touched.empty()) return;
    RowBuffer matters, stayed, shares, stayed_shares, heads;
    for (std::int64_t id : batch.touched)
        put_matter(batch.moved.contains(id) ? matters : stayed, batch.matters.at(id));
    for (auto const& [matter, share] : batch.shares) {
        Matter const& m = batch.matters.at(matter);
        put_assignment(batch.moved_shares.contains(share) ? shares : stayed_shares,
                       *m.assignment(AssignmentId(share)), m);
    }
    for (int lane : batch.lanes) {
        Head const& head = batch.heads[static_cast<std::size_t>(lane)];
        heads.integer(lane);
        heads.integer(head.counter);
        heads.integer(head.events);
        heads.bytes(std::string(crypto::view(head.hash)));
        heads.bytes(batch.id);
    }
    session_->write(kHeadTable, heads.cells());
    if (!matters.empty()) session_->write(kMatterTable, matters.cells());
    if (!stayed.empty()) session_->write(kMatterStayedTable, stayed.cells());
    if (!shares.empty()) session_->write(kAssignmentTable, shares.cells());
    if (!stayed_shares.empty()) session_->write(kAssignmentStayedTable, stayed_shares.cells());
    session_->append(kEventTable, batch.events.cells());
    if (!batch.personal.empty()) session_->append(kPersonalTable, batch.personal.cells());
    if (!batch.blind.empty()) session_->append(kBlindTable, batch.blind.cells());
    if (!batch.codes.empty()) session_->append(kQueryCodeTable, batch.codes.cells());
    if (!batch.external.empty()) session_->append(kExternalTable, batch.external.cells());
    if (!batch.idempotency.empty()) session_->append(kIdempotencyTable, batch.idempotency.cells());
    if (!batch.outbox.empty()) session_->append(kOutboxTable, batch.outbox.cells());
}

}  // namespace banyan
