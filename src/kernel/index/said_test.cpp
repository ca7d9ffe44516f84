// What a document keeps of what was said is what was said, of that version only.
#include "kernel/index/said.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/index/testing/searched_city.h"
#include "platform/text/signs.h"

namespace banyan::index {
namespace {

using namespace banyan::index::testing;

std::vector<Said> without_weights(std::vector<Said> said) {
    for (Said& text : said) text.weight = 1;
    return said;
}

TEST(Said, IsKeptAsItWasSaid) {
    SearchedCity at(store::Engine::sqlite);
    MatterId const id = at.file("路灯不亮", "齐安路\n\"三盏\"路燈坏了\t😀", {{"phone", "154 0000 1111"}});
    at.take("seat01", id, "accept", {{"kind", "complaint"}});
    at.take("disp01", id, "dispatch", {{"lead", "cg"}, {"summary", "路灯三盏"}});
    at.start();
    auto const session = at.city.db()->open_reader();
    Matter const matter = load_matter(*session, id, at.city.engine().procedures()).value();
    std::vector<Said> const said = said_in(matter, load_history(*session, matter));
    ASSERT_EQ(said.size(), 3U);
    EXPECT_EQ(said[0], (Said{"title", "路灯不亮", 'B', 3}));
    EXPECT_EQ(said[1].field, "body");
    EXPECT_EQ(said[2], (Said{"summary", "路灯三盏", 'F', 1}));
    std::string const kept = (*at.index->searcher()).data(id.text()).value();
    EXPECT_EQ(said_in_kept(kept, matter.version), without_weights(said));
    EXPECT_EQ(said_in_kept(kept, matter.version - 1), std::nullopt);
    EXPECT_EQ(said_in_kept(kept, matter.version + 1), std::nullopt);
    EXPECT_EQ(kept.find("1540000"), std::string::npos);
}

std::string text_of(std::vector<std::uint16_t> const& codes) {
    std::string text;
    for (char32_t const code : codes)
        if (code < 0xd800 || code > 0xdfff) text::append(text, code);
    return text;
}

RC_GTEST_PROP(Said, AnyTextsAreKept, (std::vector<std::vector<std::uint16_t>> const& texts, int version)) {
    std::vector<Said> said;
    for (auto const& codes : texts) said.push_back({"body", text_of(codes), 'A'});
    RC_ASSERT(said_in_kept(kept_of(version, said), version) == said);
}

RC_GTEST_PROP(Said, RubbishSaysNothing, (std::string const& rubbish)) {
    RC_ASSERT(said_in_kept(rubbish, 7) == std::nullopt);
}

TEST(Said, WhatIsNotOursSaysNothing) {
    for (std::string_view other :
         {"", "[]", "[7", "{}", "[\"7\"]", "[7,1,2]", "[7,\"Atitle\"]", "[7,\"\",\"text\"]", "[7,\"Atitle\",1]"})
        EXPECT_EQ(said_in_kept(other, 7), std::nullopt) << other;
    EXPECT_EQ(said_in_kept("[7]", 7), std::vector<Said>{}) << "nothing was said";
}

}  // namespace
}  // namespace banyan::index
