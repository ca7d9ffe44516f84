// The rota over the API: taking it in, who is on duty, which phone to ring. The rules:
// src/systems/rota/duty_test.cpp
#include "api/demo_city.h"

#include <gtest/gtest.h>

namespace banyan::api_test {
namespace {

std::string const kRota = "/api/v1/rota";

TEST(Rota, SaysWhoIsOnDuty) {
    Heard const now = as("seat01").get(kRota + "/now?kind=seat");
    ASSERT_EQ(now.status, 200) << now.text;
    EXPECT_NE(now.text.find("\"who\":\"seat01\""), std::string::npos) << "the day shift";
    Heard const day = as("mayor").get(kRota + "?day=2026-10-09&kind=leader");
    EXPECT_EQ(day.at("/duties/0/who"), "mayor");
    EXPECT_EQ(day.at("/duties/0/from"), "2026-10-09T09:00:00+08:00");
    EXPECT_EQ(as("lead01").get(kRota + "?day=2026-12-01").body.at("duties").as_array().size(), 0U);
    Heard const wall = as("lead01").get("/api/v1/seats");
    int on = 0;
    for (json::value const& seat : wall.body.at("seats").as_array()) on += seat.at("on_duty").as_bool() ? 1 : 0;
    EXPECT_GT(on, 0);
    EXPECT_LT(on, static_cast<int>(wall.body.at("seats").as_array().size()))
        << "others have the evening and the night";
    for (char const* login : {"unit-cg", "citizen", "sys"})
        EXPECT_EQ(as(login).get(kRota).key(), "step.wrong_desk") << login;
    EXPECT_EQ(as("seat01").get(kRota + "?day=today").status, 422);
    EXPECT_EQ(as("seat01").get(kRota + "?kind=guard").status, 422);
}

TEST(Rota, NamesAPhoneForAnyUnit) {
    Heard const own = as("disp01").get(kRota + "/duty_phone?unit=jt");
    ASSERT_EQ(own.status, 200) << own.text;
    EXPECT_FALSE(own.body.at("on_rota").as_bool());
    EXPECT_EQ(own.at("/unit"), "jt");
    Heard const taken = as("lead01").post(
        kRota + "/import",
        {{"csv",
          "kind,who,from,until,name,phone\nunit,jt,2026-10-09 08:30,2026-10-10 08:30,值班员,0591-0000 0177\n"}});
    ASSERT_EQ(taken.status, 200) << taken.text;
    EXPECT_EQ(taken.number("/taken"), 1);
    Heard const duty = as("disp01").get(kRota + "/duty_phone?unit=jt");
    EXPECT_TRUE(duty.body.at("on_rota").as_bool());
    EXPECT_EQ(duty.at("/phone"), "0591-0000 0177");
    EXPECT_EQ(duty.at("/name"), "值班员");
    EXPECT_EQ(as("disp01").get(kRota + "/duty_phone?unit=nowhere").key(), "unit.unknown");
    EXPECT_EQ(as("disp01").get(kRota + "/duty_phone").key(), "field.required");
}

TEST(Rota, TakesInGoodRowsAndSaysTheBadOnes) {
    std::string const csv =
        "kind,who,from,until,note\n"
        "seat,seat02,2026-11-02 08:00,2026-11-02 16:00,代班\n"
        "seat,seat99,2026-11-02 08:00,2026-11-02 16:00,\n"
        "seat,seat01,tomorrow,2026-11-02 16:00,\n";
    EXPECT_EQ(as("seat01").post(kRota + "/import", {{"csv", csv}}).key(), "step.wrong_desk");
    Heard const first = as("lead01").post(kRota + "/import", {{"csv", csv}});
    ASSERT_EQ(first.status, 200) << first.text;
    EXPECT_EQ(first.number("/taken"), 1);
    EXPECT_EQ(first.number("/bad/0/line"), 3);
    EXPECT_EQ(first.at("/bad/0/key"), "rota.who");
    EXPECT_NE(first.at("/bad/0/text/zh").find("seat99"), std::string::npos);
    EXPECT_EQ(first.number("/bad/1/line"), 4);
    EXPECT_EQ(first.at("/bad/1/column"), "from");
    EXPECT_EQ(as("lead01").post(kRota + "/import", {{"csv", csv}}).number("/already"), 1);
    Heard const day = as("seat02").get(kRota + "?day=2026-11-02");
    ASSERT_EQ(day.body.at("duties").as_array().size(), 1U);
    EXPECT_EQ(day.at("/duties/0/note"), "代班");
    std::string const strike = kRota + "/" + day.at("/duties/0/id") + "/strike";
    EXPECT_EQ(as("seat02").post(strike, json::object{}).key(), "step.wrong_desk");
    EXPECT_EQ(as("lead01").post(strike, json::object{}).status, 200);
    EXPECT_EQ(as("lead01").post(strike, json::object{}).key(), "rota.unknown");
    EXPECT_EQ(as("lead01").post(kRota + "/x/strike", json::object{}).key(), "rota.unknown");
    EXPECT_EQ(as("seat02").get(kRota + "?day=2026-11-02").body.at("duties").as_array().size(), 0U);
    EXPECT_EQ(as("lead01").post(kRota + "/import", {{"csv", "kind,who\n"}}).key(), "rota.column");
    EXPECT_EQ(as("lead01").post(kRota + "/import", {{"csv", "\"open"}}).key(), "csv.quote");
    EXPECT_EQ(as("lead01").post(kRota + "/import", json::object{}).key(), "field.required");
}

}  // namespace
}  // namespace banyan::api_test
