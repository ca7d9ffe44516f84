// The generated catalogue: the counts come out exactly, the same every time, and no item of it breaks a rule.
#include "systems/hall/plausible.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

char const* const kMaterials =
    "code,zh,en,form,grade,from,shared,note\n"
    "id-card,居民身份证,Identity card,noneed,A,公安局,true,亮码核验\n"
    "form,申请表,Form,form,B,applicant,false,\n"
    "deed,合同,Deed,paper,C,applicant,false,\n";
char const* const kSubjects =
    "code,zh,en,type,unit,levels,audience,class,scenes,situations,kind,legal_days,legal_over,promised_days,"
    "special,materials,"
    "situation_materials,star,star_from,star_to,in_person,delivery,result,result_en,result_type,electronic,fee,"
    "fee_basis,basis,"
    "conditions,keywords,options,account,demo,steps\n"
    "000131001000,食品经营许可,Food "
    "permit,XK,sj,city;county,person;company,food,business,new=新办=New;change=变更=Change;cancel=注销="
    "Cancel,promised,20,,5,现场核查=5=办法=新办,form;deed,cancel=id-card,5,4,5,0,electronic;pickup,许可证,Permit,"
    "licence,true,,,"
    "食品安全法=第三十五条,有场所,开饭馆,appointment,real_name,all,\n"
    "000131002000,房产查询,Search,GF,zj,city;county,person,real-estate,housing,,instant,-1,,0,,id-card,,2,1,4,0,,,"
    ",none,false,,,,本人,查房"
    ",proxy,plain,all,第一步;第二步\n"
    "000131003000,房屋登记,Registration,QR,zj,city;county,person,real-estate,housing,new=转移=Transfer,promised,"
    "30,,5,,form;deed,,4,3,4,0"
    ",pickup;courier,证,Certificate,certificate,false,每本 10 元,条例,条例=第一条,有权属,过户,,ca,all,\n"
    "000131004000,本人登记,In "
    "person,QR,zj,county,person,real-estate,housing,new=新办=New,instant,-1,,0,,id-card,,4,4,4,1,pickup,证,"
    "Certificate,certificate,false,,,条例=第一条,到场,结婚,,plain,,\n"
    "000801001000,证明,Proof,GF,town,town,person,real-estate,housing,,instant,-1,,0,,id-card,,2,1,3,0,,,,none,"
    "false,,,,居民,证明,,plain,,\n"
    "000801002000,代办,Help,GF,village,village,person,food,business,pay=缴费=Pay;face=认证=Face,instant,-1,,0,,id-"
    "card,,2,1,3,0,,,,none,false"
    ",,,,居民,代办,,plain,,\n";

class PlausibleCatalogue : public ::testing::Test {
  protected:
    Plausible made() {
        std::vector<Unit> units;
        for (Unit const& unit : world.directory.units()) units.push_back(unit);
        units.push_back(
            {UnitId(4), UnitId(1), "350102-sj", "鼓楼区市场监管局", "Gulou", 3, "350102", "district_department"});
        return Plausible({read_subjects(kSubjects, kMaterials).value(), std::move(units),
                          read_offices(banyan::testing::source_text("data/hall.toml")).value(), world.regions,
                          texts, "3501"});
    }
    std::vector<Item> city(Quota const& quota) {
        std::vector<Item> all;
        made().city(quota, [&](Item item) { all.push_back(std::move(item)); });
        return all;
    }
    std::vector<Item> rest(Quota const& whole, Quota const& of_city) {
        std::vector<Item> all;
        made().rest(whole, of_city, [&](Item item) { all.push_back(std::move(item)); });
        return all;
    }
    static std::map<Trips, int> trips(std::vector<Item> const& items) {
        std::map<Trips, int> all;
        for (Item const& item : items) ++all[trips_of(item)];
        return all;
    }
    static int on_line(std::vector<Item> const& items) {
        return static_cast<int>(std::ranges::count_if(items, [](Item const& item) { return item.star >= 3; }));
    }
    void check(std::vector<Item> const& items) {
        std::set<std::string> codes;
        for (Item const& item : items) {
            EXPECT_TRUE(codes.insert(item.code).second) << item.code;
            for (Refusal const& fault : faults_of(item, world.around()))
                ADD_FAILURE() << item.unit << " " << item.name << ": " << fault.key << " " << fault.field;
            EXPECT_TRUE(read_item(item_json(item))) << item.code;
        }
    }
    testing::World world;
    Texts texts;
};

Quota const kCity{2, 2, 1};
Quota const kAll{6, 16, 3, 17};

TEST_F(PlausibleCatalogue, OfTheCityHasTheCountsItShould) {
    auto const items = city(kCity);
    ASSERT_EQ(items.size(), 5U);
    EXPECT_EQ(trips(items), (std::map<Trips, int>{{Trips::none, 2}, {Trips::one, 2}, {Trips::more, 1}}));
    check(items);
    for (Item const& item : items) EXPECT_EQ(item.region, "3501");
}

TEST_F(PlausibleCatalogue, OfTheWholeHasTheCountsTogether) {
    auto items = city(kCity);
    for (Item& item : rest(kAll, kCity)) items.push_back(std::move(item));
    EXPECT_EQ(items.size(), 25U);
    EXPECT_EQ(trips(items), (std::map<Trips, int>{{Trips::none, 6}, {Trips::one, 16}, {Trips::more, 3}}));
    EXPECT_EQ(on_line(items), 17);
    check(items);
    std::set<Level> levels;
    std::set<std::string> units;
    for (Item const& item : items) {
        levels.insert(item.level);
        units.insert(item.unit_name);
    }
    EXPECT_GE(levels.size(), 3U);
    EXPECT_TRUE(units.contains("鼓楼区市场监管局")) << "a unit of the directory keeps its name";
    EXPECT_TRUE(units.contains("思明区市场监管局"));
}

