// One call's several demands become matters of their own, of the same person. On both databases.
#include <gtest/gtest.h>

#include "kernel/engine/blind.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"
#include "kernel/engine/view.h"

namespace banyan {
namespace {

using namespace banyan::testing;

json::object demand(std::string_view title, json::object more = {}) {
    more["title"] = title;
    more["body"] = "在电话里一并说的";
    return more;
}

class Dividing : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
    }
    MatterId filed(std::string_view who, json::object more = {}) {
        more["title"] = "路灯不亮";
        more["body"] = "整排不亮；还有，井盖响，公交少。";
        if (!more.contains("channel")) more["channel"] = "phone";
        Request request;
        request.what = Command{city->actor(who), "appeal", {}, {}, "file", std::move(more), {}, {}, {}, {}};
        request.code = "KX7Q2M";
        request.code_hash = "the hash of KX7Q2M";
        Answer const answer = city->engine().run(std::move(request));
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return answer.matter;
    }
    Answer divide(MatterId matter, json::array demands) {
        return city->step("seat01", matter, "divide", {{"demands", std::move(demands)}});
    }
    std::vector<EventRow> history(MatterId id) { return load_history(city->reader(), *city->matter(id)); }
    std::vector<MatterId> parts(MatterId id) {
        std::vector<MatterId> all;
        Result<Event> const last = readable_event(history(id).back(), *city->matter(id)->procedure);
        for (Opening const& opening : last->opens) all.push_back(opening.matter);
        return all;
    }
    json::object view(std::string_view who, MatterId id) {
        auto const rules = city->engine().rules();
        return view_of(&city->reader(), *city->matter(id), history(id),
                       {city->actor(who), *rules, city->engine().moment(), &city->keys()})
            .value_or(json::object{});
    }
    std::string code(MatterId id) {
        std::string hash, sealed;
        city->reader().query("SELECT hash, sealed FROM query_code WHERE lane = $1 AND matter = $2",
                             {std::int64_t{id.lane()}, id.value}, [&](store::Row const& row) {
                                 hash = row.bytes(0);
                                 sealed = row.bytes(1);
                             });
        EXPECT_EQ(hash, "the hash of KX7Q2M");
        return city->keys().open(crypto::place("query_code", id.value, "code"), sealed).value_or("");
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Dividing);

TEST_P(Dividing, EachDemandIsAMatterOfTheSamePerson) {
    MatterId const first =
        filed("seat01", {{"phone", "13900001111"}, {"name", "江依姆"}, {"confidential", true}, {"about", "zj"}});
    Answer const made = divide(first, {demand("井盖响", {{"kind", "complaint"}, {"about", "cg"}}),
                                       demand("公交少", {{"kind", "suggestion"}, {"region", "350102"}})});
    ASSERT_TRUE(made.ok()) << describe(made.refusal);
    std::vector<MatterId> const two = parts(first);
    ASSERT_EQ(two.size(), 2U);
    Matter const cover = *city->matter(two[0]), bus = *city->matter(two[1]);
    EXPECT_EQ(cover.title, "井盖响");
    EXPECT_EQ(cover.about, city->rules().directory->unit("cg")->id) << "its own, not the first one's";
    EXPECT_EQ(bus.about, UnitId{});
    EXPECT_EQ(bus.region, "350102");
    EXPECT_EQ(bus.channel, "phone");
    EXPECT_EQ(bus.facts.at("confidential"), true);
    EXPECT_EQ(cover.opened_by, first);
    EXPECT_EQ(cover.procedure->at(cover.stage).name, "filed");

    std::vector<MatterId> by_phone =
        find_blind(city->reader(), blind_token(city->keys(), "phone", "13900001111"), 10);
    std::ranges::sort(by_phone, {}, &MatterId::value);
    EXPECT_EQ(by_phone, (std::vector<MatterId>{first, two[0], two[1]}));
    EXPECT_EQ(view("seat01", two[0]).at("fields").at("phone").as_string(), "139****1111");
    EXPECT_EQ(view("seat01", two[0]).at("fields").at("name").as_string(), "江**");
    EXPECT_EQ(code(two[0]), "KX7Q2M") << "one code for all that was said in one call";
    EXPECT_EQ(code(two[1]), "KX7Q2M");

    city->restart();
    city->engine().stop();
    EXPECT_EQ(tally_from_journal(city->reader(), city->engine().procedures()), tally_as_stored(city->reader()));
    EXPECT_TRUE(verify(*city->db(), city->engine().procedures(), &city->keys(), city->heads_log()).ok);
    city->restart();
    for (MatterId const id : {first, two[0], two[1]})
        EXPECT_EQ(*rebuild(history(id), city->matter(id)->procedure), *city->matter(id));
}

TEST_P(Dividing, WhoHasAnAccountHasAllOfThem) {
    MatterId const first = filed("citizen", {{"channel", "app"}});
    ASSERT_TRUE(divide(first, {demand("井盖响", {{"about", "cg"}})}).ok());
    MatterId const cover = parts(first).front();
    EXPECT_EQ(city->matter(cover)->asker, city->actor("citizen").person);
    EXPECT_EQ(view("citizen", cover).at("opened_by").as_string(), receipt_number(first));
    json::array const named{{{"procedure", "appeal"}, {"number", receipt_number(cover)}}};
    EXPECT_EQ(view("citizen", first).at("timeline").as_array().back().at("opens"), named);
    EXPECT_EQ(view("seat01", first).at("timeline").as_array().back().at("opens"), named);
    EXPECT_FALSE(view("citizen", first).at("fields").as_object().contains("demands"));
}

/// The other part may be about who handles this one.
TEST_P(Dividing, WhoHandlesOneDoesNotHearOfTheOther) {
    MatterId const first = filed("seat01");
    ASSERT_TRUE(divide(first, {demand("城管打人", {{"kind", "complaint"}, {"about", "cg"}})}).ok());
    MatterId const other = parts(first).front();
    ASSERT_TRUE(city->step("seat01", first, "accept", {{"kind", "help"}}).ok());
    ASSERT_TRUE(city->step("disp01", first, "dispatch", {{"lead", "cg"}}).ok());
    std::string const seen = json::serialize(view("unit-cg-head", first));
    EXPECT_NE(seen.find("路灯不亮"), seen.npos);
    EXPECT_EQ(seen.find(receipt_number(other)), seen.npos);
    EXPECT_EQ(seen.find("城管打人"), seen.npos);
    EXPECT_TRUE(view("unit-cg-head", other).empty());
    ASSERT_TRUE(city->step("seat01", other, "accept", {{"kind", "complaint"}}).ok());
    ASSERT_TRUE(city->step("disp01", other, "dispatch", {{"lead", "zj"}}).ok());
    std::string const there = json::serialize(view("unit-zj-head", other));
    EXPECT_NE(there.find("城管打人"), there.npos);
    EXPECT_EQ(there.find(receipt_number(first)), there.npos);
}

TEST_P(Dividing, AllOfThemOrNone) {
    MatterId const first = filed("seat01");
    for (auto const& [bad, key, field] :
         {std::tuple{demand("井"), "field.too_short", "form.demands[1].title"},
          std::tuple{demand("井盖响", {{"about", "nobody"}}), "unit.unknown", "form.demands[1].about"},
          std::tuple{demand("井盖响", {{"about", "centre"}}), "about.centre", "form.demands[1].about"},
          std::tuple{demand("井盖响", {{"phone", "13900001111"}}), "field.unknown", "form.demands[1].phone"}}) {
        Answer const refused = divide(first, {demand("公交少"), bad});
        EXPECT_EQ(refused.refusal.key, key) << field;
        EXPECT_EQ(refused.refusal.field, field);
    }
    EXPECT_EQ(divide(first, {}).refusal.key, "field.required");
    EXPECT_EQ(divide(first, json::array(6, demand("井盖响"))).refusal.key, "field.too_long");
    EXPECT_EQ(city->matter(first)->version, 1);
    ASSERT_TRUE(divide(first, {demand("井盖响")}).ok());
    ASSERT_TRUE(divide(first, {demand("公交少")}).ok());
    EXPECT_EQ(divide(first, {demand("噪声")}).refusal.key, "divide.too_often");
    EXPECT_EQ(city->step("seat01", first, "undo").refusal.key, "undo.nothing");
    EXPECT_EQ(city->step("citizen", first, "divide", {{"demands", {demand("噪声")}}}).refusal.key,
              "matter.unknown");
}

}  // namespace
}  // namespace banyan
