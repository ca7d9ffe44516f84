// How long a matter was held, by the record.
#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/engine/testing/city.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class Held : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        id = city->open("seat01", {{"title", "外墙脱落"}, {"body", "等鉴定"}, {"channel", "phone"}}).matter;
        step("seat01", "accept", {{"kind", "complaint"}});
        step("disp01", "dispatch", {{"lead", "zj"}});
        step("unit-zj", "sign");
    }
    void step(std::string_view who, std::string const& what, json::object form = {}) {
        Answer const answer = city->step(who, id, what, std::move(form));
        ASSERT_TRUE(answer.ok()) << what << ": " << describe(answer.refusal);
    }
    std::vector<Hold> holds() { return city->matter(id)->holds; }
    bool offered(std::string_view who, std::string_view name) {
        Matter const matter = *city->matter(id);
        return std::ranges::any_of(
            offers(city->actor(who), matter, city->rules(), city->engine().moment()),
            [&](Offer const& offer) { return matter.procedure->step_at(offer.step).name == name; });
    }
    std::unique_ptr<City> city;
    MatterId id;
};
BANYAN_ON_BOTH_ENGINES(Held);

TEST_P(Held, EndsWhenItsTimerWasDueHoweverLateTheMachine) {
    step("review01", "hold", {{"ground", "court"}, {"hold_until", "2026-11-06"}});
    city->set_clock(at("2026-11-11 10:00"));  // the server was down for a day and a half
    Request request;
    request.what = Wake{id, city->engine().now(), false};
    ASSERT_TRUE(city->engine().run(std::move(request)).ok());
    EXPECT_EQ(holds(), (std::vector<Hold>{{at("2026-10-12 09:00"), at("2026-11-07 00:00")}}));
    EXPECT_TRUE(offered("review01", "hold"));  // 19 working days until the 6th: one is left
}

TEST_P(Held, IsNotOfferedWhenNoDayIsLeft) {
    step("review01", "hold", {{"ground", "court"}, {"hold_until", "2026-11-09"}});
    city->go_to(at("2026-11-10 09:00"));
    EXPECT_FALSE(offered("review01", "hold"));
    Refusal const refused =
        city->step("review01", id, "hold", {{"ground", "court"}, {"hold_until", "2026-11-10"}}).refusal;
    EXPECT_EQ(refused.key, "hold.too_long");
    EXPECT_EQ(refused.field, "form.hold_until");
    EXPECT_EQ(refused.params, (decltype(refused.params){{"most", "20"}, {"left", "0"}}));
}

TEST_P(Held, SaysHowMuchIsLeft) {
    step("review01", "hold", {{"ground", "court"}, {"hold_until", "2026-10-30"}});  // 14 working days
    city->go_to(at("2026-11-02 09:00"));
    Refusal const refused =
        city->step("review01", id, "hold", {{"ground", "court"}, {"hold_until", "2026-11-11"}}).refusal;
    EXPECT_EQ(refused.key, "hold.too_long");
    EXPECT_EQ(refused.params[1].second, "6");
    step("review01", "hold", {{"ground", "court"}, {"hold_until", "2026-11-10"}});
    step("review01", "undo");
    step("review01", "hold", {{"ground", "court"}, {"hold_until", "2026-11-10"}});  // what was undone used up none
}

TEST_P(Held, IsRecordedWhenTheMatterEndsMeanwhile) {
    step("review01", "hold", {{"ground", "court"}, {"hold_until", "2026-10-30"}});
    city->go_to(at("2026-10-14 09:00"));
    step("seat01", "withdraw", {{"reason", "不办了"}});
    EXPECT_EQ(holds(), (std::vector<Hold>{{at("2026-10-12 09:00"), at("2026-10-14 09:00")}}));
    city->restart();
    EXPECT_EQ(holds().size(), 1U);
}

}  // namespace
}  // namespace banyan
