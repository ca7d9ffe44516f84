#include "kernel/matter/tree.h"

#include <algorithm>

namespace banyan {
namespace {

using States = std::vector<Progress>;

/// No tree operation ever offers a matter to whom it is about (DESIGN section 4).
Result<Unit const*> handler(TreeInput const& in, std::string_view code, std::string field) {
    Unit const* unit = in.directory.unit(code);
    if (unit == nullptr) return refuse("unit.unknown", std::move(field), {{"unit", std::string(code)}});
    if (unit->heir)
        return refuse("unit.ended", std::move(field),
                      {{"unit", unit->zh}, {"heir", in.directory.unit(in.directory.now(unit->id))->zh}});
    if (in.matter.about && in.directory.in_subtree(unit->id, in.matter.about))
        return refuse("assignment.accused", std::move(field));
    return unit;
}

/// Days that end as the matter's do: at 24:00, or at closing.
Limit working_days(int n, Limit of_the_matter) {
    return {n, Limit::Unit::working_day, of_the_matter.in_days() && of_the_matter.to_closing};
}

/// A limit of its own, never after what is above it.
Result<void> own_due(TreeInput const& in, Assignment& share, std::optional<Due> const& ceiling,
                     std::string const& beyond) {
    share.due = ceiling;
    share.limit = in.matter_limit();
    Calendar const& calendar = *in.moment.calendar;
    if (auto days = in.form.integer("days")) {
        share.limit = working_days(static_cast<int>(*days), in.matter_limit());
        share.due = due_after(calendar, in.moment.now, share.limit);
    } else if (std::string_view day = in.form.text("due"); !day.empty()) {
        Day last = parse_day(day).value_or(Day{});
        if (last < in.moment.today()) return refuse("assignment.due_past", "form.due");
        share.due = Due{last, end_of(calendar, last, in.matter_limit()), !calendar.published(last)};
    } else {
        share.first_due = share.due;
        return {};
    }
    if (ceiling && share.due->instant > ceiling->instant)
        return refuse(beyond, in.form.has("days") ? "form.days" : "form.due");
    share.first_due = share.due;
    return {};
}

Assignment fresh(TreeInput const& in, UnitId unit, Share share_kind) {
    Assignment share;
    share.unit = unit;
    share.share = share_kind;
    share.offered_at = in.moment.now;
    share.by = in.actor.person;
    share.limit = in.matter_limit();
    share.due = share.first_due = in.matter_due();
    return share;
}

Result<void> add_assists(TreeInput const& in, std::vector<Assignment>& changed) {
    for (std::string_view code : in.form.texts("assist")) {
        BANYAN_TRY(Unit const* unit, handler(in, code, "form.assist"));
        auto holds = [&](Assignment const& other) {
            return other.open() && in.directory.stands_for(unit->id, other.unit) && other.share != Share::delegate;
        };
        if (std::ranges::any_of(in.matter.assignments, holds) || std::ranges::any_of(changed, holds))
            return refuse("assignment.already", "form.assist", {{"unit", unit->code}});
        Assignment share = fresh(in, unit->id, Share::assist);
        if (in.form.integer("assist_days")) {
            share.limit = working_days(static_cast<int>(*in.form.integer("assist_days")), in.matter_limit());
            share.due = due_after(*in.moment.calendar, in.moment.now, share.limit);
            if (auto const& due = in.matter_due(); due && share.due->instant > due->instant)
                return refuse("assignment.beyond_matter", "form.assist_days");
            share.first_due = share.due;
        }
        changed.push_back(std::move(share));
    }
    return {};
}

/// Who finds the matter and has nothing to report: an assist that is let off from the beginning.
Result<void> add_informed(TreeInput const& in, std::vector<Assignment>& changed) {
    for (std::string_view code : in.form.texts("informed")) {
        BANYAN_TRY(Unit const* unit, handler(in, code, "form.informed"));
        auto holds = [&](Assignment const& other) { return in.directory.stands_for(unit->id, other.unit); };
        if (std::ranges::any_of(changed, holds)) continue;
        Assignment share = fresh(in, unit->id, Share::assist);
        share.progress = Progress::waived;
        share.due = share.first_due = std::nullopt;
        changed.push_back(std::move(share));
    }
    return {};
}

Result<std::vector<Assignment>> offer(TreeInput const& in, bool designated) {
    if (std::ranges::any_of(in.matter.assignments,
                            [](Assignment const& s) { return s.share == Share::lead && s.open(); }))
        return refuse("dispatch.has_lead");
    std::string_view code = in.form.text("lead");
    if (code.empty()) return refuse("field.required", "form.lead");
    BANYAN_TRY(Unit const* unit, handler(in, code, "form.lead"));
    if (Unit const* centre = in.directory.unit(in.actor.unit); centre != nullptr && centre->group == "district")
        if (!in.directory.in_subtree(unit->id, centre->id))
            return refuse("dispatch.outside_district", "form.lead");
    bool gave_back = std::ranges::any_of(in.matter.assignments, [&](Assignment const& s) {
        return in.directory.stands_for(unit->id, s.unit) && s.progress == Progress::returned &&
               s.share == Share::lead;
    });
    if (gave_back && !designated) return refuse("dispatch.returned_by_it", "form.lead", {{"unit", unit->code}});
    std::vector<Assignment> changed{fresh(in, unit->id, Share::lead)};
    changed[0].designated = designated;
    BANYAN_CHECK(own_due(in, changed[0], in.matter_due(), "assignment.beyond_matter"));
    BANYAN_CHECK(add_assists(in, changed));
    BANYAN_CHECK(add_informed(in, changed));
    return changed;
}

Result<std::vector<Assignment>> delegate(TreeInput const& in) {
    BANYAN_TRY(Unit const* unit, handler(in, in.form.text("unit"), "form.unit"));
    if (in.directory.stands_for(unit->id, in.at->unit) || !in.directory.in_subtree(unit->id, in.at->unit))
        return refuse("delegate.not_below", "form.unit");
    if (std::ranges::any_of(in.matter.assignments, [&](Assignment const& s) {
            return s.parent == in.at->id && in.directory.stands_for(unit->id, s.unit) && s.open();
        }))
        return refuse("assignment.already", "form.unit", {{"unit", unit->code}});
    Assignment below = fresh(in, unit->id, Share::delegate);
    below.parent = in.at->id;
    below.designated = in.form.flag("designated");
    BANYAN_CHECK(own_due(in, below, in.at->due, "delegate.beyond_parent"));
    return std::vector{below};
}

/// The share and everything below it that is open.
void end_below(TreeInput const& in, AssignmentId top, Progress progress, std::vector<Assignment>& changed) {
    for (Assignment const& share : in.matter.assignments)
        if (share.parent == top && share.open()) {
            changed.push_back(share);
            changed.back().progress = progress;
            end_below(in, share.id, progress, changed);
        }
}

std::vector<Assignment> all_to(TreeInput const& in, Progress from, Progress to) {
    std::vector<Assignment> changed;
    for (Assignment const& share : in.matter.assignments)
        if (share.progress == from) {
            changed.push_back(share);
            changed.back().progress = to;
        }
    return changed;
}

/// A new limit from now; the matter's due follows when it would be earlier.
void new_due(TreeInput const& in, Assignment& share, Limit limit) {
    Calendar const& calendar = *in.moment.calendar;
    share.limit = limit;
    share.due = due_after(calendar, in.moment.now, limit);
    if (!in.matter.due || share.due->instant > in.matter.due->instant) in.set.due = share.due;
}

Result<std::vector<Assignment>> send_back(TreeInput const& in) {
    std::vector<Assignment> changed;
    for (Assignment const& share : in.matter.assignments)
        if (share.progress == Progress::replied && share.share == Share::lead) {
            Assignment again = share;
            again.progress = Progress::working;
            Due again_due = due_after(*in.moment.calendar, in.moment.now,
                                      in.limit.value_or(Limit{1, Limit::Unit::working_day}));
            if (!again.due || again_due.instant > again.due->instant) {
                again.due = again_due;
                if (!in.matter.due || again_due.instant > in.matter.due->instant) in.set.due = again_due;
            }
            changed.push_back(std::move(again));
        }
    if (changed.empty()) return refuse("assignment.out_of_turn");
    return changed;
}

Result<std::vector<Assignment>> redo(TreeInput const& in) {
    Assignment const* last = in.matter.lead();
    if (last == nullptr) {
        if (!in.matter.led_by) return refuse("redo.no_lead");
        in.set.redone = true;  // it was answered with another: now it goes a way of its own
        in.set.clock = Clock::running;
        in.set.due = due_after(*in.moment.calendar, in.moment.now, in.limit.value_or(in.matter.limit));
        return std::vector<Assignment>{};
    }
    if (in.directory.unit(last->unit) == nullptr) return refuse("unit.unknown");
    Assignment again = *last;
    again.progress = Progress::signed_for;
    again.replied_at = again.contacted_at = {};
    again.asked = Asked::nothing;
    new_due(in, again, in.limit.value_or(in.matter.limit));
    again.first_due = again.due;
    in.set.redone = true;
    in.set.clock = Clock::running;
    return std::vector{again};
}

}  // namespace

States states_for(TreeWord word) {
    switch (word) {
        case TreeWord::sign:
            return {Progress::offered};
        case TreeWord::contact:
            return {Progress::signed_for, Progress::working};
        case TreeWord::reply:
            return {Progress::signed_for, Progress::working};
        case TreeWord::ask_return:
            return {Progress::offered, Progress::signed_for, Progress::working};
        case TreeWord::ask_extension:
            return {Progress::signed_for, Progress::working};
        case TreeWord::delegate:
            return {Progress::signed_for, Progress::working};
        case TreeWord::grant_return:
        case TreeWord::refuse_return:
        case TreeWord::grant_extension:
        case TreeWord::refuse_extension:
        case TreeWord::recall:
        case TreeWord::waive:
            return {Progress::offered, Progress::signed_for, Progress::working};
        default:
            return {};
    }
}

Result<std::vector<Assignment>> grow(TreeWord word, TreeInput const& in) {
    std::vector<Assignment> changed;
    if (in.at != nullptr) changed.push_back(*in.at);
    switch (word) {
        case TreeWord::none:
            return std::vector<Assignment>{};
        case TreeWord::offer:
            return offer(in, false);
        case TreeWord::designate:
            return offer(in, true);
        case TreeWord::assist: {
            std::vector<Assignment> added;
            BANYAN_CHECK(add_assists(in, added));
            if (added.empty()) return refuse("field.required", "form.assist");
            return added;
        }
        case TreeWord::sign:
            changed[0].progress = Progress::signed_for;
            changed[0].signed_at = in.moment.now;
            return changed;
        case TreeWord::contact:
            changed[0].progress = Progress::working;
            if (!changed[0].contacted_at) changed[0].contacted_at = in.moment.now;
            return changed;
        case TreeWord::reply:
            if (changed[0].asked != Asked::nothing) return refuse("assignment.waits_for_decision");
            changed[0].progress = Progress::replied;
            changed[0].replied_at = in.moment.now;
            return changed;
        case TreeWord::approve:
            return all_to(in, Progress::replied, Progress::approved);
        case TreeWord::send_back:
            return send_back(in);
        case TreeWord::ask_return:
            if (changed[0].asked != Asked::nothing) return refuse("assignment.waits_for_decision");
            changed[0].asked = Asked::to_return;
            return changed;
        case TreeWord::grant_return:
            changed[0].asked = Asked::nothing;
            changed[0].progress = Progress::returned;
            end_below(in, changed[0].id, Progress::ended, changed);
            return changed;
        case TreeWord::refuse_return:
        case TreeWord::refuse_extension:
            changed[0].asked = Asked::nothing;
            changed[0].more_asked = 0;
            return changed;
        case TreeWord::delegate:
            return delegate(in);
        case TreeWord::recall:
            if (changed[0].share != Share::delegate) return refuse("recall.not_delegate");
            changed[0].progress = Progress::ended;
            end_below(in, changed[0].id, Progress::ended, changed);
            return changed;
        case TreeWord::waive:
            if (changed[0].share != Share::assist) return refuse("waive.not_assist");
            changed[0].progress = Progress::waived;
            end_below(in, changed[0].id, Progress::ended, changed);
            return changed;
        case TreeWord::ask_extension: {
            if (changed[0].asked != Asked::nothing) return refuse("assignment.waits_for_decision");
            auto days = in.form.integer("days");
            if (!days || *days < 1) return refuse("field.required", "form.days");
            if (*days > changed[0].limit.amount)
                return refuse("extension.too_long", "form.days",
                              {{"most", std::to_string(changed[0].limit.amount)}});
            changed[0].asked = Asked::extension;
            changed[0].more_asked = static_cast<int>(*days);
            return changed;
        }
        case TreeWord::grant_extension: {
            if (!changed[0].due) return refuse("extension.no_due");
            Limit more = changed[0].limit;
            more.amount = changed[0].more_asked;
            changed[0].due = extend(*in.moment.calendar, *changed[0].due, more);
            changed[0].asked = Asked::nothing;
            changed[0].more_asked = 0;
            if (changed[0].share == Share::lead && in.matter.due &&
                changed[0].due->instant > in.matter.due->instant)
                in.set.due = changed[0].due;
            return changed;
        }
        case TreeWord::redo:
            return redo(in);
        case TreeWord::close: {
            std::vector<Assignment> ended;
            for (Assignment const& share : in.matter.assignments)
                if (share.open()) {
                    ended.push_back(share);
                    ended.back().progress = Progress::ended;
                }
            return ended;
        }
    }
    return std::vector<Assignment>{};
}

}  // namespace banyan
