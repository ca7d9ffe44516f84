#include "kernel/publication/publication.h"

#include <algorithm>
#include <cmath>

#include "kernel/engine/rebuild.h"

namespace banyan::publication {
namespace {

constexpr double kGrid = 1000;  ///< points a degree: 0.001° is 111 m from south to north

bool flag(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && *value == true;
}

std::string text(json::object const& object, std::string_view name) {
    json::value const* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::optional<Point> point(json::object const& facts) {
    json::value const* value = facts.if_contains("public_point");
    if (value == nullptr || !value->is_object()) return std::nullopt;
    json::value const* lat = value->as_object().if_contains("lat");
    json::value const* lon = value->as_object().if_contains("lon");
    if (lat == nullptr || lon == nullptr || !lat->is_number() || !lon->is_number()) return std::nullopt;
    return Point{std::round(lat->to_number<double>() * kGrid) / kGrid,
                 std::round(lon->to_number<double>() * kGrid) / kGrid};
}

std::string kind_of(Matter const& matter) {
    return matter.kind < 0 ? std::string() : matter.procedure->kinds[static_cast<std::size_t>(matter.kind)];
}

Assignment const* leading(Matter const& matter) {
    Assignment const* lead = matter.lead();
    return lead != nullptr && lead->progress != Progress::returned ? lead : nullptr;
}

/// What was written to the appellant, and is not taken back.
class Replies {
  public:
    void take(Event const& event) {
        if (event.undoes) std::erase_if(said_, [&](Said const& one) { return one.event == event.undoes; });
        for (char const* field : {"public_reply", "answer"})
            if (std::string words = text(event.form, field); !words.empty())
                said_.push_back({event.id, event.assignment, std::move(words)});
    }
    /// The lead's, once it is approved; or the answer that closed it on the spot.
    std::string approved(Matter const& matter) const {
        Assignment const* lead = leading(matter);
        if (lead == nullptr ? matter.open() : lead->progress != Progress::approved) return {};
        AssignmentId const by = lead == nullptr ? AssignmentId() : lead->id;
        auto const last =
            std::find_if(said_.rbegin(), said_.rend(), [&](Said const& one) { return one.assignment == by; });
        return last == said_.rend() ? std::string() : last->text;
    }

  private:
    struct Said {
        EventId event;
        AssignmentId assignment;
        std::string text;
    };
    std::vector<Said> said_;
};

Published published(Matter const& matter, std::string reply) {
    Published row;
    row.matter = matter.id;
    row.class_code = matter.class_code;
    row.region = matter.region;
    row.title = text(matter.facts, "public_title");
    row.text = text(matter.facts, "public_text");
    row.place = text(matter.facts, "public_place");
    row.point = point(matter.facts);
    row.reply = std::move(reply);
    if (Assignment const* lead = leading(matter)) row.unit = lead->unit;
    row.open = matter.open();
    row.opened = matter.filed_at;
    if (!row.open) row.closed = matter.closed_at;
    return row;
}

using Each = std::function<void(Matter const&, Event const&, EventRow const&)>;

/// Calls `each` with the matter as every event left it. False: it cannot be read.
bool replay(std::span<EventRow const> history, std::shared_ptr<Procedure const> const& procedure,
            Each const& each) {
    Matter matter;
    matter.procedure = procedure;
    for (EventRow const& row : history) {
        Result<Event> event = readable_event(row, *procedure);
        if (!event) return false;
        apply(matter, *event);
        each(matter, *event, row);
    }
    return !history.empty();
}

/// The public row from event to event.
class Course {
  public:
    explicit Course(Mask const& mask) : mask_(mask) {}

    void take(Matter const& matter, Event const& event, EventRow const& said) {
        replies_.take(event);
        bool const said_so = event.undoes ? shown_before_ : says_released(said);
        shown_before_ = now_.has_value();
        if (!is_public(matter) || (!now_ && !said_so)) {  // begins anew, should it be released again
            now_.reset();
            updates_.clear();
            return;
        }
        std::string reply = replies_.approved(matter);
        if (!reply.empty()) reply = mask_(reply);
        Published row = published(matter, std::move(reply));
        row.updated = now_ ? now_->updated : event.at;
        if (now_ == row) return;
        row.updated = event.at;
        tell(row);
        now_ = std::move(row);
    }
    std::optional<Publication> end() {
        if (!now_) return std::nullopt;
        return Publication{std::move(*now_), std::move(updates_)};
    }

  private:
    void tell(Published const& row) {
        bool const new_reply = row.reply != (now_ ? now_->reply : std::string());
        if (now_ && now_->open == row.open && !new_reply) return;
        updates_.push_back({row.matter, ++told_, row.updated, row.open, new_reply ? row.reply : std::string()});
    }

    Mask const& mask_;
    Replies replies_;
    std::optional<Published> now_;
    std::vector<Update> updates_;
    bool shown_before_ = false;  ///< the last event, which an undo takes back
    int told_ = 0;               ///< goes on when it is released again: a number is given once
};

}  // namespace

bool is_public(Matter const& matter) {
    return flag(matter, "released") && flag(matter, "may_publish") && !flag(matter, "confidential") &&
           !flag(matter, "anonymous") && kind_of(matter) != "report";
}

bool says_released(EventRow const& event) { return event.body.find("\"released\":") != std::string::npos; }

std::optional<Publication> publication_of(std::span<EventRow const> history,
                                          std::shared_ptr<Procedure const> const& procedure, Mask const& mask) {
    Course course(mask);
    bool const read = replay(
        history, procedure,
        [&](Matter const& matter, Event const& event, EventRow const& row) { course.take(matter, event, row); });
    return read ? course.end() : std::nullopt;
}

ToldAsker told_asker(std::span<EventRow const> history, std::shared_ptr<Procedure const> const& procedure) {
    Replies replies;
    ToldAsker told;
    bool open = false;
    replay(history, procedure, [&](Matter const& matter, Event const& event, EventRow const&) {
        replies.take(event);
        std::string reply = replies.approved(matter);
        bool const new_reply = reply != told.reply, now_open = matter.open();
        if (new_reply || now_open != open)
            told.updates.push_back({matter.id, static_cast<int>(told.updates.size()) + 1, event.at, now_open,
                                    new_reply ? reply : std::string()});
        told.reply = std::move(reply);
        open = now_open;
    });
    return told;
}

}  // namespace banyan::publication
