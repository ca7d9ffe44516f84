// An item from its draft to its publication and its end, through the journal: who may, what is refused, what
// becomes of the item and of what is found. On both databases.
#include "systems/hall/editor.h"

#include <gtest/gtest.h>

#include "kernel/engine/testing/city.h"
#include "systems/hall/editor_routes.h"
#include "systems/hall/testing.h"
#include "systems/hall/testing/find.h"

namespace banyan::hall {
namespace {

using banyan::testing::at;
using banyan::testing::City;
using banyan::testing::kernel_migrations;
using testing::good_item;

class ItemEditor : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        std::vector<store::Migration> all = kernel_migrations();
        for (store::Migration const& each : testing::schema()) all.push_back(each);
        city->db()->migrate(all);
        city->set_clock(at("2026-10-12 09:00"));
        item = good_item();
        item.unit = "cg";
        city->engine().write_now([&](store::Session& writing) {
            put_item(writing, item, city->engine().now());
            writing.execute("INSERT INTO hall_unit (code, credit, zh, en, region) VALUES ($1, $2, $3, $4, $5)",
                            {"cg", testing::kCredit, "城管局", "Urban management", "3501"});
        });
        shelf.put(testing::finder_of({listing_of(item, 1)}));
        begin_editor();
    }
    void begin_editor() { editor = std::make_unique<Editor>(city->engine(), *city->db(), shelf); }

    /// A step in the role the hall vouches for; its key when it is refused.
    std::string take(std::string_view who, std::string step, json::object form, MatterId matter) {
        Request request;
        Command command{acting(city->actor(who), step), {}, matter, {}, step, std::move(form), {}, {}, {}, {}};
        if (!matter) command.procedure = "item";
        request.what = std::move(command);
        Answer const answer = city->engine().run(std::move(request));
        if (!answer.ok()) return answer.refusal.key;
        if (!matter) opened = answer.matter;
        if (follows) editor->run_once();
        return {};
    }
    std::string take(std::string_view who, std::string step, json::object form = {}) {
        return take(who, std::move(step), std::move(form), opened);
    }
    std::string begin(std::string const& kind, bool withdraws) {
        return take("unit-cg", "begin_item",
                    {{"title", item.name},
                     {"item_unit", "cg"},
                     {"item_code", item.code},
                     {"item_version", stored()->version},
                     {"revision", kind},
                     {"withdraws", withdraws}},
                    {});
    }
    Result<int> save(json::object const& body, int draft) {
        Result<int> saved = 0;
        city->engine().write_now([&](store::Session& writing) {
            saved = save_draft(writing, opened, draft, json::serialize(body), item.name,
                               city->actor("unit-cg").person, city->engine().now());
        });
        return saved;
    }
    std::string hand_in(std::string_view who = "unit-cg") {
        Revision const one = revision();
        city->engine().write_now(
            [&](store::Session& writing) { EXPECT_TRUE(keep_handed(writing, opened, one.draft)); });
        return take(who, "hand_in_item", {{"title", "x"}, {"digest", digest_of_draft(one.body)}});
    }
    void publish() {
        EXPECT_EQ(hand_in(), "");
        EXPECT_EQ(take("unit-cg-head", "endorse_item"), "");
        EXPECT_EQ(take("review01", "publish_item"), "");
    }
    Revision revision() { return find_revision(city->reader(), opened).value(); }
    std::optional<Stored> stored(std::optional<int> version = {}) {
        return find_item(city->reader(), item.code, version);
    }
    std::vector<std::string> faults(json::object const& body) {
        std::vector<std::string> all;
        for (Refusal const& each : check_draft(city->reader(), *city->rules().directory, world.around(),
                                               revision(), body, day_of({2026, 10, 12}))
                                       .faults)
            all.push_back(each.key + " " + each.field);
        return all;
    }
    using Keys = std::vector<std::string>;

    testing::World world;
    std::unique_ptr<City> city;
    Shelf shelf{nullptr};
    std::unique_ptr<Editor> editor;
    Item item;
    MatterId opened;
    bool follows = true;
};
BANYAN_ON_BOTH_ENGINES(ItemEditor);

