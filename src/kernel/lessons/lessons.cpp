#include "kernel/lessons/lessons.h"

#include <algorithm>

namespace banyan {
namespace {

constexpr std::size_t kPage = 500;

std::string member(json::object const& object, std::string_view name) {
    json::value const* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

bool is_true(json::object const& object, std::string_view name) {
    json::value const* found = object.if_contains(name);
    return found != nullptr && found->is_bool() && found->as_bool();
}

/// What was filed; nothing when it had no text, as matters of other rulebooks may.
std::optional<CityLesson> filed(store::Session& session, Matter const& matter) {
    std::vector<EventRow> const history = load_history(session, matter);
    if (history.empty()) return std::nullopt;
    auto const event = event_from(history.front(), *matter.procedure);
    if (!event) return std::nullopt;
    CityLesson lesson;
    lesson.title = matter.title;
    lesson.body = member(event->form, "body");
    if (lesson.title.empty() && lesson.body.empty()) return std::nullopt;
    return lesson;
}

bool confirmed(Matter const& matter) {
    return matter.accepted_at.us != 0 || matter.procedure->at(matter.stage).name == "answered";
}

/// The last unit that was to lead gave it back, and no other has it yet.
bool returned_last(Matter const& matter) {
    bool returned = false;
    for (Assignment const& share : matter.assignments)
        if (share.share == Share::lead && !share.parent) returned = share.progress == Progress::returned;
    return returned;
}

void note_routes(Matter const& matter, std::map<Route, RouteFigures>& routes) {
    if (matter.class_code.empty()) return;
    for (Assignment const& share : matter.assignments) {
        if (share.share != Share::lead || share.parent) continue;
        RouteFigures& figures = routes[{matter.class_code, matter.region, share.unit}];
        ++figures.given;
        figures.returned += share.progress == Progress::returned;
    }
}

}  // namespace

CityLessons read_lessons(store::Session& session, Procedures const& procedures, std::size_t most) {
    CityLessons lessons;
    std::vector<std::int64_t> ids;  // in the order of time, newest first
    session.query("SELECT id FROM matter ORDER BY id DESC", {},
                  [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    for (std::size_t from = 0; from < ids.size() && lessons.matters.size() < most; from += kPage) {
        std::span<std::int64_t const> const page(ids.data() + from, std::min(kPage, ids.size() - from));
        std::vector<Matter> matters = load_matters(session, page, procedures);
        std::ranges::sort(matters, std::greater{}, [](Matter const& matter) { return matter.id.value; });
        for (Matter const& matter : matters) {
            if (lessons.matters.size() == most) break;
            if (matter.procedure->name != "appeal" || !confirmed(matter)) continue;
            note_routes(matter, lessons.routes);
            auto lesson = filed(session, matter);
            if (!lesson) continue;
            lesson->matter = matter.id;
            lesson->at = matter.filed_at;
            lesson->class_code = matter.class_code;
            if (matter.kind >= 0) lesson->kind = matter.procedure->kinds[static_cast<std::size_t>(matter.kind)];
            lesson->urgent = is_true(matter.facts, "urgent");
            lesson->weak = returned_last(matter);
            lessons.matters.push_back(std::move(*lesson));
        }
    }
    std::ranges::reverse(lessons.matters);
    return lessons;
}

std::string_view name(Subject subject) {
    switch (subject) {
        case Subject::class_code:
            return "class";
        case Subject::kind:
            return "kind";
        case Subject::urgent:
            return "urgent";
    }
    return "";
}

std::vector<learning::Lesson> lessons_of(CityLessons const& from, Subject subject) {
    std::vector<learning::Lesson> lessons;
    for (CityLesson const& matter : from.matters) {
        std::string_view label = matter.urgent ? "yes" : "no";
        if (subject == Subject::class_code) label = matter.class_code;
        if (subject == Subject::kind) label = matter.kind;
        if (!label.empty())
            lessons.push_back({{matter.title, matter.body}, label, subject == Subject::class_code && matter.weak});
    }
    return lessons;
}

}  // namespace banyan
