#include "systems/calls/call.h"

#include <algorithm>
#include <array>

namespace banyan::calls {
namespace {

using What = Report::What;
constexpr std::array<std::string_view, 7> kReports{"offered",   "ringing", "answered", "ended",
                                                   "abandoned", "rated",   "asked"};
constexpr std::array<std::string_view, 5> kStates{"waiting", "ringing", "talking", "ended", "abandoned"};

Result<void> ring(Call& call, Report const& report) {
    Instant const over = call.abandoned ? call.abandoned : call.ended;
    if (over && report.at > over) return refuse("call_report.after_end", "at");
    if (!call.ringing || report.at < call.ringing) call.ringing = report.at;
    bool const later = report.at > call.rang || (report.at == call.rang && report.seat > call.seat);
    if (later && !call.answered) call.seat = report.seat;
    call.rang = std::max(call.rang, report.at);
    return {};
}

Result<void> answer(Call& call, Report const& report) {
    if (call.abandoned) return refuse("call.abandoned");
    if (call.answered) return refuse("call_report.other", "what", {{"what", "answered"}});
    if (call.ended && report.at > call.ended) return refuse("call_report.after_end", "at");
    call.answered = report.at;
    call.seat = report.seat;
    if (!report.recording.empty()) call.recording = report.recording;
    return {};
}

Result<void> end(Call& call, Report const& report) {
    if (call.abandoned) return refuse("call.abandoned");
    if (call.ended) return refuse("call_report.other", "what", {{"what", "ended"}});
    if (call.answered && report.at < call.answered) return refuse("call_report.before_answer", "at");
    if (!call.answered && report.at < call.rang) return refuse("call_report.too_early", "at");
    call.ended = report.at;
    if (!report.recording.empty()) call.recording = report.recording;
    return {};
}

Result<void> abandon(Call& call, Report const& report) {
    if (call.answered) return refuse("call.answered");
    if (call.ended) return refuse("call_report.other", "what", {{"what", "ended"}});
    if (call.abandoned) return refuse("call_report.other", "what", {{"what", "abandoned"}});
    if (report.at < call.rang) return refuse("call_report.too_early", "at");
    call.abandoned = report.at;
    return {};
}

Result<void> rate_it(Call& call, Report const& report) {
    if (call.abandoned) return refuse("call.not_answered");
    if (call.rated) return refuse("call_report.other", "what", {{"what", "rated"}});
    call.rated = report.at;
    call.rating = report.rating;
    return {};
}

Result<void> ask_it(Call& call, Report const& report) {
    if (call.abandoned) return refuse("call.not_answered");
    if (call.asked) return refuse("call_report.other", "what", {{"what", "asked"}});
    call.asked = report.at;
    return {};
}

}  // namespace

std::string_view name(State state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view name(What what) { return kReports[static_cast<std::size_t>(what)]; }

std::optional<What> report_named(std::string_view what) {
    auto found = std::ranges::find(kReports, what);
    if (found == kReports.end()) return std::nullopt;
    return static_cast<What>(found - kReports.begin());
}

State state_of(Call const& call) {
    if (call.abandoned) return State::abandoned;
    if (call.ended) return State::ended;
    if (call.answered) return State::talking;
    return call.ringing ? State::ringing : State::waiting;
}

Result<void> take(Call& call, Report const& report) {
    if (report.at < call.offered) return refuse("call_report.too_early", "at");
    switch (report.what) {
        case What::offered:
            return refuse("call_report.other", "what", {{"what", "offered"}});
        case What::ringing:
            return ring(call, report);
        case What::answered:
            return answer(call, report);
        case What::ended:
            return end(call, report);
        case What::abandoned:
            return abandon(call, report);
        case What::rated:
            return rate_it(call, report);
        case What::asked:
            return ask_it(call, report);
    }
    return {};
}

Times times_of(Call const& call, Instant now) {
    Times times;
    Instant const over = call.answered    ? call.answered
                         : call.abandoned ? call.abandoned
                         : call.ended     ? call.ended
                                          : std::max(now, call.offered);
    times.waiting = over - call.offered;
    if (call.ringing && call.answered) times.answering = std::max(call.answered - call.ringing, Span{});
    if (call.answered && call.ended) times.talking = call.ended - call.answered;
    if (call.answered && call.ended && call.finished) times.after = std::max(call.finished - call.ended, Span{});
    return times;
}

}  // namespace banyan::calls
