// A picture of a QR code: its size, its three finder patterns, what is refused.
#include "platform/qr/qr.h"

#include <gtest/gtest.h>

namespace banyan::qr {
namespace {

std::size_t times(std::string_view in, std::string_view what) {
    std::size_t many = 0;
    for (std::size_t at = in.find(what); at != std::string_view::npos; at = in.find(what, at + 1)) ++many;
    return many;
}

TEST(Qr, IsAPictureWithItsThreeFinderPatterns) {
    auto const picture = svg("http://127.0.0.1:12345/hall/items/11350128345071904JXK001185");
    ASSERT_TRUE(picture);
    EXPECT_TRUE(picture->starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "));
    // 61 bytes at level M are version 4 of the standard: 33 modules, and four of silence on each side
    EXPECT_NE(picture->find("viewBox=\"0 0 41 41\""), std::string::npos) << *picture;
    // the top row of the first is seven dark modules at (4, 4), that of the second ends at the right, the third is
    // below
    for (char const* begins : {"M4,4h7v1", "M30,4h7v1", "M4,30h7v1"})
        EXPECT_NE(picture->find(begins), std::string::npos) << begins;
    EXPECT_EQ(times(*picture, "<script") + times(*picture, "style"), 0U);
}

TEST(Qr, DiffersByWhatItSays) {
    EXPECT_NE(*svg("a"), *svg("b"));
    EXPECT_EQ(*svg("a"), *svg("a"));
}

TEST(Qr, RefusesWhatNobodyCouldRead) {
    EXPECT_EQ(svg("").error().key, "qr.text");
    EXPECT_TRUE(svg(std::string(kMostBytes, 'x')));
    EXPECT_EQ(svg(std::string(kMostBytes + 1, 'x')).error().key, "qr.text");
    EXPECT_EQ(svg(std::string_view("a\0b", 3)).error().key, "qr.text");
}

}  // namespace
}  // namespace banyan::qr