TEST_P(ItemEditor, WithdrawsAnItemWhileItIsRevisedAndPublishesItsNextVersion) {
    ASSERT_EQ(begin("revise", true), "");
    EXPECT_EQ(stored()->state, State::revising);
    EXPECT_EQ(stored()->revising, city->engine().now());
    EXPECT_EQ(shelf.finder()->size(), 0U) << "not found, not counted";
    EXPECT_EQ(count_items(city->reader()), 0);
    EXPECT_EQ(json::parse(revision().body), json::value(item_json(item)));

    Item better = item;
    better.promised_days = 3;
    better.special.front().days = 4;
    EXPECT_EQ(save(item_json(better), 1).value(), 2);
    city->set_clock(at("2026-10-13 10:00"));
    publish();
    EXPECT_EQ(stored()->state, State::published);
    EXPECT_EQ(stored()->version, 2);
    EXPECT_EQ(stored()->item.promised_days, 3);
    EXPECT_EQ(stored()->begins, at("2026-10-13 10:00"));
    EXPECT_EQ(stored(1)->ends, at("2026-10-13 10:00"));
    EXPECT_EQ(stored(1)->item.promised_days, 5) << "the old version stays readable";
    EXPECT_EQ(shelf.finder()->listing(*shelf.finder()->number(item.code)).promised_days, 3);
    EXPECT_EQ(shelf.finder()->listing(*shelf.finder()->number(item.code)).version, 2);
    EXPECT_EQ(revision().published, 2);
    EXPECT_EQ(revisions_of(city->reader(), item.code).size(), 1U);
    EXPECT_TRUE(open_revisions(city->reader(), "cg").empty());
}

TEST_P(ItemEditor, PutsTheOldVersionBackInForceWhenADraftIsGivenUp) {
    ASSERT_EQ(begin("revise", true), "");
    EXPECT_EQ(take("unit-cg", "give_up_item", {{"reason", "不改了"}}), "");
    EXPECT_EQ(stored()->state, State::published);
    EXPECT_EQ(stored()->version, 1);
    EXPECT_FALSE(stored()->revising);
    EXPECT_EQ(shelf.finder()->size(), 1U);
    EXPECT_EQ(take("unit-cg", "give_up_item", {{"reason", "再放弃"}}), "step.out_of_turn");
}

TEST_P(ItemEditor, LeavesAnItemInForceWhereTheUnitWantsThat) {
    ASSERT_EQ(begin("revise", false), "");
    EXPECT_EQ(stored()->state, State::published);
    EXPECT_EQ(shelf.finder()->size(), 1U);
    auto claim = [&] {
        Result<void> done;
        city->engine().write_now(
            [&](store::Session& writing) { done = claim_item(writing, item.code, city->engine().now()); });
        return done ? std::string() : done.error().key;
    };
    EXPECT_EQ(claim(), "revision.open") << "one at a time";
    EXPECT_EQ(take("unit-cg", "give_up_item", {{"reason", "不改了"}}), "");
    EXPECT_EQ(claim(), "");
    EXPECT_EQ(claim(), "revision.open") << "somebody else has just begun";
    city->set_clock(city->engine().now() + minutes(2));
    EXPECT_EQ(claim(), "") << "and never finished";
}

TEST_P(ItemEditor, AsksThreePeople) {
    ASSERT_EQ(begin("revise", false), "");
    EXPECT_EQ(take("unit-cg-head", "endorse_item"), "step.out_of_turn");
    EXPECT_EQ(hand_in("unit-cg-head"), "");
    EXPECT_EQ(take("unit-cg-head", "endorse_item"), "revision.own");
    EXPECT_EQ(take("unit-cg", "endorse_item"), "") << "in that role: the hall knows who has it";
    EXPECT_EQ(take("unit-cg", "publish_item"), "revision.own");
    EXPECT_EQ(take("unit-cg-head", "publish_item"), "revision.own");
    EXPECT_EQ(take("review01", "send_back_item", {{"reason", "承诺太长"}}), "");
    EXPECT_EQ(hand_in(), "");
    EXPECT_EQ(take("unit-cg-head", "return_item"), "field.required");
    EXPECT_EQ(take("unit-cg-head", "return_item", {{"reason", "再看看"}}), "");

    Directory const& directory = *city->rules().directory;
    EXPECT_TRUE(part_of(city->actor("unit-cg"), "cg", directory).writes);
    EXPECT_FALSE(part_of(city->actor("unit-cg"), "cg", directory).endorses);
    EXPECT_TRUE(part_of(city->actor("unit-cg-head"), "cg", directory).endorses);
    EXPECT_FALSE(part_of(city->actor("unit-zj-head"), "cg", directory).any());
    EXPECT_TRUE(part_of(city->actor("review01"), "cg", directory).publishes);
    EXPECT_FALSE(part_of(city->actor("seat01"), "cg", directory).any());
}

