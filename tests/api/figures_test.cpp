// A month's figures over the API: who sees whose, what is frozen and corrected, exports, open data, bad input. The
// reckoning itself: src/systems/figures/*_test.cpp
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"
#include "base/csv.h"

namespace banyan::api_test {
namespace {

std::string const kMonths = "/api/v1/figures/months/", kOpen = "/api/v1/open/figures";

std::string field(json::value const& figure, char const* name) {
    json::value const& value = figure.at(name);
    return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

json::value figure(json::value const& figures, std::string_view key) {
    for (json::value const& one : figures.as_array())
        if (one.at("key").as_string() == key) return one;
    throw std::runtime_error("no figure " + std::string(key));
}

/// The month, when what has happened is counted: a thread behind the journal.
Heard counted(std::string const& month) {
    for (int tries = 0; tries < 600; ++tries) {
        if (as("nobody").get("/metrics").text.find("\nbanyan_figures_caught_up 1") != std::string::npos)
            return as("mayor").get(kMonths + month);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw std::runtime_error("the figures are behind");
}

/// The units of all classes that have figures.
json::array units_of(Heard const& heard) {
    json::array all;
    for (json::value const& one : heard.body.at("classes").as_array())
        for (json::value const& unit : one.at("units").as_array()) all.push_back(unit);
    return all;
}

TEST(Figures, AreOfTheCityTheDistrictOrTheUnit) {
    Heard const city = counted("2026-09");
    for (char const* login : {"disp01", "review01", "sup01", "appraise01", "mayor"}) {
        Heard const heard = as(login).get(kMonths + "2026-09");
        EXPECT_EQ(heard.at("/scope/of"), "city") << login;
        EXPECT_EQ(heard.body.at("figures"), city.body.at("figures")) << login;
    }
    Heard const district = as("jinan-centre").get(kMonths + "2026-09");
    EXPECT_EQ(district.at("/scope/of"), "district");
    EXPECT_EQ(district.at("/scope/unit/code"), "350111-centre");
    EXPECT_LT(figure(district.body.at("figures"), "on_time").at("denominator").as_int64(),
              figure(city.body.at("figures"), "on_time").at("denominator").as_int64());
    for (json::value const& row : units_of(as("jinan-centre").get(kMonths + "2026-09/units")))
        EXPECT_EQ(row.at("unit").at("code").as_string().starts_with("350111"), true) << json::serialize(row);
    Heard const unit = as("unit-cg").get(kMonths + "2026-09");
    EXPECT_EQ(unit.at("/scope/of"), "unit");
    EXPECT_EQ(unit.at("/scope/unit/code"), "cg");
    json::array const own = units_of(as("unit-cg-head").get(kMonths + "2026-09/units"));
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own[0].at("figures"), unit.body.at("figures")) << "the same by another way";
    for (char const* login : {"seat01", "lead01", "callback01", "citizen", "sys", "sec", "audit", "partner01"})
        EXPECT_EQ(as(login).get(kMonths + "2026-09").key(), "step.wrong_desk") << login;
    EXPECT_EQ(as("nobody").get(kMonths + "2026-09").status, 401);
}

TEST(Figures, ByTheUnitsOfTodayAreTheSameOfEachThatHasNotChanged) {
    counted("2026-09");
    for (char const* what : {"?", "/values?by=kind&"}) {
        Heard then = as("mayor").get(kMonths + "2026-09" + what + "units=then");
        Heard const today = as("mayor").get(kMonths + "2026-09" + what + "units=today");
        EXPECT_EQ(today.at("/units"), "today");
        then.body.as_object()["units"] = "today";
        EXPECT_EQ(then.body, today.body) << what;
    }
    auto by_unit = [](char const* units) {  // others may have renamed one meanwhile
        std::map<std::string, json::value> figures;
        for (json::value const& row : units_of(as("mayor").get(kMonths + "2026-09/units?units=" + units)))
            figures.emplace(row.at("unit").at("code").as_string(), row.at("figures"));
        return figures;
    };
    std::size_t same = 0;
    auto const today = by_unit("today");
    for (auto const& [code, figures] : by_unit("then"))
        if (auto const found = today.find(code); found != today.end()) {
            EXPECT_EQ(found->second, figures) << code;
            ++same;
        }
    EXPECT_GT(same, 20U);
    EXPECT_EQ(as("mayor").get(kMonths + "2026-09/units.csv?units=today").status, 200);
    EXPECT_EQ(as("mayor").get(kMonths + "2026-09?units=yesterday").key(), "field.choice");
}

TEST(Figures, OfUnitsAddUpToTheCitys) {
    Heard const city = counted("2026-09"), units = as("mayor").get(kMonths + "2026-09/units");
    std::map<std::string, std::int64_t> sums;
    for (json::value const& row : units_of(units)) {
        for (json::value const& one : row.at("figures").as_array())
            sums[std::string(one.at("key").as_string())] += one.at("denominator").as_int64();
        EXPECT_EQ(row.at("rank"), json::value()) << "no league unless a city wants one";
        EXPECT_TRUE(row.at("list").as_string().starts_with("/api/v1/matters?unit="));
        EXPECT_EQ(as("mayor").get(std::string(row.at("list").as_string()) + "&limit=1").status, 200);
    }
    for (char const* key : {"on_time", "solved", "satisfied_final", "return"})
        EXPECT_EQ(sums[key], figure(city.body.at("figures"), key).at("denominator").as_int64()) << key;
    std::size_t apart = 0;
    for (json::value const& one : units.body.at("classes").as_array()) apart += one.at("apart").as_array().size();
    EXPECT_GT(apart, 1000U) << "villages that had nothing";
    Heard const town = as("mayor").get(kMonths + "2026-09/units?group=town");
    ASSERT_EQ(town.body.at("classes").as_array().size(), 1U);
    for (char const* by : {"kind", "class", "region", "channel"}) {
        std::int64_t sum = 0;
        Heard const values = as("mayor").get(kMonths + "2026-09/values?by=" + by);
        for (json::value const& row : values.body.at("values").as_array())
            sum += figure(row.at("figures"), "on_time").at("denominator").as_int64();
        EXPECT_EQ(sum, figure(city.body.at("figures"), "on_time").at("denominator").as_int64()) << by;
    }
}

TEST(Figures, TellNoSmallCountsOutsideTheCentre) {
    counted("2026-09");
    auto smallest = [](Caller& caller, std::string const& target) {
        std::int64_t least = 1000;
        Heard const heard = caller.get(target);
        for (json::value const& row : heard.body.at("values").as_array())
            for (json::value const& one : row.at("figures").as_array())
                for (char const* part : {"numerator", "denominator"})
                    if (one.at(part).is_int64() && one.at(part).as_int64() > 0)
                        least = std::min(least, one.at(part).as_int64());
        return least;
    };
    EXPECT_LT(smallest(as("mayor"), kMonths + "2026-09/values?by=class&unit=cg"), 3);
    EXPECT_GE(smallest(as("unit-cg"), kMonths + "2026-09/values?by=class"), 3);
    EXPECT_GE(smallest(as("gulou"), kMonths + "2026-09/values?by=class"), 3);
    EXPECT_GE(smallest(as("gulou"), kMonths + "2026-09/values?by=kind&unit=350102004"), 3);
}

TEST(Figures, AreExportedForSpreadsheets) {
    counted("2026-09");
    Heard const heard = as("mayor").get(kMonths + "2026-09/units.csv");
    ASSERT_EQ(heard.status, 200);
    EXPECT_EQ(heard.text.substr(0, 3), "\xEF\xBB\xBF");
    EXPECT_EQ(heard.header("content-disposition"), "attachment; filename=\"figures-2026-09-mayor.csv\"");
    Csv const csv = Csv::parse(heard.text).value();
    EXPECT_GT(csv.rows().size(), 1200U);
    json::array const units = units_of(as("mayor").get(kMonths + "2026-09/units"));
    ASSERT_FALSE(units.empty());
    std::size_t found = 0;
    for (CsvRow const& row : csv.rows())
        for (json::value const& unit : units)
            if (csv.at(row, "单位代码") == unit.at("unit").at("code").as_string()) {
                ++found;
                json::value const on_time = figure(unit.at("figures"), "on_time");
                EXPECT_EQ(csv.at(row, "及时办理率"), on_time.at("value").is_null() ? "" : field(on_time, "value"));
                EXPECT_EQ(csv.at(row, "及时办理率：分母"), field(on_time, "denominator"));
                EXPECT_EQ(csv.at(row, "单位"), unit.at("unit").at("zh").as_string());
            }
    EXPECT_EQ(found, units.size());
    EXPECT_NE(as("mayor").get(kMonths + "2026-09/units.csv?lang=en").text.find("On-time rate"), std::string::npos);
    EXPECT_EQ(Csv::parse(as("unit-cg").get(kMonths + "2026-09/units.csv").text)->rows().size(), 1U);
    Heard const sheet = as("mayor").get(kMonths + "2026-09/units.xlsx");
    EXPECT_EQ(sheet.status, 200);
    EXPECT_EQ(sheet.text.substr(0, 4), "PK\x03\x04");
    EXPECT_EQ(as("seat01").get(kMonths + "2026-09/units.xlsx").key(), "step.wrong_desk");
}

TEST(Figures, AreRefusedByName) {
    counted("2026-09");
    struct Row {
        http::Method method;
        char const *who, *target;
        json::object body;
        int status;
        char const* key;
    };
    constexpr http::Method get = http::Method::get, post = http::Method::post;
    json::object const why{{"reason", "核定"}};
    for (Row const& row :
         std::vector<Row>{{get, "mayor", "2026-13", {}, 422, "month.unreadable"},
                          {get, "mayor", "2026-1", {}, 422, "month.unreadable"},
                          {get, "mayor", "september", {}, 422, "month.unreadable"},
                          {get, "mayor", "2026-09-01", {}, 422, "month.unreadable"},
                          {get, "mayor", "%27%20OR%201=1--", {}, 422, "month.unreadable"},
                          {get, "mayor", "2026-11", {}, 422, "month.future"},
                          {get, "mayor", "2001-01", {}, 404, "month.unknown"},
                          {get, "mayor", "2001-01/units", {}, 404, "month.unknown"},
                          {get, "mayor", "2026-11/units.csv", {}, 422, "month.future"},
                          {get, "mayor", "2026-09/values", {}, 422, "field.required"},
                          {get, "mayor", "2026-09/values?by=person", {}, 422, "field.choice"},
                          {get, "mayor", "2026-09/values?by=class&unit=nowhere", {}, 422, "unit.unknown"},
                          {get, "unit-cg", "2026-09/values?by=class&unit=water", {}, 422, "unit.unknown"},
                          {get, "jinan-centre", "2026-09/values?by=class&unit=350102004", {}, 422, "unit.unknown"},
                          {get, "mayor", "2026-09/units?colour=red", {}, 422, "field.unknown"},
                          {post, "appraise01", "2026-10/freeze", {}, 409, "month.not_over"},
                          {post, "appraise01", "2026-11/freeze", {}, 422, "month.future"},
                          {post, "appraise01", "2026/freeze", {}, 422, "month.unreadable"},
                          {post, "appraise01", "2001-01/freeze", {}, 404, "month.unknown"},
                          {post, "sup01", "2026-08/freeze", {}, 403, "step.wrong_desk"},
                          {post, "unit-cg-head", "2026-08/freeze", {}, 403, "step.wrong_desk"},
                          {post, "nobody", "2026-08/freeze", {}, 401, "session.needed"},
                          {post, "appraise01", "2026-05/corrections", why, 409, "month.not_frozen"},
                          {post, "appraise01", "2026-05/corrections", {}, 422, "field.required"},
                          {post, "appraise01", "2026-05/corrections", {{"reason", "x"}}, 422, "field.too_short"},
                          {post, "sup01", "2026-05/corrections", why, 403, "step.wrong_desk"},
                          {get, "nobody", "2026-09", {}, 401, "session.needed"}}) {
        Heard const heard = row.method == get ? as(row.who).get(kMonths + row.target)
                                              : as(row.who).post(kMonths + row.target, row.body);
        EXPECT_EQ(heard.status, row.status) << row.target << " " << heard.text;
        EXPECT_EQ(heard.key(), row.key) << row.target;
    }
    EXPECT_EQ(as("nobody").get(kOpen + "/2026-10").key(), "month.unknown") << "it is not published";
    EXPECT_EQ(as("nobody").get(kOpen + "/2026-99").key(), "month.unreadable");
    EXPECT_EQ(as("nobody").get(kOpen + "/2027-01").key(), "month.future");
}

TEST(Figures, AreFrozenForEverybody) {
    Heard const before = counted("2026-08");
    EXPECT_EQ(as("nobody").get(kOpen + "/2026-08").key(), "month.unknown");
    Heard const frozen = as("appraise01").post(kMonths + "2026-08/freeze", json::object());
    ASSERT_EQ(frozen.status, 201) << frozen.text;
    EXPECT_EQ(as("mayor").post(kMonths + "2026-08/freeze", json::object()).key(), "month.frozen");
    EXPECT_EQ(as("mayor").post(kMonths + "2026-08/corrections", {{"reason", "核定"}}).key(),
              "correction.no_difference");
    Heard const after = as("mayor").get(kMonths + "2026-08");
    EXPECT_EQ(after.body.at("figures"), before.body.at("figures"));
    EXPECT_EQ(after.body.at("frozen"), frozen.body.at("frozen"));
    EXPECT_EQ(after.at("/frozen/by/zh"), "方平");
    Heard const open = as("nobody").get(kOpen + "/2026-08");
    ASSERT_EQ(open.status, 200) << open.text;
    EXPECT_EQ(open.at("/root"), frozen.at("/frozen/journal/root"));
    EXPECT_EQ(open.text.find("方平"), std::string::npos) << "nobody's name";
    EXPECT_EQ(open.text.find("\"unit\""), std::string::npos) << "no unit";
    for (char const* part : {"figures", "classes"})
        for (json::value const& one : open.body.at(part).as_array()) {
            json::array figures;
            if (one.as_object().contains("figures"))
                figures = one.at("figures").as_array();
            else
                figures.push_back(one);
            for (json::value const& each : figures)
                for (char const* n : {"numerator", "denominator"})
                    EXPECT_TRUE(each.at(n).is_null() || each.at(n).as_int64() == 0 || each.at(n).as_int64() >= 3)
                        << json::serialize(each);
        }
    bool listed = false;
    Heard const months = as("nobody").get(kOpen);
    for (json::value const& one : months.body.at("months").as_array())
        listed = listed || one.at("month") == "2026-08";
    EXPECT_TRUE(listed);
}

}  // namespace
}  // namespace banyan::api_test
