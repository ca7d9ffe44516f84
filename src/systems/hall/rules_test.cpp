// What an item may not say: a row for each rule.
#include "systems/hall/rules.h"

#include <gtest/gtest.h>

#include <functional>

#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

using testing::good_item;
using testing::World;

std::vector<std::string> faults(Item const& item) {
    static World const kWorld;
    std::vector<std::string> all;
    for (Refusal const& each : faults_of(item, kWorld.around())) all.push_back(each.key + " " + each.field);
    return all;
}

struct Row {
    char const* fault;
    std::function<void(Item&)> spoil;
};
Row const kRows[] = {
    {"code.check code", [](Item& item) { item.code.back() = 'X'; }},
    {"code.check code", [](Item& item) { item.code[17] = 'K'; }},
    {"type.unknown code", [](Item& item) { item.code.replace(18, 2, "ZZ"); }},
    {"code.type code", [](Item& item) { item.type = Type::confirmation; }},
    {"region.unknown region", [](Item& item) { item.region = "3599"; }},
    {"region.level level", [](Item& item) { item.region = "350102"; }},
    {"region.level level", [](Item& item) { item.level = Level::village; }},
    {"class.unknown classes[1]", [](Item& item) { item.classes = {"food", "magic"}; }},
    {"scene.unknown scenes[0]", [](Item& item) { item.scenes = {"magic"}; }},
    {"basis.missing basis", [](Item& item) { item.basis.clear(); }},
    {"material.catch_all materials[0].name", [](Item& item) { item.materials[0].name = "其他材料"; }},
    {"material.twice materials[1].code", [](Item& item) { item.materials[1].code = item.materials[0].code; }},
    {"material.twice materials[1].name", [](Item& item) { item.materials[1].name = item.materials[0].name; }},
    {"material.shared_asked materials[1].form", [](Item& item) { item.materials[1].form = "upload"; }},
    {"limit.beyond_law legal_days", [](Item& item) { item.legal_days = 21; }},
    {"limit.beyond_law promised_days",
     [](Item& item) {
         item.legal_days = -1;
         item.promised_days = 21;
     }},
    {"limit.beyond_law legal_days",
     [](Item& item) {
         item.options = {"joint"};
         item.legal_days = 46;
     }},
    {"limit.promise_beyond_legal promised_days",
     [](Item& item) {
         item.legal_days = 10;
         item.promised_days = 11;
     }},
    {"limit.instant_with_days promised_days",
     [](Item& item) {
         item.kind = Kind::instant;
         item.special.clear();
     }},
    {"limit.no_promise promised_days", [](Item& item) { item.promised_days = 0; }},
    {"special.no_basis special[0].basis", [](Item& item) { item.special[0].basis.clear(); }},
    {"special.no_days special[0].days", [](Item& item) { item.special[0].days = 0; }},
    {"special.instant special",
     [](Item& item) {
         item.kind = Kind::instant;
         item.promised_days = 0;
     }},
    {"star.paper materials[0].form", [](Item& item) { item.materials[0].form = "paper"; }},
    {"star.in_person in_person", [](Item& item) { item.in_person = 1; }},
    {"delivery.not_electronic delivery", [](Item& item) { item.result.electronic = false; }},
    {"delivery.missing delivery", [](Item& item) { item.delivery.clear(); }},
    {"fee.no_basis fee.basis", [](Item& item) { item.fee = {true, "每证 10 元", {}}; }},
    {"fee.no_basis fee.standard", [](Item& item) { item.fee = {true, {}, "价格主管部门的文件"}; }},
};

TEST(Rules, NameWhatAnItemMayNotSay) {
    EXPECT_TRUE(faults(good_item()).empty());
    for (Row const& row : kRows) {
        Item item = good_item();
        row.spoil(item);
        EXPECT_EQ(faults(item), std::vector<std::string>{row.fault});
    }
}

TEST(Rules, LetByWhatTheLawAllows) {
    Row const allowed[] = {
        {"twenty days are the ceiling itself", [](Item& item) { item.legal_days = 20; }},
        {"a law may allow more",
         [](Item& item) {
             item.legal_days = 60;
             item.legal_over = "社会团体登记管理条例:第十二条";
         }},
        {"several units together have 45",
         [](Item& item) {
             item.options = {"joint"};
             item.legal_days = 45;
         }},
        {"the ceiling is of permits only",
         [](Item& item) {
             item.type = Type::confirmation;
             item.code = code_text(testing::kCredit, Type::confirmation, 1);
             item.legal_days = 90;
         }},
        {"a service needs no law",
         [](Item& item) {
             item.type = Type::service;
             item.code = code_text(testing::kCredit, Type::service, 1);
             item.basis.clear();
         }},
        {"with four stars papers are checked when collecting",
         [](Item& item) {
             item.star = 4;
             item.materials[0].form = "paper";
         }},
        {"the law names no limit", [](Item& item) { item.legal_days = -1; }},
        {"the promise may be the limit", [](Item& item) { item.promised_days = 20; }},
    };
    for (Row const& row : allowed) {
        Item item = good_item();
        row.spoil(item);
        EXPECT_EQ(faults(item), std::vector<std::string>{}) << row.fault;
    }
}

TEST(Rules, KnowWhatCouldBeAnything) {
    World const world;
    for (char const* name :
         {"其他材料", "其它材料", "有关材料", "相关证明材料", "其他有关证明材料", "法律法规规定的其他材料",
          "其他相关资料（如有）", "身份证等材料", "户口簿及其他材料", "需要提交的其他文件", "各类证明",
          "审批机关认为需要提供的其他材料", "other materials"})
        EXPECT_TRUE(world.catch_all.fits(name)) << name;
    for (char const* name : {"居民身份证", "申请表", "证明材料目录", "其他组织的登记证书副本复印件",
                             "无犯罪记录证明", "与申请人关系证明", "有关部门同意设立的批复", "材料", "学历证书"})
        EXPECT_FALSE(world.catch_all.fits(name)) << name;
}

TEST(Rules, AreToldInBothLanguages) {
    for (char const* language : {"zh", "en"}) {
        std::string texts = banyan::testing::source_text(std::string("texts/") + language + ".json");
        texts += banyan::testing::source_text(std::string("texts/") + language + "_hall.json");
        for (Rule const& rule : rules())
            for (std::string const& key :
                 {"hall.rule." + std::string(rule.key), "hall.source." + std::string(rule.source),
                  "refusal." + std::string(rule.key)})
                EXPECT_NE(texts.find("\"" + key + "\": "), std::string::npos) << language << " " << key;
    }
}

TEST(Rules, AreAllInTheList) {
    for (Row const& row : kRows) {
        std::string const fault = row.fault, key = fault.substr(0, fault.find(' '));
        EXPECT_TRUE(std::ranges::any_of(rules(), [&](Rule const& rule) { return rule.key == key; })) << key;
    }
}

}  // namespace
}  // namespace banyan::hall
