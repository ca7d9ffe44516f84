#include "systems/calls/switchboard.h"

#include <fmt/format.h>

#include <algorithm>

#include "systems/calls/ring_backs.h"
#include "systems/calls/seats.h"

namespace banyan::calls {
namespace {

constexpr std::size_t kMostMatters = 20;

/// Keyed: what it says of a number cannot be guessed from it.
std::string digest_of(crypto::Keyring const& keys, Report const& report) {
    return keys.blind_index(fmt::format("call_report:{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", name(report.what),
                                        report.at.us, report.seat.value, plain_number(report.number), report.line,
                                        report.language, report.recording, report.rating));
}

Call offered_call(Office const& office, std::string_view external, Report const& report) {
    Call call;
    call.id = CallId(next_id(office.session, "call"));
    call.telephone = office.actor.person;
    call.external = external;
    call.line = report.line.empty() ? office.book.own_line() : std::string_view(report.line);
    call.language = report.language;
    call.offered = report.at;
    seal_number(office.keys, call, report.number);
    return call;
}

/// What else changes with a report.
void follow_up(Office const& office, Call const& call, Report::What what) {
    using What = Report::What;
    if (what == What::offered || what == What::rated || what == What::asked) return;
    follow(office, call);
    if (what == Report::What::abandoned) missed(office, call);
    if (what == Report::What::answered) answered(office, call);
}

Act act_of(Office const& office, CallId call, std::string_view what) {
    Act act;
    act.call = call;
    act.what = what;
    act.person = office.actor.person;
    act.at = office.now;
    return act;
}

bool leads(Actor const& actor) { return actor.role == "shift_leader"; }

}  // namespace

Result<Reported> take_report(Office const& office, std::string_view external, Report const& report) {
    if (report.at > office.now + office.book.clock_ahead) return refuse("call_report.in_future", "at");
    auto call = load_call(office.session, office.actor.person, external);
    Told const told{report, digest_of(office.keys, report)};
    if (call) {
        auto const before = load_told(office.session, call->id);
        if (std::ranges::find(before, told.digest, &Told::digest) != before.end()) return Reported{call->id, true};
        BANYAN_CHECK(take(*call, report));
    } else {
        if (report.what != Report::What::offered) return refuse("call.unknown");
        call = offered_call(office, external, report);
    }
    save_call(office.session, *call);
    save_told(office.session, call->id, told, office.now);
    follow_up(office, *call, report.what);
    return Reported{call->id, false};
}

Result<Call> seen_call(Office const& office, CallId id) {
    auto call = load_call(office.session, id);
    if (!call || !in_scope(office.actor, office.directory, call->seat)) return refuse("call.unknown");
    return std::move(*call);
}

Result<Call> own_call(Office const& office, CallId id) {
    BANYAN_TRY(Call call, seen_call(office, id));
    if (call.closed && !leads(office.actor)) return refuse("call.closed");
    return call;
}

Result<void> attach(Office const& office, CallId id, MatterId matter) {
    BANYAN_TRY(Call const call, own_call(office, id));
    if (!call.answered) return refuse("call.not_answered");
    auto const matters = load_matters_of(office.session, id);
    if (std::ranges::find(matters, matter) != matters.end()) return {};
    if (matters.size() >= kMostMatters)
        return refuse("call.too_many_matters", "matter", {{"most", std::to_string(kMostMatters)}});
    Act act = act_of(office, id, "attach");
    act.matter = matter;
    save_matter(office.session, id, matter, act);
    return {};
}

Result<void> detach(Office const& office, CallId id, MatterId matter) {
    BANYAN_CHECK(own_call(office, id));
    auto const matters = load_matters_of(office.session, id);
    if (std::ranges::find(matters, matter) == matters.end()) return refuse("call.not_attached", "matter");
    forget_matter(office.session, id, matter);
    Act act = act_of(office, id, "detach");
    act.matter = matter;
    save_act(office.session, std::move(act));
    return {};
}

Result<void> close(Office const& office, CallId id, std::string_view closing, std::string_view note) {
    BANYAN_TRY(Call call, own_call(office, id));
    if (!call.answered) return refuse("call.not_answered");
    Closing const* how = office.book.closing(closing);
    if (how == nullptr) return refuse("call.closing_unknown", "closing", {{"closing", std::string(closing)}});
    bool const attached = !load_matters_of(office.session, id).empty();
    if (how->matter == Closing::Matter::needed && !attached) return refuse("call.needs_matter", "closing");
    if (how->matter == Closing::Matter::none && attached) return refuse("call.without_matter", "closing");
    Act act = act_of(office, id, "close");
    act.before = call.closing;
    act.note = note;
    call.closing = closing;
    call.closed = office.now;
    call.closed_by = office.actor.person;
    save_call(office.session, call);
    save_act(office.session, std::move(act));
    return {};
}

Result<void> mark_language(Office const& office, CallId id, std::string_view language) {
    BANYAN_TRY(Call call, own_call(office, id));
    if (!office.book.knows_language(language)) return refuse("call.language_unknown", "language");
    if (call.language == language) return {};
    Act act = act_of(office, id, "mark");
    act.before = call.language;
    call.language = language;
    save_call(office.session, call);
    save_act(office.session, std::move(act));
    return {};
}

Result<std::string> unmask(Office const& office, CallId id, std::string_view reason) {
    BANYAN_TRY(Call const call, seen_call(office, id));
    bool const own_open = call.seat == office.actor.person && !call.closed;
    if (!own_open && !leads(office.actor)) return refuse("call.closed");  // practice.md: a seat its own open call
    if (!own_open && reason.empty()) return refuse("field.required", "reason");
    if (call.number.empty()) return refuse("call.number_withheld");
    Act act = act_of(office, id, "unmask");
    act.note = reason;
    save_act(office.session, std::move(act));
    return number_of(office.keys, call);
}

}  // namespace banyan::calls
