#include "platform/text/text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/text/signs.h"

namespace banyan::text {
namespace {

Reader const& reader() {
    static Reader const kReader;
    return kReader;
}

std::vector<std::string> terms(std::string_view text) {
    std::vector<std::string> all;
    for (Term const& term : reader().terms(text)) all.push_back(term.text);
    return all;
}

bool has(std::string_view text, std::string_view term) { return std::ranges::count(terms(text), term) > 0; }

TEST(Plain, IsOneFormOfWidthsAndLetters) {
    EXPECT_EQ(reader().normalised("ＡＢＣ１２３　Ｗｉｆｉ"), "abc123 wifi");
    EXPECT_EQ(reader().normalised("①㎡½"), "1m21⁄2");
}

TEST(Plain, IsSimplified) {
    EXPECT_EQ(reader().normalised("齊安路的路燈壞了"), "齐安路的路灯坏了");
    EXPECT_EQ(reader().normalised("乾隆年間的乾糧"), "乾隆年间的干粮");  // by phrase, not by sign
}

TEST(Plain, KnowsWhereEachSignWas) {
    std::string const original = "Ａ區燈";
    Plain const plain = reader().plain(original);
    EXPECT_EQ(plain.text, "a区灯");
    ASSERT_EQ(plain.from.size(), plain.text.size() + 1);
    EXPECT_EQ(original.substr(plain.from[1], 3), "區");
    EXPECT_EQ(original.substr(plain.from[4]), "燈");
    EXPECT_EQ(plain.from.back(), original.size());
}

TEST(Plain, TakesBytesThatAreNoText) {
    std::string const broken = "路\xFF灯\xE8\xB7";
    Plain const plain = reader().plain(broken);
    EXPECT_NE(plain.text.find("路"), std::string::npos);
    EXPECT_NE(plain.text.find("灯"), std::string::npos);
    EXPECT_EQ(broken.substr(plain.from[plain.text.find("灯")], 3), "灯");
    EXPECT_EQ(reader().normalised(""), "");
    EXPECT_TRUE(reader().terms("").empty());
}

TEST(Terms, ArePairsOfNeighbours) {
    EXPECT_TRUE(has("路灯不亮", "路灯"));
    EXPECT_TRUE(has("路灯不亮", "灯不"));
    EXPECT_FALSE(has("路，灯", "路灯"));  // nothing over a comma
    EXPECT_TRUE(has("灯", "灯"));
}

TEST(Terms, KeepLongWordsAndRoadsWhole) {
    EXPECT_TRUE(has("消防栓漏水", "消防栓"));
    EXPECT_TRUE(has("我刚经过齐安路，水流不停", "齐安路"));
    EXPECT_TRUE(has("台江区八一七中路", "八一七中路"));
    EXPECT_TRUE(has("坐317路到B2出口", "317"));
    EXPECT_TRUE(has("坐317路到B2出口", "b2"));
    EXPECT_TRUE(has("空气 pm2.5 超标", "2.5") || has("空气 pm2.5 超标", "pm2.5"));
}

TEST(Terms, AreNeverSomebodysNumber) {
    for (char const* text :
         {"电话13800138000", "电话 138 0013 8000", "电话138-0013-8000", "１３８００１３８０００", "0591-0000 0031",
          "身份证350199190001010014", "身份证35019919000101001X", "车牌闽A12345", "车牌闽A·D12345",
          "邮箱 zheng.moli@example.com", "卡号6222 0000 0000 0000 123"})
        for (Term const& term : reader().terms(text))
            EXPECT_EQ(std::ranges::count_if(term.text, [](char c) { return c >= '0' && c <= '9'; }), 0)
                << text << ": " << term.text;
    EXPECT_FALSE(has("邮箱 zheng.moli@example.com 谢谢", "example.com"));
    EXPECT_TRUE(has("邮箱 zheng.moli@example.com 谢谢", "谢谢"));
}

TEST(Terms, KeepNumbersThatAreNobodys) {
    EXPECT_TRUE(has("2026年10月9日", "2026"));
    EXPECT_FALSE(terms("2026-10-09 停水").empty());
    EXPECT_TRUE(has("2026-10-09 停水", "2026"));
    EXPECT_TRUE(has("拨打12345", "12345"));
    EXPECT_TRUE(has("5号楼301室", "301"));
}

TEST(Terms, StandWhereTheySayInTheOriginal) {
    std::string const original = "Ｗｉｆｉ：齊安路的路燈";
    for (Term const& term : reader().terms(original)) {
        ASSERT_LE(term.end, original.size());
        EXPECT_EQ(reader().normalised(original.substr(term.begin, term.end - term.begin)), term.text);
    }
}

TEST(Terms, OfAnythingEndAndFit) {
    std::string long_text;
    for (int i = 0; i < 25'000; ++i) long_text += "路灯😀a";
    EXPECT_GT(terms(long_text).size(), 25'000U);
    for (char const* text : {"😀😀", "<b onclick='x'>灯</b>", "ภาษาไทย", "مرحبا", "한국어 테스트", "\u200B\uFEFF",
                             "123", "ーーー", "@", "a@", "闽A", "\x01\x02"})
        for (Term const& term : reader().terms(text)) EXPECT_FALSE(term.text.empty()) << text;
    std::string const word(500, 'x');
    EXPECT_TRUE(terms(word).empty());  // no word is as long as that
}

TEST(Initials, AreOfThePinyin) {
    EXPECT_EQ(reader().initials("齐安路"), std::vector<std::string>{"qal"});
    auto const changle = reader().initials("长乐区");
    EXPECT_EQ(std::ranges::count(changle, "clq"), 1);
    EXPECT_LE(changle.size(), 8U);
    EXPECT_EQ(reader().initials("12345中心"), std::vector<std::string>{"12345zx"});
    EXPECT_TRUE(reader().initials("，。").empty());
}

TEST(Pinyin, KnowsTheUsualReadingAndASecondOne) {
    EXPECT_EQ(reader().readings(U'齐'), std::vector<std::string>{"qi"});
    EXPECT_EQ(reader().readings(U'行'), (std::vector<std::string>{"xing", "hang"}));
    EXPECT_EQ(reader().readings(U'女'), (std::vector<std::string>{"nu", "nv"}));
    EXPECT_EQ(reader().readings(U'a'), std::vector<std::string>{"a"});
    EXPECT_TRUE(reader().readings(U'，').empty());
}

}  // namespace
}  // namespace banyan::text
