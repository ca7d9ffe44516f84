#include "systems/hotline/repeats.h"

#include "kernel/engine/blind.h"
#include "kernel/engine/view.h"
#include "platform/config/toml.h"

namespace banyan::hotline {
namespace {

constexpr std::size_t kAtOnce = 500;
constexpr std::size_t kMostOfOne = 200;  ///< of one telephone or account; who has more has been seen long ago
constexpr Span kFresh = days(2);         ///< what happened earlier (an import) begins nothing

bool is_acceptance(std::string_view step) { return step == "accept" || step == "attach"; }

std::string kind_of(Matter const& matter) {
    return matter.kind < 0 ? std::string() : matter.procedure->kinds[static_cast<std::size_t>(matter.kind)];
}

}  // namespace

Result<RepeatNumbers> read_repeat_numbers(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    RepeatNumbers numbers;
    auto number = [&](std::string_view name, int& into) {
        json::value const* value = document.root.if_contains(name);
        if (value == nullptr || !value->is_int64() || value->as_int64() < 1 || value->as_int64() > 3'660)
            return false;
        into = static_cast<int>(value->as_int64());
        return true;
    };
    if (!number("times", numbers.times) || numbers.times < 2) return refuse("repeats.numbers", "times");
    if (!number("days", numbers.days)) return refuse("repeats.numbers", "days");
    json::value const* kinds = document.root.if_contains("kinds");
    if (kinds == nullptr || !kinds->is_array()) return refuse("repeats.numbers", "kinds");
    for (json::value const& kind : kinds->as_array()) {
        if (!kind.is_string()) return refuse("repeats.numbers", "kinds");
        numbers.kinds.emplace(kind.as_string());
    }
    json::value const* step = document.root.if_contains("step");
    if (step == nullptr || !step->is_string()) return refuse("repeats.numbers", "step");
    numbers.step = step->as_string();
    return numbers;
}

Repeats::Repeats(Engine& engine, store::Store& store, crypto::Keyring const& keys, RepeatNumbers numbers)
    : engine_(engine),
      store_(store),
      keys_(keys),
      numbers_(std::move(numbers)),
      follower_(store, engine, "repeats"),
      behind_(engine) {}

void Repeats::start() {
    behind_.start(
        "repeats", std::chrono::seconds(1), [this] { run_once(); },
        [this](std::string const& why) {
            if (on_failure) on_failure(why);
        });
}

void Repeats::stop() { behind_.stop(); }

void Repeats::run_once() {
    while (!behind_.stopping()) {
        std::vector<EventRow> const events = follower_.read(kAtOnce);
        if (events.empty()) return;
        std::unique_ptr<store::Session> session;
        for (EventRow const& event : events) {
            if (!is_acceptance(event.step) || event.recorded - event.at > kFresh ||
                engine_.now() - event.at > kFresh)
                continue;
            if (!session) session = store_.open_reader();
            look_at(event.matter, *session);
        }
        engine_.write_now([&](store::Session& writing) { follower_.keep(writing, events.back().id); });
        behind_.rest();
    }
}

void Repeats::look_at(MatterId accepted, store::Session& session) {
    std::vector<Matter> const found = load_matters(session, std::vector{accepted.value}, engine_.procedures());
    if (found.empty()) return;
    Matter const& matter = found.front();
    if (matter.class_code.empty() || !numbers_.kinds.contains(kind_of(matter)) ||
        matter.procedure->step(numbers_.step) < 0)
        return;
    std::vector<std::int64_t> ids;
    for (MatterId const id : of_the_same_person(matter, session)) ids.push_back(id.value);
    int times = 0;
    for (Matter const& other : load_matters(session, ids, engine_.procedures()))
        if (other.procedure->name == matter.procedure->name && other.class_code == matter.class_code &&
            numbers_.kinds.contains(kind_of(other)) && other.accepted_at &&
            other.accepted_at <= matter.accepted_at &&
            matter.accepted_at - other.accepted_at < days(numbers_.days))
            ++times;
    if (times == numbers_.times) supervise(matter, times);
}

/// The matter itself is among them.
std::set<MatterId> Repeats::of_the_same_person(Matter const& matter, store::Session& session) const {
    std::set<MatterId> all{matter.id};
    if (matter.asker)
        session.query("SELECT id FROM matter WHERE asker = $1 ORDER BY id DESC LIMIT $2",
                      {matter.asker.value, static_cast<std::int64_t>(kMostOfOne)},
                      [&](store::Row const& row) { all.emplace(row.integer(0)); });
    for (EventRow const& row : load_history(session, matter)) {
        if (row.no != 1) continue;
        json::object const said = open_personal(session, row.id, keys_);
        if (json::value const* phone = said.if_contains("phone"); phone != nullptr && phone->is_string())
            for (MatterId const id :
                 find_blind(session, blind_token(keys_, "phone", phone->as_string()), kMostOfOne))
                all.insert(id);
    }
    return all;
}

void Repeats::supervise(Matter const& matter, int times) {
    Answer const answer =
        take_by_clock(engine_, "repeats", matter.id, numbers_.step, {{"trigger", "repeated"}, {"times", times}},
                      "repeated:" + matter.id.text());
    if (!answer.ok() && on_failure)  // over meanwhile
        on_failure("supervise " + receipt_number(matter.id) + ": " + answer.refusal.key);
}

}  // namespace banyan::hotline
