// The rota: what a file says, what holds, which phone to ring. On both databases.
#include "systems/rota/duty.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"
#include "systems/rota/routes.h"

namespace banyan::rota {
namespace {

using namespace banyan::testing;

std::string const kHeader = "kind,who,from,until,name,phone,note\n";

TEST(Rota, RefusesBadRowsByLineAndReason) {
    struct Row {
        char const *row, *key, *column;
    };
    std::string csv = kHeader + "seat,seat01,2026-10-09 08:00,2026-10-09 16:00,,,\n";
    std::vector<Row> const rows{
        {"guard,seat01,2026-10-09 08:00,2026-10-09 16:00,,,", "rota.kind", "kind"},
        {"seat,nobody,2026-10-09 08:00,2026-10-09 16:00,,,", "rota.who", "who"},
        {"seat,disp01,2026-10-09 08:00,2026-10-09 16:00,,,", "rota.who", "who"},
        {"leader,seat01,2026-10-09 08:00,2026-10-09 16:00,,,", "rota.who", "who"},
        {"unit,seat01,2026-10-09 08:00,2026-10-09 16:00,,0591-0000 0001,", "rota.who", "who"},
        {"seat,seat02,9 October,2026-10-09 16:00,,,", "rota.time", "from"},
        {"seat,seat02,2026-10-09 08:00,16:00,,,", "rota.time", "until"},
        {"seat,seat02,2026-10-09 08:00,2026-10-09 08:00,,,", "rota.backwards", "until"},
        {"seat,seat02,2026-10-09 08:00,2026-10-10 08:01,,,", "rota.too_long", "until"},
        {"unit,cg,2026-10-09 08:00,2026-11-10 08:00,,0591-0000 0001,", "rota.too_long", "until"},
        {"unit,cg,2026-10-09 08:00,2026-10-10 08:00,,,", "rota.phone", "phone"},
        {"unit,cg,2026-10-09 08:00,2026-10-10 08:00,,call me,", "rota.phone", "phone"},
        {"seat,seat02,2026-10-09 08:00,2026-10-09 16:00,,0591-0000 0001,", "rota.needless", "phone"},
        {"leader,mayor,2026-10-09 08:00,2026-10-09 16:00,Mayor,,", "rota.needless", "name"},
        {"seat,seat01,2026-10-09 08:00,2026-10-09 12:00,,,", "rota.twice", "from"},
        {"seat", "rota.who", "who"},
    };
    for (Row const& row : rows) csv += std::string(row.row) + "\n";
    auto const read = read_rota(csv, *small_directory());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->duties.size(), 1U);
    ASSERT_EQ(read->bad.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(read->bad[i].line, static_cast<int>(i) + 3);
        EXPECT_EQ(read->bad[i].refusal.key, rows[i].key) << rows[i].row;
        EXPECT_EQ(read->bad[i].refusal.field, rows[i].column) << rows[i].row;
    }
    EXPECT_EQ(read_rota("kind,who,from\n", *small_directory()).error().key, "rota.column");
    EXPECT_EQ(read_rota("", *small_directory()).error().key, "csv.empty");
}

class OnDuty : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/rota/schema/0062_rota.sql");
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({62, "0062_rota.sql", schema});
        city->db()->migrate(all);
    }
    TakenIn take(std::string const& rows) {
        auto const read = read_rota(kHeader + rows, *city->rules().directory);
        EXPECT_TRUE(read && read->bad.empty()) << rows;
        TakenIn taken;
        city->engine().write_now([&](store::Session& writing) {
            taken = take_in(writing, read->duties, PersonId(1), at("2026-10-09 08:00"));
        });
        return taken;
    }
    std::vector<std::string> who(char const* kind, char const* from, char const* until) {
        std::vector<std::string> all;
        for (Duty const& duty : load_duties(city->reader(), kind, at(from), at(until))) all.push_back(duty.who);
        return all;
    }
    std::string phone(char const* unit, char const* now) {
        Directory const& directory = *city->rules().directory;
        auto const found = duty_phone(city->reader(), directory, *directory.unit(unit), at(now));
        return found ? found->phone + "@" + found->unit : std::string();
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(OnDuty);

TEST_P(OnDuty, IsWhoseTimeItIs) {
    take(
        "seat,seat01,2026-10-09 00:00,2026-10-09 08:00,,,\n"
        "seat,seat02,2026-10-09 08:00,2026-10-09 16:00,,,\n"
        "leader,mayor,2026-10-09 09:00,2026-10-09 11:00,,,领导接听日\n");
    using Names = std::vector<std::string>;
    EXPECT_EQ(who("seat", "2026-10-09 07:59:59", "2026-10-09 08:00"), Names{"seat01"});
    EXPECT_EQ(who("seat", "2026-10-09 08:00", "2026-10-09 08:00:01"), Names{"seat02"}) << "the end is not of it";
    EXPECT_EQ(who("", "2026-10-09 00:00", "2026-10-10 00:00"), (Names{"mayor", "seat01", "seat02"}));
    EXPECT_TRUE(who("", "2026-10-10 00:00", "2026-10-11 00:00").empty());
    Directory const& directory = *city->rules().directory;
    EXPECT_EQ(seats_on_duty(city->reader(), directory, at("2026-10-09 09:00")),
              std::set<PersonId>{directory.person("seat02")->id});
}

TEST_P(OnDuty, ALaterFileReplacesWhatBeginsThen) {
    std::string const first = "seat,seat01,2026-10-09 08:00,2026-10-09 16:00,,,\n";
    EXPECT_EQ(take(first).taken, 1);
    EXPECT_EQ(take(first).already, 1);
    TakenIn const other = take("seat,seat01,2026-10-09 08:00,2026-10-09 12:00,,,\n");
    EXPECT_EQ(other.taken, 1);
    EXPECT_EQ(other.replaced, 1);
    EXPECT_TRUE(who("seat", "2026-10-09 12:00", "2026-10-09 16:00").empty());
    auto const holds = load_duties(city->reader(), "seat", at("2026-10-09 08:00"), at("2026-10-09 09:00"));
    ASSERT_EQ(holds.size(), 1U);
    bool first_time = false, second_time = true;
    city->engine().write_now([&](store::Session& writing) {
        first_time = strike(writing, holds[0].id, PersonId(1), at("2026-10-09 08:30"));
        second_time = strike(writing, holds[0].id, PersonId(1), at("2026-10-09 08:30"));
    });
    EXPECT_TRUE(first_time);
    EXPECT_FALSE(second_time);
    EXPECT_TRUE(who("seat", "2026-10-09 08:00", "2026-10-09 09:00").empty());
}

TEST_P(OnDuty, APhoneIsTheUnitsOrOfOneAbove) {
    EXPECT_EQ(phone("350102004001", "2026-10-09 22:00"), "") << "nobody has one";
    take("unit,350102-centre,2026-10-09 18:00,2026-10-10 08:00,值班员,0591-0000 0102,\n");
    EXPECT_EQ(phone("350102004001", "2026-10-09 22:00"), "0591-0000 0102@350102-centre");
    take("unit,350102004,2026-10-09 20:00,2026-10-10 08:00,街道值班,0591-0000 0103,\n");
    EXPECT_EQ(phone("350102004001", "2026-10-09 22:00"), "0591-0000 0103@350102004");
    EXPECT_EQ(phone("350102004001", "2026-10-09 19:00"), "0591-0000 0102@350102-centre");
    EXPECT_EQ(phone("cg", "2026-10-09 22:00"), "");
}

}  // namespace
}  // namespace banyan::rota
