// Who has read a notice: once a person, any number at a time. On both databases.
#include "systems/notices/readings.h"

#include <gtest/gtest.h>

#include <latch>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"

namespace banyan::notices {
namespace {

using namespace banyan::testing;

class Readings : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/notices/schema/0060_notices.sql");
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({60, "0060_notices.sql", schema});
        city->db()->migrate(all);
        city->set_clock(at("2026-10-09 09:00"));
    }
    MatterId pinned() {
        Answer const written = city->open(
            "lead01", {{"sort", "announcement"}, {"title", "停水"}, {"text", "明日停水"}, {"basis", "自来水公司"}},
            "notice", "write_notice");
        EXPECT_TRUE(written.ok()) << describe(written.refusal);
        Answer const pinned = city->step("review01", written.matter, "pin", {{"pin_until", "2026-10-12"}});
        EXPECT_TRUE(pinned.ok()) << describe(pinned.refusal);
        return written.matter;
    }
    Instant read(MatterId notice, PersonId person, Instant when) {
        Instant first;
        city->engine().write_now(
            [&](store::Session& writing) { first = put_reading(writing, notice, person, when); });
        return first;
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Readings);

TEST_P(Readings, KeepTheFirstTime) {
    MatterId const notice = pinned(), other = pinned();
    PersonId const seat = city->rules().directory->person("seat01")->id;
    EXPECT_EQ(read(notice, seat, at("2026-10-09 09:01")), at("2026-10-09 09:01"));
    EXPECT_EQ(read(notice, seat, at("2026-10-09 10:00")), at("2026-10-09 09:01"));
    EXPECT_EQ(load_readings(city->reader(), notice).size(), 1U);
    EXPECT_TRUE(load_readings(city->reader(), other).empty());
    EXPECT_EQ(load_read_by(city->reader(), seat), (std::map<MatterId, Instant>{{notice, at("2026-10-09 09:01")}}));
}

TEST_P(Readings, OfTwoHundredAtOnceCollideWithNobody) {
    MatterId const notice = pinned();
    int const version = city->matter(notice)->version;
    std::latch done(200);
    std::atomic<int> failed = 0;
    for (int seat = 0; seat < 200; ++seat)
        city->engine().write(
            [&, seat](store::Session& writing) {
                put_reading(writing, notice, PersonId(10'000 + seat), at("2026-10-09 09:02"));
            },
            [&](std::exception_ptr const& error) {
                if (error) ++failed;
                done.count_down();
            });
    EXPECT_TRUE(city->step("review01", notice, "pin_on", {{"pin_until", "2026-10-13"}, {"reason", "延长"}}).ok());
    done.wait();
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(load_readings(city->reader(), notice).size(), 200U);
    EXPECT_EQ(city->matter(notice)->version, version + 1) << "only the step is of the matter";
}

TEST_P(Readings, AreAskedOfSeatsAndShiftLeaders) {
    Directory const& directory = *city->rules().directory;
    std::set<std::string> logins;
    for (Person const* person : readers(directory, directory.city_centre())) logins.insert(person->login);
    EXPECT_EQ(logins, (std::set<std::string>{"lead01", "seat01", "seat02"}));
    EXPECT_TRUE(readers(directory, directory.unit("350111-centre")->id).empty()) << "none of its own";
}

}  // namespace
}  // namespace banyan::notices
