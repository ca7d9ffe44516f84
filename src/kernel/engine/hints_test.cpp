// Proposals that were shown with a step: which of them were taken is in the journal, and counted.
#include <gtest/gtest.h>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/testing/story.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class HintsTest : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
    }
    Answer step(std::string_view login, MatterId matter, std::string name, json::object form,
                std::vector<Hint> hints) {
        Request request;
        request.what =
            Command{city->actor(login), {}, matter, {}, std::move(name), std::move(form), {}, {}, {}, {},
                    std::move(hints)};
        return city->engine().run(std::move(request));
    }
    MatterId filed() {
        return city->open("seat01", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "phone"}}).matter;
    }
    Event last() {
        EventRow const row = all_events(*city->db()).back();
        return event_from(row, *city->rules().procedures.at("appeal")).value();
    }
    std::int64_t counted(std::string const& measure) {
        std::int64_t sum = 0;
        auto session = city->db()->open_reader();
        for (auto const& [key, n] : tally_from_journal(*session, city->engine().procedures()))
            if (std::get<3>(key) == measure) sum += n;
        return sum;
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(HintsTest);

TEST_P(HintsTest, SayWhatWasTakenAndWhatWasNot) {
    MatterId const id = filed();
    ASSERT_TRUE(
        step("seat01", id, "accept", {{"kind", "complaint"}, {"region", "350102"}},
             {{"kind", "complaint", "kinds@1"}, {"region", "350111", "places"}, {"urgent", "true", "words"}})
            .ok());
    EXPECT_EQ(last().hints, (std::vector<Hint>{{"kind", "complaint", "kinds@1", true},
                                               {"region", "350111", "places", false},
                                               {"urgent", "true", "words", false}}));
    EXPECT_EQ(counted("hinted.kind"), 1);
    EXPECT_EQ(counted("hint_taken.kind"), 1);
    EXPECT_EQ(counted("hinted.region"), 1);
    EXPECT_EQ(counted("hint_taken.region"), 0);
    EXPECT_EQ(counted("all.hinted.urgent"), 1);
}

TEST_P(HintsTest, AreOfTheStepsOwnFieldsOnceAndNeverPersonal) {
    ASSERT_TRUE(city->open("seat01", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "phone"}}).ok());
    Request request;
    request.what =
        Command{city->actor("seat01"),
                "appeal",
                {},
                {},
                "file",
                {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "phone"}, {"name", "林先生"}},
                {},
                {},
                {},
                {},
                {{"name", "林先生", "reader"},
                 {"nothing", "x", "reader"},
                 {"title", "井盖松动", "a"},
                 {"title", "另一个", "b"}}};
    ASSERT_TRUE(city->engine().run(std::move(request)).ok());
    EXPECT_EQ(last().hints, (std::vector<Hint>{{"title", "井盖松动", "a", true}}));
}

TEST_P(HintsTest, OfLongTextsAreKnownByTheirDigest) {
    std::string const body = "车一过就响，" + std::string(300, '!');
    Request request;
    request.what = Command{city->actor("seat01"),
                           "appeal",
                           {},
                           {},
                           "file",
                           {{"title", "井盖松动"}, {"body", body}, {"channel", "phone"}},
                           {},
                           {},
                           {},
                           {},
                           {{"body", hint_value(body), "summary"}}};
    ASSERT_TRUE(city->engine().run(std::move(request)).ok());
    EXPECT_TRUE(last().hints.front().taken);
    EXPECT_LT(last().hints.front().value.size(), 100U);
}

TEST_P(HintsTest, AreCountedBackWhenTheStepIsTakenBack) {
    MatterId const id = filed();
    ASSERT_TRUE(step("seat01", id, "accept", {{"kind", "complaint"}}, {{"kind", "complaint", "kinds@1"}}).ok());
    ASSERT_TRUE(city->step("disp01", id, "dispatch", {{"lead", "water"}}).ok());
    ASSERT_TRUE(city->step("disp01", id, "undo").ok());
    EXPECT_EQ(counted("hint_taken.kind"), 1);
    MatterId const other = filed();
    ASSERT_TRUE(step("seat01", other, "accept", {{"kind", "consult"}}, {{"kind", "complaint", "kinds@1"}}).ok());
    ASSERT_TRUE(city->step("seat01", other, "undo").ok());
    EXPECT_EQ(counted("hinted.kind"), 1);
}

}  // namespace
}  // namespace banyan
