// A unit ends while it has open shares: its heir's people find them and go on; the old name stays. On both
// databases.
#include <gtest/gtest.h>

#include "kernel/engine/testing/story.h"
#include "kernel/engine/view.h"
#include "kernel/people/reorganisation.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class Heirs : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
    }
    /// The city's rules after the change, its people moved with the work.
    std::shared_ptr<Rules const> changed(std::string const& lines) const {
        auto rules = std::make_shared<Rules>(city->rules());
        Reorganised const done =
            reorganise(*rules->directory, "what,unit,into,parent,code,zh,en\n" + lines, city->engine().now())
                .value();
        rules->directory = std::make_shared<Directory>(after(*rules->directory, done));
        return rules;
    }
    Answer take(Rules const& rules, std::string_view login, MatterId matter, std::string step, json::object form) {
        Person const* person = rules.directory->person(login);
        Request request;
        request.what = Command{{person->id, person->role, person->unit, {}, false, {}},
                               {},
                               matter,
                               {},
                               std::move(step),
                               std::move(form),
                               {},
                               {},
                               {},
                               {}};
        return city->engine().run(std::move(request));
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Heirs);

TEST_P(Heirs, GoOnWithWhatIsOpenAndTheOldNameStays) {
    MatterId const lamp =
        city->open("seat01", {{"title", "路灯不亮"}, {"body", "很黑"}, {"channel", "phone"}}).matter;
    ASSERT_TRUE(city->step("seat01", lamp, "accept", {{"kind", "help"}}).ok());
    ASSERT_TRUE(city->step("disp01", lamp, "dispatch", {{"lead", "cg"}}).ok());
    ASSERT_TRUE(city->step("unit-cg", lamp, "sign").ok());
    auto const rules = changed("rename,cg,,,zfj,综合执法局,Enforcement\n");
    city->engine().set_rules(rules, city->engine().procedures());

    Actor old_clerk = city->actor("unit-cg");  // of the unit as it was: nobody signs in so any more
    EXPECT_NE(rules->directory->person("unit-cg")->unit, old_clerk.unit);
    Answer const replied =
        take(*rules, "unit-cg-head", lamp, "reply", {{"account", "已修"}, {"public_reply", "已修好。"}});
    ASSERT_TRUE(replied.ok()) << describe(replied.refusal);
    Matter const matter = *city->matter(lamp);
    EXPECT_EQ(matter.procedure->at(matter.stage).name, "review");
    EXPECT_EQ(rules->directory->unit(matter.lead()->unit)->code, "cg") << "who it was given to";

    Actor const reader{
        rules->directory->person("unit-cg")->id, "unit_clerk", rules->directory->unit("zfj")->id, {}, false, {}};
    auto const view = view_of(nullptr, matter, {}, {reader, *rules, city->engine().moment(), nullptr});
    ASSERT_TRUE(view);
    EXPECT_EQ(view->at("assignments").at(0).at("unit").at("zh").as_string(), "城市管理局");
    EXPECT_EQ(view->at("tie").as_string(), "lead");
    OpenMatters::Asked const mine{.units = rules->directory->stood_for(reader.unit)};
    EXPECT_EQ(city->engine().open_matters().find(mine, {}, 10).size(), 1U);
}

TEST_P(Heirs, AreNamedToWhoNamesTheOldUnit) {
    MatterId const lamp =
        city->open("seat01", {{"title", "路灯不亮"}, {"body", "很黑"}, {"channel", "phone"}}).matter;
    ASSERT_TRUE(city->step("seat01", lamp, "accept", {{"kind", "help"}}).ok());
    city->engine().set_rules(changed("merge,cg,zj,,,,\n"), city->engine().procedures());
    Answer const refused = city->step("disp01", lamp, "dispatch", {{"lead", "cg"}});
    EXPECT_EQ(refused.refusal.key, "unit.ended");
    EXPECT_EQ(refused.refusal.field, "form.lead");
    EXPECT_TRUE(city->step("disp01", lamp, "dispatch", {{"lead", "zj"}}).ok());
}

TEST_P(Heirs, AreTheAccusedWhenTheUnitWas) {
    MatterId const about =
        city->open("seat01", {{"title", "态度不好"}, {"body", "窗口"}, {"channel", "phone"}, {"about", "cg"}})
            .matter;
    ASSERT_TRUE(city->step("seat01", about, "accept", {{"kind", "complaint"}}).ok());
    auto const rules = changed("merge,cg,zj,,,,\n");
    city->engine().set_rules(rules, city->engine().procedures());
    EXPECT_EQ(city->step("disp01", about, "dispatch", {{"lead", "zj"}}).refusal.key, "assignment.accused");
    Person const* head = rules->directory->person("unit-zj-head");
    Actor const actor{head->id, head->role, head->unit, {}, false, {}};
    EXPECT_FALSE(rules->access->may_see(actor, *city->matter(about), *rules->directory));
}

}  // namespace
}  // namespace banyan
