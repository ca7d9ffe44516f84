#include "kernel/language/emergency.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "base/text.h"

namespace banyan::language {
namespace {

EmergencyWords const& words() {
    static EmergencyWords const read =
        EmergencyWords::read(testing::source_text("data/language/emergency.csv")).value();
    return read;
}

/// "119 煤气味;120 晕倒"
std::string found(std::string_view text) {
    std::string all;
    for (Danger const& danger : words().find(text))
        all +=
            (all.empty() ? "" : ";") + danger.line + " " + std::string(text.substr(danger.offset, danger.length));
    return all;
}

TEST(EmergencyWords, WarnOfWhatIsNow) {
    EXPECT_EQ(found("地下室有煤气味，楼下大爷晕倒了"), "119 煤气味;120 晕倒");
    EXPECT_EQ(found("对面楼着火了！！"), "119 着火");
    EXPECT_EQ(found("我被关在电梯里"), "119 关在电梯");
    EXPECT_EQ(found("路口两车追尾，有人血流不止"), "122 追尾;120 血流不止");
    EXPECT_EQ(found("楼顶有人要跳楼"), "110 跳楼");
    EXPECT_EQ(found("隔壁又在家暴，救命"), "110 家暴");
    EXPECT_EQ(found("昨天开始有煤气味，现在越来越浓"), "119 煤气味") << "since yesterday, and now";
    EXPECT_EQ(found("去年修过。厨房冒烟"), "119 冒烟") << "the past is of another sentence";
}

TEST(EmergencyWords, PassOverWhatIsPastOrFeared) {
    for (char const* text :
         {"去年着火后物业一直没有修", "消防通道被堵，万一着火怎么办", "上个月车祸，赔偿一直没有到位",
          "想问火灾保险怎么理赔", "线路老化容易起火", "小区要不要做火灾演练", "昨晚打架的事已经报警", "怕孩子触电",
          "三天前晕倒住院，医保怎么报销"})
        EXPECT_EQ(found(text), "") << text;
}

TEST(EmergencyWords, PassOverOtherWordsWithTheSameSigns) {
    for (char const* text : {"火灾报警器一直响没人管", "交通事故认定书去哪里拿", "搭脚手架打架子的噪声",
                             "咨询中风险地区返回政策", "路灯不亮", "结婚登记带什么材料", ""})
        EXPECT_EQ(found(text), "") << text;
}

TEST(EmergencyWords, NameALineForEachWord) {
    WordLists const lists = WordLists::read(testing::source_text("data/language/emergency.csv")).value();
    ASSERT_GE(lists["danger"].words.size(), 80U);
    for (std::string const& line : lists["danger"].to)
        EXPECT_TRUE(line == "110" || line == "119" || line == "120" || line == "122") << line;
    EXPECT_FALSE(EmergencyWords::read("word\n着火\n")) << "a file without its columns";
}

}  // namespace
}  // namespace banyan::language
