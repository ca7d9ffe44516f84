#include "systems/calls/practice.h"

#include "base/text.h"
#include "systems/calls/routes.h"
#include "systems/calls/switchboard.h"

namespace banyan::calls {
namespace {

using What = Report::What;

/// The same office, as the first telephone of the handbook would have it.
Result<Office> as_telephone(Office const& office) {
    Person const* telephone =
        office.book.telephones.empty() ? nullptr : office.directory.person(office.book.telephones.front());
    if (telephone == nullptr) return refuse("call.not_a_telephone");
    Office there = office;
    there.actor = Actor{};
    there.actor.person = telephone->id;
    there.actor.role = telephone->role;
    return there;
}

json::object told(Reported const& reported) { return {{"call", reported.call.text()}}; }

/// One after another, each number again when all have rung.
Result<json::object> ring(Desk& desk, Office const& office) {
    BANYAN_TRY(Office const there, as_telephone(office));
    std::string const external = "practice-" + std::to_string(office.now.us);
    PracticeCaller const& caller = desk.practice[desk.practice_calls++ % desk.practice.size()];
    Report report;
    report.what = What::offered;
    report.at = office.now;
    report.number = caller.number;
    report.language = caller.language;
    report.line = caller.line;
    BANYAN_TRY(Reported const offered, take_report(there, external, report));
    Report rings;
    rings.what = What::ringing;
    rings.at = office.now;
    rings.seat = office.actor.person;
    if (auto rang = take_report(there, external, rings); !rang) return refuse(rang.error());
    return told(offered);
}

/// The seat's own call that practises is answered, or ended.
Result<json::object> report(Office const& office, std::string_view id, What what) {
    auto const call_id = call_of(id);
    auto const call = call_id ? load_call(office.session, *call_id) : std::nullopt;
    if (!call || call->seat != office.actor.person || !call->external.starts_with("practice-"))
        return refuse("call.unknown");
    BANYAN_TRY(Office const there, as_telephone(office));
    Report said;
    said.what = what;
    said.at = office.now;
    if (what == What::answered) said.seat = office.actor.person;
    BANYAN_TRY(Reported const done, take_report(there, call->external, said));
    return told(done);
}

}  // namespace

std::vector<PracticeCaller> read_practice(std::string_view csv) {
    std::vector<PracticeCaller> callers;
    for (std::string const& line : split(csv, "\n")) {
        std::vector<std::string> const cells = split(line, ",");
        if (cells.size() == 3 && cells[0] != "number") callers.push_back({cells[0], cells[1], cells[2]});
    }
    return callers;
}

void add_practice_operations(api::Api& api, Desk& desk) {
    if (desk.practice.empty()) return;
    auto add = [&](std::string const& path, std::string const& name, std::string const& summary, Job const& job) {
        api::Operation made{.method = http::Method::post,
                            .pattern = "/api/v1/practice_calls" + path,
                            .name = "practice_call." + name,
                            .summary = summary,
                            .tag = "calls",
                            .roles = {"seat"},
                            .replies = {{200, "the telephone has told it"}},
                            .reply = shape::object({{"call", shape::id()}})};
        if (!path.empty()) made.path = {{.name = "id", .type = Field::Type::code, .about = "the call"}};
        made.handle = [&desk, job](api::Call&& call, http::Respond respond) {
            write(desk, std::move(call), std::move(respond), job);
        };
        api.add(std::move(made));
    };
    add("", "ring", "The demo only: a call rings at one's own seat",
        [&desk](Office const& office, api::Call const&) { return ring(desk, office); });
    add("/{id}/answer", "answer", "The demo only: one's own ringing call is taken",
        [](Office const& office, api::Call const& call) { return report(office, call.param(0), What::answered); });
    add("/{id}/hang_up", "hang_up", "The demo only: one's own call is over",
        [](Office const& office, api::Call const& call) { return report(office, call.param(0), What::ended); });
}

}  // namespace banyan::calls
