// Versions of rulebooks and who took them, on both databases.
#include "systems/rulebooks/ledger.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/installation.h"
#include "kernel/engine/testing/city.h"

namespace banyan::rulebooks {
namespace {

using namespace banyan::testing;

class Ledger : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/rulebooks/schema/0067_rulebooks.sql");
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({67, "0067_rulebooks.sql", schema});
        city->db()->migrate(all);
    }
    std::string put(std::string const& toml, char const* when) {
        std::string hash;
        city->engine().write_now(
            [&](store::Session& writing) { hash = put_procedure(writing, toml, at(when)).value(); });
        return hash;
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Ledger);

TEST_P(Ledger, ListsVersionsTheNewestFirst) {
    std::string next = source_text("procedures/notice.toml");
    std::string const old = put(next, "2026-10-01 09:00");
    next.replace(next.find("version = 1"), 11, "version = 2");
    std::string const now = put(next, "2026-10-09 09:00");
    put(source_text("procedures/handover.toml"), "2026-10-01 09:00");
    auto const versions = load_versions(city->reader(), "notice");
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].hash, now);
    EXPECT_TRUE(versions[0].current);
    EXPECT_EQ(versions[1].hash, old);
    EXPECT_FALSE(versions[1].current);
    EXPECT_EQ(versions[1].since, at("2026-10-01 09:00"));
    EXPECT_EQ(load_versions(city->reader()).size(), 3U);
    EXPECT_EQ(load_source(city->reader(), "notice", now), next);
    EXPECT_FALSE(load_source(city->reader(), "handover", now)) << "another's";
}

TEST_P(Ledger, CountsOpenMattersByVersion) {
    EXPECT_TRUE(count_open(city->reader()).empty());
    for (int n = 0; n < 2; ++n)
        city->open("lead01",
                   {{"sort", "wording"}, {"title", "口径"}, {"text", "请说：好。"}, {"basis", "值班领导"}},
                   "notice", "write_notice");
    auto const counts = count_open(city->reader());
    ASSERT_EQ(counts.size(), 1U);
    EXPECT_EQ(counts.begin()->second, 2);
}

TEST_P(Ledger, KeepsWhoTookItAndWhy) {
    std::string const hash(64, 'a');
    city->engine().write_now([&](store::Session& writing) {
        put_taken(writing, {hash, at("2026-10-09 09:00"), PersonId(7), "放宽", "notice", "base = \"notice\"\n"});
        put_taken(writing, {hash, at("2026-10-09 10:00"), PersonId(), "", "", ""});
        put_taken(writing, {"b", at("2026-10-09 09:30"), PersonId(8), "其他", "", ""});
    });
    auto const taken = load_taken(city->reader());
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken.at(hash).at, at("2026-10-09 10:00")) << "the last time";
    EXPECT_EQ(taken.at("b").person, PersonId(8));
    EXPECT_EQ(taken.at("b").note, "其他");
}

}  // namespace
}  // namespace banyan::rulebooks
