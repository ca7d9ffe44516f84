// Lists that tell of changes, many commands at once, and pages that neither skip nor repeat.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

using Clock = std::chrono::steady_clock;

/// Somebody's stream, opened and ready.
class Listener {
  public:
    explicit Listener(std::string const& login)
        : reader_("127.0.0.1", port(), "/api/v1/events", as(login).signed_by(), seconds(5)) {
        EXPECT_EQ(reader_.answer().status, 200);
        auto ready = reader_.next();
        EXPECT_TRUE(ready && ready->event == "ready");
    }
    /// The matter that the next event tells of; its data names a list, an id, a version and nothing else.
    std::string next() {
        auto event = reader_.next();
        if (!event) return "ended";
        EXPECT_EQ(event->event, "changed");
        json::object data = json::parse(event->data).as_object();
        EXPECT_EQ(data.size(), 3U) << event->data;
        EXPECT_TRUE(data.contains("list") && data.contains("id") && data.contains("version")) << event->data;
        return std::string(data.at("id").as_string());
    }

  private:
    http::EventReader reader_;
};

/// The writer answers, then tells who listens, then takes the next command: after a refused one all before it is
/// told.
void settle(std::string const& matter) {
    EXPECT_EQ(as("seat01").post("/api/v1/matters/" + matter + "/steps/nonsense", json::object{}).status, 404);
}

std::string in_handling(std::string const& lead,
                        json::object form = {{"title", "占道"}, {"body", "占道经营"}, {"channel", "web"}}) {
    std::string id(as("citizen").file(std::move(form)).at("id").as_string());
    as("seat01").take(id, "accept", {{"kind", "complaint"}});
    as("disp01").take(id, "dispatch", {{"lead", lead}});
    return id;
}

TEST(Events, ReachWhoSeesTheMatterWithinTwoSecondsAndNobodyElse) {
    std::string const matter = in_handling("cg"), waters = in_handling("water"), about = about_the_street().id,
                      streets = below_gulou().id;
    std::string const second = std::string(
        as("citizen2").file({{"title", "别的"}, {"body", "别的事"}, {"channel", "web"}}).at("id").as_string());
    settle(matter);
    Listener unit("unit-cg"), centre("review01"), asker("citizen"), water("unit-water"), street("street-ry"),
        citizen2("citizen2"), admin("sys"), district("gulou");
    auto began = Clock::now();
    as("unit-cg").take(matter, "sign");
    EXPECT_EQ(unit.next(), matter);
    EXPECT_EQ(centre.next(), matter);
    EXPECT_EQ(asker.next(), matter);
    EXPECT_LT(Clock::now() - began, std::chrono::seconds(2));
    as("unit-cg").take(about, "note", {{"text", "到场查看"}},
                       about_the_street().lead);  // the accused street hears nothing of it
    as("unit-water").take(waters, "sign");
    as("gulou").take(streets, "note", {{"text", "督促街道"}}, below_gulou().lead);
    as("citizen2").take(second, "urge");
    EXPECT_EQ(street.next(), streets) << "the first it hears of";
    EXPECT_EQ(district.next(), streets) << "the first it hears of";
    EXPECT_EQ(citizen2.next(), second) << "the first it hears of";
    EXPECT_EQ(water.next(), about) << "its share as assist";
    EXPECT_EQ(water.next(), waters);
}

TEST(Events, EndForAUnitThatHasReturnedItsShare) {
    std::string const matter = in_handling("cg"), marker = in_handling("cg");
    as("unit-cg-head").take(matter, "ask_return", {{"ground", "not_our_duty"}, {"reason", "不属我局"}});
    settle(matter);
    Listener unit("unit-cg");
    as("review01").take(matter, "grant_return", {{"reason", "同意"}});
    EXPECT_EQ(unit.next(), matter) << "that its share is gone";
    EXPECT_EQ(as("unit-cg").get("/api/v1/matters/" + matter).status, 404);
    as("disp01").take(matter, "dispatch", {{"lead", "water"}});
    as("unit-water").take(matter, "sign");
    as("unit-cg").take(marker, "sign");
    EXPECT_EQ(unit.next(), marker) << "what it may not find it hears nothing of";
}

