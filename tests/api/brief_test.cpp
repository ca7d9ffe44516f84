// The daily brief over the API: who reads it, that a figure and the list behind it agree, the page.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kBrief = "/api/v1/brief";

TEST(Brief, FiguresAndTheListsBehindThemAgree) {
    for (int tries = 0; tries < 600; ++tries) {  // until the topics have read what the demo begins with
        if (as("mayor").get(kBrief + "/matters?what=filed").number("/total") > 40) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    Heard const brief = as("mayor").get(kBrief);
    ASSERT_EQ(brief.status, 200) << brief.text;
    EXPECT_EQ(brief.at("/day"), "2026-10-08") << "yesterday, unless another is asked for";
    EXPECT_EQ(brief.at("/before"), "2026-10-01");
    int lists = 0;
    std::set<std::string> names;
    for (json::value const& section : brief.body.at("sections").as_array()) {
        names.insert(std::string(section.at("name").as_string()));
        for (json::value const& value : section.at("rows").as_array()) {
            json::object const& row = value.as_object();
            if (!row.contains("link")) continue;
            std::string const link(row.at("link").as_string());
            Heard const list = as("mayor").get(link);
            EXPECT_EQ(list.status, 200) << link << " " << list.text;
            if (link.find("brief/matters?what=filed") == std::string::npos) continue;
            ++lists;
            EXPECT_EQ(list.number("/total"), row.at("count").as_int64()) << link;
        }
    }
    EXPECT_GT(lists, 10);
    EXPECT_EQ(names, (std::set<std::string>{"intake", "channels", "classes", "calls", "answers", "open", "overdue",
                                            "attention", "topics"}));
}

TEST(Brief, IsOnePageForThoseWhoLead) {
    Heard const page = as("mayor").get("/brief?day=2026-10-08");
    ASSERT_EQ(page.status, 200);
    EXPECT_NE(page.header("Content-Type").find("text/html"), std::string::npos);
    EXPECT_NE(page.text.find("热线日报"), std::string::npos);
    EXPECT_NE(page.text.find("2026-10-01"), std::string::npos) << "what it is beside";
    EXPECT_NE(page.text.find("市长 mayor"), std::string::npos) << "who printed it";
    for (char const* path : {"/api/v1/brief", "/brief", "/api/v1/brief/matters?what=near"}) {
        for (char const* login : {"lead01", "review01", "sup01"})
            EXPECT_EQ(as(login).get(path).status, 200) << path;
        for (char const* login : {"seat01", "gulou", "unit-cg", "citizen", "sys"})
            EXPECT_EQ(as(login).get(path).key(), "step.wrong_desk") << login << path;
    }
    EXPECT_EQ(as("nobody").get("/brief").status, 401);
    EXPECT_EQ(as("mayor").get(kBrief + "?day=2031-01-01").key(), "brief.not_yet");
    EXPECT_EQ(as("mayor").get(kBrief + "?day=2024-01-01").key(), "brief.too_old");
    EXPECT_EQ(as("mayor").get(kBrief + "?day=monday").status, 422);
    EXPECT_EQ(as("mayor").get(kBrief + "/matters?what=all").status, 422);
    EXPECT_EQ(as("mayor").get(kBrief + "/matters").key(), "field.required");
}

TEST(Brief, AnInstructionIsOutstandingUntilItIsClosed) {
    json::value const filed = as("seat01").file(
        {{"title", "内河发黑"}, {"body", "白马河发黑发臭"}, {"channel", "phone"}, {"phone", "13900004321"}});
    std::string const number(filed.at("number").as_string());
    std::string const list = kBrief + "/matters?what=instructions";
    std::int64_t const before = as("mayor").get(list).number("/total");
    as("seat01").take(number, "accept", {{"kind", "complaint"}});
    as("disp01").take(number, "dispatch", {{"lead", "water"}});
    as("sup01").take(number, "supervise", {{"trigger", "unsolved"}, {"reason", "拖延"}});
    EXPECT_EQ(as("mayor").get(list).number("/total"), before) << "an officer's supervision is no instruction";
    as("mayor").take(number, "instruct", {{"reason", "三天内见底"}});
    EXPECT_EQ(as("mayor").get(list).number("/total"), before + 1);
}

}  // namespace
}  // namespace banyan::api_test
