// The telephone's API: who may tell, who sees, what bad input gets. The rules themselves:
// src/systems/calls/*_test.cpp
#include "api/telephone.h"

namespace banyan::api_test {
namespace {

std::string const kCalls = "/api/v1/calls", kSeats = "/api/v1/seats", kBacks = "/api/v1/ring_backs";
char const* const kBefore = "2026-10-09T08:55:00+08:00";

bool tells(std::string const& text, std::string_view words) { return text.find(words) != std::string::npos; }

/// A call of seat01, answered.
std::string answered_call(std::string const& name, std::string const& number = "154 0000 7001") {
    std::string const id = tell(name, "offered", kBefore, {{"number", number}});
    tell(name, "answered", "2026-10-09T08:55:04+08:00", {{"seat", "seat01"}});
    return id;
}

void close_it(std::string const& id, char const* closing) {
    Heard const heard = as("seat01").post(kCalls + "/" + id + "/close", {{"closing", closing}});
    EXPECT_EQ(heard.status, 200) << heard.text;
}

TEST(CallReports, AreForTelephonesOnly) {
    json::object const good{{"call", "r0"}, {"what", "offered"}, {"at", kBefore}};
    for (char const* login : {"seat01", "lead01", "mayor", "sec", "citizen", "unit-cg"})
        EXPECT_EQ(as(login).post("/api/v1/call_reports", good).key(), "step.wrong_desk") << login;
    EXPECT_EQ(as("nobody").post("/api/v1/call_reports", good).status, 401);
    Heard const other = as("partner01").post("/api/v1/call_reports", good);
    EXPECT_EQ(other.status, 403);
    EXPECT_EQ(other.key(), "call.not_a_telephone");
}

TEST(CallReports, AreRefusedByName) {
    tell("r1", "offered", kBefore, {{"number", "154 0000 7000"}});
    struct Row {
        char const *call, *what, *at;
        json::object more;
        int status;
        char const *key, *field;
    };
    char const* const later = "2026-10-09T08:56:00+08:00";
    for (Row const& row : std::vector<Row>{
             {"r1", "offered", kBefore, {{"number", "154 0000 7009"}}, 409, "call_report.other", "what"},
             {"r2", "ended", later, {}, 404, "call.unknown", ""},
             {"r1", "answered", later, {}, 422, "field.required", "seat"},
             {"r1", "answered", later, {{"seat", "nobody"}}, 422, "call.seat_unknown", "seat"},
             {"r1", "answered", later, {{"seat", "unit-cg"}}, 422, "call.seat_unknown", "seat"},
             {"r1",
              "ringing",
              "2026-10-09T08:54:59+08:00",
              {{"seat", "seat01"}},
              422,
              "call_report.too_early",
              "at"},
             {"r1",
              "ringing",
              "2036-10-09T08:54:59+08:00",
              {{"seat", "seat01"}},
              422,
              "call_report.in_future",
              "at"},
             {"r1", "ringing", "yesterday", {{"seat", "seat01"}}, 422, "field.format", "at"},
             {"r1", "sung", later, {}, 422, "field.choice", "what"},
             {"r 1", "ended", later, {}, 422, "field.format", "call"},
             {"r1", "rated", later, {}, 422, "field.required", "rating"},
             {"r1", "rated", later, {{"rating", "5"}}, 422, "field.choice", "rating"},
             {"r1", "ended", later, {{"number", "12345"}}, 422, "call_report.needless", "number"},
             {"r3", "offered", later, {{"line", "99999"}}, 422, "call.line_unknown", "line"},
             {"r3", "offered", later, {{"language", "latin"}}, 422, "call.language_unknown", "language"},
             {"r3", "offered", later, {{"number", "not a number"}}, 422, "field.format", "number"},
             {"r1", "ended", later, {{"recording", std::string(100'000, 'x')}}, 413, "http.too_large", ""},
             {"r1", "ended", later, {{"recording", std::string(300, 'x')}}, 422, "field.too_long", "recording"},
             {"r1", "ended", later, {{"colour", "red"}}, 422, "field.unknown", "colour"}}) {
        Heard const heard = report(row.call, row.what, row.at, row.more);
        if (row.status == 413)
            EXPECT_EQ(heard.status, 413) << heard.text;
        else {
            EXPECT_EQ(heard.status, row.status) << heard.text;
            EXPECT_EQ(heard.key(), row.key) << heard.text;
            EXPECT_EQ(heard.at("/field"), row.field) << heard.text;
        }
    }
    Heard const again = report("r1", "offered", kBefore, {{"number", "+86 15400007000"}});
    EXPECT_EQ(again.status, 200) << "the same number written otherwise";
    EXPECT_TRUE(again.body.at("repeated").as_bool());
}

TEST(CallSight, IsOnesOwnTheTeamsOrFiguresOnly) {
    std::string const id = answered_call("s1", "154 0000 7002");
    tell("s1", "ended", "2026-10-09T08:55:30+08:00", {{"recording", "vault/secret-7731"}});
    std::string const at = kCalls + "/" + id;
    for (auto const& [login, status] : std::vector<std::pair<char const*, int>>{{"seat01", 200},
                                                                                {"lead01", 200},
                                                                                {"seat02", 404},
                                                                                {"disp01", 403},
                                                                                {"callback01", 403},
                                                                                {"unit-cg", 403},
                                                                                {"mayor", 403},
                                                                                {"sup01", 403},
                                                                                {"citizen", 403},
                                                                                {"telephone", 403},
                                                                                {"nobody", 401}}) {
        for (std::string const& path : {at, at + "/caller"}) {
            Heard const heard = as(login).get(path);
            EXPECT_EQ(heard.status, status) << login << " " << path;
            EXPECT_FALSE(tells(heard.text, "15400007002") || tells(heard.text, "secret-7731")) << login;
        }
        Heard const list = as(login).get(kCalls + "?limit=100");
        EXPECT_EQ(tells(list.text, "\"" + id + "\""), status == 200) << login;
        EXPECT_FALSE(tells(list.text, "15400007002") || tells(list.text, "secret-7731")) << login;
    }
    for (auto const& [login, status] : std::vector<std::pair<char const*, int>>{{"seat01", 200},
                                                                                {"seat02", 200},
                                                                                {"lead01", 200},
                                                                                {"disp01", 200},
                                                                                {"review01", 200},
                                                                                {"sup01", 200},
                                                                                {"appraise01", 200},
                                                                                {"mayor", 200},
                                                                                {"callback01", 403},
                                                                                {"unit-cg", 403},
                                                                                {"jinan-centre", 403},
                                                                                {"citizen", 403},
                                                                                {"sys", 403},
                                                                                {"nobody", 401}})
        EXPECT_EQ(as(login).get(kCalls + "/figures").status, status) << login;
    for (auto const& [login, status] : std::vector<std::pair<char const*, int>>{
             {"lead01", 200}, {"sup01", 200}, {"mayor", 200}, {"seat01", 403}, {"unit-cg", 403}, {"citizen", 403}})
        EXPECT_EQ(as(login).get(kSeats).status, status) << login;
    EXPECT_EQ(as("seat02").get(kSeats + "/seat01/spans").key(), "seat.unknown");
    EXPECT_EQ(as("lead01").get(kSeats + "/seat01/spans").status, 200);
    EXPECT_EQ(as("lead01").get(kSeats + "/nobody/spans").key(), "seat.unknown");
    close_it(id, "thanks");
    EXPECT_EQ(as("seat01").get(at + "/caller").key(), "call.closed") << "the screen is gone with the call";
}

TEST(CallSight, NamesOnlyMattersTheViewerFinds) {
    std::string const id = answered_call("m1", "154 0000 7003");
    std::string const at = kCalls + "/" + id;
    json::value const filed = as("seat01").file(
        {{"title", "路灯不亮"}, {"body", "三天了"}, {"channel", "phone"}, {"phone", "154-0000-7003"}});
    std::string const matter(filed.at("id").as_string());
    EXPECT_EQ(as("seat01").post(at + "/attach", {{"matter", "424242"}}).key(), "matter.unknown");
    EXPECT_EQ(as("seat02").post(at + "/attach", {{"matter", matter}}).key(), "call.unknown");
    EXPECT_EQ(as("seat01").post(at + "/attach", {{"matter", filed.at("number")}}).at("/call/matters/0/id"),
              matter);
    Heard const caller = as("seat01").get(at + "/caller");
    EXPECT_EQ(caller.at("/matters/0/id"), matter) << "found by its number";
    EXPECT_EQ(caller.at("/number"), "154****7003");
    EXPECT_EQ(as("seat01").get(kCalls + "?matter=" + matter).at("/calls/0/id"), id);
    EXPECT_EQ(as("seat01").get(kCalls + "?matter=424242").key(), "matter.unknown");
    EXPECT_EQ(as("seat01").get(kCalls + "?seat=nobody").key(), "call.seat_unknown");
    EXPECT_EQ(as("seat01").get(kCalls + "?after=x").status, 422);
    EXPECT_EQ(as("seat01").get(kCalls + "/x").key(), "call.unknown");
    EXPECT_EQ(as("seat01").get(kCalls + "/99999999").key(), "call.unknown");
    EXPECT_EQ(as("seat01").post(at + "/close", {{"closing", "silent"}}).key(), "call.without_matter");
    EXPECT_EQ(as("seat01").post(at + "/close", json::object{}).key(), "field.required");
    tell("m1", "ended", "2026-10-09T08:56:00+08:00");
    close_it(id, "filed");
    EXPECT_EQ(as("seat01").post(at + "/close", {{"closing", "filed"}}).status, 409);
    EXPECT_EQ(as("seat01").post(at + "/unmask", {{"reason", "想看看"}}).key(), "call.closed");
    EXPECT_EQ(as("lead01").post(at + "/unmask", json::object{}).key(), "field.required");
    EXPECT_EQ(as("lead01").post(at + "/unmask", {{"reason", "核实"}}).at("/number"), "15400007003");
    EXPECT_EQ(as("seat01").get(at).at("/acts/0/what"), "unmask") << "and who is called learns of it";
}

TEST(CallFigures, OfTheDemosYesterdayAreThoseOfTheRows) {
    Heard const heard = as("mayor").get(kCalls + "/figures?from=2026-10-08&by=hour");
    EXPECT_EQ(heard.number("/total/offered"), 1260);
    EXPECT_EQ(heard.number("/total/answered"), 1203);
    EXPECT_EQ(heard.number("/total/quick"), 1131);
    EXPECT_EQ(heard.number("/total/on_the_spot"), 614);
    EXPECT_EQ(heard.at("/total/connect_rate"), "95.48");
    EXPECT_EQ(heard.at("/total/quick_rate"), "94.01");
    EXPECT_EQ(heard.at("/total/on_the_spot_of_answered"), "51.04");
    std::int64_t offered = 0;
    for (json::value const& row : heard.body.at("rows").as_array()) offered += row.at("offered").as_int64();
    EXPECT_EQ(heard.body.at("rows").as_array().size(), 24U);
    EXPECT_EQ(offered, 1260);
    std::int64_t missed = 0, answered = 0;  // and once more, call by call
    std::string next;
    do {
        Heard const page =
            as("lead01").get(kCalls + "?day=2026-10-08&limit=100" + (next.empty() ? "" : "&after=" + next));
        for (json::value const& call : page.body.at("calls").as_array())
            ++(call.at("state").as_string() == "abandoned" ? missed : answered);
        next = page.at("/next");
    } while (!next.empty());
    EXPECT_EQ(answered, 1203);
    EXPECT_EQ(missed, 57);
    std::int64_t own = as("seat01").get(kCalls + "/figures?from=2026-10-08").number("/total/answered");
    EXPECT_GT(own, 0);
    EXPECT_LT(own, 100);
}

TEST(SeatStates, OfTheDemoAreOnTheWallAndNobodySignsInAsThem) {
    Heard const wall = as("lead01").get(kSeats);
    EXPECT_EQ(wall.body.at("seats").as_array().size(), 28U);
    EXPECT_GE(wall.number("/states/talking"), 2);
    EXPECT_GE(wall.number("/states/break"), 1);
    EXPECT_EQ(
        as("nobody").post("/api/v1/sessions", {{"login", "seat03"}, {"password", journey::kDemoPassword}}).key(),
        "session.wrong");
    Heard const day = as("lead01").get(kSeats + "/seat03/spans?day=2026-10-08");
    EXPECT_GT(day.number("/seconds/talking"), 0);
    EXPECT_GT(day.number("/seconds/after_call"), 0);
}

TEST(CallFigures, RefuseARangeThatIsNone) {
    std::string const at = kCalls + "/figures";
    EXPECT_EQ(as("mayor").get(at + "?from=2026-10-09&to=2026-10-08").key(), "calls.range");
    EXPECT_EQ(as("mayor").get(at + "?from=2026-01-01&to=2026-10-08").key(), "calls.range");
    EXPECT_EQ(as("mayor").get(at + "?from=2026-02-30").key(), "field.format");
    Heard const none = as("mayor").get(at + "?from=2020-01-01");
    EXPECT_EQ(none.number("/total/offered"), 0);
    EXPECT_TRUE(none.body.at("total").at("connect_rate").is_null()) << "nothing of nothing";
}

TEST(SeatStates, AreRefusedByName) {
    sign_on("seat02");
    std::string const mine = kSeats + "/me/state";
    EXPECT_EQ(as("seat02").post(mine, {{"state", "talking"}}).key(), "field.choice");
    EXPECT_EQ(as("seat02").post(mine, {{"state", "break"}}).key(), "seat.break_not_granted");
    EXPECT_EQ(as("seat02").post(kSeats + "/seat01/state", {{"state", "busy"}}).key(), "seat.unknown");
    EXPECT_EQ(as("lead01").post(kSeats + "/unit-cg/state", {{"state", "busy"}}).key(), "seat.unknown");
    EXPECT_EQ(as("lead01").post(kSeats + "/seat02/state", {{"state", "busy"}, {"note", "代设"}}).status, 200);
    EXPECT_EQ(as("seat02").get(kSeats + "/me").at("/now/state"), "busy");
    EXPECT_EQ(as("seat02").post(kSeats + "/breaks", {{"minutes", 31}, {"reason", "午饭"}}).key(),
              "seat.break_too_long");
    EXPECT_EQ(as("seat02").post(kSeats + "/breaks", {{"minutes", 5}}).key(), "field.required");
    EXPECT_EQ(as("lead01").post(kSeats + "/breaks/777/grant", json::object{}).key(), "seat.break_unknown");
    EXPECT_EQ(as("seat02").post(kSeats + "/breaks/1/grant", json::object{}).status, 403);
}

TEST(MissedCalls, AreRungBack) {
    tell("b1", "offered", kBefore, {{"number", "154 0000 7005"}});
    tell("b1", "abandoned", "2026-10-09T08:55:40+08:00");
    json::value const found = as("seat01").get(kBacks + "?limit=100").body.at("ring_backs").as_array().back();
    EXPECT_EQ(found.at("number").as_string(), "154****7005");
    std::string const at = kBacks + "/" + std::string(found.at("id").as_string());
    EXPECT_EQ(as("seat01").post(at + "/attempt", {{"outcome", "reached"}}).key(), "ring_back.not_claimed");
    EXPECT_EQ(as("seat01").post(at + "/claim", json::object{}).status, 200);
    Heard const taken = as("seat02").post(at + "/claim", json::object{});
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.key(), "ring_back.taken");
    EXPECT_EQ(as("seat01").post(at + "/unmask", json::object{}).at("/number"), "15400007005");
    EXPECT_EQ(as("seat01").post(at + "/close", {{"outcome", "not_reached"}}).key(), "ring_back.attempts");
    EXPECT_EQ(as("seat01").post(at + "/attempt", {{"outcome", "reached"}}).at("/ring_back/outcome"), "reached");
    EXPECT_EQ(as("seat01").post(at + "/claim", json::object{}).key(), "ring_back.closed");
    EXPECT_EQ(as("seat01").post(kBacks + "/777/claim", json::object{}).status, 404);
    EXPECT_EQ(as("callback01").get(kBacks).status, 403) << "a call-back is another thing";
    EXPECT_EQ(as("citizen").get(kBacks).status, 403);
}

}  // namespace
}  // namespace banyan::api_test
