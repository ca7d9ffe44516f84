// What is kept at hand when its item ends; companies and mandates. On both engines.
#include <gtest/gtest.h>

#include "systems/hall/companies.h"
#include "systems/hall/home/favourites.h"
#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

std::vector<store::Migration> const& with_home() {
    static std::string const kSql = banyan::testing::source_text("src/systems/hall/schema/0072_hall_home.sql");
    static std::vector<store::Migration> const kAll = [] {
        std::vector<store::Migration> all = testing::schema();
        all.push_back({72, "0072_hall_home.sql", kSql});
        return all;
    }();
    return kAll;
}

constexpr PersonId kLegal(7), kAgent(8), kOther(9);

class Home : public store::testing::OnBothEngines {
  protected:
    template <class Work>
    auto write(Work work) {
        session->begin_write();
        auto done = work();
        session->commit();
        return done;
    }
    Company company() {
        return write([&] {
            return open_company(*session, {0, "91350199MA0000015J", "榕州管线工程公司", kLegal}, kOther, now)
                .value();
        });
    }
    Result<Mandate> give(Company const& to, PersonId person, std::string scope, int days) {
        Mandate asked;
        asked.person = person;
        asked.scope = std::move(scope);
        asked.until = today + days;
        return write([&] { return give_mandate(*session, to, asked, now); });
    }
    std::string refusal(PersonId person, Day on) {
        auto const acting = acting_for(*session, person, "91350199MA0000015J", on);
        return acting ? "" : acting.error().key;
    }

    store::testing::TestStore db = fresh(with_home());
    std::unique_ptr<store::Session> session = db->open_writer();
    Instant now = *parse_rfc3339("2026-10-09T09:00:00+08:00");
    Day today = kBeijing.day(now);
};
BANYAN_ON_BOTH_ENGINES(Home);

TEST_P(Home, KeepsWhatHasEndedAndKnowsWhereItWent) {
    Item const item = testing::good_item();
    write([&] { return put_item(*session, item, now); });
    for (int again = 0; again < 2; ++again)
        EXPECT_TRUE(write([&] { return keep_favourite(*session, kAgent, {item.code, item.name, now}); }));
    EXPECT_FALSE(end_of(*session, item.code));
    EXPECT_TRUE(write([&] {
        return put_change(*session,
                          {0, "merged", item.code, item.name, "第三十六条", today, "并入一件事", "Merged"}, now);
    }));
    auto const kept = favourites_of(*session, kAgent);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept.front().name, item.name);
    EXPECT_EQ(find_item(*session, item.code)->state, State::merged);
    auto const change = end_of(*session, item.code);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->kind, "merged");
    EXPECT_EQ(change->zh, "并入一件事");
    EXPECT_EQ(change->day, today);
    EXPECT_TRUE(favourites_of(*session, kOther).empty());
}

TEST_P(Home, KeepsNoMoreThanItShould) {
    for (std::int64_t n = 0; n < kMostFavourites; ++n)
        ASSERT_TRUE(write([&] { return keep_favourite(*session, kAgent, {std::to_string(n), "x", now}); }));
    auto const one_more = write([&] { return keep_favourite(*session, kAgent, {"more", "x", now}); });
    ASSERT_FALSE(one_more);
    EXPECT_EQ(one_more.error().key, "favourite.too_many");
    EXPECT_TRUE(write([&] { return keep_favourite(*session, kAgent, {"0", "x", now}); })) << "it is kept already";
}

TEST_P(Home, ActsForACompanyAsLongAsTheMandateHolds) {
    Company const one = company();
    EXPECT_EQ(refusal(kLegal, today), "");
    EXPECT_EQ(refusal(kAgent, today), "mandate.none");
    Mandate const given = give(one, kAgent, "see", 10).value();
    EXPECT_EQ(refusal(kAgent, today + 10), "") << "its last day";
    EXPECT_EQ(refusal(kAgent, today + 11), "mandate.ended");
    EXPECT_EQ(acting_for(*session, kAgent, one.code, today)->scope, "see");
    EXPECT_EQ(company_of(*session, one.account())->code, one.code);
    EXPECT_FALSE(company_of(*session, kAgent));
    write([&] { return end_mandate(*session, given.id, kLegal, now), 0; });
    EXPECT_EQ(refusal(kAgent, today), "mandate.withdrawn");
    EXPECT_TRUE(give(one, kAgent, "act", 3)) << "and may be given again";
    EXPECT_EQ(refusal(kAgent, today), "");
    EXPECT_EQ(companies_of(*session, kAgent).size(), 1U);
    EXPECT_TRUE(companies_of(*session, kOther).empty());
}

TEST_P(Home, RefusesMandatesByName) {
    Company const one = company();
    auto key = [&](PersonId person, int days) {
        auto const given = give(one, person, "act", days);
        return given ? std::string() : given.error().key;
    };
    EXPECT_EQ(key(kLegal, 1), "mandate.yourself");
    EXPECT_EQ(key(kAgent, -1), "mandate.past");
    EXPECT_EQ(key(kAgent, kLongestMandate + 1), "mandate.too_long");
    EXPECT_EQ(key(kAgent, 0), "");
    EXPECT_EQ(key(kAgent, 5), "mandate.twice");
    auto open = [&](char const* code) {
        return write([&] { return open_company(*session, {0, code, "甲", kLegal}, kOther, now); });
    };
    EXPECT_EQ(open("91350199MA0000015J").error().key, "company.twice");
    EXPECT_EQ(open("91350199MA0000015K").error().key, "company.code");
}

}  // namespace
}  // namespace banyan::hall
