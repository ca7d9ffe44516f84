#include "base/text.h"

#include <gtest/gtest.h>

#include "base/limit.h"

namespace banyan {
namespace {

TEST(Utf8, RefusesWhatIsNotWellFormed) {
    EXPECT_TRUE(is_utf8("榕树 🌳 ok"));
    for (auto bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\xA6", "\xFF", "a\x80"})
        EXPECT_FALSE(is_utf8(bad));
}

TEST(Utf8, CountsCharactersNotBytes) {
    EXPECT_EQ(count_characters("榕树🌳"), 3U);
    EXPECT_EQ(first_characters("榕树🌳", 2), "榕树");
    EXPECT_EQ(trim("\u3000 榕 \u3000"), "榕");
}

TEST(Encodings, ComeBackAsTheyWere) {
    std::string bytes("\x00\xFF\x10 a", 5);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_FALSE(from_hex("0g"));
    EXPECT_FALSE(from_base64url("a b"));
}

TEST(Limit, IsReadAndWrittenAsPeopleSayIt) {
    for (auto words : {"2 working days", "1 working day", "30 minutes", "4 working hours", "20 days",
                       "5 working days to closing", "1 day to closing"})
        EXPECT_EQ(text_of(parse_limit(words).value()), words);
    for (auto bad : {"", "2", "2days", "two days", "2 weeks", "-1 days", "0 days", "99999999999 days",
                     "4 working hours to closing", "30 minutes to closing", "2 days to", "2 days  to closing"})
        EXPECT_FALSE(parse_limit(bad)) << bad;
}

}  // namespace
}  // namespace banyan
