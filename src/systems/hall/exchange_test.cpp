// Items from files and into files: bad lines are named, the rest is taken, twice costs nothing. On both databases.
#include "systems/hall/exchange.h"

#include <gtest/gtest.h>

#include <sstream>

#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

using testing::good_item;

class Exchange : public store::testing::OnBothEngines {
  protected:
    struct Told {
        int added, changed, unchanged;
        std::vector<std::string> bad;
        bool operator==(Told const&) const = default;
    };
    template <class Read>
    Told take(Read read) {
        Surroundings const around = world.around();
        Intake intake(*session, world.directory, around);
        read([&](int line, Result<json::object> const& item) { intake.take(line, item); });
        session->begin_write();
        intake.write(*session, now);
        session->commit();
        Told told{intake.added, intake.changed, intake.unchanged, {}};
        for (BadLine const& each : intake.bad) {
            std::string all = std::to_string(each.line) + " " + each.refusal.key + " " + each.refusal.field;
            for (Refusal const& other : each.refusal.others) all += ", " + other.key;
            told.bad.push_back(all);
        }
        return told;
    }
    Told jsonl(std::string const& text) {
        return take([&](OnLine const& on_line) {
            std::istringstream file(text);
            read_jsonl(file, on_line);
        });
    }
    Told csv(std::string const& text) {
        return take([&](OnLine const& on_line) { ASSERT_TRUE(read_csv(text, on_line)); });
    }
    static Item numbered(int serial) {
        Item item = good_item();
        item.code = code_text(testing::kCredit, Type::permit, serial);
        return item;
    }

    testing::World world;
    store::testing::TestStore db = fresh(testing::schema());
    std::unique_ptr<store::Session> session = db->open_writer();
    Instant now{1'791'507'600'000'000};
};
BANYAN_ON_BOTH_ENGINES(Exchange);

TEST_P(Exchange, TakesTheGoodAndNamesTheBad) {
    json::object bad = item_json(numbered(3));
    bad["star"] = 9;
    json::object two_faults = item_json(numbered(4));
    two_faults["legal_days"] = 30;
    two_faults["delivery"] = json::array();
    Told const told =
        jsonl("\xEF\xBB\xBF" + jsonl_line(numbered(1)) + "\n" + jsonl_line(numbered(2)) + "{\"code\":\n" +
              json::serialize(bad) + "\n" + jsonl_line(numbered(1)) + json::serialize(two_faults) + "\n[]\r\n");
    EXPECT_EQ(told.added, 2);
    EXPECT_EQ(told.bad,
              (std::vector<std::string>{"4 json.syntax ", "5 field.range star", "6 item.twice code",
                                        "7 limit.beyond_law legal_days, delivery.missing", "8 json.not_object "}));
}

TEST_P(Exchange, OfTheSameFileTwiceCostsNothing) {
    std::string const file = jsonl_line(numbered(1)) + jsonl_line(numbered(2));
    EXPECT_EQ(jsonl(file), (Told{2, 0, 0, {}}));
    EXPECT_EQ(jsonl(file), (Told{0, 0, 2, {}}));
    Item changed = numbered(2);
    changed.promised_days = 2;
    EXPECT_EQ(jsonl(jsonl_line(numbered(1)) + jsonl_line(changed)), (Told{0, 1, 1, {}}));
    EXPECT_EQ(find_item(*session, changed.code)->version, 2);
}

TEST_P(Exchange, FindsUnitsByCodeAndByName) {
    Item by_name = numbered(1), unknown = numbered(2), elsewhere = numbered(3), stolen = numbered(4);
    by_name.unit = "市场监管局";
    by_name.unit_name.clear();
    unknown.unit = "没有的局";
    unknown.unit_name.clear();
    elsewhere.code = code_text(made_credit_code("11", "350199", 7), Type::permit, 1);
    elsewhere.unit = "3502-sj";
    elsewhere.unit_name = "厦门市市场监管局";
    elsewhere.region = "3502";
    stolen.unit = "zj";
    std::string file;
    for (Item const& item : {by_name, unknown, elsewhere, stolen}) file += jsonl_line(item);
    Item foreign = numbered(5);
    foreign.code = code_text(made_credit_code("11", "350199", 8), Type::permit, 1);
    file += jsonl_line(foreign);
    EXPECT_EQ(jsonl(file), (Told{2, 0, 0, {"2 unit.unknown unit", "4 code.unit code", "5 code.unit code"}}));
    auto const stored = find_item(*session, by_name.code);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->item.unit, "sj");
    EXPECT_EQ(stored->item.unit_name, "市场监管局");
    EXPECT_EQ(stored->item.unit_en, "Market Supervision Bureau");
    auto const units = load_units(*session);
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[0].code, "3502-sj");
    EXPECT_EQ(units[1].credit, testing::kCredit);
    Item again = numbered(6);
    again.unit = "3502-sj";
    EXPECT_EQ(jsonl(jsonl_line(again)).bad, std::vector<std::string>{"1 code.unit code"}) << "known from before";
}

TEST_P(Exchange, OfATableGivesTheSameItems) {
    Item rich = good_item();
    rich.conditions = {"一；二", "有 ; 的", "[方括号]"};
    rich.fee = {true, "每证 10 元，\"工本费\"", "价格主管部门的文件\n第二行"};
    rich.options = {"proxy", "appointment"};
    std::string const table = csv_header() + csv_line(rich, false) + csv_line(numbered(2), false);
    EXPECT_EQ(csv(table), (Told{2, 0, 0, {}}));
    Item as_known = rich;
    as_known.unit_en = "Market Supervision Bureau";
    EXPECT_EQ(find_item(*session, rich.code)->item, as_known);
    EXPECT_EQ(jsonl(jsonl_line(rich)), (Told{0, 0, 1, {}}));
}

TEST_P(Exchange, OfATableNamesTheLineAndTheColumn) {
    std::string const header =
        "code,name,unit,type,region,level,audience,classes,kind,star,legal_days,promised_days,basis\n";
    std::string const good =
        numbered(1).code +
        ",许可,sj,XK,350100,city,person;company,food,promised,4,20,5,\"[{\"\"law\"\":\"\"法\"\"}]\"\n";
    std::string const code = numbered(2).code;
    EXPECT_EQ(csv(header + good + code + ",许可,sj,XK,3501,city,person,food,promised,four,20,5,\n" + code +
                  ",许可,sj,XK,3501,city,person,food,promised,4,20,5,法\n" + code +
                  ",许可,sj,XK,3501,city,person,food,promised,4,20,5,,多一格\n,,,\n"),
              (Told{1, 0, 0, {"3 field.type star", "4 field.type basis", "5 csv.too_many_cells "}}));
    EXPECT_EQ(read_csv("code,colour\n1,red\n", {}).error().key, "field.unknown");
    EXPECT_EQ(read_csv("code,colour\n1,red\n", {}).error().field, "colour");
    EXPECT_EQ(read_csv("", {}).error().key, "csv.empty");
}

TEST(OpenData, DefusesWhatASpreadsheetWouldCalculate) {
    Item item = good_item();
    item.name = "=1+1";
    EXPECT_NE(csv_line(item, true).find(",'=1+1,"), std::string::npos);
    EXPECT_NE(csv_line(item, false).find(",=1+1,"), std::string::npos);
}

}  // namespace
}  // namespace banyan::hall