TEST(Batch, AnswersEachCommandInItsPlace) {
    std::string const matter(
        as("citizen").file({{"title", "占道"}, {"body", "占道经营"}, {"channel", "web"}}).at("id").as_string());
    json::array commands{
        {{"matter", matter}, {"step", "accept"}, {"form", {{"kind", "complaint"}}}},
        {{"matter", matter}, {"step", "accept"}, {"form", {{"kind", "complaint"}}}},       // out of turn by then
        {{"matter", matter}, {"step", "dispatch"}, {"form", {{"lead", "cg"}, {"x", 1}}}},  // an unknown field
        {{"matter", matter}, {"step", "dispatch"}, {"form", {{"lead", "cg"}}}},
        {{"matter", "424242"}, {"step", "accept"}, {"form", {{"kind", "help"}}}},
        {{"matter", matter}, {"step", "supplement"}, {"form", {{"text", "旧版本"}}}, {"version", 1}},
        {{"procedure", "appeal"},
         {"step", "file"},
         {"form", {{"title", "代记"}, {"body", "来电人代记"}, {"channel", "phone"}}}},
        {{"step", "accept"}},
        {{"matter", matter}, {"step", "accept"}, {"colour", "red"}},
        {{"matter", matter}, {"step", "accept"}, {"version", "1"}},
    };
    Heard heard = as("lead01").post("/api/v1/commands", {{"commands", commands}});
    ASSERT_EQ(heard.status, 200) << heard.text;
    json::array const& answers = heard.body.at("answers").as_array();
    ASSERT_EQ(answers.size(), commands.size());
    std::vector<std::string> const expected{
        "", "step.out_of_turn", "field.unknown", "",          "matter.unknown", "version.stale",
        "", "matter.unknown",   "field.unknown", "field.type"};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        SCOPED_TRACE(i);
        json::object const& answer = answers[i].as_object();
        EXPECT_EQ(answer.at("ok").as_bool(), expected[i].empty()) << json::serialize(answer);
        if (json::value const* problem = answer.if_contains("problem")) {
            EXPECT_EQ(problem->at("key").as_string(), expected[i]);
            journey::expect_problem(*problem, 0, "batch");
        }
    }
    EXPECT_EQ(answers[3].at("answer").at("version").as_int64(), 3);
    EXPECT_EQ(answers[6].at("answer").at("code").as_string().size(), 6U);
}

TEST(Batch, KeepsTheOrderOfAThousand) {
    std::string const matter(
        as("citizen").file({{"title", "占道"}, {"body", "占道经营"}, {"channel", "web"}}).at("id").as_string());
    json::array commands;
    for (int i = 0; i < 1000; ++i)
        commands.push_back({{"matter", matter},
                            {"step", "supplement"},
                            {"form", {{"text", "补充" + std::to_string(i)}}},
                            {"key", "order-" + std::to_string(i)}});
    Heard heard = as("citizen").post("/api/v1/commands", {{"commands", commands}});
    ASSERT_EQ(heard.status, 200);
    for (int i = 0; i < 1000; ++i)
        ASSERT_EQ(heard.body.at("answers").at(static_cast<std::size_t>(i)).at("answer").at("version").as_int64(),
                  i + 2);
    Heard again = as("citizen").post("/api/v1/commands", {{"commands", commands}});
    EXPECT_EQ(again.body, heard.body) << "each once, by its key";
    commands.push_back(commands[0]);
    EXPECT_EQ(as("citizen").post("/api/v1/commands", {{"commands", commands}}).key(), "field.too_long");
}

/// All ids that the pages of a list give, one after another.
std::vector<std::string> walk(Caller& caller, std::string const& query) {
    std::vector<std::string> ids;
    std::string cursor;
    do {
        Heard page = caller.get("/api/v1/matters?" + query + (cursor.empty() ? "" : "&cursor=" + cursor));
        EXPECT_EQ(page.status, 200) << page.text;
        for (json::value const& matter : page.body.at("matters").as_array())
            ids.push_back(std::string(matter.at("id").as_string()));
        cursor = page.at("/next");
    } while (!cursor.empty() && ids.size() < 100'000);
    return ids;
}

TEST(Cursor, WalksWithoutGapOrRepeatWhileMattersComeIn) {
    std::string const marked = "region=350128";
    std::set<std::string> before;
    for (std::string const& id : walk(as("review01"), marked + "&limit=100")) before.insert(id);
    for (int i = 0; i < 30; ++i)
        before.insert(std::string(
            as("citizen")
                .file({{"title", "平潭"}, {"body", "岛上的事"}, {"channel", "web"}, {"region", "350128"}})
                .at("id")
                .as_string()));
    std::atomic<bool> stop{false};
    std::thread filing([&] {
        Caller citizen(port(), as("citizen2").token());
        while (!stop)
            citizen.file({{"title", "平潭"}, {"body", "又一件"}, {"channel", "web"}, {"region", "350128"}});
    });
    for (std::string const query : {"&limit=7", "&limit=1", "&limit=100"}) {
        std::vector<std::string> ids = walk(as("review01"), marked + query);
        std::set<std::string> once(ids.begin(), ids.end());
        EXPECT_EQ(once.size(), ids.size()) << "a repeat, " << query;
        for (std::string const& id : before) EXPECT_TRUE(once.contains(id)) << "a gap, " << query << ": " << id;
    }
    stop = true;
    filing.join();
}

TEST(Cursor, WalksTheMostUrgentFirst) {
    Heard first = as("review01").get("/api/v1/matters?order=due&limit=100");
    std::string last;
    for (json::value const& matter : first.body.at("matters").as_array()) {
        std::string due(matter.at("due").at("at").as_string());
        EXPECT_LE(last, due);
        last = due;
    }
    std::vector<std::string> ids = walk(as("review01"), "order=due&limit=9");
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
    EXPECT_EQ(ids, walk(as("review01"), "order=due&limit=100"));
    for (char const* query : {"mine=true&limit=3", "mine=true&order=due&limit=3"}) {
        std::vector<std::string> mine = walk(as("unit-cg"), query);
        EXPECT_EQ(std::set<std::string>(mine.begin(), mine.end()).size(), mine.size()) << query;
        EXPECT_FALSE(mine.empty());
    }
}

}  // namespace
}  // namespace banyan::api_test
