// What is learned from the journal is found again, by who may find it. On both databases.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/alike/learner.h"
#include "kernel/alike/suggest.h"
#include "kernel/engine/testing/story.h"
#include "kernel/publication/publisher.h"

namespace banyan::alike {
namespace {

using namespace banyan::testing;

Words words() { return *read_words(source_text("data/alike.toml")); }

class Suggesting : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        for (char const* other : {"社保卡怎么补办", "鼓山步道的垃圾桶太少", "华林路夜间施工太吵",
                                  "学校门口上学时堵车", "小区电梯坏了三天"})
            file(other, other);
    }
    MatterId file(std::string_view title, std::string_view body, json::object const& more = {}) {
        json::object form{{"title", title}, {"body", body}, {"channel", "phone"}};
        for (auto const& one : more) form[one.key()] = one.value();
        Answer const answer = city->open("seat01", form);
        EXPECT_TRUE(answer.ok());
        return answer.matter;
    }
    json::array ask(std::string_view login, Ask const& what) {
        auto rules = city->engine().rules();
        return suggest(city->reader(), neighbours, sketcher, what,
                       {city->actor(login), *rules, city->engine().moment(), nullptr},
                       city->engine().procedures());
    }
    std::unique_ptr<City> city;
    text::Reader reader;
    Sketcher sketcher{reader, words()};
    Neighbours neighbours{sketcher.words()};
    static Ask about_water() {
        Ask ask;
        ask.title = "白塔新村没水";
        ask.body = "白塔新村停水，什么时候来水";
        return ask;
    }
    Ask const water = about_water();
};
BANYAN_ON_BOTH_ENGINES(Suggesting);

TEST_P(Suggesting, FindsWhatWasFiledAndSaysWhy) {
    MatterId const matter = file("白塔新村停水两天了", "白塔新村从昨天开始停水，老人做不了饭");
    Learner learner(city->engine(), *city->db(), sketcher, neighbours);
    EXPECT_TRUE(learner.run_once());
    EXPECT_TRUE(learner.caught_up());
    json::array rows = ask("seat01", water);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("matter").at("id").as_string(), matter.text());
    EXPECT_TRUE(rows[0].at("likeness").at("same_place").as_bool());
    EXPECT_NE(json::serialize(rows[0]).find("alike.place"), std::string::npos);
    Ask self = water;
    self.but = matter;
    EXPECT_TRUE(ask("seat01", self).empty()) << "not itself";
    MatterId const second = file("白塔新村停水", "白塔新村停水，一滴水也没有");
    EXPECT_TRUE(learner.run_once());
    rows = ask("seat01", water);
    ASSERT_EQ(rows.size(), 2U) << "learns what is added, and nothing twice";
    EXPECT_TRUE(rows[0].at("matter").at("id").as_string() == second.text() ||
                rows[1].at("matter").at("id").as_string() == second.text());
}

TEST_P(Suggesting, ShowsNobodyWhatTheyMayNotFind) {
    file("白塔新村停水两天了", "白塔新村从昨天开始停水，水务公司不管", {{"about", "water"}});
    Learner learner(city->engine(), *city->db(), sketcher, neighbours);
    learner.run_once();
    EXPECT_EQ(ask("seat01", water).size(), 1U);
    EXPECT_TRUE(ask("unit-water", water).empty()) << "whom it is about finds nothing";
    EXPECT_TRUE(ask("citizen", water).empty()) << "nothing is released";
    auto rules = city->engine().rules();
    EXPECT_TRUE(suggest(city->reader(), neighbours, sketcher, water,
                        {Actor{}, *rules, city->engine().moment(), nullptr}, city->engine().procedures())
                    .empty())
        << "not signed in";
}

TEST_P(Suggesting, ShowsEverybodyWhatWasReleasedByTheWordsThatWere) {
    MatterId const matter = file("白塔新村停水两天了", "我是茉莉巷十二号郑茉莉，白塔新村从昨天开始停水",
                                 {{"may_publish", true}, {"class", "utility.water_off"}});
    Learner learner(city->engine(), *city->db(), sketcher, neighbours);
    learner.run_once();
    auto const redactor = language::Redactor::read(source_text("data/language/redaction.csv")).value();
    auto publish = [&] { publication::Publisher(city->engine(), *city->db(), city->keys(), redactor).run_once(); };
    publish();
    EXPECT_TRUE(ask("citizen", water).empty()) << "agreed to, and not released";
    EXPECT_TRUE(city->step("seat01", matter, "accept", {{"kind", "help"}}).ok());
    EXPECT_TRUE(city->step("disp01", matter, "release",
                           {{"public_title", "白塔新村停水"}, {"public_text", "白塔新村停水两天"}})
                    .ok());
    publish();
    json::array const rows = ask("citizen", water);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("public").at("title"), "白塔新村停水");
    EXPECT_FALSE(rows[0].as_object().contains("matter"));
    EXPECT_EQ(json::serialize(rows).find("茉莉"), std::string::npos);
    Ask probing;  // what was not released finds nothing, though the matter's own text has it
    probing.title = "茉莉巷十二号郑茉莉";
    probing.body = "我是茉莉巷十二号郑茉莉";
    EXPECT_TRUE(ask("citizen", probing).empty());
    EXPECT_FALSE(ask("seat01", water)[0].as_object().contains("public")) << "who may see it sees it whole";
    EXPECT_TRUE(city->step("disp01", matter, "retract", {{"reason", "诉求人不愿公开"}}).ok());
    publish();
    EXPECT_TRUE(ask("citizen", water).empty());
}

TEST_P(Suggesting, GetsNothingForNothing) {
    file("白塔新村停水两天了", "白塔新村从昨天开始停水");
    Learner learner(city->engine(), *city->db(), sketcher, neighbours);
    learner.run_once();
    std::vector<std::string> odd{"", "水", "😀", "\xff\xfe", "<b></b>"};
    odd.emplace_back(100'000, 'a');
    for (std::string const& text : odd) {
        Ask nothing = water;
        nothing.title = nothing.body = text;
        EXPECT_TRUE(ask("seat01", nothing).empty()) << text.size();
    }
}

}  // namespace
}  // namespace banyan::alike
