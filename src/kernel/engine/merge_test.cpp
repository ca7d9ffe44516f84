// Matters that are merged take steps along: all of them, or none. On both databases.
#include <gtest/gtest.h>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"
#include "kernel/engine/view.h"
#include "platform/store/testing/postgres_server.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class Merging : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
    }
    MatterId accepted(std::string_view title, json::object const& more = {}) {
        json::object form{{"title", title}, {"body", "没有水"}, {"channel", "phone"}};
        for (auto const& one : more) form[one.key()] = one.value();
        Answer const filed = city->open(more.contains("phone") ? "seat01" : "citizen", form);
        EXPECT_TRUE(filed.ok()) << describe(filed.refusal);
        take("seat01", filed.matter, "accept", {{"kind", "help"}});
        return filed.matter;
    }
    Answer take(std::string_view who, MatterId matter, std::string const& step, json::object const& form = {}) {
        Answer answer = city->step(who, matter, step, form);
        EXPECT_TRUE(answer.ok()) << step << ": " << describe(answer.refusal);
        return answer;
    }
    Answer merge(MatterId one, MatterId into) {
        return city->step("disp01", one, "merge", {{"into", receipt_number(into)}});
    }
    std::string stage(MatterId id) {
        Matter const matter = *city->matter(id);
        return matter.procedure->at(matter.stage).name;
    }
    std::vector<EventRow> history(MatterId id) { return load_history(city->reader(), *city->matter(id)); }
    std::optional<json::object> view(std::string_view who, MatterId id) {
        auto const rules = city->engine().rules();
        return view_of(nullptr, *city->matter(id), history(id),
                       {city->actor(who), *rules, city->engine().moment(), nullptr});
    }
    void expect_proven(std::vector<MatterId> const& ids) {
        city->restart();
        city->engine().stop();
        EXPECT_EQ(tally_from_journal(city->reader(), city->engine().procedures()),
                  tally_as_stored(city->reader()));
        EXPECT_TRUE(verify(*city->db(), city->engine().procedures(), &city->keys(), city->heads_log()).ok);
        city->restart();
        for (MatterId const id : ids)
            EXPECT_EQ(*rebuild(history(id), city->matter(id)->procedure), *city->matter(id));
    }
    /// The main one dispatched to the water company, and so many merged into it.
    MatterId estate(std::vector<MatterId>& others, int how_many) {
        MatterId const main = accepted("白塔新村停水");
        take("disp01", main, "dispatch", {{"lead", "water"}});
        for (int i = 0; i < how_many; ++i) {
            others.push_back(accepted("停水", {{"channel", i == 0 ? "app" : "phone"}}));
            EXPECT_TRUE(merge(others.back(), main).ok());
        }
        return main;
    }
    void reply(MatterId main) {
        take("unit-water", main, "sign");
        take("unit-water-head", main, "reply", {{"account", "已换"}, {"public_reply", "郑女士，已修好。"}});
    }

    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Merging);

TEST_P(Merging, OneAnswerReachesAllAndEachIsRatedByItself) {
    std::vector<MatterId> others;
    MatterId const main = estate(others, 3);
    EXPECT_EQ(city->matter(main)->merged, others);
    EXPECT_EQ(city->matter(others[0])->main, main);
    city->restart();  // what was merged is in the database
    reply(main);
    int const version = city->matter(main)->version;
    EXPECT_EQ(city->step("review01", main, "approve").refusal.key, "approve.answer_to_all");
    EXPECT_EQ(city->matter(main)->version, version);
    take("review01", main, "approve", {{"answer_to_all", "白塔新村已恢复供水。"}});
    EXPECT_TRUE(city->matter(main)->merged.empty());
    for (MatterId const other : others) {
        Matter const matter = *city->matter(other);
        EXPECT_FALSE(matter.main);
        EXPECT_EQ(matter.led_by, city->rules().directory->unit("water")->id);
        std::string const seen = json::serialize(*view("citizen", other));
        EXPECT_NE(seen.find("白塔新村已恢复供水"), std::string::npos);
        EXPECT_EQ(seen.find("郑女士"), std::string::npos) << "written to the first of them";
        EXPECT_EQ(seen.find(receipt_number(main)), std::string::npos) << "somebody else's number";
    }
    take("citizen", others[0], "rate", {{"rating", "unsatisfied"}});
    Result<Event> const rated = readable_event(history(others[0]).back(), *city->matter(main)->procedure);
    ASSERT_FALSE(rated->counted.empty());
    EXPECT_EQ(rated->counted.front().unit, city->rules().directory->unit("water")->id)
        << "counts for who answered";
    EXPECT_EQ(stage(others[1]), "call_back") << "who called by telephone is asked there";
    others.push_back(main);
    expect_proven(others);
}

