// An entry from its draft to its end, and what of it is found, cited and kept. On both databases.
#include "systems/knowledge/testing/city.h"

namespace banyan::knowledge {
namespace {

class Entries : public testing::WritingCity {};
BANYAN_ON_BOTH_ENGINES(Entries);

TEST_P(Entries, AreFoundAndCitedOnceTwoOthersHaveReviewedThem) {
    ASSERT_EQ(open("seat01", first_draft()), "");
    std::string const number = receipt_number(opened);
    EXPECT_EQ(stage(), "unit_review");
    EXPECT_EQ(cited(number, 1), "guide.unknown");
    EXPECT_EQ(take("unit-cg", "sign"), "");
    EXPECT_EQ(take("unit-cg", "endorse"), "step.wrong_desk");
    EXPECT_EQ(take("unit-cg-head", "endorse", {{"note", "属实"}}), "");
    EXPECT_EQ(stage(), "centre_review");
    EXPECT_FALSE(finds(number + "@1"));
    EXPECT_EQ(changes, 0);
    EXPECT_EQ(take("review01", "publish", days()), "");
    EXPECT_EQ(stage(), "published");
    EXPECT_EQ(changes, 1);
    EXPECT_TRUE(finds(number + "@1"));
    EXPECT_EQ(cited(number, 1), "");
    auto const all = load_entries(city->reader());
    auto const entry = std::ranges::find(all, number, &Entry::id);
    ASSERT_NE(entry, all.end());
    EXPECT_EQ(entry->variants, (std::vector<std::string>{"塘泥谁挖", "塘臭了"}));
    EXPECT_EQ(entry->articles, (std::vector<std::string>{"ponds-2020:1"}));
    EXPECT_EQ(entry->basis, "池塘条例");
    EXPECT_EQ(entry->unit, "cg");
    EXPECT_EQ(entry->matter, opened);
    EXPECT_EQ(iso(*entry->force.from), "2026-10-12");
}

TEST_P(Entries, AreReviewedByNobodyWhoWroteThem) {
    ASSERT_EQ(open("unit-cg-head", first_draft()), "");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    EXPECT_EQ(take("unit-cg-head", "endorse"), "entry.own_draft");
    ASSERT_EQ(open("review01", first_draft()), "");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    EXPECT_EQ(take("review01", "publish", days()), "step.out_of_turn");
    ASSERT_EQ(take("unit-cg-head", "endorse"), "");
    EXPECT_EQ(take("review01", "publish", days()), "entry.own_draft");
    ASSERT_EQ(take("review01", "send_back", {{"reason", "写清楚"}}), "");
    ASSERT_EQ(take("seat01", "rewrite", draft()), "");
    ASSERT_EQ(take("unit-cg-head", "endorse"), "");
    EXPECT_EQ(take("review01", "publish", days()), "entry.own_draft") << "the first draft was theirs";
}

TEST_P(Entries, AreNotPublishedWhenTheUnitObjects) {
    ASSERT_EQ(open("seat01", first_draft()), "");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    ASSERT_EQ(take("unit-cg-head", "object", {{"reason", "不归我们"}}), "");
    EXPECT_EQ(stage(), "centre_review");
    EXPECT_EQ(take("review01", "publish", days()), "entry.not_endorsed");
    EXPECT_EQ(take("review01", "keep_old", {{"reason", "没有旧版"}}), "entry.not_published");
    EXPECT_EQ(take("review01", "take_down", {{"reason", "没有"}}), "entry.not_published");
    EXPECT_EQ(take("review01", "give_up", {{"reason", "不采用"}}), "");
    EXPECT_EQ(stage(), "given_up");
    EXPECT_EQ(take("seat01", "revise", draft()), "step.out_of_turn");
}

TEST_P(Entries, GoOnInVersionsOneAtATime) {
    std::string const number = published();
    json::object const changed{{"answer", "水利局每季清淤一次。"}, {"from", "2026-11-01"}};
    ASSERT_EQ(take("unit-cg", "revise", draft(changed)), "");
    EXPECT_EQ(take("seat01", "revise", draft(changed)), "entry.in_review");
    EXPECT_EQ(cited(number, 1), "") << "the old one stands meanwhile";
    EXPECT_EQ(cited(number, 2), "guide.unknown");
    EXPECT_EQ(take("unit-cg-head", "endorse"), "");
    EXPECT_EQ(take("seat01", "revise", draft(changed)), "entry.in_review");
    EXPECT_EQ(take("review01", "publish", days({{"from", "2026-11-01"}})), "");
    EXPECT_EQ(cited(number, 2), "guide.not_yet");
    EXPECT_EQ(cited(number, 1), "");
    EXPECT_TRUE(finds(number + "@1"));
    city->go_to(testing::at("2026-11-01 00:00"));
    EXPECT_EQ(cited(number, 1), "guide.superseded");
    EXPECT_EQ(cited(number, 2), "");
    EXPECT_FALSE(finds(number + "@1"));
    EXPECT_TRUE(finds(number + "@2"));
    EXPECT_NE(all_entries().find(number + "@1 水塘谁清淤 水利局每年清淤一次。 cg 2026-11-01 followed"),
              std::string::npos)
        << all_entries();
}

TEST_P(Entries, StandAsTheyWereWhenARevisionIsDropped) {
    std::string const number = published();
    ASSERT_EQ(take("seat01", "revise", draft({{"answer", "不清了。"}})), "");
    EXPECT_EQ(take("seat01", "give_up", {{"reason", "不改了"}}), "entry.is_published");
    ASSERT_EQ(take("unit-cg-head", "object", {{"reason", "不对"}}), "");
    ASSERT_EQ(take("review01", "keep_old", {{"reason", "原版正确"}}), "");
    EXPECT_EQ(stage(), "published");
    EXPECT_EQ(cited(number, 1), "");
    EXPECT_EQ(cited(number, 2), "guide.unknown");
    EXPECT_EQ(take("seat01", "revise", draft()), "") << "and may be revised again";
}

TEST_P(Entries, AreTakenDownAtOnceAndKept) {
    std::string const number = published();
    ASSERT_EQ(take("seat01", "revise", draft()), "");
    EXPECT_EQ(take("seat01", "take_down", {{"reason", "错了"}}), "step.wrong_desk");
    ASSERT_EQ(take("unit-cg-head", "take_down", {{"reason", "电话改了"}}), "");
    EXPECT_EQ(stage(), "taken_down");
    EXPECT_EQ(cited(number, 1), "guide.taken_down");
    EXPECT_FALSE(finds(number + "@1", false));
    EXPECT_NE(all_entries().find(number + "@1 水塘谁清淤"), std::string::npos) << "kept";
    EXPECT_EQ(open("seat01",
                   {{"title", "水塘谁清淤"},
                    {"entry", number},
                    {"entry_version", 1},
                    {"text", "电话不对"},
                    {"lead", "cg"}},
                   "correction", "correct"),
              "entry.gone form.entry");
}

TEST_P(Entries, RemindBeforeTheyEndAndEnd) {
    std::string const number = published();
    city->go_to(testing::at("2027-09-12 23:59:59"));
    EXPECT_EQ(city->matter(opened)->version, 4);
    city->go_to(testing::at("2027-09-13 00:00"));
    EXPECT_EQ(city->matter(opened)->version, 5) << "reminded when the day is over";
    EXPECT_EQ(cited(number, 1), "");
    city->go_to(testing::at("2027-10-12 00:00"));
    EXPECT_EQ(cited(number, 1), "guide.expired");
    EXPECT_FALSE(finds(number + "@1"));
    EXPECT_EQ(stage(), "published");
    city->go_to(testing::at("2027-10-13 00:00"));
    EXPECT_EQ(stage(), "expired");
    editor->run_once();
    EXPECT_EQ(
        open("seat01",
             first_draft(
                 {{"entry", number}, {"entry_version", 1}, {"from", "2027-10-13"}, {"until", "2028-10-13"}})),
        "");
    reviewed({{"from", "2027-10-13"}, {"until", "2028-10-13"}, {"remind_on", "2028-09-13"}});
    EXPECT_EQ(cited(number, 2), "") << "it lives again in a new matter";
}

TEST_P(Entries, GoOnFromWhatWasTakenIn) {
    ASSERT_EQ(open("seat01", first_draft({{"entry", "pond"}, {"entry_version", 2}})), "");
    MatterId const first = opened;
    EXPECT_EQ(open("seat02", first_draft({{"entry", "pond"}, {"entry_version", 2}})),
              "entry.has_matter form.entry");
    EXPECT_EQ(open("seat02", first_draft({{"entry", "lamp"}, {"entry_version", 2}})),
              "entry.not_last form.entry_version");
    opened = first;
    reviewed();
    EXPECT_EQ(cited("pond", 3), "");
    EXPECT_EQ(cited("pond", 2), "guide.superseded");
    EXPECT_EQ(cited("pond", 1), "guide.expired");
}

TEST_P(Entries, ThatWereTakenInAreTakenDownByTheCentre) {
    json::object const form{
        {"title", "池塘归谁管"}, {"entry", "pond"}, {"entry_version", 2}, {"reason", "机构改了"}};
    EXPECT_EQ(open("seat01", form, "knowledge", "strike"), "step.wrong_desk");
    json::object old = form;
    old["entry_version"] = 1;
    EXPECT_EQ(open("lead01", old, "knowledge", "strike"), "entry.not_last form.entry_version");
    EXPECT_EQ(cited("pond", 2), "");
    ASSERT_EQ(open("lead01", form, "knowledge", "strike"), "");
    EXPECT_EQ(stage(), "taken_down");
    for (int version : {1, 2}) EXPECT_EQ(cited("pond", version), "guide.taken_down");
    EXPECT_FALSE(finds("pond@2", false));
    EXPECT_EQ(changes, 1);
    ASSERT_EQ(open("seat01", first_draft({{"entry", "pond"}, {"entry_version", 2}})), "");
    reviewed();
    EXPECT_EQ(cited("pond", 3), "") << "and may be written anew";
}

TEST_P(Entries, ForStaffAreNotShownToEveryone) {
    std::string const number = published({{"audience", "staff"}});
    EXPECT_TRUE(finds(number + "@1", false));
    EXPECT_FALSE(finds(number + "@1", true));
    EXPECT_EQ(cited(number, 1), "");
}

TEST_P(Entries, AreThereAfterARestart) {
    std::string const number = published();
    ASSERT_EQ(open("seat01", first_draft({{"entry", "pond"}, {"entry_version", 2}})), "");
    editor.reset();
    guides->put(nullptr);
    city->restart();
    begin();
    EXPECT_EQ(cited(number, 1), "");
    EXPECT_EQ(cited(number, 2), "guide.unknown");
    EXPECT_EQ(open("seat02", first_draft({{"entry", "pond"}, {"entry_version", 2}})),
              "entry.has_matter form.entry");
    EXPECT_EQ(changes, 1) << "nothing is taken twice";
}

TEST_P(Entries, AreTheSameWhenTheyAreMadeAgainOfTheJournal) {
    std::string const number = published();
    ASSERT_EQ(take("seat01", "revise", draft({{"answer", "每季一次。"}})), "");
    reviewed();
    published();
    ASSERT_EQ(take("unit-cg-head", "take_down", {{"reason", "重复"}}), "");
    ASSERT_EQ(open("seat01", first_draft({{"entry", "pond"}, {"entry_version", 2}})), "");
    reviewed();
    std::string const before = all_entries();
    EXPECT_NE(before.find("pond@3"), std::string::npos);
    editor.reset();
    city->engine().write_now([](store::Session& session) {
        session.execute("DELETE FROM follower WHERE name = 'knowledge.1'");
        session.execute("UPDATE knowledge_entry SET title = 'wrong' WHERE origin = 'written'");
    });
    begin();
    EXPECT_EQ(all_entries(), before);
    EXPECT_EQ(cited(number, 2), "");
}

}  // namespace
}  // namespace banyan::knowledge
