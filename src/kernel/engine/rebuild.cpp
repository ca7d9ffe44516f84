#include "kernel/engine/rebuild.h"

#include <algorithm>

namespace banyan {
namespace {

bool known(std::vector<Mark> const& marks, Procedure const& procedure) {
    return std::ranges::all_of(marks, [&](Mark const& mark) {
        return mark.step >= 0 && static_cast<std::size_t>(mark.step) < procedure.steps.size();
    });
}

/// Of a top-level member; parsed only when the text can have it, as most have not.
std::string member_of(std::string const& body, std::string_view name) {
    if (body.find("\"" + std::string(name) + "\":\"") == std::string::npos) return {};
    json::error_code error;
    json::value const value = json::parse(body, error);
    if (error || !value.is_object()) return {};
    json::value const* member = value.as_object().if_contains(name);
    return member != nullptr && member->is_string() ? std::string(member->as_string()) : std::string();
}

std::string kind_name(Matter const& matter) {
    return matter.kind < 0 ? std::string() : matter.procedure->kinds[static_cast<std::size_t>(matter.kind)];
}

}  // namespace

Result<Event> readable_event(EventRow const& row, Procedure const& procedure) {
    BANYAN_TRY(Event event, event_from(row, procedure));
    bool const kind = !event.set.kind ||
                      (*event.set.kind >= 0 && static_cast<std::size_t>(*event.set.kind) < procedure.kinds.size());
    if (!kind || !std::ranges::all_of(event.assignments,
                                      [&](Assignment const& share) { return known(share.marks, procedure); }))
        return refuse("event.unreadable");
    return event;
}

std::optional<Matter> rebuild(std::span<EventRow const> history, std::shared_ptr<Procedure const> const& procedure,
                              OnApplied const& on_applied) {
    if (history.empty()) return std::nullopt;
    Matter matter;
    matter.procedure = procedure;
    for (EventRow const& row : history) {
        if (row.no != matter.version + 1 || row.before != matter.last_event) return std::nullopt;
        if (row.matter != history.front().matter || row.hash.size() != matter.last_hash.size())
            return std::nullopt;
        Result<Event> event = readable_event(row, *procedure);
        if (!event) return std::nullopt;
        std::string const kind_before = kind_name(matter);
        apply(matter, *event);
        std::ranges::copy(row.hash, reinterpret_cast<char*>(matter.last_hash.data()));
        if (on_applied) on_applied(*event, kind_name(matter), kind_before);
    }
    return matter;
}

std::optional<Past> past_of(std::span<EventRow const> history, std::shared_ptr<Procedure const> const& procedure) {
    if (history.size() < 2) return std::nullopt;
    std::optional<Matter> before = rebuild(history.first(history.size() - 1), procedure);
    Result<Event> last = readable_event(history.back(), *procedure);
    if (!before || !last) return std::nullopt;
    return Past{std::move(*last), std::move(*before), false};
}

std::string procedure_of(EventRow const& row) {
    return row.no == 1 ? member_of(row.body, "procedure") : std::string();
}

std::string commitment_of(EventRow const& row) { return member_of(row.body, "personal"); }

}  // namespace banyan
