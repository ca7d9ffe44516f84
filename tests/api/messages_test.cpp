// The log of messages over the API: who reads what of it, and sending one again. The demo's gateway is in the
// house: it takes every message but those to numbers that end in 7. The rules: src/kernel/engine/outbox_test.cpp
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kMessages = "/api/v1/messages";

/// An appeal in handling by cg, filed with that number.
std::string dispatched(std::string const& title, std::string const& phone) {
    json::value const filed = as("seat01").file(
        {{"title", title}, {"body", "灯杆倾斜"}, {"channel", "phone"}, {"phone", phone}, {"class", "road.lamp"}});
    std::string const number(filed.at("number").as_string());
    as("seat01").take(number, "accept", {{"kind", "complaint"}});
    as("disp01").take(number, "dispatch", {{"lead", "cg"}});
    return number;
}

/// The matter's messages as somebody reads them, once none of them waits any more.
json::array settled(std::string const& login, std::string const& number) {
    for (int tries = 0;; ++tries) {
        Heard const heard = as(login).get("/api/v1/matters/" + number + "/messages");
        EXPECT_EQ(heard.status, 200) << heard.text;
        if (heard.status != 200) return {};
        if (heard.text.find("\"waiting\"") == std::string::npos || tries > 600)
            return heard.body.at("messages").as_array();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

json::object const& saying(json::array const& messages, std::string_view text) {
    for (json::value const& each : messages)
        if (each.at("text").as_string() == text) return each.as_object();
    throw std::runtime_error("no message says " + std::string(text));
}
std::string text_of(json::object const& message, std::string_view member) {
    return message.contains(member) ? std::string(message.at(member).as_string()) : std::string();
}

TEST(MessageLog, SaysWhoWasToldWhatAndWhatBecameOfIt) {
    std::string const number = dispatched("路灯杆倾斜要倒", "13900004321");
    json::array const messages = settled("seat01", number);
    json::object const& accepted = saying(messages, "accepted");
    EXPECT_EQ(text_of(accepted, "state"), "delivered");
    EXPECT_EQ(text_of(accepted, "phone"), "139****4321");
    EXPECT_NE(text_of(accepted, "said").find("路灯杆倾斜要倒"), std::string::npos);
    EXPECT_NE(text_of(accepted, "said").find("查询码 …"), std::string::npos) << "it would open the matter";
    json::object const& unit = saying(messages, "dispatched");
    EXPECT_EQ(unit.at("unit").at("code").as_string(), "cg");
    EXPECT_EQ(text_of(unit, "said").find("路灯杆倾斜要倒"), std::string::npos) << text_of(unit, "said");
    EXPECT_NE(text_of(unit, "said").find("路灯不亮"), std::string::npos) << "the class";
    EXPECT_FALSE(text_of(unit, "phone").empty());
    json::array const read = settled("unit-cg", number);
    EXPECT_EQ(text_of(saying(read, "dispatched"), "state"), "delivered");
    EXPECT_EQ(text_of(saying(read, "accepted"), "phone"), "") << "no number of who asked";
    EXPECT_EQ(text_of(saying(settled("appraise01", number), "accepted"), "said").find("路灯杆倾斜要倒"),
              std::string::npos)
        << "who does not read the title does not read it here";
    EXPECT_EQ(as("unit-water").get("/api/v1/matters/" + number + "/messages").key(), "matter.unknown");
    EXPECT_EQ(as("citizen").get("/api/v1/matters/" + number + "/messages").key(), "step.wrong_desk");
}

TEST(MessageLog, OfADayHasFiltersAndPages) {
    std::string const number = dispatched("路灯闪烁", "13900004327");
    settled("seat01", number);
    Heard const all = as("lead01").get(kMessages + "?day=2026-10-09&limit=200");
    ASSERT_EQ(all.status, 200) << all.text;
    EXPECT_NE(all.text.find(number), std::string::npos);
    Heard const page = as("lead01").get(kMessages + "?limit=1");
    ASSERT_FALSE(page.at("/next").empty());
    Heard const next = as("lead01").get(kMessages + "?limit=1&cursor=" + page.at("/next"));
    EXPECT_NE(next.at("/messages/0/id"), page.at("/messages/0/id"));
    Heard const refused = as("lead01").get(kMessages + "?state=given_up&to=asker&text=accepted");
    EXPECT_EQ(refused.at("/messages/0/number"), number);
    EXPECT_EQ(refused.at("/messages/0/why"), "refused");
    Heard const units = as("lead01").get(kMessages + "?to=unit");
    for (json::value const& each : units.body.at("messages").as_array())
        EXPECT_TRUE(each.as_object().contains("unit"));
    EXPECT_EQ(as("lead01").get(kMessages + "?kind=praise&day=2026-01-01").body.at("messages").as_array().size(),
              0U);
    for (char const* login : {"unit-cg", "citizen", "sys"})
        EXPECT_EQ(as(login).get(kMessages).key(), "step.wrong_desk") << login;
    EXPECT_EQ(as("lead01").get(kMessages + "?state=lost").status, 422);
    EXPECT_EQ(as("lead01").get(kMessages + "?day=soon").status, 422);
    EXPECT_EQ(as("lead01").get(kMessages + "?cursor=xyz").key(), "cursor.bad");
}

TEST(MessageLog, AnAccusedUnitAndItsCentreFindNothing) {
    Planted const& planted = about_the_street();
    EXPECT_NE(as("seat01").get("/api/v1/matters/" + planted.number + "/messages").text.find(planted.number),
              std::string::npos);
    for (char const* login : {"street-ry", "gulou"})
        EXPECT_EQ(as(login).get("/api/v1/matters/" + planted.number + "/messages").key(), "matter.unknown")
            << login;
    EXPECT_EQ(as("gulou").get(kMessages + "?limit=200").text.find(planted.number), std::string::npos);
}

TEST(MessageLog, OneIsSentAgainWithAReason) {
    std::string const number = dispatched("路灯罩破了", "13900004337");
    json::array const messages = settled("seat01", number);
    json::object const accepted = saying(messages, "accepted");
    EXPECT_EQ(text_of(accepted, "state"), "given_up");
    EXPECT_TRUE(accepted.at("may_resend").as_bool());
    std::string const resend = kMessages + "/" + text_of(accepted, "id") + "/resend";
    EXPECT_EQ(as("unit-cg").post(resend, {{"reason", "没收到"}}).key(), "step.wrong_desk");
    EXPECT_EQ(as("seat01").post(resend, json::object{}).key(), "field.required");
    EXPECT_EQ(as("seat01").post(kMessages + "/x/resend", {{"reason", "没收到"}}).key(), "message.unknown");
    EXPECT_EQ(as("seat01").post(kMessages + "/12345/resend", {{"reason", "没收到"}}).key(), "message.unknown");
    ASSERT_EQ(as("seat01").post(resend, {{"reason", "来电说没收到"}}).status, 200);
    json::object const again = saying(settled("seat01", number), "accepted");
    EXPECT_EQ(again.at("resends").as_array().size(), 1U);
    EXPECT_EQ(again.at("resends").at(0).at("reason").as_string(), "来电说没收到");
    json::object const unit = saying(messages, "dispatched");
    EXPECT_FALSE(unit.at("may_resend").as_bool()) << "delivered a moment ago";
    EXPECT_EQ(as("seat01").post(kMessages + "/" + text_of(unit, "id") + "/resend", {{"reason", "再发"}}).key(),
              "message.too_soon");
}

}  // namespace
}  // namespace banyan::api_test