TEST_P(ItemEditor, NamesEveryFaultOfADraft) {
    ASSERT_EQ(begin("revise", false), "");
    EXPECT_EQ(faults(item_json(item)), Keys{});
    Item bad = item;
    bad.legal_days = 30;
    bad.promised_days = 25;
    bad.materials.push_back({"other", "其他材料", "upload", "C", "applicant", false, 1, {}, {}, {}});
    EXPECT_EQ(faults(item_json(bad)),
              (Keys{"material.catch_all materials[2].name", "limit.beyond_law legal_days"}));
    bad.materials.pop_back();
    bad.legal_over = "某法:第八条";
    EXPECT_EQ(faults(item_json(bad)), Keys{}) << "a law allows more";

    json::object half = item_json(item);
    half.erase("star");
    half["materials"].as_array()[0].as_object()["name"] = "有关材料";
    half["code"] = "x";
    half["unit"] = "zj";
    EXPECT_EQ(faults(half), (Keys{"field.required star", "code.check code", "material.catch_all materials[0].name",
                                  "revision.other_unit unit"}))
        << "what rules can say is said before all fields are there";
    json::object with_file = item_json(item);
    for (char const* address : {"javascript:alert(1)", "/api/v1/hall/files/nothing", "http://example.org/x"}) {
        with_file["materials"].as_array()[0].as_object()["sample"] = address;
        EXPECT_EQ(faults(with_file), Keys{"revision.file_unknown materials[0].sample"}) << address;
    }
}

TEST_P(ItemEditor, RefusesAStaleDraftAndGoesOnlyOverTheVersionItWasBegunOn) {
    ASSERT_EQ(begin("revise", true), "");
    EXPECT_EQ(save({{"name", "一"}}, 1).value(), 2);
    EXPECT_EQ(save({{"name", "二"}}, 1).error().key, "revision.stale");
    EXPECT_EQ(json::parse(revision().body).at("name").as_string(), "一") << "nothing is lost";
    Item imported = item;
    imported.phone = "0591-1";
    Ledger ledger(city->reader());
    EXPECT_EQ(ledger.put(item), Ledger::Put::unchanged) << "an import of the same does not end the revision";
    ledger.put(imported);
    city->engine().write_now([&](store::Session& writing) { ledger.write(writing, city->engine().now()); });
    EXPECT_EQ(stored()->version, 2);
    EXPECT_EQ(faults(item_json(item)), Keys{"revision.changed_meanwhile "});
}

TEST_P(ItemEditor, MakesANewItem) {
    ASSERT_EQ(
        take("unit-cg", "begin_item", {{"title", "夜市摊位备案"}, {"item_unit", "cg"}, {"revision", "new"}}, {}),
        "");
    json::object body = json::parse(revision().body).as_object();
    EXPECT_EQ(body.at("name").as_string(), "夜市摊位备案");
    EXPECT_FALSE(faults(body).empty());
    Item fresh = item;
    fresh.name = "夜市摊位备案";
    EXPECT_EQ(faults(item_json(fresh)), Keys{"revision.code_taken code"});
    fresh.code = code_text(testing::kCredit, Type::permit, 1186);
    EXPECT_EQ(faults(item_json(fresh)), Keys{});
    ASSERT_TRUE(save(item_json(fresh), 1));
    publish();
    auto const made = find_item(city->reader(), fresh.code);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->version, 1);
    EXPECT_EQ(made->item.unit_name, "城管局");
    EXPECT_EQ(revision().item, fresh.code);
    EXPECT_EQ(shelf.finder()->size(), 2U);
}

