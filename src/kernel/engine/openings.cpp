// Matters that begin with a step, and those that take one with it: all of them, or none.
#include <algorithm>
#include <utility>

#include "kernel/engine/batch.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"

namespace banyan {
namespace {

/// Of the personal fields those that the step asks for too.
json::object asked_for(json::object const& personal, Step const& step) {
    json::object kept;
    for (auto const& said : personal) {
        auto const field = std::ranges::find(step.form, std::string_view(said.key()), &Field::name);
        if (field != step.form.end() && field->personal) kept[said.key()] = said.value();
    }
    return kept;
}

}  // namespace

/// Who asked in the matter that `event` is of, with what it says itself: the account, the query code, and the
/// personal fields as they were said last; from the journal, from the batch that is on its way there, and from
/// this one.
Engine::WhoAsked Engine::who_asked(Batch const& batch, Event const& event) {
    WhoAsked who;
    auto learn = [&](json::object const& personal) {
        for (auto const& said : personal) who.personal[said.key()] = said.value();
    };
    if (event.matter) {
        Matter const& matter = *batch.matters.at(event.matter.value);
        who.account = matter.asker;
        std::vector<Event const*> const fresh = Batch::fresh_events(flight_.get(), batch, matter.id);
        Matter stored;
        stored.last_event = fresh.empty() ? matter.last_event : fresh.front()->before;
        for (EventRow const& row : load_history(*reading_, stored))
            if (!commitment_of(row).empty()) learn(open_personal(*reading_, row.id, keys_));
        for (Event const* one : fresh) learn(one->personal);
        std::string sealed;
        reading_->query("SELECT hash, sealed FROM query_code WHERE lane = $1 AND matter = $2",
                        {std::int64_t{matter.id.lane()}, matter.id.value}, [&](store::Row const& row) {
                            who.code.code_hash = row.bytes(0);
                            sealed = row.bytes(1);
                        });
        if (auto code = keys_.open(crypto::place("query_code", matter.id.value, "code"), sealed))
            who.code.code = *code;
    }
    learn(event.personal);
    if (event.set.asker) who.account = *event.set.asker;
    return who;
}

/// The event, the first ones of the matters that begin with it, and those of the matters that it takes along. All
/// are decided before one is applied.
Result<Answer> Engine::follow_up_all(Batch& batch, Event event, std::shared_ptr<Procedure const> const& procedure,
                                     Moment const& moment, Request const* request) {
    if (event.opens.empty() && event.along.empty()) return follow_up(batch, std::move(event), procedure, request);
    BANYAN_TRY(std::vector<Event> begun, decide_openings(event, *batch.rules, moment));
    std::vector<Event> along;
    if (!event.along.empty()) {
        std::vector<std::int64_t> ids;
        for (Along const& other : event.along) ids.push_back(other.matter.value);
        load_missing(batch, ids);
        std::vector<Matter const*> others;
        for (std::int64_t const id : ids) {
            auto const found = batch.matters.find(id);
            others.push_back(found == batch.matters.end() ? nullptr : found->second.get());
        }
        Matter const& matter = *batch.matters.at(event.matter.value);
        BANYAN_TRY(along, decide_along(event, matter, others, *batch.rules, moment));
    }
    int const lane = event.matter ? event.matter.lane() : batch.lane;
    std::optional<WhoAsked> asker;
    for (std::size_t i = 0; i < begun.size(); ++i) {
        begun[i].matter = event.opens[i].matter = batch.next_matter(lane);
        begun[i].recorded = event.recorded;
        if (!event.opens[i].asker) continue;
        if (!asker) asker = who_asked(batch, event);
        Procedure const& theirs = *batch.rules->procedures.find(event.opens[i].procedure)->second;
        begun[i].personal = asked_for(asker->personal, theirs.step_at(begun[i].step));
        if (asker->account) begun[i].set.asker = asker->account;
    }
    std::vector<Opening> const opens = event.opens;
    Instant const recorded = event.recorded;
    Answer made = follow_up(batch, std::move(event), procedure, request);
    for (std::size_t i = 0; i < begun.size(); ++i) {
        begun[i].set.opened_by = made.matter;
        follow_up(batch, std::move(begun[i]), batch.rules->procedures.find(opens[i].procedure)->second,
                  opens[i].asker ? &asker->code : nullptr);
    }
    for (Event& taken : along) {
        std::shared_ptr<Procedure const> const theirs = batch.matters.at(taken.matter.value)->procedure;
        taken.recorded = std::max(recorded, taken.at);
        follow_up(batch, std::move(taken), theirs, nullptr);
    }
    return made;
}

}  // namespace banyan
