// What is alike and what is not, in sentences made for this test; bad input.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/alike/compare.h"

namespace banyan::alike {
namespace {

using banyan::testing::source_text;

class Alike : public ::testing::Test {
  protected:
    Sketch sketch(std::string_view title, std::string_view body, int day) {
        Reading const reading = sketcher.read(title, body);
        counts.add(reading);
        Sketch made = sketcher.sketch(reading, counts);
        made.day = Day{day};
        return made;
    }
    Likeness compare(Sketch const& a, Sketch const& b) {
        return alike::compare(a, b, counts, sketcher.words().weights);
    }
    void SetUp() override {  // a city that talks of other things
        for (char const* other :
             {"五四路公交站台遮雨棚破了", "社保卡怎么补办", "鼓山步道的垃圾桶太少", "华林路夜间施工太吵",
              "学校门口上学时堵车", "公积金能不能提取付房租", "小区电梯坏了三天", "楼下烧烤油烟太大",
              "路灯不亮晚上看不见", "垃圾三天没有清", "自来水有股味道", "物业乱收停车费"})
            sketch(other, other, 0);
    }
    text::Reader reader;
    Sketcher sketcher{reader, *read_words(source_text("data/alike.toml"))};
    Counts counts;
};

TEST_F(Alike, IsTheSameThingAtTheSamePlaceInOtherWords) {
    Sketch a = sketch("白塔新村停水两天了", "白塔新村从昨天开始一滴水也没有，老人做不了饭", 100);
    Sketch b = sketch("白塔新村什么时候来水", "我住白塔新村12座，停水到现在没人通知", 101);
    Likeness like = compare(a, b);
    EXPECT_GT(like.score, 0.5);
    EXPECT_TRUE(like.same_place);
    EXPECT_TRUE(like.same_days);
    EXPECT_FALSE(like.shared.empty());
    EXPECT_NEAR(compare(b, a).score, like.score, 1e-9);
}

TEST_F(Alike, AreNotTwoTroublesOfOneEstateNorOneTroubleOfTwo) {
    Sketch water = sketch("白塔新村停水两天了", "白塔新村从昨天开始一滴水也没有，老人做不了饭", 100);
    Sketch dog = sketch("白塔新村流浪狗咬人", "白塔新村最近流浪狗成群，咬伤了快递员，谁来捕捉", 101);
    Sketch elsewhere = sketch("金山碧水停水", "金山碧水整个片区停水，什么时候恢复", 100);
    Sketch same = sketch("白塔新村停水", "白塔新村停水，一滴水也没有，做不了饭", 100);
    EXPECT_LT(compare(water, dog).score, compare(water, same).score);
    EXPECT_LT(compare(water, elsewhere).score, compare(water, same).score);
    EXPECT_FALSE(compare(water, elsewhere).same_place);
}

TEST_F(Alike, FadesWithTheDaysBetween) {
    Sketch a = sketch("白塔新村停水", "白塔新村停水", 100), b = a;
    double before = compare(a, b).score;
    for (int days : {7, 30, 60, 365}) {
        b.day = Day{100 + days};
        EXPECT_LT(compare(a, b).score, before);
        before = compare(a, b).score;
    }
}

TEST_F(Alike, IsNothingWhereNothingIsShared) {
    Sketch a = sketch("白塔新村停水", "白塔新村停水", 100);
    for (std::string const& odd :
         {std::string(), std::string("水"), std::string("😀😀"), std::string("\xff\xfe\xe7"),
          std::string("<p></p>"), std::string("Γειά σου κόσμε")}) {
        Sketch b = sketch(odd, odd, 100);
        EXPECT_EQ(compare(a, b).score, 0) << odd;
        EXPECT_EQ(compare(b, Sketch{}).score, 0) << odd;
    }
    std::string const very_long(300'000, 'x');
    EXPECT_LE(sketch(very_long, very_long, 0).terms.size(), sketcher.words().terms);
}

TEST_F(Alike, NumbersOfPeopleAreNoTerms) {
    Reading reading = sketcher.read("白塔新村停水", "请打我电话13799912345，身份证35010219900307123X");
    for (std::string const& text : reading.texts) {
        EXPECT_EQ(text.find("13799912345"), std::string::npos);
        EXPECT_EQ(text.find("350102199"), std::string::npos);
    }
}

TEST_F(Alike, NamesOfPlacesEndWhereTheyEnd) {
    Reading reading = sketcher.read("晋安区白塔新村停水", "在华林路和五四路交叉口");
    auto has = [&](std::string_view name) {
        return std::ranges::find(reading.places, name) != reading.places.end();
    };
    EXPECT_TRUE(has("白塔新村"));
    EXPECT_TRUE(has("华林路"));
    EXPECT_TRUE(has("五四路"));
}

TEST(AlikeWords, AreRefusedWhenSomethingIsMissing) {
    EXPECT_EQ(read_words("place_ends = []").error().key, "alike.words");
    EXPECT_EQ(read_words("x = ").error().key, "toml.syntax");
    std::string without = source_text("data/alike.toml");
    without.erase(without.find("threshold"));
    EXPECT_EQ(read_words(without).error().key, "alike.words");
}

}  // namespace
}  // namespace banyan::alike