TEST_P(Merging, AllOrNothing) {
    std::vector<MatterId> others;
    MatterId const main = estate(others, 2);
    reply(main);
    // One of them has a number that is gone: the answer waits.
    Answer const refused =
        city->step("review01", main, "approve", {{"answer_to_all", "x"}});  // too short for those who get it
    EXPECT_EQ(refused.refusal.key, "field.too_short");
    for (MatterId const other : others) EXPECT_EQ(stage(other), "merged");
    EXPECT_EQ(stage(main), "review");
    int const before = city->matter(others[0])->version;
    EXPECT_EQ(merge(others[0], others[1]).refusal.key, "step.out_of_turn");
    MatterId const late = accepted("停水");
    EXPECT_EQ(merge(late, others[0]).refusal.key, "merge.into_merged");
    EXPECT_EQ(merge(late, late).refusal.key, "merge.itself");
    EXPECT_EQ(merge(late, MatterId(123456789)).refusal.key, "matter.unknown");
    EXPECT_EQ(merge(late, MatterId(123456789)).refusal.field, "form.into");
    EXPECT_EQ(city->step("disp01", late, "merge", {{"into", "000000000000"}}).refusal.key, "matter.unknown");
    EXPECT_EQ(city->step("disp01", late, "merge", {{"into", "停水那件"}}).refusal.key, "field.format");
    EXPECT_EQ(city->matter(late)->version, 2);
    EXPECT_EQ(city->matter(others[0])->version, before);
    EXPECT_FALSE(city->matter(late)->main);
    expect_proven({main, others[0], others[1], late});
}

TEST_P(Merging, TheUnitSeesHowManyAndNothingElse) {
    MatterId const main = accepted("白塔新村停水");
    take("disp01", main, "dispatch", {{"lead", "water"}});
    MatterId const secret =
        accepted("茉莉巷停水", {{"phone", "15400000031"}, {"name", "郑茉莉"}, {"confidential", true}});
    EXPECT_TRUE(merge(secret, main).ok());
    EXPECT_FALSE(view("unit-water", secret)) << "finds nothing";
    json::object const seen = *view("unit-water", main);
    EXPECT_EQ(seen.at("merged").to_number<int>(), 1);
    std::string const text = json::serialize(seen);
    EXPECT_EQ(text.find(receipt_number(secret)), std::string::npos);
    EXPECT_EQ(text.find("茉莉"), std::string::npos);
    EXPECT_NE(json::serialize(*view("disp01", main)).find(receipt_number(secret)), std::string::npos)
        << "the centre sees which";
    EXPECT_EQ(view("disp01", secret)->at("main").as_string(), receipt_number(main));
    EXPECT_EQ(city->step("unit-water", main, "let_go").refusal.key, "step.wrong_desk");
}

TEST_P(Merging, WhoIsAccusedAnswersForNobodyElse) {
    MatterId const main = accepted("停水");
    take("disp01", main, "dispatch", {{"lead", "water"}});
    MatterId const against = accepted("自来水公司乱收费", {{"about", "water"}});
    EXPECT_EQ(merge(against, main).refusal.key, "merge.accused");
    MatterId const same = accepted("自来水公司又乱收费", {{"about", "water"}});
    EXPECT_TRUE(merge(same, against).ok()) << "about the same";
    EXPECT_EQ(city->step("disp01", against, "dispatch", {{"lead", "water"}}).refusal.key, "assignment.accused");
}

TEST_P(Merging, NothingIsTakenBackThatOthersWentAlongWith) {
    std::vector<MatterId> others;
    MatterId const main = estate(others, 1);
    reply(main);
    take("review01", main, "approve", {{"answer_to_all", "已恢复供水。"}});
    EXPECT_EQ(city->step("review01", main, "undo").refusal.key, "undo.along");
    EXPECT_FALSE(json::serialize(view("review01", main)->at("steps")).contains("undo"));
    MatterId const alone = accepted("停水");
    take("disp01", alone, "dispatch", {{"lead", "water"}});
    reply(alone);
    take("review01", alone, "approve");
    EXPECT_TRUE(city->step("review01", alone, "undo").ok()) << "where nobody went along it is as ever";
}

TEST_P(Merging, ManyAtOnceInOneBatch) {
    std::vector<MatterId> others;
    MatterId const main = estate(others, 60);
    reply(main);
    take("review01", main, "approve", {{"answer_to_all", "已恢复供水。"}});
    for (MatterId const other : others) EXPECT_NE(stage(other), "merged");
    EXPECT_TRUE(city->matter(main)->merged.empty());
    expect_proven({main, others.front(), others.back()});
}

}  // namespace
}  // namespace banyan
