#include "kernel/language/redaction.h"

#include <gtest/gtest.h>

#include <chrono>

#include "kernel/language/testing.h"

namespace banyan::language {
namespace {

Redactor const& redactor() {
    static Redactor const kRedactor = Redactor::read(testing::source_text("data/language/redaction.csv")).value();
    return kRedactor;
}

std::string hidden(std::string_view text, std::vector<KnownPerson> const& known = {}) {
    return redacted(text, redactor().find(text, known));
}

/// "phone 154… | plate …"
std::string numbers(std::string_view text) {
    constexpr char const* kSorts[] = {"phone", "id", "card", "plate", "email"};
    std::string said;
    for (PersonalNumber const& one : personal_numbers(text)) {
        said.append(said.empty() ? "" : " | ").append(kSorts[static_cast<int>(one.sort)]);
        said.append(" ").append(text.substr(one.offset, one.length));
    }
    return said;
}

TEST(Numbers, OfAPersonAreFoundHoweverTheyAreTyped) {
    EXPECT_EQ(numbers("打15400000012或13900000013"), "phone 15400000012 | phone 13900000013");
    EXPECT_EQ(numbers("１５４－００００－００１２"), "phone １５４－００００－００１２");
    EXPECT_EQ(numbers("154 0000 0012 139 0000 0013"), "phone 154 0000 0012 | phone 139 0000 0013");
    EXPECT_EQ(numbers("一五四零零零零零零一二"), "phone 一五四零零零零零零一二");
    EXPECT_EQ(numbers("幺五四 〇〇〇〇 〇〇幺二"), "phone 幺五四 〇〇〇〇 〇〇幺二");
    EXPECT_EQ(numbers("+86-154-0000-0012"), "phone +86-154-0000-0012");
    EXPECT_EQ(numbers("0591-80000012转3"), "phone 0591-80000012转3");
    EXPECT_EQ(numbers("(010)6000 0012"), "phone (010)6000 0012");
    EXPECT_EQ(numbers("0591-0000 0012"), "phone 0591-0000 0012");  // as invented in the demo city
    EXPECT_EQ(numbers("154\u200B0000\u200B0012"), "phone 154\u200B0000\u200B0012");
    EXPECT_EQ(numbers("身份证11010519491231002X。"), "id 11010519491231002X");  // the example of GB 11643
    EXPECT_EQ(numbers("110105 19491231 002x"), "id 110105 19491231 002x");
    EXPECT_EQ(numbers("110105491231002"), "id 110105491231002");
    EXPECT_EQ(numbers("卡6222 0200 0000 0000 006吗"),
              is_luhn("6222020000000000006") ? "card 6222 0200 0000 0000 006" : "");
    EXPECT_EQ(numbers("闽A·12345,闽ＡＤ12345，粤B 1234学"),
              "plate 闽A·12345 | plate 闽ＡＤ12345 | plate 粤B 1234学");
    EXPECT_EQ(numbers("a.b-c@mail.example.com."), "email a.b-c@mail.example.com");
    EXPECT_EQ(numbers("15400000012＠example.com"), "email 15400000012＠example.com");
}

TEST(Numbers, OfOtherThingsAreNot) {
    for (char const* text :
         {"12345热线", "110 119 120", "2026年10月9日", "2026-10-09 08:30", "1288.50元", "榕政办〔2026〕12号",
          "3号线5号口", "400-800-0000", "一二三四五，上山打老虎", "二〇二六年十月",
          "1、2、3、4、5、6、7、8、9、10、11", "编号20261009000123", "100米200米3000米", "每平方12000元，89.5平方",
          "京沪线", "新A类", "user@", "@example.com", "a@b"})
        EXPECT_EQ(numbers(text), "") << text;
}

TEST(Numbers, CheckSignsAreRight) {
    EXPECT_TRUE(is_identity_number("11010519491231002X"));
    EXPECT_FALSE(is_identity_number("110105194912310021"));
    EXPECT_FALSE(is_identity_number("1101051949123100"));
    EXPECT_TRUE(is_luhn("4111111111111111"));
    EXPECT_FALSE(is_luhn("4111111111111112"));
}

TEST(Redaction, ProposesWhatTakesTheirPlace) {
    EXPECT_EQ(hidden("找林先生，打15400000012"), "找某先生，打[电话]");
    EXPECT_EQ(hidden("我叫陈秀英，住茉莉巷12号3栋502室。"), "我叫某某，住茉莉巷某号。");
    EXPECT_EQ(hidden("我妈妈的车闽A·12345"), "我家人的车[车牌号]");
    EXPECT_EQ(hidden("我家孩子读三年级二班"), "我家人读[班级]");
    EXPECT_EQ(hidden("路灯坏了三天，请派人来修。"), "路灯坏了三天，请派人来修。");
}

TEST(Redaction, FindsWhatTheMattersOwnFieldsHoldHoweverItIsWritten) {
    KnownPerson const person{"林春清", "154 0000 3455", "白塔新村5栋302"};
    EXPECT_EQ(hidden("春清说水又停了", {person}), "某某说水又停了");
    EXPECT_EQ(hidden("请记下：林 春 清", {person}), "请记下：某某");
    EXPECT_EQ(hidden("尾号3455", {person}), "尾号[电话]");
    EXPECT_EQ(hidden("电话1-5-4-0-0-0-0-3-4-5-5", {person}), "电话[电话]");
    EXPECT_EQ(hidden("白塔新村 5栋 302没水", {person}).find("302"), std::string::npos);
    EXPECT_EQ(hidden("302一直没水", {person}), "某号一直没水");
}

TEST(Redaction, StandsInOrderAndNothingOverlaps) {
    std::string text =
        "我叫陈秀英，我儿子林小宝读三年级二班，电话15400000012，邮箱a@example.com，车闽A12345，住5栋302。";
    std::size_t end = 0;
    auto findings = redactor().find(text);
    EXPECT_GE(findings.size(), 8U);
    for (Finding const& one : findings) {
        EXPECT_GE(one.offset, end);
        EXPECT_GT(one.length, 0U);
        EXPECT_FALSE(one.replacement.empty());
        EXPECT_GT(one.certainty, 0);
        EXPECT_LE(one.certainty, 1);
        end = one.offset + one.length;
    }
    EXPECT_LE(end, text.size());
}

TEST(Redaction, TakesOnlyWhatSomebodyConfirmed) {
    std::string text = "林先生，黄女士";
    auto findings = redactor().find(text);
    ASSERT_EQ(findings.size(), 2U);
    findings.erase(findings.begin());
    EXPECT_EQ(redacted(text, findings), "林先生，某女士");
    findings.push_back({Finding::Sort::name, 1000, 5, "x", 1});  // not of this text
    findings.push_back(findings[0]);
    EXPECT_EQ(redacted(text, findings), "林先生，某女士");
}

TEST(Redaction, StrangeTextsDoNoHarm) {
    KnownPerson const person{"\xE9", "1", "号"};
    for (auto text : testing::strange_texts())
        for (Finding const& one : redactor().find(text, {person})) EXPECT_LE(one.offset + one.length, text.size());
}

TEST(Redaction, AHundredThousandCharactersTakeNoTime) {
    auto began = std::chrono::steady_clock::now();
    for (char const* piece : {"1", "1 ", "一", "我是", "陈秀英、", "12号", "A", "a@", "林先生，", "我在公司", "路",
                              "三年级二班", "X-"}) {
        std::string text = testing::repeated(piece, 300'000);
        redactor().find(text, {{"陈秀英", "15400000012", "茉莉巷12号"}});
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));  // under sanitizers too
}

}  // namespace
}  // namespace banyan::language
