// Topics follow the journal, survive a restart, and hold what people did to them. On both databases.
#include <gtest/gtest.h>

#include <future>

#include "base/testing.h"
#include "kernel/engine/testing/story.h"
#include "systems/topics/seen.h"

namespace banyan::topics {
namespace {

using namespace banyan::testing;

class Talk : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/topics/schema/0020_topics.sql");
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({20, "0020_topics.sql", schema});
        city->db()->migrate(all);
        city->set_clock(at("2026-10-12 09:00"));
        for (char const* other : {"社保卡怎么补办", "鼓山步道的垃圾桶太少", "华林路夜间施工太吵",
                                  "学校门口上学时堵车", "小区电梯坏了三天"})
            file_one(other, other);
        begin();
    }
    void begin() {
        topics = std::make_unique<Topics>(city->engine(), *city->db(), sketcher,
                                          *read_numbers(source_text("data/topics.toml")));
        topics->run_once();
    }
    MatterId file_one(std::string_view title, std::string_view body, json::object const& more = {}) {
        json::object form{{"title", title}, {"body", body}, {"channel", "phone"}, {"region", "350102"}};
        for (auto const& one : more) form[one.key()] = one.value();
        Answer const answer = city->open("seat01", form);
        EXPECT_TRUE(answer.ok());
        return answer.matter;
    }
    void water(int n, json::object const& more = {}) {
        char const* titles[] = {"白塔新村停水两天了", "白塔新村什么时候来水", "白塔新村又停水",
                                "白塔新村停水没人通知"};
        for (int i = 0; i < n; ++i)
            matters.push_back(file_one(titles[i % 4], "白塔新村停水，一滴水也没有，老人做不了饭", more));
        topics->run_once();
    }
    Viewing viewing(std::string_view login) {
        return {city->actor(login), city->engine().rules(), city->engine().now(), city->engine().procedures()};
    }
    std::vector<Seen> seen(std::string_view login = "seat01") {
        return seen_topics(city->reader(), *topics, viewing(login), {}, without_numbers);
    }
    template <class Act>
    std::string act(Act run) {
        std::promise<std::string> told;
        run([&](Result<void> done) { told.set_value(done ? "" : done.error().key); });
        return told.get_future().get();
    }
    Topics::By by() { return {city->actor("disp01").person, city->engine().now()}; }

    std::unique_ptr<City> city;
    text::Reader reader;
    alike::Sketcher sketcher{reader, *alike::read_words(source_text("data/alike.toml"))};
    std::unique_ptr<Topics> topics;
    std::vector<MatterId> matters;
};
BANYAN_ON_BOTH_ENGINES(Talk);

TEST_P(Talk, IsOfWhatPeopleAskAndNotOfWhatTheHouseWrites) {
    water(4);
    auto members = [&] {
        std::size_t n = 0;
        for (Seen const& each : seen()) n += each.members.size();
        return n;
    };
    std::size_t const before = members();
    ASSERT_GE(before, 4U);
    json::object const draft{{"title", "白塔新村停水两天了"}, {"answer", "请看停水公告。"}, {"region", "3501"},
                             {"from", "2026-10-12"},          {"until", "2027-10-12"},      {"lead", "cg"}};
    ASSERT_TRUE(city->open("seat01", draft, "knowledge", "draft").ok());
    topics->run_once();
    EXPECT_EQ(members(), before);
}

TEST_P(Talk, GathersWhatIsAboutTheSameThing) {
    water(4);
    auto const all = seen();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].members.size(), 4U);
    EXPECT_EQ(all[0].portrait.place, "白塔新村");
    EXPECT_EQ(all[0].heat.people, 4);
    EXPECT_FALSE(all[0].portrait.headline.empty());
}

TEST_P(Talk, IsTheSameAfterARestart) {
    water(3);
    TopicId const topic = seen()[0].topic;
    EXPECT_EQ(act([&](auto done) { topics->rename(topic, "城西停水", by(), done); }), "");
    city->step("seat01", matters[0], "urge");
    topics->run_once();
    topics.reset();
    city->restart();
    begin();
    auto all = seen();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].topic, topic);
    EXPECT_EQ(all[0].members.size(), 3U);
    EXPECT_EQ(topics->title_of(topic), "城西停水");
    EXPECT_EQ(all[0].heat.votes, 1);
    water(1);
    EXPECT_EQ(seen()[0].members.size(), 4U) << "and goes on";
}

