#include "kernel/language/places.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/csv.h"
#include "kernel/language/testing.h"

namespace banyan::language {
namespace {

Gazetteer const& places() {
    static Gazetteer const kPlaces = testing::fuzhou();
    return kPlaces;
}

/// "鼓楼区/鼓东街道/中山社区"; empty where the text does not say.
std::string region_of(std::string_view text, std::string_view city = "3501") {
    auto region = places().region(text, city);
    if (!region) return "";
    std::string path;
    for (std::size_t length : {4U, 6U, 9U, 12U})
        if (region->code.size() >= length && length > city.size())
            path.append(path.empty() ? "" : "/").append(places().name(region->code.substr(0, length)));
    return path;
}

struct Row {
    char const* text;
    char const* region;
    char const* city = "3501";
};

TEST(Region, IsConcludedFromTheNamesInTheText) {
    // Written for this test, as callers put it.
    constexpr Row kRows[] = {
        {"鼓楼区这几天好几个地方停水", "鼓楼区"},
        {"鼓楼这边晚上太吵了", "鼓楼区"},
        {"长乐市的公交什么时候加车", "长乐区"},
        {"长乐区航城街道路灯坏了", "长乐区/航城街道"},
        {"上街镇大学城门口占道经营", "闽侯县/上街镇"},
        {"闽侯上街的红绿灯坏了", "闽侯县/上街镇"},
        {"马尾的快安村有人焚烧垃圾", "马尾区/马尾镇/快安村委会"},
        {"马尾区琅岐镇云龙村的路", "马尾区/琅岐镇/云龙村委会"},
        {"琅岐镇后水没有公交", "马尾区/琅岐镇/后水村"},
        {"安泰街道三坊七巷旁边", "鼓楼区/安泰街道"},
        {"安泰街办说不归他们管", "鼓楼区/安泰街道"},
        {"我住榕荫街道茉莉社区", "鼓楼区/榕荫街道/茉莉社区"},
        {"榕荫街道办事处的人来过一次", "鼓楼区/榕荫街道"},
        {"仓山建新镇洪塘村口修路", "仓山区/建新镇/洪塘社区"},
        {"仓山区建新镇金港社区噪声", "仓山区/建新镇/金港社区"},
        {"福清高山镇长安村自来水浑", "福清市/高山镇/长安村委会"},
        {"福清市高山村农田被占", "福清市/高山镇/高山村委会"},
        {"连江县琯头镇东岸村路面塌了", "连江县/琯头镇/东岸村委会"},
        {"连江的晓澳镇停电", "连江县/晓澳镇"},
        {"永泰葛岭镇赤壁景区收费", "永泰县/葛岭镇/赤壁村委会"},
        {"永泰县没有到我们村的班车", "永泰县"},
        {"罗源县霍口乡网络不好", "罗源县/霍口畲族乡"},
        {"连江小沧乡的桥断了", "连江县/小沧畲族乡"},
        {"金峰镇凤山村菜市场", "长乐区/金峰镇/凤山村"},
        {"晋安区新店镇秀峰社区电梯", "晋安区/新店镇/秀峰社区"},
        {"晋安鼓山镇双溪村", "晋安区/鼓山镇/双溪社区居委会"},
        {"福清东张镇双溪村", "福清市/东张镇/双溪村委会"},
        {"我是双溪村的", ""},  // four of them
        {"南山村的水", ""},
        {"甘蔗街道那边，南山村没有路灯", "闽侯县/甘蔗街道/南山村委会"},
        {"溪口村，岳峰镇的", "晋安区/岳峰镇/溪口社区"},
        {"福清的南山村和龙田镇上都停电", "福清市/龙田镇/南山村委会"},
        {"罗源、连江两个县都这样", ""},  // as much for one as for the other
        {"我是昆明人，来旅游的", ""},
        {"周末江西的亲戚来", ""},
        {"高山上的树", ""},
        {"马尾辫夹到电梯门", "马尾区"},  // a known fault: 马尾 alone is taken for the place
        {"温泉水太烫，海口的朋友来", ""},
        {"起步价是多少，新店开业放鞭炮", ""},
        {"上海寄来的快递丢了", ""},
        {"上海街道工业路有人摆摊", "台江区/上海街道"},
        {"台江区上海街道", "台江区/上海街道"},
        {"湖南镇的渔港", "长乐区/湖南镇"},
        {"湖南来的工人讨薪", ""},
        {"厦门市湖里区江头街道停车难", ""},
        {"厦门市湖里区江头街道停车难", "湖里区/江头街道", "3502"},
        {"三明市梅列区列东街", "三明市/三元区/列东街道", "35"},
        {"沙县小吃店的油烟", "沙县区", "3504"},
        {"龙海市石码镇的码头", "龙海区/石码街道", "3506"},
        {"长泰县的高速口", "长泰区", "3506"},
        {"晋江市陈埭镇鞋厂异味", "晋江市/陈埭镇", "3505"},
        {"福州市鼓楼区鼓东街道中山社区", "鼓楼区/鼓东街道/中山社区"},
        {"榕州市台江区茶亭街道", "台江区/茶亭街道"},
        {"鼓楼区鼓东街道观风亭社区大榕树倒了", "鼓楼区/鼓东街道/观风亭社区"},
        {"白塔新村五栋没有水", ""},  // not 白塔乡
        {"五凤街道和洪山镇交界处", "鼓楼区"},
        {"洪山镇洪山桥社区，老人去五凤街道办事也被推回来", "鼓楼区/洪山镇/洪山桥社区"},
        {"从仓山区金山街道到鼓楼上班", "仓山区/金山街道"},
        {"金山街道积水", "仓山区/金山街道"},
        {"鼓山风景区的台阶坏了", ""},
        {"亭江镇英屿的海堤", "马尾区/亭江镇/英屿村委会"},
        {"福建省福州市仓山区", "仓山区"},
        {"你好", ""},
        {"路灯坏了", ""},
    };
    int right = 0, all = 0;
    for (Row const& row : kRows) {
        std::string said = region_of(row.text, row.city);
        ++all;
        right += said == row.region;
        EXPECT_EQ(said, row.region) << row.text;
    }
    std::cout << "regions: " << right << " of " << all << "\n";
}

TEST(Region, OfTheDemoCitysAppeals) {  // what a caller gives as place, then title and body
    auto table = Csv::parse(testing::source_text("data/demo/appeals.csv")).value();
    int said = 0, right = 0, towns = 0, town_right = 0, all = 0;
    for (CsvRow const& row : table.rows()) {
        std::string wanted(table.at(row, "region")), text;
        for (char const* part : {"place", "title", "body"}) text.append(table.at(row, part)).append("。");
        auto region = places().region(text, "3501");
        ++all;
        towns += wanted.size() >= 9;
        if (!region) continue;
        ++said;
        right += region->code.substr(0, 6) == wanted.substr(0, 6);
        town_right += wanted.size() >= 9 && region->code.substr(0, 9) == wanted.substr(0, 9);
    }
    std::cout << "areas: " << right << " right of " << said << " said of " << all << "; towns: " << town_right
              << " of " << towns << "\n";
    EXPECT_GE(said, all * 95 / 100);
    EXPECT_GE(right, said * 99 / 100);
    EXPECT_GE(town_right, towns * 99 / 100);
}

TEST(Region, SaysWhatWeighed) {
    auto region = places().region("路太破了，在闽侯县上街镇", "3501");
    ASSERT_TRUE(region);
    EXPECT_EQ(region->code, "350121107");
    EXPECT_GT(region->certainty, 0.8);
    ASSERT_EQ(region->mentions.size(), 2U);
    EXPECT_EQ(region->mentions[1].name, "上街镇");
    EXPECT_EQ(region->mentions[1].offset, std::string_view("路太破了，在闽侯县").size());
}

TEST(Places, AreFoundAsWrittenAndWhereTheyStand) {
    std::string text = "鼓楼区五四路89号，白塔新村旁边，实验小学门口";
    auto found = places().find(text);
    ASSERT_EQ(found.size(), 4U);
    ASSERT_EQ(found[0].codes.size(), 1U);
    EXPECT_EQ(found[0].codes[0], "350102");
    EXPECT_EQ(found[1].name, "五四路");
    EXPECT_EQ(found[1].number, "89号");
    EXPECT_EQ(found[2].name, "白塔新村");
    EXPECT_EQ(found[3].sort, Mention::Sort::facility);
    for (Mention const& one : found) EXPECT_EQ(text.substr(one.offset, one.length), one.name);
}

TEST(Places, GiveTheKeysThatTwoTextsShare) {
    auto keys = [](char const* text) {
        std::string joined;
        for (auto const& key : places().place_keys(text)) joined.append(joined.empty() ? "" : " ").append(key);
        return joined;
    };
    EXPECT_EQ(keys("我刚经过齐安路，过了阳岐路的路口"), "齐安路 阳岐路");
    EXPECT_EQ(keys("齐安路和齐安路23号"), "齐安路");
    EXPECT_EQ(keys("茉莉巷12号门口的井盖，在白塔新村3栋"), "茉莉巷 白塔新村");
    EXPECT_EQ(keys("住在Ａ2区丽发新城，每天都吵"), "丽发新城");
    EXPECT_EQ(keys("快安村委会，快安村"), "快安村");
    EXPECT_EQ(keys("这条马路上没有路灯，小区道路也不平，乘808路"), "");
    EXPECT_EQ(keys("八一七中路与国货西路"), "八一七中路 国货西路");
    EXPECT_EQ(keys("从闽江花苑到茉莉巷小学"), "闽江花苑 茉莉巷小学");
}

TEST(Places, StrangeTextsDoNoHarm) {
    for (auto text : testing::strange_texts()) {
        for (Mention const& one : places().find(text)) EXPECT_LE(one.offset + one.length, text.size());
        EXPECT_FALSE(places().region(text, "3501"));
    }
}

TEST(Places, AHundredThousandCharactersTakeNoTime) {
    auto began = std::chrono::steady_clock::now();
    for (char const* piece : {"鼓楼区鼓东街道中山社区齐安路12号，", "路", "双溪村", "鼓楼区", "1", "新村小区"}) {
        std::string text = testing::repeated(piece, 300'000);
        places().find(text);
        places().region(text, "3501");
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));  // under sanitizers too
}

TEST(Places, RefuseTablesWithoutTheirColumns) {
    auto refused = Gazetteer::read({"code,name\n35,x\n", "", "sort,word\n"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().key, "language.columns");
    EXPECT_FALSE(Gazetteer::read({"code,name,level\n", "", "\"broken"}));
}

}  // namespace
}  // namespace banyan::language
