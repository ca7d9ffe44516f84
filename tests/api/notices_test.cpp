// Notices and agreed wordings: who sees them, who has read them, what bad input gets. The rules of the rulebook:
// tests/scenario/14_notices.txt
#include "api/demo_city.h"

#include <gtest/gtest.h>

namespace banyan::api_test {
namespace {

std::string const kNotices = "/api/v1/notices";

json::object draft(char const* title, bool urgent = false) {
    return {{"sort", "wording"},
            {"title", title},
            {"text", "请说：正在抢修。"},
            {"basis", "值班领导"},
            {"urgent", urgent}};
}

std::string written(char const* title, bool urgent = false) {
    Heard const made = as("lead01").post(
        "/api/v1/matters", {{"procedure", "notice"}, {"step", "write_notice"}, {"form", draft(title, urgent)}});
    EXPECT_EQ(made.status, 201) << made.text;
    return made.at("/number");
}

std::string pinned(char const* title, bool urgent = false) {
    std::string const number = written(title, urgent);
    as("review01").take(number, "pin", {{"pin_until", "2026-10-20"}});
    return number;
}

/// Its place in somebody's list; -1: it is not there.
int place(char const* login, std::string const& number, char const* query = "") {
    Heard const list = as(login).get(kNotices + query);
    int at = 0;
    for (json::value const& row : list.body.at("notices").as_array()) {
        if (row.at("number").as_string() == number) return at;
        ++at;
    }
    return -1;
}

TEST(Notices, ArePinnedForAllUrgentOnesFirst) {
    std::string const urgent = pinned("煤气抢修口径", true), later = pinned("停水口径"), still = written("草稿");
    EXPECT_EQ(place("seat01", still), -1) << "nobody has checked it";
    EXPECT_GE(place("seat01", urgent), 0);
    EXPECT_LT(place("seat01", urgent), place("seat01", later));
    as("lead01").take(urgent, "unpin", {{"reason", "险情解除"}});
    EXPECT_EQ(place("seat01", urgent), -1);
    for (char const* login : {"unit-cg", "citizen", "gulou", "partner01", "sys"})
        EXPECT_EQ(as(login).get(kNotices).key(), "step.wrong_desk") << login;
    EXPECT_EQ(as("nobody").get(kNotices).status, 401);
}

TEST(Notices, AreConfirmedOnceByEachSeat) {
    std::string const number = pinned("加装电梯口径"), at = kNotices + "/" + number;
    EXPECT_GE(place("seat01", number, "?unread=true"), 0);
    Heard const first = as("seat01").post(at + "/read", json::object{});
    ASSERT_EQ(first.status, 200) << first.text;
    EXPECT_EQ(as("seat01").post(at + "/read", json::object{}).text, first.text) << "the first time stands";
    EXPECT_EQ(place("seat01", number, "?unread=true"), -1);
    EXPECT_GE(place("seat02", number, "?unread=true"), 0);

    Heard const who = as("lead01").get(at + "/readers");
    ASSERT_EQ(who.status, 200) << who.text;
    ASSERT_EQ(who.body.at("read").as_array().size(), 1U);
    EXPECT_EQ(who.at("/read/0/login"), "seat01");
    EXPECT_EQ(who.number("/readers/read"), 1);
    EXPECT_EQ(who.number("/readers/of"), static_cast<int>(who.body.at("unread").as_array().size()) + 1);
    EXPECT_EQ(as("seat01").get(at + "/readers").key(), "step.wrong_desk") << "who has not read is the leader's";
    Heard const seats = as("seat01").get(kNotices), leaders = as("lead01").get(kNotices);
    EXPECT_FALSE(seats.has("/notices/0/readers"));
    EXPECT_TRUE(leaders.has("/notices/0/readers"));

    as("review01").take(number, "unpin", {{"reason", "不再适用"}});
    EXPECT_EQ(as("seat02").post(at + "/read", json::object{}).key(), "notice.not_pinned");
    EXPECT_EQ(as("lead01").get(at + "/readers").number("/readers/read"), 1) << "kept when it is over";
}

TEST(Notices, AreRefusedByName) {
    std::string const appeal = report().number;
    for (std::string const& other : {std::string("000000000000"), std::string("x"), appeal}) {
        EXPECT_EQ(as("seat01").post(kNotices + "/" + other + "/read", json::object{}).key(), "notice.unknown")
            << other;
        EXPECT_EQ(as("lead01").get(kNotices + "/" + other + "/readers").key(), "notice.unknown") << other;
    }
    std::string const raw = written("未核对");
    Heard const early = as("seat01").post(kNotices + "/" + raw + "/read", json::object{});
    EXPECT_EQ(early.key(), "notice.not_pinned");
    EXPECT_EQ(early.status, 409);
    EXPECT_EQ(as("seat01").post(kNotices + "/" + raw + "/read", {{"at", "now"}}).key(), "field.unknown");
    EXPECT_EQ(as("seat01").get(kNotices + "?unread=perhaps").status, 422);
}

}  // namespace
}  // namespace banyan::api_test
