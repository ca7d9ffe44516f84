// kernel/lessons/lessons.h: what the city's own matters teach: every dispatch is a lesson of class, kind and
// urgency as they stand at the end, every return one of a unit that was not the right one.
//
// Read from the store, oldest first; a server may run beside it. Only what was confirmed counts: accepted matters,
// and those answered on the spot. A matter whose lead share was returned and not given away again is weak: its
// class is in doubt.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/engine/tables.h"
#include "kernel/learning/renewal.h"

namespace banyan {

struct CityLesson {
    MatterId matter;
    Instant at;  ///< filed
    std::string title, body;
    std::string class_code, kind;  ///< empty: was never said
    bool urgent = false;
    bool weak = false;
};

/// Where matters of a class in a region went, and how often they came back.
struct Route {
    std::string class_code, region;
    UnitId unit;
    auto operator<=>(Route const&) const = default;
};
struct RouteFigures {
    int given = 0, returned = 0;
};

struct CityLessons {
    std::vector<CityLesson> matters;
    std::map<Route, RouteFigures> routes;
};

/// The newest `most` of them.
CityLessons read_lessons(store::Session& session, Procedures const& procedures, std::size_t most);

/// What a model says of a matter.
enum class Subject { class_code, kind, urgent };
inline constexpr std::array kSubjects{Subject::class_code, Subject::kind, Subject::urgent};
std::string_view name(Subject subject);  ///< "class", "kind", "urgent": also the model's file, NAME.model

/// Lessons of one subject; views into `from`. Urgent is "yes" or "no".
std::vector<learning::Lesson> lessons_of(CityLessons const& from, Subject subject);

}  // namespace banyan
