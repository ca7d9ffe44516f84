// Who asks for the same thing again and again is supervised, once. On both databases.
#include "systems/hotline/repeats.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"

namespace banyan::hotline {
namespace {

using namespace banyan::testing;

class Repeating : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        watch();
    }
    void watch() {
        repeats = std::make_unique<Repeats>(city->engine(), *city->db(), city->keys(),
                                            *read_repeat_numbers(source_text("data/repeats.toml")));
    }
    MatterId accepted(std::string_view who, json::object more = {}, std::string_view kind = "complaint",
                      std::string_view class_code = "noise.site") {
        more["title"] = "夜里施工";
        more["body"] = "十一点还在打桩";
        more["channel"] = who == "citizen" ? "app" : "phone";
        Answer const filed = city->open(who, std::move(more));
        EXPECT_TRUE(filed.ok()) << describe(filed.refusal);
        Answer const taken = city->step("seat01", filed.matter, "accept", {{"kind", kind}, {"class", class_code}});
        EXPECT_TRUE(taken.ok()) << describe(taken.refusal);
        repeats->run_once();
        return filed.matter;
    }
    std::vector<MatterId> supervised() {
        std::vector<MatterId> all;
        city->reader().query("SELECT matter FROM event WHERE step = 'supervise_pattern' ORDER BY id", {},
                             [&](store::Row const& row) { all.emplace_back(row.integer(0)); });
        return all;
    }
    std::unique_ptr<City> city;
    std::unique_ptr<Repeats> repeats;
};
BANYAN_ON_BOTH_ENGINES(Repeating);

TEST_P(Repeating, TheThirdOfOneTelephoneHoweverWritten) {
    accepted("seat01", {{"phone", "139 0000 1111"}});
    accepted("seat01", {{"phone", "13900002222"}});
    accepted("seat01", {{"phone", "13900001111"}});
    EXPECT_TRUE(supervised().empty());
    MatterId const third = accepted("seat02", {{"phone", "139-0000-1111"}});
    EXPECT_EQ(supervised(), std::vector{third});
    accepted("seat01", {{"phone", "13900001111"}});
    watch();
    repeats->run_once();
    EXPECT_EQ(supervised().size(), 1U) << "a fourth adds nothing, nor does going on from where it was";
}

TEST_P(Repeating, AnAccountIsAPersonToo) {
    for (int i = 0; i < 3; ++i) accepted("citizen");
    EXPECT_EQ(supervised().size(), 1U);
}

TEST_P(Repeating, OtherThingsAreNoRepeat) {
    json::object const same{{"phone", "13900001111"}};
    accepted("seat01", same);
    accepted("seat01", same, "complaint", "road.lamp");
    accepted("seat01", same, "consult");
    accepted("seat01", same, "complaint", "");
    accepted("seat01");
    accepted("seat01");
    accepted("seat01");
    accepted("seat01", same);
    EXPECT_TRUE(supervised().empty()) << "another class, another kind, no class, nobody's telephone";
    city->set_clock(at("2026-11-12 09:00"));
    accepted("seat01", same);
    EXPECT_TRUE(supervised().empty()) << "those of a month ago are not counted";
}

TEST(RepeatNumbers, AreSaidWhole) {
    std::string const good = "times = 3\ndays = 30\nkinds = [\"help\"]\nstep = \"see\"\n";
    EXPECT_TRUE(read_repeat_numbers(good));
    for (char const* line : {"times = 3\n", "days = 30\n", "kinds = [\"help\"]\n", "step = \"see\"\n"}) {
        std::string bad = good;
        bad.erase(bad.find(line), std::string(line).size());
        EXPECT_EQ(read_repeat_numbers(bad).error().key, "repeats.numbers") << line;
    }
    EXPECT_FALSE(read_repeat_numbers("times = 1\ndays = 30\nkinds = []\nstep = \"see\"\n"));
    EXPECT_FALSE(read_repeat_numbers("times = 3\ndays = 0\nkinds = []\nstep = \"see\"\n"));
}

}  // namespace
}  // namespace banyan::hotline