TEST_P(ItemEditor, EndsItemsWithABasisAndADay) {
    ASSERT_EQ(begin("cancelled", false), "");
    EXPECT_EQ(faults({}), (Keys{"revision.no_basis basis", "revision.no_day day"}));
    EXPECT_EQ(faults({{"basis", "国发〔2026〕1号"}, {"day", "2026-10-13"}}), Keys{"revision.day_ahead day"});
    json::object const good{{"basis", "国发〔2026〕1号"}, {"day", "2026-10-12"}, {"zh", "不用再办"}};
    EXPECT_EQ(faults(good), Keys{});
    ASSERT_TRUE(save(good, 1));
    publish();
    EXPECT_EQ(stored()->state, State::cancelled);
    EXPECT_EQ(shelf.finder()->size(), 0U);
    auto const log = changes(city->reader(), {}, 10);
    ASSERT_EQ(log.size(), 1U);
    EXPECT_EQ(log[0].kind, "cancelled");
    EXPECT_EQ(log[0].code, item.code);
    EXPECT_EQ(log[0].basis, "国发〔2026〕1号");
    EXPECT_EQ(log[0].zh, "不用再办");
}

TEST_P(ItemEditor, StrikesAProofThatIsNoLongerAsked) {
    ASSERT_EQ(begin("struck", false), "");
    json::object body{{"basis", "闽政〔2026〕2号"}, {"day", "2026-10-12"}, {"material", "none"}};
    EXPECT_EQ(faults(body), Keys{"revision.no_material material"});
    body["material"] = "form";
    EXPECT_EQ(faults(body), Keys{});
    ASSERT_TRUE(save(body, 1));
    publish();
    EXPECT_EQ(stored()->version, 2);
    EXPECT_EQ(stored()->item.materials.size(), 1U);
    EXPECT_EQ(changes(city->reader(), {}, 10).at(0).name, "食品经营许可（餐饮）：申请表");
}

TEST_P(ItemEditor, MergesIntoAnotherAndDelegatesWithAWordToPeople) {
    ASSERT_EQ(begin("merged", false), "");
    json::object body{{"basis", "某文"}, {"day", "2026-10-12"}, {"into", item.code}};
    EXPECT_EQ(faults(body), Keys{"revision.into_itself into"});
    body["into"] = "nothing";
    EXPECT_EQ(faults(body), Keys{"revision.into_unknown into"});
    EXPECT_EQ(take("unit-cg", "give_up_item", {{"reason", "算了"}}), "");
    ASSERT_EQ(begin("delegated", false), "");
    EXPECT_EQ(faults({{"basis", "某文"}, {"day", "2026-10-12"}}), Keys{"revision.no_level zh"});
}

TEST_P(ItemEditor, LosesNothingWhenItStopsBetweenAStepAndWhatItMeans) {
    follows = false;  // killed right after the step
    ASSERT_EQ(begin("revise", true), "");
    EXPECT_EQ(stored()->state, State::published);
    EXPECT_FALSE(find_revision(city->reader(), opened));
    begin_editor();
    editor->run_once();
    EXPECT_EQ(stored()->state, State::revising);
    Item better = item;
    better.promised_days = 2;
    ASSERT_TRUE(save(item_json(better), 1));
    publish();
    EXPECT_EQ(stored()->version, 1);
    begin_editor();
    editor->run_once();
    begin_editor();
    editor->run_once();
    EXPECT_EQ(stored()->version, 2) << "once, however often it is read";
    Shelf others{testing::finder_of({listing_of(item, 1)})};
    city->engine().write_now([](store::Session& writing) { writing.execute("DELETE FROM follower"); });
    Editor(city->engine(), *city->db(), others).run_once();
    EXPECT_EQ(others.finder()->listing(*others.finder()->number(item.code)).promised_days, 2)
        << "another node hears of it too";
    EXPECT_EQ(stored()->version, 2);
}

}  // namespace
}  // namespace banyan::hall
