#include "systems/knowledge/written.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "kernel/engine/rebuild.h"
#include "kernel/procedure/fields.h"

namespace banyan::knowledge {
namespace {

std::optional<Day> day_in(Form const& form, std::string_view field) { return parse_day(form.text(field)); }

/// A draft as the form says it; its days are those that are published.
Entry draft_in(Form const& form) {
    Entry entry;
    entry.title = form.text("title");
    entry.variants = split(form.text("variants"), "\n");
    entry.body = form.text("answer");
    entry.basis = form.text("basis");
    entry.articles = split(form.text("articles"), "\n");
    entry.class_code = form.text("class");
    entry.force.area = form.text("region");
    entry.staff_only = form.text("audience") == "staff";
    return entry;
}

struct Said {
    std::string step;
    Form form;
    Instant at;
};

/// All that was said, or nothing when it cannot be read.
std::optional<std::vector<Said>> said_in(std::span<EventRow const> history, Procedure const& procedure) {
    std::vector<Said> all;
    for (EventRow const& row : history) {
        Result<Event> event = readable_event(row, procedure);
        if (!event) return std::nullopt;
        all.push_back({procedure.step_at(event->step).name, Form(std::move(event->form)), event->at});
    }
    return all;
}

}  // namespace

bool concerns_knowledge(std::string_view step) {
    static constexpr std::array<std::string_view, 13> kSteps{
        "draft",   "take_up", "dismiss", "publish", "give_up",   "take_down", "expire",
        "correct", "adopt",   "decline", "settle",  "send_back", "strike"};
    return std::ranges::find(kSteps, step) != kSteps.end();
}

std::optional<Written> written_by(std::span<EventRow const> history, Matter const& matter) {
    auto const said = said_in(history, *matter.procedure);
    if (!said) return std::nullopt;
    Written written;
    written.matter = matter.id;
    written.entry = receipt_number(matter.id);
    written.ended = !matter.open();
    Entry draft;
    std::string unit;
    for (auto const& [step, form, at] : *said) {
        if (form.has("lead")) unit = form.text("lead");
        if (form.has("entry")) {
            written.entry = form.text("entry");
            written.through = static_cast<int>(form.integer("entry_version").value_or(0));
        }
        if (form.has("answer")) draft = draft_in(form);
        if (step == "take_down" || step == "strike") written.taken_down = at;
        if (step != "publish") continue;
        Entry& entry = written.versions.emplace_back(draft);
        entry.id = written.entry;
        entry.version = ++written.through;
        entry.unit = unit;
        entry.matter = matter.id;
        entry.force.from = day_in(form, "from");
        entry.force.until = day_in(form, "until");
    }
    return written;
}

std::optional<Correction> correction_of(std::span<EventRow const> history, Matter const& matter) {
    auto const said = said_in(history, *matter.procedure);
    if (!said || said->empty()) return std::nullopt;
    Form const& proposed = said->front().form;
    Correction correction{matter.id,
                          std::string(proposed.text("entry")),
                          static_cast<int>(proposed.integer("entry_version").value_or(0)),
                          {},
                          !matter.open()};
    for (Said const& each : *said) {
        if (each.step == "adopt") correction.outcome = "adopted";
        if (each.step == "decline") correction.outcome = "declined";
        if (each.step == "send_back") correction.outcome.clear();
    }
    return correction;
}

}  // namespace banyan::knowledge
