// What is done to checks of calls: a sample by lot, marks on the card, objections and decisions.
#include <atomic>

#include "systems/calls/call_checks.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

std::vector<std::string> examining_roles() { return {"shift_leader", "examiner"}; }

// ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────
using Held = std::shared_ptr<http::Respond>;

/// What somebody wants to do to a check, as a command.
using Plan = std::function<Result<Command>(Office const&, CallCheck const&, Form const&)>;

/// Looked at on a reader's thread, then taken by the engine like any step.
void take_step(Desk& desk, api::Call&& call, http::Respond respond, Plan plan) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    auto kept = std::make_shared<api::Call>(std::move(call));
    auto refused = [&desk, held, asker = api::asker_of(*kept)](Refusal const& refusal) {
        (*held)(api::refused(desk.house, asker, refusal));
    };
    auto job = [&desk, held, kept, refused, plan = std::move(plan)](store::Session& session) {
        auto const rules = desk.house.engine.rules();
        Office const office{session,           desk.book,     desk.house.keys,
                            *rules->directory, kept->actor(), desk.house.engine.now()};
        auto const id = call_of(kept->param(0));
        Result<CallCheck> const check = id ? seen_check(office, *id) : refuse("call_check.unknown");
        if (!check) return refused(check.error());
        Result<Command> command = plan(office, *check, Form(kept->body));
        if (!command) return refused(command.error());
        command->matter = check->matter;
        Request request;
        request.what = std::move(*command);
        request.deadline = wall_clock() + seconds(10);
        api::command(desk.house, *kept, std::move(request), std::move(*held), 200);
    };
    bool const taken = desk.house.readers.submit(std::move(job), [refused](std::exception const& error) {
        refused({"server.failed", {}, {{"what", error.what()}}, {}});
    });
    if (!taken) refused({"server.busy", {}, {}, {}});
}

Result<Command> examiners(Office const& office, CallCheck const& check, std::string step) {
    BANYAN_TRY(Actor as, examiner_of(office.actor, check));
    Command command;
    command.actor = std::move(as);
    command.step = std::move(step);
    return command;
}

Result<void> put_marks(ScoreCard const& card, Form const& said, json::object& form) {
    json::value const* marks = said.values().if_contains("marks");
    if (marks == nullptr) return {};
    BANYAN_TRY(Score const found, score(card, marks->as_array()));
    form["marks"] = *marks;
    form["points"] = found.points;
    form["passed"] = found.passed;
    return {};
}

Plan marking(Desk& desk) {
    return [&desk](Office const& office, CallCheck const& check, Form const& said) -> Result<Command> {
        BANYAN_TRY(Command command, examiners(office, check, "mark_call"));
        BANYAN_CHECK(put_marks(desk.card, said, command.form));
        if (said.has("comment")) command.form["comment"] = said.text("comment");
        return command;
    };
}

/// With marks they are changed, without it is upheld.
Plan deciding(Desk& desk) {
    return [&desk](Office const& office, CallCheck const& check, Form const& said) -> Result<Command> {
        bool const changes = said.has("marks");
        BANYAN_TRY(Command command, examiners(office, check, changes ? "change_mark" : "uphold_mark"));
        BANYAN_CHECK(put_marks(desk.card, said, command.form));
        command.form["reason"] = said.text("reason");
        return command;
    };
}

Result<Command> leaving_out(Office const& office, CallCheck const& check, Form const& said) {
    BANYAN_TRY(Command command, examiners(office, check, "leave_out"));
    command.form["reason"] = said.text("reason");
    return command;
}

/// The seat is not named in the journal: other seats find the matter.
Result<Command> objecting(Office const& office, CallCheck const& check, Form const& said) {
    BANYAN_TRY(Actor as, call_taker_of(office.actor, check.seat, "call_check.not_yours"));
    as.person = {};
    Command command;
    command.actor = std::move(as);
    command.step = "object_to_mark";
    command.form["reason"] = said.text("reason");
    return command;
}

// ── a sample ─────────────────────────────────────────────────────────────────────────────────────────────────
struct Sample {
    Held respond;
    api::Asker asker;
    std::atomic<std::int64_t> left = 0, opened = 0, already = 0;
    std::mutex mutex;
    std::optional<Refusal> failed;
};

void told(Desk& desk, std::shared_ptr<Sample> const& sample, Answer const& answer) {
    if (answer.ok())
        ++sample->opened;
    else if (answer.refusal.key == "matter.already")
        ++sample->already;
    else {
        std::lock_guard const lock(sample->mutex);
        sample->failed = answer.refusal;
    }
    if (sample->left.fetch_sub(1) != 1) return;
    std::lock_guard const lock(sample->mutex);
    if (sample->failed) return (*sample->respond)(api::refused(desk.house, sample->asker, *sample->failed));
    (*sample->respond)(
        api::json_reply(200, json::object{{"drawn", sample->opened.load()}, {"already", sample->already.load()}}));
}

Result<std::vector<CallId>> sample_of(Desk const& desk, Office const& office, Form const& said, Day day) {
    Day const today = kBeijing.day(office.now);
    if (day >= today || today - day > desk.card.oldest_days)
        return refuse("call_check.day", "day", {{"most", std::to_string(desk.card.oldest_days)}});
    if (said.has("calls") == said.has("percent")) return refuse("call_check.how_many", "calls");
    std::vector<CallId> const calls = load_answered(office, day);
    if (calls.empty()) return refuse("call_check.no_calls", "day");
    std::size_t many = static_cast<std::size_t>(said.integer("calls").value_or(0));
    if (auto const percent = said.integer("percent"))
        many = (calls.size() * static_cast<std::size_t>(*percent) + 99) / 100;
    return drawn(day, calls, std::min(many, static_cast<std::size_t>(desk.card.most)));
}

