// How a case is counted (提前, 按时, 超期, 即办), and what its named checks ask, on both databases.
#include <gtest/gtest.h>

#include "kernel/engine/testing/city.h"
#include "systems/hall/cases/checks.h"
#include "systems/hall/testing.h"
#include "systems/hall/testing/find.h"

namespace banyan::hall {
namespace {

using namespace banyan::testing;

class Cases : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        auto rules = std::make_shared<Rules>(*small_rules());
        rules->checks = case_checks(shelf);
        city = std::make_unique<City>(GetParam(), rules);
    }

    json::object application(std::string const& kind) {
        return {{"kind", kind},
                {"title", "食品经营许可"},
                {"hall_item", "JY"},
                {"item_version", 1},
                {"channel", "web"},
                {"lead", "zj"},
                {"informed", {"xz"}},
                {"result", "licence"},
                {"delivery", "electronic"},
                {"legal_days", 20},
                {"promised_days", kind == "at_once" ? 0 : 5},
                {"name", "陈小榕"},
                {"phone", "15400000001"}};
    }
    /// Accepted at 09:00 on Monday 2026-10-12; what was promised ends with the 19th.
    void accepted(std::string const& kind) {
        city->go_to(at("2026-10-12 08:00"));
        Answer const answer = city->open("citizen/applicant", application(kind), "application", "apply_case");
        ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
        matter = answer.matter;
        step("2026-10-12 09:00", "window01", "accept_case");
        step("2026-10-12 09:30", "unit-zj", "begin_examination");
    }
    void step(std::string_view time, std::string_view who, std::string const& what, json::object form = {}) {
        city->go_to(at(time));
        Answer const answer = city->step(who, matter, what, std::move(form));
        ASSERT_TRUE(answer.ok()) << what << ": " << describe(answer.refusal);
    }
    void decided(std::string_view time) {
        step(time, "unit-zj", "examine_case", {{"examination", "agree"}, {"finding", "符合"}});
        step(time, "unit-zj-head", "grant_case");
    }
    /// Of the efficiency of the case: which measures its events added to.
    std::set<std::string> counted() {
        std::set<std::string> all;
        auto const state = *city->matter(matter);
        auto const reader = city->db()->open_reader();
        for (EventRow const& row : load_history(*reader, state)) {
            Event const event = event_from(row, *state.procedure).value();
            for (Counted const& each : event.counted)
                if (each.measure == "case_early" || each.measure == "case_on_time" ||
                    each.measure == "case_late" || each.measure == "case_instant")
                    all.insert(each.measure);
        }
        return all;
    }

    Shelf shelf{nullptr};
    std::unique_ptr<City> city;
    MatterId matter;
};
BANYAN_ON_BOTH_ENGINES(Cases);
using Measures = std::set<std::string>;

TEST_P(Cases, OnADayBeforeTheLastIsEarly) {
    accepted("with_promise");
    decided("2026-10-16 23:59");
    EXPECT_EQ(counted(), (Measures{"case_early", "case_on_time"}));
}

TEST_P(Cases, OnTheLastDayIsOnTime) {
    accepted("with_promise");
    decided("2026-10-19 16:00");
    EXPECT_EQ(counted(), (Measures{"case_on_time"}));
}

TEST_P(Cases, AfterTheLastDayIsLateThoughTheLawGivesMore) {
    accepted("with_promise");
    decided("2026-10-20 00:00");
    EXPECT_EQ(counted(), (Measures{"case_late"}));
    EXPECT_FALSE(city->matter(matter)->due->instant < at("2026-10-20 00:00"));
}

TEST_P(Cases, OnTheSpotIsAClassOfItsOwn) {
    accepted("at_once");
    decided("2026-10-12 10:00");
    EXPECT_EQ(counted(), (Measures{"case_instant", "case_on_time"}));
}

TEST_P(Cases, AreForTheVersionThatIsPublishedAtThatMoment) {
    auto put = [&](int version) {
        Item item = testing::good_item();
        item.code = "JY";
        Finder::Builder builder(testing::names());
        builder.add(listing_of(item, version));
        shelf.put(builder.finish());
    };
    put(1);
    EXPECT_TRUE(city->open("citizen/applicant", application("with_promise"), "application", "apply_case").ok());
    put(2);
    EXPECT_EQ(
        city->open("citizen/applicant", application("with_promise"), "application", "apply_case").refusal.key,
        "item.version_changed");
    json::object other = application("with_promise");
    other["hall_item"] = "JX";
    EXPECT_EQ(city->open("citizen/applicant", other, "application", "apply_case").refusal.key,
              "item.not_in_force");
}

TEST_P(Cases, NobodyAppliesInANameOfTheirOwn) {
    for (char const* who : {"citizen", "seat01", "window01", "unit-zj"})
        EXPECT_EQ(city->open(who, application("with_promise"), "application", "apply_case").refusal.key,
                  "step.wrong_desk")
            << who << ": the hall looks at the form first, and vouches for it";
}

}  // namespace
}  // namespace banyan::hall
