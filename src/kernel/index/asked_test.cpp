#include "kernel/index/asked.h"

#include "kernel/index/testing/searched_city.h"

namespace banyan::index {
namespace {

using testing::reader;

using Texts = std::vector<std::string>;

std::string refusal_of(std::string_view typed) {
    auto asked = read_question(typed, reader());
    return asked ? "" : asked.error().key;
}
Asked read(std::string_view typed) {
    auto asked = read_question(typed, reader());
    EXPECT_TRUE(asked) << typed << ": " << (asked ? "" : asked.error().key);
    return asked ? *asked : Asked{};
}

TEST(Question, IsWordsPhrasesAndWhatIsNotToBeThere) {
    Asked const asked = read("路灯　不亮 \"三天 没修\" -施工 “晚上 很黑”");
    EXPECT_EQ(asked.words, (Texts{"路灯", "不亮"}));
    EXPECT_EQ(asked.phrases, (Texts{"三天 没修", "晚上 很黑"}));
    EXPECT_EQ(asked.excluded, Texts{"施工"});
}

TEST(Question, IsComparedAsTextsAre) {
    EXPECT_EQ(read("路燈").words, Texts{"路灯"});
    EXPECT_EQ(read("ＡＢＣ").words, Texts{"abc"});
    EXPECT_EQ(read("kind：complaint").filters.kinds, Texts{"complaint"});
}

TEST(Question, HasFilters) {
    Filters const filters =
        read(
            "unit:cg unit:\"城市 管理局\" class:road.lamp kind:help region:350102 stage:handling channel:phone "
            "open:yes date:2026-10-01..2026-10-09 no:26-1234 tel:\"0591-0000 0031\"")
            .filters;
    EXPECT_EQ(filters.units, (Texts{"cg", "城市 管理局"}));
    EXPECT_EQ(filters.classes, Texts{"road.lamp"});
    EXPECT_EQ(filters.kinds, Texts{"help"});
    EXPECT_EQ(filters.regions, Texts{"350102"});
    EXPECT_EQ(filters.stages, Texts{"handling"});
    EXPECT_EQ(filters.channels, Texts{"phone"});
    EXPECT_EQ(filters.open, true);
    EXPECT_EQ(filters.from, parse_day("2026-10-01"));
    EXPECT_EQ(filters.to, parse_day("2026-10-09"));
    EXPECT_EQ(filters.numbers, Texts{"261234"});
    EXPECT_EQ(filters.phones, Texts{"059100000031"});
}

TEST(Question, HasDaysWithOpenEnds) {
    EXPECT_EQ(read("date:2026-10-01").filters.to, parse_day("2026-10-01"));
    EXPECT_FALSE(read("date:2026-10-01..").filters.to);
    EXPECT_FALSE(read("date:..2026-10-01").filters.from);
}

TEST(Question, ANumberOfAReceiptNeedsNoFilter) {
    std::string const number = receipt_number(MatterId(123456));
    EXPECT_EQ(read(number).filters.numbers, Texts{number});
    EXPECT_TRUE(read(number).words.empty());
}

TEST(Question, AnAddressOrATimeIsNoFilter) {
    EXPECT_EQ(read("http://example.org").words.size(), 1U);
    EXPECT_EQ(read("12:30停水").words, Texts{"12:30停水"});
}

TEST(Question, WhatCannotBeLookedForIsRefusedByName) {
    std::pair<std::string, char const*> const cases[] = {
        {"", "search.empty"},
        {"   ", "search.empty"},
        {"，。！", "search.empty"},
        {"😀😀", "search.empty"},
        {"-路灯", "search.empty"},
        {"\"\"", "search.empty"},
        {std::string(100'000, 'x'), "search.too_long"},
        {"路灯\xFF", "search.utf8"},
        {"colour:red", "search.bad_filter"},
        {"-unit:cg", "search.bad_filter"},
        {"unit:", "search.bad_value"},
        {"class:路灯", "search.bad_value"},
        {"kind:" + std::string(100, 'x'), "search.bad_value"},
        {"open:maybe", "search.bad_value"},
        {"date:yesterday", "search.bad_date"},
        {"date:2026-02-30", "search.bad_date"},
        {"date:..", "search.bad_date"},
        {"date:2026-10-09..2026-10-01", "search.bad_date"},
        {"no:12", "search.bad_number"},
        {"no:\u4e8c\u5341", "search.bad_number"},
        {"no:000001234560", "search.bad_number"},
        {"tel:123", "search.bad_phone"},
        {"tel:abc", "search.bad_phone"},
        {"13987654321", "search.personal"},
        {"\"13987654321\"", "search.personal"},
        {"11010519491231002X", "search.personal"},
    };
    for (auto const& [typed, key] : cases) EXPECT_EQ(refusal_of(typed), key) << typed.substr(0, 60);
}

TEST(Question, OddInputIsReadOrRefusedButNeverMore) {
    for (std::string_view typed : {"路", "<script>alert(1)</script>", "привет мир", "\"路灯", "- -- ---", ":",
                                   "a:", "unit:\"", "\xE8\xB7\xAF\0灯", "'); DROP TABLE", "路灯 😀"})
        (void)read_question(typed, reader());
    EXPECT_EQ(read("<b>路灯</b>").words.size(), 1U);
    EXPECT_EQ(read("привет мир").words, (Texts{"привет", "мир"}));
}

}  // namespace
}  // namespace banyan::index
