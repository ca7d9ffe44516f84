#include "systems/brief/handover.h"

#include "kernel/engine/rebuild.h"
#include "systems/brief/standing.h"

namespace banyan::brief {
namespace {

constexpr std::string_view kSource = "handover";  // its numbers are instants: one a second, in the order of time
constexpr std::size_t kMostNumbers = 100;

std::string numbers_of(Left const& left) {
    std::string all;
    for (std::size_t i = 0; i < std::min(kMostNumbers, left.matters.size()); ++i)
        all += (i == 0 ? "" : " ") + receipt_number(left.matters[i]);
    return all;
}

}  // namespace

std::vector<Left> left_now(Sources const& sources, store::Session& session, Engine& engine, Actor const& viewer) {
    Standing const open = standing(session, engine, viewer);
    auto of = [](char const* what, std::vector<MatterId> const& ids) {
        return Left{what, static_cast<std::int64_t>(ids.size()), ids};
    };
    return {{"ring_backs", sources.ring_backs(session), {}},
            of("undispatched", open.undispatched),
            of("near", open.near),
            of("to_report_up", open.to_report_up),
            {"unread_notices", sources.unread_notices(session, viewer), {}}};
}

Command writing(std::vector<Left> const& left, Texts const& texts, Actor const& leader, std::string_view remarks,
                Instant now) {
    json::array rows;
    for (Left const& each : left) {
        json::object row{{"what", each.what}, {"count", each.count}};
        if (std::string const numbers = numbers_of(each); !numbers.empty()) row["numbers"] = numbers;
        rows.push_back(std::move(row));
    }
    std::string const at = rfc3339(now).substr(0, 19);
    Command command;
    command.actor = leader;
    command.actor.role = "shift_writer";
    command.procedure = "handover";
    command.step = "write_handover";
    command.form = {{"title", texts.sentence("brief.handover_title", Language::zh,
                                             {{"day", at.substr(0, 10)}, {"time", at.substr(11, 5)}})},
                    {"remarks", remarks},
                    {"left", std::move(rows)}};
    command.source = kSource;
    command.external = at;
    return command;
}

std::vector<MatterId> latest_handovers(store::Session& session, std::size_t most) {
    std::vector<MatterId> ids;
    session.query(
        "SELECT matter FROM external WHERE source = $1 ORDER BY number DESC LIMIT " + std::to_string(most),
        {kSource}, [&](store::Row const& row) { ids.emplace_back(row.integer(0)); });
    return ids;
}

std::optional<Handover> load_handover(store::Session& session, api::House const& house, Actor const& viewer,
                                      MatterId id) {
    auto matter = load_matter(session, id, house.engine.procedures());
    auto const rules = house.engine.rules();
    if (!matter || matter->procedure->name != kSource ||
        !rules->access->may_see(viewer, *matter, *rules->directory))
        return std::nullopt;
    std::optional<Event> written, signed_for;
    for (EventRow const& row : load_history(session, *matter)) {
        auto event = readable_event(row, *matter->procedure);
        if (!event) continue;
        if (row.step == "write_handover") written = std::move(*event);
        if (row.step == "sign_handover") signed_for = std::move(*event);
    }
    if (!written) return std::nullopt;
    return Handover{std::move(*matter), std::move(*written), std::move(signed_for)};
}

}  // namespace banyan::brief
