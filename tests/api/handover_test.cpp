// The hand-over of a shift over the API: what is left is counted, another leader signs, it is printed.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kHandovers = "/api/v1/handovers";

std::int64_t left(json::value const& handover, std::string_view what) {
    for (json::value const& each : handover.at("left").as_array())
        if (each.at("what").as_string() == what) return each.at("count").as_int64();
    return -1;
}

/// Two in one second are one too many.
Heard written(std::string const& login, std::string const& remarks) {
    for (int tries = 0;; ++tries) {
        Heard heard = as(login).post(kHandovers, {{"remarks", remarks}});
        if (heard.key() != "matter.already" || tries > 50) return heard;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

TEST(Handover, OfTheDemosNightWaitsForItsLeader) {
    Heard const list = as("mayor").get(kHandovers);
    ASSERT_EQ(list.status, 200) << list.text;
    json::array const& all = list.body.at("handovers").as_array();
    ASSERT_FALSE(all.empty());
    json::value const& night = all.back();
    EXPECT_EQ(night.at("by").at("zh").as_string(), "许汀");
    EXPECT_EQ(left(night, "undispatched"), 13);
    EXPECT_GT(left(night, "ring_backs"), 0);
    EXPECT_GT(left(night, "unread_notices"), 0);
    EXPECT_GT(left(night, "near"), 0);
    EXPECT_EQ(left(night, "to_report_up"), 0);
}

TEST(Handover, CountsWhatIsLeftAndIsSignedByAnother) {
    json::value const filed = as("seat01").file({{"title", "路面塌陷"},
                                                 {"body", "冒烟"},
                                                 {"channel", "phone"},
                                                 {"phone", "13900004321"},
                                                 {"public_safety", true}});
    std::string const danger(filed.at("number").as_string());
    as("seat01").take(danger, "accept", {{"kind", "complaint"}});
    Heard const made = written("lead01", "早班平稳，一处塌陷待上报。");
    ASSERT_EQ(made.status, 201) << made.text;
    std::string const number = made.at("/number"), at = kHandovers + "/" + number;
    Heard const one = as("lead02").get(at);
    EXPECT_GE(left(one.body, "to_report_up"), 1);
    EXPECT_NE(one.text.find(danger), std::string::npos) << "which, by its number";
    EXPECT_EQ(one.text.find("路面塌陷"), std::string::npos) << "and nothing of what was said";
    EXPECT_EQ(one.at("/remarks"), "早班平稳，一处塌陷待上报。");
    EXPECT_FALSE(one.has("/signed"));
    std::string const sign = "/api/v1/matters/" + number + "/steps/sign_handover";
    EXPECT_EQ(as("lead01").post(sign, json::object{}).key(), "handover.own");
    EXPECT_EQ(as("seat01").post(sign, json::object{}).key(), "step.wrong_desk");
    as("lead02").take(number, "sign_handover", {{"answer", "已接，马上上报。"}});
    Heard const now = as("lead02").get(at);
    EXPECT_EQ(now.at("/stage"), "signed");
    EXPECT_EQ(now.at("/signed/by/zh"), "许汀");
    EXPECT_EQ(now.at("/signed/answer"), "已接，马上上报。");
    EXPECT_EQ(now.number("/left/0/count"), one.number("/left/0/count")) << "as it was when it was written";
    Heard const page = as("lead02").get(at + "/page");
    EXPECT_NE(page.text.find("陈桥"), std::string::npos);
    EXPECT_NE(page.text.find("许汀"), std::string::npos);
    EXPECT_NE(page.text.find(danger), std::string::npos);
}

TEST(Handover, IsWrittenOnlyByAShiftLeaderWithFiguresThatWereCounted) {
    for (char const* login : {"seat01", "mayor", "unit-cg", "citizen"}) {
        EXPECT_EQ(as(login).post(kHandovers, {{"remarks", "无事"}}).key(), "step.wrong_desk") << login;
    }
    EXPECT_EQ(as("lead01").post(kHandovers, json::object{}).key(), "field.required");
    EXPECT_EQ(as("lead01").post(kHandovers, {{"remarks", "无事"}, {"left", json::array{}}}).key(),
              "field.unknown");
    json::object form{
        {"title", "自己写的交班"}, {"remarks", "无事"}, {"left", {{{"what", "near"}, {"count", 0}}}}};
    EXPECT_EQ(as("lead01")
                  .post("/api/v1/matters", {{"procedure", "handover"}, {"step", "write_handover"}, {"form", form}})
                  .key(),
              "step.wrong_desk")
        << "figures that somebody made up";
    for (char const* login : {"seat01", "gulou", "unit-cg", "citizen"})
        EXPECT_EQ(as(login).get(kHandovers).key(), "step.wrong_desk") << login;
    EXPECT_EQ(as("lead01").get(kHandovers + "/000000000000").key(), "handover.unknown");
    EXPECT_EQ(as("lead01").get(kHandovers + "/x/page").key(), "handover.unknown");
}

TEST(Handover, IsWithdrawnToWriteAnother) {
    Heard const made = written("lead02", "写错了班次。");
    ASSERT_EQ(made.status, 201) << made.text;
    as("lead02").take(made.at("/number"), "withdraw_handover", {{"reason", "班次写错"}});
    EXPECT_EQ(as("lead01").get(kHandovers + "/" + made.at("/number")).at("/stage"), "handover_withdrawn");
    EXPECT_EQ(
        as("lead01").post("/api/v1/matters/" + made.at("/number") + "/steps/sign_handover", json::object{}).key(),
        "step.out_of_turn");
}

}  // namespace
}  // namespace banyan::api_test
