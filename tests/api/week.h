// api/week.h: the rest of a centre's week, as each operation is used once: notices, checks of calls, limits, the
// rota.
#pragma once
#include <thread>

#include "api/telephone.h"

namespace banyan::api_test {

inline void read_notices() {
    Heard const made = as("lead01").post("/api/v1/matters", {{"procedure", "notice"},
                                                             {"step", "write_notice"},
                                                             {"form",
                                                              {{"sort", "wording"},
                                                               {"title", "路灯报修口径"},
                                                               {"text", "请说：已记下杆号。"},
                                                               {"basis", "值班领导"},
                                                               {"class", "road.lamp"},
                                                               {"region", "350102"}}}});
    std::string const number = made.at("/number");
    as("review01").take(number, "pin", {{"pin_until", "2026-10-20"}});
    as("seat01").post("/api/v1/notices/" + number + "/read", json::object{});
    as("seat01").get("/api/v1/notices");
    as("lead01").get("/api/v1/notices");
    as("lead01").get("/api/v1/notices/" + number + "/readers");
}

/// What the score card gives at most, but for the manner.
inline json::array marks_with_manner(int points) {
    Heard const card = as("lead01").get("/api/v1/call_checks/card");
    json::array marks;
    for (json::value const& item : card.body.at("items").as_array())
        marks.push_back(
            {{"item", item.at("code")},
             {"points", item.at("code").as_string() == "manner" ? json::value(points) : item.at("points")}});
    return marks;
}

/// The call of a check in that stage; empty: there is none.
inline std::string check_in(char const* login, char const* stage, char const* query = "") {
    Heard const list = as(login).get(std::string("/api/v1/call_checks?stage=") + stage + query);
    json::array const& all = list.body.at("checks").as_array();
    return all.empty() ? std::string() : std::string(all.front().at("call").as_string());
}

inline void check_calls() {
    std::string const checks = "/api/v1/call_checks";
    as("lead01").post(checks, {{"day", "2026-10-08"}, {"percent", 30}});
    std::string const at = checks + "/" + check_in("seat02", "drawn");
    as("lead01").post(at + "/mark", {{"marks", marks_with_manner(10)}});
    as("seat02").post(at + "/object", {{"reason", "来电人先辱骂"}});
    as("check01").post(at + "/decide", {{"marks", marks_with_manner(13)}, {"reason", "重听录音"}});
    as("seat02").get(at);
    as("lead01").post(checks + "/" + check_in("lead01", "drawn") + "/leave_out", {{"reason", "没有录音"}});
    as("lead01").get(checks + "/figures");
    as("lead01").get(checks);
}

/// A call of that number that seat02 answered and closed so.
inline std::string closed_call(std::string const& name, std::string const& number, char const* closing) {
    std::string const id = tell(name, "offered", "2026-10-09T08:56:00+08:00", {{"number", number}});
    tell(name, "answered", "2026-10-09T08:56:04+08:00", {{"seat", "seat02"}});
    tell(name, "ended", "2026-10-09T08:56:30+08:00");
    tell(name, "asked", "2026-10-09T08:56:31+08:00");
    Heard const closed = as("seat02").post("/api/v1/calls/" + id + "/close", {{"closing", closing}});
    EXPECT_EQ(closed.status, 200) << closed.text;
    return id;
}

inline void limit_a_caller() {
    std::string const number = "154 0000 6666";
    std::string const id = closed_call("week-1", number, "harassing");
    Heard const proposed =
        as("seat02").post("/api/v1/calls/" + id + "/limit", {{"harassment", "abuse"}, {"account", "反复辱骂"}});
    as("lead01").take(proposed.at("/number"), "set_limit",
                      {{"limited_until", "2026-10-16"}, {"handling", "recorded"}, {"calls_a_day", 1}});
    std::string const next = closed_call("week-2", number, "thanks");
    as("lead01").get("/api/v1/calls/" + next + "/caller");
    as("lead01").get("/api/v1/calls/" + next);
    as("lead01").get("/api/v1/calls/ratings");
}

inline void keep_the_rota() {
    as("lead01").post("/api/v1/rota/import",
                      {{"csv",
                        "kind,who,from,until,name,phone,note\n"
                        "unit,ga,2026-10-09 08:30,2026-10-10 08:30,值班员,0591-0000 0178,夜间\n"
                        "seat,seat99,2026-11-02 08:00,2026-11-02 16:00,,,\n"}});
    as("lead01").get("/api/v1/rota/duty_phone?unit=ga");
    as("lead01").get("/api/v1/rota");
    as("lead01").get("/api/v1/rota/now");
    Heard const day = as("lead01").get("/api/v1/rota?day=2026-10-10&kind=unit");
    as("lead01").post("/api/v1/rota/" + day.at("/duties/0/id") + "/strike", json::object{});
    as("lead01").get("/api/v1/seats");
}

/// One that the demo's gateway does not take, sent again.
inline void send_messages() {
    json::value const filed =
        as("seat01").file({{"title", "路灯"}, {"body", "不亮"}, {"channel", "phone"}, {"phone", "13900004347"}});
    std::string const of = "/api/v1/matters/" + std::string(filed.at("number").as_string()) + "/messages";
    Heard heard;
    for (int tries = 0; tries < 600; ++tries) {
        heard = as("seat01").get(of);
        if (heard.at("/messages/0/state") == "given_up") break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    Heard const sent = as("seat01").post("/api/v1/messages/" + heard.at("/messages/0/id") + "/resend",
                                         {{"reason", "来电说没收到"}});
    EXPECT_EQ(sent.status, 200) << sent.text;
    as("seat01").get(of);
    as("lead01").get("/api/v1/messages?limit=200");
    as("lead01").get("/api/v1/messages?limit=1");
}

inline void read_the_brief() {
    as("mayor").get("/api/v1/brief");
    as("mayor").get("/api/v1/brief/matters?what=filed&day=2026-10-08");
    as("mayor").get("/brief");
}

inline void hand_over() {
    std::string const handovers = "/api/v1/handovers";
    std::string const number = as("lead01").post(handovers, {{"remarks", "中班平稳。"}}).at("/number");
    as("lead02").take(number, "sign_handover", {{"answer", "已接。"}});
    as("lead02").get(handovers);
    as("lead02").get(handovers + "/" + number);
    as("lead02").get(handovers + "/" + number + "/page");
}

inline void run_a_week() {
    hand_over();
    read_the_brief();
    send_messages();
    read_notices();
    check_calls();
    limit_a_caller();
    keep_the_rota();
}

}  // namespace banyan::api_test
