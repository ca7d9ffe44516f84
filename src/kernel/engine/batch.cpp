// A batch: what it needs is loaded, its commands are decided. What follows: follow_up.cpp; how it is committed:
// flight.cpp.
#include "kernel/engine/batch.h"

#include <algorithm>
#include <utility>

#include "platform/crypto/random.h"

namespace banyan {

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
std::unique_ptr<Engine::Batch> Engine::begin_batch(int shard) {
    auto batch = std::make_unique<Batch>(cache_);
    {
        std::lock_guard lock(mutex_);
        batch->rules = rules_;
        batch->calendar = calendar_;
        batch->procedures = procedures_;
    }
    batch->heads = batch->began = heads_;
    batch->clock = clock_;
    batch->follows = last_batch_;
    batch->id = crypto::random_bytes(16);
    batch->shard = shard < 0 ? static_cast<int>(new_shard_) : shard;
    if (batch->shard == static_cast<int>(new_shard_)) new_shard_ = (new_shard_ + 1) % shards_.size();
    std::vector<std::int64_t> const& lanes = shards_[static_cast<std::size_t>(batch->shard)];
    next_lane_ = (next_lane_ + 1) % kLanes;
    batch->lane = static_cast<int>(lanes[next_lane_ % lanes.size()]);
    return batch;
}

/// What the items from `from` on read.
std::vector<std::int64_t> Engine::matters_of(std::deque<Item> const& items, std::size_t from) {
    std::vector<std::int64_t> ids;
    for (std::size_t i = from; i < items.size(); ++i) {
        if (auto const* command = std::get_if<Command>(&items[i].request.what))
            for (MatterId id : reads(*command).matters) ids.push_back(id.value);
        else
            ids.push_back(std::get<Wake>(items[i].request.what).matter.value);
    }
    return ids;
}

/// The items from `from` on: what they need is loaded together, then one after the other decides and is applied.
void Engine::take_from(Batch& batch, std::size_t from) {
    load_missing(batch, matters_of(batch.items, from));
    for (std::size_t i = from; i < batch.items.size(); ++i) take(batch, batch.items[i]);
}

/// Those of them that are not in hand, with a few statements; what does not exist stays away.
void Engine::load_missing(Batch& batch, std::vector<std::int64_t> ids) {
    std::erase_if(ids, [&](std::int64_t id) { return id == 0 || cache_.contains(id); });
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    if (ids.empty()) return;
    for (Matter& matter : load_matters(*reading_, ids, batch.procedures)) {
        std::int64_t const id = matter.id.value;
        batch.matters.emplace(id, std::make_unique<Matter>(std::move(matter)));
    }
}

void Engine::take(Batch& batch, Item& item) {
    Answer made;
    if (auto const* command = std::get_if<Command>(&item.request.what))
        made = take_command(batch, item.request, *command);
    else
        made = take_wake(batch, std::get<Wake>(item.request.what));
    if (made.kind == Answer::Kind::refused) ++batch.refused;
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
    auto named = name_files(batch, command.actor, *event, *procedure);
    if (!named) return {Answer::Kind::refused, std::move(named.error()), {}, {}, {}};
    Result<Answer> made = follow_up_all(batch, std::move(*event), procedure, moment, &request);
    for (NamedUpload& upload : *named) {
        if (!made) break;
        upload.matter = made->matter, upload.event = made->event;
        batch.named_files.push_back(std::move(upload));
    }
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
        ++batch.timers;
        last = std::move(*made);
    }
    return last;
}

}  // namespace banyan
