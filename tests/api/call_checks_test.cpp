// The quality check of calls, limits on callers and ratings of the service, over the API: who may, who sees, what
// bad input gets. The rules themselves: src/systems/calls/call_checks_test.cpp
#include "api/week.h"

namespace banyan::api_test {
namespace {

std::string const kChecks = "/api/v1/call_checks";
char const* const kBefore = "2026-10-09T08:56:00+08:00";

json::array full_marks(int manner = 20) { return marks_with_manner(manner); }

TEST(CallChecks, AreDrawnByLotOfADayThatIsOver) {
    json::object const five{{"day", "2026-10-08"}, {"calls", 40}};
    for (char const* login : {"seat01", "disp01", "citizen", "unit-cg", "mayor"})
        EXPECT_EQ(as(login).post(kChecks, five).key(), "step.wrong_desk") << login;
    Heard const first = as("lead01").post(kChecks, five);
    ASSERT_EQ(first.status, 200) << first.text;
    EXPECT_EQ(first.number("/drawn") + first.number("/already"), 40);
    EXPECT_GT(first.number("/already"), 0) << "a smaller sample of the demo is the beginning of it";
    Heard const again = as("lead01").post(kChecks, five);
    EXPECT_EQ(again.number("/already"), 40) << "the same lot";
    EXPECT_EQ(as("lead01").post(kChecks, {{"day", "2026-10-08"}, {"percent", 1}}).number("/already"), 13)
        << "1 % of 1,203, rounded up";
    struct Row {
        json::object body;
        char const* key;
    };
    for (Row const& row :
         {Row{{{"day", "2026-10-09"}, {"calls", 5}}, "call_check.day"},
          Row{{{"day", "2026-08-01"}, {"calls", 5}}, "call_check.day"},
          Row{{{"day", "2026-10-01"}, {"calls", 5}}, "call_check.no_calls"},
          Row{{{"day", "2026-10-08"}}, "call_check.how_many"},
          Row{{{"day", "2026-10-08"}, {"calls", 5}, {"percent", 5}}, "call_check.how_many"},
          Row{{{"day", "2026-10-08"}, {"calls", 0}}, "field.range"},
          Row{{{"day", "2026-10-08"}, {"percent", 101}}, "field.range"},
          Row{{{"day", "yesterday"}, {"calls", 5}}, "field.format"}, Row{{{"calls", 5}}, "field.required"}})
        EXPECT_EQ(as("lead01").post(kChecks, row.body).key(), row.key) << json::serialize(row.body);
}

TEST(CallChecks, ShowASeatItsOwnOnly) {
    as("lead01").post(kChecks, {{"day", "2026-10-08"}, {"percent", 10}});
    std::string const own = check_in("seat01", "drawn");
    ASSERT_NE(own, "");
    Heard const list = as("seat01").get(kChecks);
    for (json::value const& row : list.body.at("checks").as_array())
        EXPECT_EQ(row.at("seat").at("login").as_string(), "seat01");
    EXPECT_EQ(as("seat02").get(kChecks + "/" + own).key(), "call_check.unknown");
    EXPECT_EQ(as("seat02").post(kChecks + "/" + own + "/object", {{"reason", "不服"}}).key(),
              "call_check.unknown");
    EXPECT_EQ(as("lead01").get(kChecks + "/" + own).status, 200);
    EXPECT_EQ(as("lead01").get(kChecks + "/1x").key(), "call_check.unknown");
    EXPECT_EQ(as("unit-cg").get(kChecks).key(), "step.wrong_desk");
}

TEST(CallChecks, GoFromTheMarkThroughAnObjectionToAThirdPerson) {
    as("lead01").post(kChecks, {{"day", "2026-10-08"}, {"percent", 10}});
    std::string const call = check_in("seat01", "drawn"), at = kChecks + "/" + call;
    ASSERT_NE(call, "");
    EXPECT_EQ(as("seat01").post(at + "/mark", {{"marks", full_marks()}}).key(), "step.wrong_desk");
    json::array short_marks = full_marks();
    short_marks.pop_back();
    EXPECT_EQ(as("lead01").post(at + "/mark", {{"marks", short_marks}}).key(), "call_check.item_missing");
    EXPECT_EQ(as("lead01").post(at + "/mark", {{"marks", json::array()}}).status, 422);
    EXPECT_EQ(as("lead01").post(at + "/mark", json::object{}).key(), "field.required");
    Heard const marked = as("lead01").post(at + "/mark", {{"marks", full_marks(10)}, {"comment", "语气生硬"}});
    ASSERT_EQ(marked.status, 200) << marked.text;
    EXPECT_EQ(as("lead01").post(at + "/mark", {{"marks", full_marks()}}).key(), "step.out_of_turn");
    Heard const seen = as("seat01").get(at);
    EXPECT_EQ(seen.number("/check/points"), 90);
    EXPECT_FALSE(seen.body.at("check").at("passed").as_bool()) << "manner is below its floor";
    EXPECT_NE(seen.text.find("语气生硬"), std::string::npos) << "the seat reads why";

    EXPECT_EQ(as("lead01").post(at + "/object", {{"reason", "替坐席提"}}).key(), "call_check.not_yours");
    EXPECT_EQ(as("seat01").post(at + "/object", json::object{}).key(), "field.required");
    Heard const objected = as("seat01").post(at + "/object", {{"reason", "来电人先辱骂"}});
    ASSERT_EQ(objected.status, 200) << objected.text;
    EXPECT_EQ(as("lead01").post(at + "/decide", {{"reason", "维持"}}).key(), "call_check.own_mark");
    EXPECT_EQ(as("check01").post(at + "/decide", {{"marks", full_marks(21)}, {"reason", "笔误"}}).key(),
              "call_check.points");
    Heard const decided =
        as("check01").post(at + "/decide", {{"marks", full_marks(13)}, {"reason", "重听录音，态度尚可"}});
    ASSERT_EQ(decided.status, 200) << decided.text;
    Heard const after = as("seat01").get(at);
    EXPECT_EQ(after.number("/check/points"), 93);
    EXPECT_TRUE(after.body.at("check").at("changed").as_bool());
    EXPECT_EQ(after.at("/check/stage"), "concluded");
    std::string const number = seen.at("/check/number");
    Heard const by_colleague = as("seat02").get("/api/v1/matters/" + number);
    EXPECT_EQ(by_colleague.status, 200);
    EXPECT_EQ(by_colleague.text.find("seat01"), std::string::npos) << "whose call it was is not said";
    EXPECT_EQ(by_colleague.text.find("阿榕"), std::string::npos);

    Heard const figures = as("lead01").get(kChecks + "/figures?seat=seat01");
    EXPECT_GT(figures.number("/total/objected"), 0);
    EXPECT_EQ(as("seat01").get(kChecks + "/figures").at("/seats/0/seat/login"), "seat01");
    EXPECT_EQ(as("lead01").get(kChecks + "/figures?from=2026-10-09&to=2026-10-01").key(), "calls.range");
    EXPECT_EQ(as("lead01").get(kChecks + "/figures?seat=nobody").key(), "call.seat_unknown");
}

TEST(CallChecks, AreLeftOutWithAReason) {
    as("lead01").post(kChecks, {{"day", "2026-10-08"}, {"percent", 10}});
    std::string const call = check_in("lead01", "drawn", "&seat=seat02"), at = kChecks + "/" + call;
    ASSERT_NE(call, "");
    EXPECT_EQ(as("lead01").post(at + "/leave_out", json::object{}).key(), "field.required");
    EXPECT_EQ(as("lead01").post(at + "/leave_out", {{"reason", "没有录音"}}).status, 200);
    EXPECT_EQ(as("lead01").post(at + "/decide", {{"reason", "x1"}}).key(), "step.out_of_turn");
}

TEST(CallerLimits, AreToldToTheTelephoneAndShownAtTheCall) {
    std::string const number = "154 0000 7777";
    std::string const id = closed_call("limit-1", number, "harassing"), at = "/api/v1/calls/" + id + "/limit";
    json::object const said{{"harassment", "abuse"}, {"account", "反复来电辱骂"}};
    EXPECT_EQ(as("seat01").post(at, said).key(), "call.unknown");
    EXPECT_EQ(as("disp01").post(at, said).key(), "step.wrong_desk");
    EXPECT_EQ(as("seat02").post(at, {{"harassment", "noise"}, {"account", "反复"}}).key(), "field.choice");
    EXPECT_EQ(as("seat02").post(at, {{"harassment", "abuse"}}).key(), "field.required");
    Heard const proposed = as("seat02").post(at, said);
    ASSERT_EQ(proposed.status, 201) << proposed.text;
    Heard const twice = as("lead01").post(at, said);
    EXPECT_EQ(twice.key(), "caller_limit.already");
    EXPECT_EQ(twice.status, 409);
    std::string const matter = proposed.at("/number");
    EXPECT_FALSE(report("limit-2", "offered", kBefore, {{"number", number}}).has("/limited")) << "nobody decided";
    as("lead01").take(matter, "set_limit",
                      {{"limited_until", "2026-10-16"}, {"handling", "recorded"}, {"calls_a_day", 2}});

    Heard const third = report("limit-3", "offered", kBefore, {{"number", number}});
    ASSERT_EQ(third.status, 200) << third.text;
    EXPECT_EQ(third.at("/limited/handling"), "recorded");
    EXPECT_EQ(third.number("/limited/calls_today"), 3);
    EXPECT_EQ(third.at("/limited/pass/key"), "0");
    EXPECT_NE(third.text.find("着火"), std::string::npos) << "words of danger pass";
    EXPECT_FALSE(report("limit-4", "offered", kBefore, {{"number", "154 0000 7778"}}).has("/limited"));
    tell("limit-3", "answered", "2026-10-09T08:56:05+08:00", {{"seat", "seat02"}});
    Heard const panel = as("seat02").get("/api/v1/calls/" + third.at("/call") + "/caller");
    EXPECT_EQ(panel.at("/limit/number"), matter);
    EXPECT_TRUE(panel.body.at("limit").at("applies").as_bool());
    for (char const* login : {"seat01", "lead01", "mayor"}) {
        Heard const seen = as(login).get("/api/v1/matters/" + matter);
        for (char const* digits : {"154 0000 7777", "15400007777"})
            EXPECT_EQ(seen.text.find(digits), std::string::npos) << login << ": the number is in no matter";
    }
    EXPECT_EQ(as("unit-cg").get("/api/v1/matters/" + matter).key(), "matter.unknown");
    as("lead01").take(matter, "lift_limit", {{"reason", "本人致歉"}});
    EXPECT_FALSE(report("limit-5", "offered", kBefore, {{"number", number}}).has("/limited"));
    tell("limit-3", "ended", "2026-10-09T08:56:40+08:00");
    as("seat02").post("/api/v1/calls/" + third.at("/call") + "/close", {{"closing", "thanks"}});
}

TEST(ServiceRatings, AreCountedApartBySeatAndDay) {
    Heard const yesterday = as("lead01").get("/api/v1/calls/ratings?from=2026-10-08&to=2026-10-08&by=seat");
    ASSERT_EQ(yesterday.status, 200) << yesterday.text;
    EXPECT_EQ(yesterday.number("/total/answered"), 1203);
    EXPECT_EQ(yesterday.number("/total/asked") + yesterday.number("/total/not_asked"), 1203);
    EXPECT_EQ(yesterday.number("/total/rated") + yesterday.number("/total/not_answered"),
              yesterday.number("/total/asked"));
    EXPECT_GT(yesterday.number("/total/not_answered"), 0);
    EXPECT_GT(yesterday.number("/total/not_asked"), 0);
    EXPECT_FALSE(yesterday.has("/rows/0/day"));
    Heard const own = as("seat01").get("/api/v1/calls/ratings?from=2026-10-08&to=2026-10-08");
    EXPECT_EQ(own.at("/rows/0/seat/login"), "seat01");
    EXPECT_EQ(own.at("/rows/0/day"), "2026-10-08");
    EXPECT_FALSE(own.has("/rows/1")) << "a seat its own";
    EXPECT_EQ(as("lead01").get("/api/v1/calls/ratings?from=2026-01-01&to=2026-10-08").key(), "calls.range");
    EXPECT_EQ(as("lead01").get("/api/v1/calls/ratings?by=line").status, 422);
    EXPECT_EQ(as("citizen").get("/api/v1/calls/ratings").key(), "step.wrong_desk");

    tell("rating-1", "offered", kBefore);
    tell("rating-1", "answered", "2026-10-09T08:56:04+08:00", {{"seat", "seat02"}});
    tell("rating-1", "ended", "2026-10-09T08:56:30+08:00");
    std::string const id = tell("rating-1", "asked", "2026-10-09T08:56:31+08:00");
    EXPECT_EQ(report("rating-1", "asked", "2026-10-09T08:56:32+08:00").key(), "call_report.other");
    EXPECT_EQ(report("rating-1", "asked", kBefore, {{"rating", "fair"}}).key(), "call_report.needless");
    as("seat02").post("/api/v1/calls/" + id + "/close", {{"closing", "thanks"}});
    EXPECT_TRUE(as("seat02").get("/api/v1/calls/" + id).has("/call/asked"));
}

}  // namespace
}  // namespace banyan::api_test
