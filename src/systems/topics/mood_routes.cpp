// Rising words, the barometer, warnings.
#include <cmath>

#include "kernel/engine/view.h"
#include "systems/topics/routes.h"

namespace banyan::topics {
namespace {

using namespace api;

constexpr int kWeeks = 4, kWeek = 7, kMonth = 30;

double rounded(double value) { return std::round(value * 10) / 10; }

http::Reply words(Desk& desk, Call& call) {
    int const window = static_cast<int>(Form(call.query).integer("window").value_or(kMonth));
    json::array rows;
    for (Rising const& one : desk.topics.look([&](Clusters const& clusters) {
             return rising_words(clusters, desk.house.engine.now(), window, desk.topics.numbers());
         }))
        rows.push_back(
            {{"word", one.word}, {"now", one.now}, {"before", one.before}, {"growth", rounded(one.growth)}});
    return json_reply(200, json::object{{"words", std::move(rows)}});
}

/// What came in from a district, by day.
struct Intake {
    std::map<Day, int> days;
    int week = 0, complaints = 0;
};

std::map<std::string, Intake> intakes(Clusters const& clusters, Instant now) {
    std::map<std::string, Intake> all;
    Day const today = kBeijing.day(now);
    for (auto const& [id, member] : clusters.all()) {
        std::string const district = district_of(member.region);
        if (district.empty() || member.at > now) continue;
        Intake& intake = all[district];
        Day const day = kBeijing.day(member.at);
        ++intake.days[day];
        if (today - day >= kWeek) continue;
        ++intake.week;
        if (member.kind == "complaint") ++intake.complaints;
    }
    return all;
}

/// Percent of those asked who were content, of what the district's units had to answer in the last thirty days or
/// have answered before their day.
std::map<std::string, double> satisfaction(store::Session& session, Directory const& directory, Day today) {
    std::map<std::string, std::pair<double, double>> sums;
    session.query(
        "SELECT unit, measure, SUM(n) FROM tally WHERE day > $1 AND unit <> 0 AND (measure = 'final_satisfied' "
        "OR measure = 'final_fair' OR measure = 'final_unsatisfied') GROUP BY unit, measure",
        {std::int64_t{today.number - kMonth}}, [&](store::Row const& row) {
            Unit const* unit = directory.unit(UnitId(row.integer(0)));
            std::string const district = unit == nullptr ? std::string() : district_of(unit->region);
            if (district.empty()) return;
            auto& [content, asked] = sums[district];
            asked += static_cast<double>(row.integer(2));
            if (row.text(1) != "final_unsatisfied") content += static_cast<double>(row.integer(2));
        });
    std::map<std::string, double> all;
    for (auto const& [district, sum] : sums)
        if (sum.second > 0) all[district] = 100 * sum.first / sum.second;
    return all;
}

/// Today, so far, against the same weekday of the last weeks, whole; null where nothing came in then.
std::optional<double> change_of(Intake const& intake, Day today) {
    double usual = 0;
    for (int week = 1; week <= kWeeks; ++week)
        if (auto n = intake.days.find(today - week * kWeek); n != intake.days.end()) usual += n->second;
    usual /= kWeeks;
    if (usual <= 0) return std::nullopt;
    auto now = intake.days.find(today);
    return 100 * ((now == intake.days.end() ? 0 : now->second) - usual) / usual;
}

http::Reply barometer(Desk& desk, store::Session& session, Call& call) {
    Viewing const viewing = viewing_of(desk.house, call);
    Day const today = kBeijing.day(viewing.now);
    Numbers const& numbers = desk.topics.numbers();
    auto const all = desk.topics.look([&](Clusters const& clusters) { return intakes(clusters, viewing.now); });
    std::map<std::string, double> const content = satisfaction(session, *viewing.rules->directory, today);
    std::map<std::string, int> hot;
    for (Seen const& seen : seen_topics(session, desk.topics, viewing, {kWeek, "", 50}, desk.redact))
        if (seen.heat.recent >= numbers.least_warning && seen.heat.recent > seen.heat.usual)
            ++hot[district_of(seen.portrait.region)];
    json::array rows;
    for (auto const& [district, intake] : all) {
        if (!viewing.district().empty() && district != viewing.district()) continue;
        Figures figures;
        figures.intake = intake.week;
        figures.complaints = intake.week > 0 ? 100.0 * intake.complaints / intake.week : 0;
        auto const change = change_of(intake, today);
        figures.change = change.value_or(0);
        figures.hot = hot[district];
        auto rated = content.find(district);
        if (rated != content.end()) figures.satisfaction = rated->second;
        auto const day = intake.days.find(today);
        int const now = day == intake.days.end() ? 0 : day->second;
        auto told = [&](int n) -> json::value {  // a small count tells of people
            if (!viewing.sees_all() && n > 0 && n < numbers.least_small) return nullptr;
            return n;
        };
        json::object row{{"region", district},
                         {"weather", numbers.word(figures)},
                         {"today", told(now)},
                         {"week", told(intake.week)},
                         {"complaints", told(intake.complaints)},
                         {"hot", figures.hot},
                         {"change", nullptr},
                         {"satisfaction", nullptr}};
        if (change) row["change"] = rounded(*change);
        if (figures.satisfaction) row["satisfaction"] = rounded(*figures.satisfaction);
        rows.push_back(std::move(row));
    }
    return json_reply(200, json::object{{"day", iso(today)}, {"districts", std::move(rows)}});
}

http::Reply warnings(Desk& desk, store::Session& session, Call& call) {
    Viewing const viewing = viewing_of(desk.house, call);
    int const window = static_cast<int>(Form(call.query).integer("days").value_or(kMonth));
    json::array rows;
    for (Warning const& one : load_warnings(session, viewing.now - days(window), 200)) {
        json::object row{{"at", rfc3339(one.at)},
                         {"day", iso(one.day)},
                         {"matters", one.n},
                         {"expected", rounded(one.expected)},
                         {"kind", one.topic ? "topic" : "class"}};
        if (one.topic) {
            auto seen = seen_topic(session, desk.topics, viewing, one.topic, desk.redact);
            if (!seen) continue;
            std::string const given = desk.topics.title_of(seen->topic);
            row["topic"] = seen->topic.text();
            row["title"] = given.empty() ? seen->portrait.headline : given;
            row["matters"] = std::min<std::size_t>(static_cast<std::size_t>(one.n), seen->members.size());
        } else {
            if (!viewing.district().empty() && one.region != viewing.district()) continue;
            row["class"] = one.class_code;
            row["region"] = one.region;
        }
        rows.push_back(std::move(row));
    }
    return json_reply(200, json::object{{"warnings", std::move(rows)}});
}

shape::Schema words_shape() {
    using namespace shape;
    return object({{"words", list(object({{"word", shape::text()},
                                          {"now", count("matters with it in their title")},
                                          {"before", count("as many days before")},
                                          {"growth", Schema{{"type", "number"}}}}),
                                  "those that grew most, first")}});
}

shape::Schema barometer_shape() {
    using namespace shape;
    Schema const number{{"type", "number"}};
    return object(
        {{"day", day()},
         {"districts", list(object({{"region", code("six digits")},
                                    {"weather", one_of({"clear", "cloudy", "overcast", "rain"})},
                                    {"today", or_null(count("matters so far; null: too few to be told"))},
                                    {"week", or_null(count("of the last seven days"))},
                                    {"complaints", or_null(count("among these"))},
                                    {"hot", count("topics that grow")},
                                    {"change", or_null(number)},
                                    {"satisfaction", or_null(number)}}))}});
}

shape::Schema warnings_shape() {
    using namespace shape;
    return object({{"warnings", list(object({{"at", instant("when it was noticed")},
                                             {"day", day("whose matters")},
                                             {"kind", one_of({"topic", "class"})},
                                             {"matters", count()},
                                             {"expected", Schema{{"type", "number"}}},
                                             {"topic?", id()},
                                             {"title?", shape::text()},
                                             {"class?", code()},
                                             {"region?", code("the district")}}),
                                     "the latest first")}});
}

}  // namespace

void add_mood_operations(Api& api, Desk& desk) {
    using Type = Field::Type;
    auto add = [&](std::string const& what, std::string path, std::string summary, shape::Schema reply,
                   std::function<http::Reply(store::Session&, Call&)> job, std::vector<Field> fields,
                   std::vector<std::string> roles) {
        api.add({.method = http::Method::get,
                 .pattern = std::move(path),
                 .name = "topic." + what,
                 .summary = std::move(summary),
                 .tag = "topics",
                 .roles = std::move(roles),
                 .query = std::move(fields),
                 .replies = {{200, "as it is now"}},
                 .reply = std::move(reply),
                 .handle = [&desk, job = std::move(job)](Call&& call, http::Respond respond) {
                     query(desk.house, std::move(call), std::move(respond), job);
                 }});
    };
    add(
        "words", "/api/v1/topics/words", "Words that are said more than before", words_shape(),
        [&desk](store::Session&, Call& call) { return words(desk, call); },
        {{.name = "window",
          .type = Type::integer,
          .least = 1,
          .most = 45,
          .about = "days, against as many before; left out: 30"}},
        city_roles());
    add(
        "barometer", "/api/v1/topics/barometer", "The mood of each district", barometer_shape(),
        [&desk](store::Session& session, Call& call) { return barometer(desk, session, call); }, {},
        reading_roles());
    add(
        "warnings", "/api/v1/topics/warnings", "What grows faster than its own history", warnings_shape(),
        [&desk](store::Session& session, Call& call) { return warnings(desk, session, call); },
        {{.name = "days", .type = Type::integer, .least = 1, .most = 90, .about = "left out: 30"}},
        reading_roles());
}

}  // namespace banyan::topics
