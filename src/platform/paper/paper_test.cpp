#include "platform/paper/paper.h"

#include <gtest/gtest.h>

namespace banyan::paper {
namespace {

TEST(Paper, IsAPageWithItsWordsAndNoTypefaceInside) {
    Page page("licence");
    page.frame(15, 15, 180, 267);
    page.words(105, 40, 26, "食品经营许可证", Page::Align::centre);
    page.line(20, 60, 190, 60);
    page.modules(150, 220, 30, 2, {true, false, false, true});
    std::string const bytes = page.bytes();
    EXPECT_TRUE(bytes.starts_with("%PDF-"));
    EXPECT_NE(bytes.find("/SimSun"), std::string::npos) << "the typeface is named";
    EXPECT_EQ(bytes.find("/FontFile"), std::string::npos) << "and not embedded";
    EXPECT_NE(bytes.rfind("%%EOF"), std::string::npos);
}

TEST(Paper, WhatTheFontLacksCostsNoMoreThanItself) {
    Page page("x");
    page.words(20, 20, 12, "榕\xF0\x9F\x8C\xB3树 \xFF");
    EXPECT_TRUE(page.bytes().starts_with("%PDF-"));
}

}  // namespace
}  // namespace banyan::paper