void draw(Desk& desk, api::Call&& call, http::Respond respond) {
    auto sample = std::make_shared<Sample>();
    sample->respond = std::make_shared<http::Respond>(std::move(respond));
    sample->asker = api::asker_of(call);
    auto refused = [&desk, sample](Refusal const& refusal) {
        (*sample->respond)(api::refused(desk.house, sample->asker, refusal));
    };
    auto job = [&desk, sample, refused, kept = std::move(call)](store::Session& session) {
        auto const rules = desk.house.engine.rules();
        Office const office{session,           desk.book,    desk.house.keys,
                            *rules->directory, kept.actor(), desk.house.engine.now()};
        Form const said(kept.body);
        Day const day = *parse_day(said.text("day"));
        Result<std::vector<CallId>> const calls = sample_of(desk, office, said, day);
        if (!calls) return refused(calls.error());
        Person const* who = office.directory.person(office.actor.person);
        sample->left = static_cast<std::int64_t>(calls->size());
        for (CallId const id : *calls) {
            Command const command =
                drawing(desk.house.texts, {id, day, {}, {}}, who != nullptr ? who->login : std::string());
            Request request;
            request.what = command;
            request.deadline = wall_clock() + seconds(10);
            request.done = [&desk, sample](Answer&& answer) { told(desk, sample, answer); };
            if (!desk.house.engine.submit(std::move(request)))
                told(desk, sample, {Answer::Kind::busy, {"server.busy", {}, {}, {}}, {}, {}, {}});
        }
    };
    bool const taken = desk.house.readers.submit(std::move(job), [refused](std::exception const& error) {
        refused({"server.failed", {}, {{"what", error.what()}}, {}});
    });
    if (!taken) refused({"server.busy", {}, {}, {}});
}

Field marks_field(bool required) {
    return {.name = "marks",
            .type = Field::Type::list,
            .required = required,
            .least = 1,
            .most = 40,
            .inner = {{.name = "item", .type = Field::Type::code, .required = true},
                      {.name = "points", .type = Field::Type::integer, .required = true, .most = 100},
                      {.name = "note", .most = 300}},
            .about = "each item of the card, once"};
}
Field reason_field() { return {.name = "reason", .required = true, .least = 2, .most = 500}; }

api::Operation step_operation(Desk& desk, std::string const& name, std::string summary, Plan plan) {
    api::Operation one{.method = http::Method::post};
    one.pattern = "/api/v1/call_checks/{call}/" + name;
    one.name = "call_check." + name;
    one.summary = std::move(summary);
    one.tag = "call_checks";
    one.roles = examining_roles();
    one.path = {{.name = "call", .type = Field::Type::code}};
    one.replies = {{200, "the matter as it is now"},
                   {403, "not theirs to do"},
                   {404, "there is none to see"},
                   {409, "not its turn"}};
    one.reply = outcome_shape();
    one.handle = [&desk, plan = std::move(plan)](api::Call&& call, http::Respond respond) {
        take_step(desk, std::move(call), std::move(respond), plan);
    };
    return one;
}

}  // namespace

Command drawing(Texts const& texts, CallCheck const& check, std::string const& asked_by) {
    Command command;
    command.actor = Actor::time();
    command.procedure = "call_check";
    command.step = "draw_call";
    command.source = kCheckSource;
    command.external = check.call.text();
    command.form = {{"title", texts.sentence("call_check.title", Language::zh,
                                             {{"day", iso(check.day)}, {"call", check.call.text()}})},
                    {"call", check.call.text()},
                    {"call_day", iso(check.day)},
                    {"asked_by", asked_by}};
    return command;
}

void add_check_acts(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/call_checks",
             .name = "call_check.draw",
             .summary = "Draws calls of a day by lot, so many or so great a share; the same lot each time",
             .tag = "call_checks",
             .roles = examining_roles(),
             .body = {{.name = "day", .type = Type::day, .required = true, .about = "that is over"},
                      {.name = "calls", .type = Type::integer, .least = 1, .most = 300, .about = "how many; or"},
                      {.name = "percent", .type = Type::integer, .least = 1, .most = 100, .about = "rounded up"}},
             .replies = {{200, "how many are new, and how many had been drawn before"},
                         {422, "a day that is not over, or without calls"}},
             .reply = shape::object({{"drawn", shape::count()}, {"already", shape::count()}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 draw(desk, std::move(call), std::move(respond));
             }});
    api::Operation one = step_operation(desk, "mark", "Marks a call on the card; never one's own", marking(desk));
    one.body = {marks_field(true), {.name = "comment", .most = 1000}};
    api.add(std::move(one));
    one = step_operation(desk, "leave_out", "A call that is not fit to be marked", leaving_out);
    one.body = {reason_field()};
    api.add(std::move(one));
    one = step_operation(desk, "object", "The seat of the call objects to its marks", objecting);
    one.roles = {"seat", "shift_leader"};
    one.body = {reason_field()};
    api.add(std::move(one));
    one = step_operation(desk, "decide",
                         "Decides on an objection, by who has not marked: with marks they are changed, without "
                         "upheld",
                         deciding(desk));
    one.body = {marks_field(false), reason_field()};
    api.add(std::move(one));
}

}  // namespace banyan::calls