TEST_P(Talk, HoldsWhatPeopleDoAndTakesItBack) {
    water(3);
    for (int i = 0; i < 2; ++i) file_one("金山碧水小区油烟扰民", "金山碧水小区楼下烧烤油烟太大，开不了窗");
    topics->run_once();
    auto all = seen();
    ASSERT_EQ(all.size(), 2U);
    TopicId const water_topic = all[0].topic, smoke = all[1].topic;
    EXPECT_EQ(act([&](auto done) { topics->merge(smoke, smoke, by(), done); }), "topic.itself");
    EXPECT_EQ(act([&](auto done) { topics->merge(smoke, TopicId(7), by(), done); }), "topic.unknown");
    EXPECT_EQ(act([&](auto done) { topics->merge(smoke, water_topic, by(), done); }), "");
    ASSERT_EQ(seen().size(), 1U);
    EXPECT_EQ(seen()[0].members.size(), 5U);
    file_one("金山碧水小区油烟扰民", "金山碧水小区楼下烧烤油烟太大，开不了窗");
    topics->run_once();
    EXPECT_EQ(seen()[0].members.size(), 6U) << "what comes to the merged one comes to the other";
    EXPECT_EQ(act([&](auto done) { topics->undo(water_topic, by(), done); }), "");
    ASSERT_EQ(seen().size(), 2U);
    EXPECT_EQ(seen_topic(city->reader(), *topics, viewing("seat01"), smoke, without_numbers)->members.size(), 3U)
        << "with what came meanwhile";
    EXPECT_EQ(act([&](auto done) { topics->undo(water_topic, by(), done); }), "topic.nothing_to_undo");
    EXPECT_EQ(act([&](auto done) { topics->take_out(water_topic, MatterId(1), by(), done); }), "topic.not_in_it");
    EXPECT_EQ(act([&](auto done) { topics->take_out(water_topic, matters[0], by(), done); }), "");
    EXPECT_EQ(seen_topic(city->reader(), *topics, viewing("seat01"), water_topic, without_numbers)->members.size(),
              2U);
    topics.reset();
    begin();
    EXPECT_EQ(seen_topic(city->reader(), *topics, viewing("seat01"), water_topic, without_numbers)->members.size(),
              2U)
        << "kept";
    EXPECT_EQ(act([&](auto done) { topics->undo(water_topic, by(), done); }), "");
    EXPECT_EQ(seen_topic(city->reader(), *topics, viewing("seat01"), water_topic, without_numbers)->members.size(),
              3U);
}

TEST_P(Talk, ShowsNobodyMoreThanTheyMayFind) {
    water(2, {{"about", "350102004"}});
    EXPECT_EQ(seen().size(), 1U);
    EXPECT_TRUE(seen("street-ry").empty()) << "whom it is about";
    EXPECT_TRUE(seen("unit-cg").empty());
    EXPECT_TRUE(seen("citizen").empty());
    EXPECT_TRUE(seen("jinan-centre").empty());
}

TEST_P(Talk, QuotesNeitherConfidentialNorAnonymousMattersNorReports) {
    water(1, {{"confidential", true}});
    water(1, {{"anonymous", true}});
    water(1, {{"kind", "report"}});
    auto const all = seen();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].members.size(), 3U);
    EXPECT_EQ(all[0].portrait.headline, "");
    topics.reset();
    begin();
    EXPECT_EQ(seen()[0].portrait.headline, "") << "nor after a restart";
}

TEST_P(Talk, WarnsOnceOfWhatGrows) {
    water(5, {{"class", "utility.water_off"}});
    water(3, {{"class", "utility.water_off"}});
    std::vector<Warning> const warnings = load_warnings(city->reader(), Instant{1}, 10);
    int classes = 0, of_topics = 0;
    for (Warning const& one : warnings) ++(one.topic ? of_topics : classes);
    EXPECT_EQ(classes, 1);
    EXPECT_EQ(of_topics, 1);
}

TEST_P(Talk, WhatIsConcentratedIsSupervisedOnce) {
    auto supervised = [&] {
        std::vector<MatterId> all;
        city->reader().query("SELECT matter FROM event WHERE step = 'supervise_pattern' ORDER BY id", {},
                             [&](store::Row const& row) { all.emplace_back(row.integer(0)); });
        return all;
    };
    water(9);
    EXPECT_TRUE(supervised().empty());
    water(1);
    ASSERT_EQ(supervised(), std::vector{matters.back()});
    Matter const newest = *city->matter(matters.back());
    json::object const body = json::parse(load_history(city->reader(), newest).back().body).as_object();
    EXPECT_EQ(body.at("form").at("trigger"), "concentrated");
    EXPECT_EQ(body.at("form").at("times"), 10);
    Matter const supervision =
        *city->matter(MatterId(body.at("opens").as_array().front().at("matter").as_int64()));
    EXPECT_EQ(supervision.procedure->name, "supervision");
    EXPECT_EQ(supervision.title, newest.title);
    water(5);
    topics.reset();
    begin();
    EXPECT_EQ(supervised().size(), 1U) << "an eleventh adds nothing, nor does reading it all again";
    city->set_clock(at("2026-10-30 09:00"));
    water(9);
    EXPECT_EQ(supervised().size(), 1U) << "those of last month are not counted";
    for (int i = 0; i < 3; ++i) {
        Answer const mine = city->open("citizen", {{"title", "白塔新村又停水"},
                                                   {"body", "白塔新村停水，一滴水也没有，老人做不了饭"},
                                                   {"channel", "app"},
                                                   {"region", "350102"}});
        ASSERT_TRUE(mine.ok());
        topics->run_once();
        EXPECT_EQ(supervised().size(), 2U) << "the tenth person; that one again is no eleventh";
    }
    water(1);
    EXPECT_EQ(supervised().size(), 2U);
}

TEST_P(Talk, IsFollowed) {
    water(2);
    TopicId const topic = seen()[0].topic;
    PersonId const person = by().person;
    for (int i = 0; i < 2; ++i) EXPECT_EQ(act([&](auto done) { topics->follow(topic, by(), done); }), "");
    EXPECT_EQ(load_followed(city->reader(), person), std::vector{topic});
    EXPECT_EQ(load_followers(city->reader()).at(topic), 1);
    EXPECT_EQ(act([&](auto done) { topics->unfollow(topic, by(), done); }), "");
    EXPECT_TRUE(load_followed(city->reader(), person).empty());
}

}  // namespace
}  // namespace banyan::topics
