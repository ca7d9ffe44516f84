// The record of what administrators did, on both databases: rows in order, chained; what is altered is found.
#include "systems/administration/acts.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"

namespace banyan::administration {
namespace {

using namespace banyan::testing;

class Acts : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/administration/schema/0063_administration.sql");
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({63, "0063_administration.sql", schema});
        city->db()->migrate(all);
        city->set_clock(at("2026-10-09 09:00"));
    }
    void write(std::string const& subject) {
        city->engine().write_now([&](store::Session& writing) {
            put_act(writing, {0,
                              at("2026-10-09 09:00"),
                              PersonId(7),
                              "security_admin",
                              "person.add",
                              subject,
                              R"({"role":"seat"})",
                              {}});
        });
    }
    void alter(char const* sql) {
        city->engine().write_now([&](store::Session& writing) { writing.execute(sql); });
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Acts);

TEST_P(Acts, AreListedTheLatestFirst) {
    EXPECT_TRUE(load_acts(city->reader(), 0, 10).empty());
    EXPECT_EQ(first_altered_act(city->reader()), 0);
    for (char const* login : {"one", "two", "three"}) write(login);
    auto const all = load_acts(city->reader(), 0, 2);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].subject, "three");
    EXPECT_EQ(all[0].id, 3);
    EXPECT_EQ(all[1].person, PersonId(7));
    EXPECT_EQ(load_acts(city->reader(), all[1].id, 10).size(), 1U);
    EXPECT_EQ(first_altered_act(city->reader()), 0);
}

TEST_P(Acts, ThatWereAlteredAreFound) {
    for (char const* login : {"one", "two", "three"}) write(login);
    alter("UPDATE administrative_act SET detail = '{\"role\":\"leader\"}' WHERE id = 2");
    EXPECT_EQ(first_altered_act(city->reader()), 2);
}

TEST_P(Acts, ThatWereTakenOutAreFound) {
    for (char const* login : {"one", "two", "three"}) write(login);
    alter("DELETE FROM administrative_act WHERE id = 1");
    EXPECT_EQ(first_altered_act(city->reader()), 1);
}

}  // namespace
}  // namespace banyan::administration
