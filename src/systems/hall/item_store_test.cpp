// Items in the database: every version stays, what is as it was costs nothing, what ends is in the log. On both.
#include "systems/hall/item_store.h"

#include <gtest/gtest.h>

#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

using testing::good_item;

class ItemStore : public store::testing::OnBothEngines {
  protected:
    Ledger::Put put(Item const& item, Instant when) {
        Ledger ledger(*session);
        auto const done = ledger.put(item);
        session->begin_write();
        ledger.write(*session, when);
        session->commit();
        return done;
    }
    Result<void> change(Change const& what, Instant when) {
        session->begin_write();
        auto done = put_change(*session, what, when);
        session->commit();
        return done;
    }
    std::vector<std::string> published() {
        std::vector<std::string> codes;
        each_published(*session, 0, 100, [&](Stored&& stored) { codes.push_back(stored.item.code); });
        return codes;
    }

    store::testing::TestStore db = fresh(testing::schema());
    std::unique_ptr<store::Session> session = db->open_writer();
    Instant now{1'791'507'600'000'000};
    Instant later = now + days(1);
};
BANYAN_ON_BOTH_ENGINES(ItemStore);

TEST_P(ItemStore, GivesBackWhatWasPut) {
    Item const item = good_item();
    EXPECT_EQ(put(item, now), Ledger::Put::added);
    auto const stored = find_item(*session, item.code);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->item, item);
    EXPECT_EQ(stored->version, 1);
    EXPECT_EQ(stored->state, State::published);
    EXPECT_EQ(stored->begins, now);
    EXPECT_FALSE(stored->ends);
    EXPECT_FALSE(find_item(*session, "nothing"));
    EXPECT_FALSE(find_item(*session, item.code, 2));
    EXPECT_EQ(count_items(*session), 1);
}

TEST_P(ItemStore, KeepsEveryVersion) {
    Item item = good_item();
    put(item, now);
    EXPECT_EQ(put(item, later), Ledger::Put::unchanged);
    EXPECT_EQ(versions_of(*session, 1).size(), 1U) << "what is as it was costs nothing";
    item.promised_days = 3;
    EXPECT_EQ(put(item, later), Ledger::Put::changed);
    EXPECT_EQ(find_item(*session, item.code)->version, 2);
    EXPECT_EQ(find_item(*session, item.code)->item.promised_days, 3);
    EXPECT_EQ(find_item(*session, item.code, 1)->item.promised_days, 5);
    auto const versions = versions_of(*session, 1);
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].ends, later);
    EXPECT_EQ(versions[1].begins, later);
    EXPECT_FALSE(versions[1].ends);
    EXPECT_EQ(published(), std::vector<std::string>{item.code});
}

TEST_P(ItemStore, FindsTheOtherSituations) {
    Item const first = good_item();
    Item second = first, elsewhere = first, other = first;
    second.code = code_text(testing::kCredit, Type::permit, 1186);
    second.situation = "change";
    elsewhere.code = code_text(testing::kCredit, Type::permit, 1187);
    elsewhere.unit = "zj";
    other.code = code_text(testing::kCredit, Type::permit, 1188);
    other.catalogue = "000131002000";
    for (Item const& item : {first, second, elsewhere, other}) put(item, now);
    auto const others = other_situations(*session, first);
    ASSERT_EQ(others.size(), 1U) << "of the same main item of the same unit";
    EXPECT_EQ(others[0].situation, "change");
    change({0, "cancelled", second.code, second.name, "决定", Day{20000}, "", ""}, later).value();
    EXPECT_TRUE(other_situations(*session, first).empty());
}

TEST_P(ItemStore, GoesThroughWhatIsPublishedInPortions) {
    std::vector<std::string> codes;
    for (int serial = 1; serial <= 5; ++serial) {
        Item item = good_item();
        item.code = code_text(testing::kCredit, Type::permit, serial);
        if (serial == 4) item.region = "3502";
        put(item, now);
        codes.push_back(item.code);
    }
    std::vector<std::string> seen;
    std::int64_t after = 0;
    int portions = 0;
    while (each_published(*session, after, 2, [&](Stored&& stored) {
               seen.push_back(stored.item.code);
               after = stored.id;
           }) == 2)
        ++portions;
    EXPECT_EQ(seen, codes);
    EXPECT_EQ(portions, 2);
    seen.clear();
    EXPECT_EQ(
        each_published_in(*session, "3502", 0, 10, [&](Stored&& stored) { seen.push_back(stored.item.code); }), 1);
    EXPECT_EQ(seen, std::vector<std::string>{codes[3]});
}

TEST_P(ItemStore, EndsWhatIsCancelledAndSaysSo) {
    Item const item = good_item();
    put(item, now);
    Change const cancelled{0,           "cancelled", item.code, item.name, "国发〔2025〕1号",
                           Day{20'700}, "不再办理",  "Gone"};
    EXPECT_EQ(change({0, "cancelled", item.code, item.name, "", Day{20'700}, "", ""}, later).error().key,
              "change.no_basis");
    EXPECT_EQ(change({0, "gone", item.code, item.name, "b", Day{20'700}, "", ""}, later).error().key,
              "change.kind");
    EXPECT_EQ(change({0, "merged", "nothing", "x", "b", Day{20'700}, "", ""}, later).error().key, "item.unknown");
    EXPECT_TRUE(change(cancelled, later));
    EXPECT_EQ(change(cancelled, later).error().key, "change.ended");
    auto const ended = find_item(*session, item.code);
    ASSERT_TRUE(ended) << "its guide can still be read";
    EXPECT_EQ(ended->state, State::cancelled);
    EXPECT_EQ(ended->ends, later);
    EXPECT_TRUE(published().empty());
    EXPECT_EQ(count_items(*session), 0);
    // published again: a new version, the gap stays
    EXPECT_EQ(put(item, later + days(1)), Ledger::Put::changed);
    auto const versions = versions_of(*session, 1);
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].ends, later);
    EXPECT_EQ(versions[1].begins, later + days(1));
}

TEST_P(ItemStore, KeepsTheLogOfChangesTheNewestFirst) {
    Item const item = good_item();
    put(item, now);
    for (int day = 1; day <= 5; ++day)
        change({0, day % 2 == 0 ? "delegated" : "struck", "", "事项" + std::to_string(day), "依据",
                Day{20'000 + day / 2}, "中", "en"},
               now)
            .value();
    change({0, "struck", item.code, item.name, "依据", Day{20'001}, "", ""}, now).value();
    EXPECT_EQ(find_item(*session, item.code)->state, State::published) << "a proof less is no end";
    EXPECT_EQ(count_changes(*session), (std::map<std::string, std::int64_t>{{"delegated", 2}, {"struck", 4}}));
    std::vector<std::string> names;
    std::optional<std::pair<Day, std::int64_t>> before;
    for (auto page = changes(*session, before, 2); !page.empty(); page = changes(*session, before, 2))
        for (Change const& each : page) {
            names.push_back(each.name);
            before = {each.day, each.id};
        }
    EXPECT_EQ(names, (std::vector<std::string>{"事项5", "事项4", item.name, "事项3", "事项2", "事项1"}));
}

}  // namespace
}  // namespace banyan::hall
