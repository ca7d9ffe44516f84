// kernel/matter/conditions.h: whether a condition of the rulebook holds.
#pragma once
#include <vector>

#include "kernel/matter/command.h"

namespace banyan {

/// What conditions may look at: the matter as it is, the share acted on, what was said, who, when.
struct View {
    Matter const& matter;
    Assignment const* at;
    Form const& form;
    Actor const& actor;
    Moment moment;
    Lists const& lists;
};

bool holds(Condition const& condition, View const& view);
bool all_hold(std::vector<Condition> const& conditions, View const& view);

/// How many days of the limit's unit the clock has stood still so far, a hold that goes on included.
int days_held(Matter const& matter, Limit const& limit, Moment const& moment);

/// From when on less than half of the matter's limit is left: the start of a day. Nothing: it has no due, or its
/// limit is not in days.
std::optional<Instant> half_over(Matter const& matter, Calendar const& calendar);

/// The value of a field as text ("true" for a set flag): the form's, else the matter's.
std::string field_value(View const& view, std::string_view field);

/// The first row whose conditions hold, with its amount; nothing: none does.
std::optional<LimitRow> choose_limit(Procedure const& procedure, std::string_view name, View const& view);

}  // namespace banyan