TEST_F(PlausibleCatalogue, IsTheSameEveryTime) {
    EXPECT_EQ(city(kCity), city(kCity));
    EXPECT_EQ(rest(kAll, kCity), rest(kAll, kCity));
}

TEST_F(PlausibleCatalogue, SaysWhenItCannotBe) {
    EXPECT_THROW(city({1, 5, 0}), std::runtime_error) << "there are five";
    EXPECT_THROW(city({0, 0, 5}), std::runtime_error) << "what is done on the spot never needs more than one trip";
    EXPECT_THROW(rest({6, 16, 3, 25}, kCity), std::runtime_error) << "so many cannot be on line";
}

/// What ships: every item of it keeps the rules, and there are as many of each kind as Fujian counted.
TEST(ShippedCatalogue, HasTheCountsOfTheProvince) {
    using banyan::testing::source_text;
    Regions const regions(source_text("data/divisions/fujian.csv"));
    Classes const classes =
        read_classes(source_text("data/hall/classes.csv"), source_text("data/hall/scenes.csv")).value();
    CatchAll const catch_all = read_catch_all(source_text("data/hall.toml")).value();
    Texts texts;
    ASSERT_TRUE(texts.add(Language::zh, source_text("texts/zh_hall.json")));
    Plausible const made(
        {read_subjects(source_text("data/hall/subjects.csv"), source_text("data/hall/materials.csv")).value(),
         read_units(source_text("data/demo/units.csv")).value(),
         read_offices(source_text("data/hall.toml")).value(), regions, texts, "3501"});
    std::map<Trips, int> trips;
    std::set<std::string> units;
    std::set<std::string, std::less<>> codes;
    int on_line = 0, items = 0;
    auto count = [&](Item const& item) {
        ++trips[trips_of(item)];
        on_line += item.star >= 3 ? 1 : 0;
        EXPECT_TRUE(codes.insert(item.code).second) << item.code;
        if (++items > kDemoQuota.items() && items % 20 != 0) return;  // all would take a sanitizer a minute
        units.insert(item.unit);
        for (Refusal const& fault : faults_of(item, {regions, classes, catch_all}))
            ADD_FAILURE() << item.unit << " " << item.name << ": " << fault.key << " " << fault.field;
    };
    made.city(kDemoQuota, count);
    EXPECT_EQ(trips, (std::map<Trips, int>{{Trips::none, 148}, {Trips::one, 669}, {Trips::more, 3}}));
    EXPECT_EQ(units.size(), 43U);
    made.rest(kWholeQuota, kDemoQuota, count);
    EXPECT_EQ(trips, (std::map<Trips, int>{{Trips::none, 22'972}, {Trips::one, 104'127}, {Trips::more, 432}}));
    EXPECT_EQ(on_line, 115'290);
}

TEST(Subjects, NameTheLineThatCannotBeRead) {
    auto refused = [](std::string const& from, std::string const& to) {
        std::string csv = kSubjects;
        csv.replace(csv.find(from), from.size(), to);
        auto const read = read_subjects(csv, kMaterials);
        if (read) return std::string("taken");
        std::string line;
        for (auto const& [name, value] : read.error().params)
            if (name == "line") line = value;
        return line + " " + read.error().key + " " + read.error().field;
    };
    EXPECT_EQ(refused(",XK,sj", ",XY,sj"), "2 subject.unreadable type");
    EXPECT_EQ(refused("form;deed,cancel=id-card", "form;dead,cancel=id-card"), "2 subject.unreadable materials");
    EXPECT_EQ(refused("cancel=id-card", "undo=id-card"), "2 subject.unreadable situation_materials");
    EXPECT_EQ(refused("city;county,person,", "city;moon,person,"), "3 subject.unreadable levels");
    EXPECT_EQ(refused(",proxy,plain", ",magic,plain"), "3 subject.unreadable options");
    EXPECT_EQ(refused("instant,-1", "at once,-1"), "3 subject.unreadable kind");
    EXPECT_EQ(refused("star_to,in_person", "star_to,seen"), "taken") << "a column may be left out";
    EXPECT_EQ(refused("zh,en,type", "name,en,type"), " csv.no_column subjects");
}

TEST(Subjects, GiveSituationsAndTheirMaterials) {
    auto const subjects = read_subjects(kSubjects, kMaterials).value();
    ASSERT_EQ(subjects.size(), 6U);
    Subject const& first = subjects[0];
    EXPECT_EQ(first.situations.size(), 3U);
    EXPECT_EQ(first.situations[1].name, "变更");
    EXPECT_TRUE(first.situations[0].demo);
    EXPECT_EQ(first.materials.size(), 2U);
    EXPECT_EQ(first.of_situation.at("cancel").at(0).code, "id-card");
    EXPECT_EQ(first.item.special.at(0).days, 5);
    EXPECT_EQ(first.item.basis.at(0).article, "第三十五条");
    EXPECT_EQ(subjects[1].situations.at(0).key, "whole");
    EXPECT_FALSE(subjects[4].situations.at(0).demo);
    EXPECT_TRUE(subjects[2].item.fee.charged);
}

}  // namespace
}  // namespace banyan::hall
