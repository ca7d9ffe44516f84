// systems/hall/testing.h: an item that breaks no rule, and the small world it stands in.
#pragma once
#include "base/testing.h"
#include "platform/store/testing/stores.h"
#include "systems/hall/code.h"
#include "systems/hall/exchange.h"
#include "systems/hall/rules.h"

namespace banyan::hall::testing {

inline constexpr char const* kCredit = "11350128345071904J";

inline Item good_item() {
    Item item;
    item.code = code_text(kCredit, Type::permit, 1185);
    item.catalogue = "000131001000";
    item.name = "食品经营许可（餐饮）";
    item.name_en = "Food permit";
    item.situation = "new";
    item.situation_name = "新办";
    item.type = Type::permit;
    item.unit = "sj";
    item.unit_name = "市场监管局";
    item.region = "3501";
    item.audience = {"person", "company"};
    item.classes = {"food"};
    item.scenes = {"business"};
    item.keywords = {"开饭馆"};
    item.legal_days = 20;
    item.promised_days = 5;
    item.basis = {{"中华人民共和国食品安全法", "第三十五条"}};
    item.conditions = {"有与食品品种、数量相适应的场所"};
    item.steps = {"网上申请"};
    item.special = {{"现场核查", 5, "食品经营许可管理办法", "新办"}};
    item.materials = {{"form", "申请表", "form", "A", "applicant", false, 1, {}, {}, {}, {}},
                      {"id-card", "居民身份证", "noneed", "A", "公安局", true, 1, {}, {}, {}, {}}};
    item.result = {"食品经营许可证", "Food permit", "licence", true};
    item.star = 5;
    item.delivery = {"electronic"};
    item.window = {"综合窗口 3 号", "榕州市行政服务中心", {}, "08:30-12:00", 26.0745, 119.2965};
    item.phone = "0591-0000 0104";
    item.complaint_phone = "12345";
    item.valid_from = day_of({2026, 1, 1});
    return item;
}

/// What the rules ask of the city.
struct World {
    Regions regions{
        "code,parent,name,level\n35,,福建省,1\n3501,35,福州市,2\n350102,3501,鼓楼区,3\n3502,35,厦门市,2\n"
        "350203,3502,思明区,3\n350102001,350102,鼓东街道,4\n350203001,350203,中华街道,4\n"
        "350203100,350203,某镇,4\n350203001001,350203001,镇海社区居委会,5\n"};
    Classes classes =
        read_classes("code,zh,en,scene\nfood,食品药品,Food,business\nreal-estate,不动产,Real estate,housing\n",
                     "code,zh,en,icon\nbusiness,企业开办,Business,shop\nhousing,住房安居,Housing,house\n")
            .value();
    CatchAll catch_all = read_catch_all(banyan::testing::source_text("data/hall.toml")).value();
    Directory directory{
        {{UnitId(1), {}, "centre", "中心", "Centre", 1, "3501", "centre"},
         {UnitId(2), UnitId(1), "sj", "市场监管局", "Market Supervision Bureau", 2, "3501", "city"},
         {UnitId(3), UnitId(1), "zj", "住房建设局", "Housing Bureau", 2, "3501", "city"}},
        {}};
    Surroundings around() const { return {regions, classes, catch_all}; }
};

inline std::vector<store::Migration> const& schema() {
    static std::string const kSql = banyan::testing::source_text("src/systems/hall/schema/0068_hall.sql");
    static std::string const kRevisions =
        banyan::testing::source_text("src/systems/hall/schema/0069_revisions.sql");
    static std::vector<store::Migration> const kAll{{68, "0068_hall.sql", kSql},
                                                    {69, "0069_revisions.sql", kRevisions}};
    return kAll;
}

}  // namespace banyan::hall::testing
