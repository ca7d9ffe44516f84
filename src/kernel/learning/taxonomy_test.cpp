#include "kernel/learning/taxonomy.h"

#include <gtest/gtest.h>

namespace banyan::learning {
namespace {

Result<Taxonomy> parse(std::string_view text) { return Taxonomy::parse(Csv::parse(text).value()); }

std::string line_of(Refusal const& refusal) {
    for (auto const& [name, value] : refusal.params)
        if (name == "line") return value;
    return "";
}

TEST(Taxonomy, OfCodesKnowsTheLevelAbove) {
    auto const taxonomy = parse("code,parent,zh\nroad,,路\nroad.lamp,road,灯\nroad.lamp.out,road.lamp,灭\n");
    ASSERT_TRUE(taxonomy);
    EXPECT_EQ(taxonomy->top("road.lamp.out"), "road");
    EXPECT_EQ(taxonomy->top("road"), "road");
    EXPECT_TRUE(taxonomy->has("road.lamp"));
    EXPECT_FALSE(taxonomy->has("river"));
}

TEST(Taxonomy, OfLevelsTakesANameOfTheHighestLevelForThat) {
    auto const taxonomy =
        parse("level1,level2,level3\n城乡建设,交通运输,道路\n交通运输,公交,\n城乡建设,城乡建设,\n");
    ASSERT_TRUE(taxonomy);
    EXPECT_EQ(taxonomy->top("公交"), "交通运输");
    EXPECT_EQ(taxonomy->top("交通运输"), "交通运输");
    EXPECT_EQ(taxonomy->top("城乡建设"), "城乡建设");
}

TEST(Taxonomy, RefusesACycleWithItsLine) {
    auto const codes = parse("code,parent\na,b\nb,c\nc,a\n");
    ASSERT_FALSE(codes);
    EXPECT_EQ(codes.error().key, "taxonomy.cycle");
    EXPECT_EQ(line_of(codes.error()), "2");
    auto const itself = parse("code,parent\nx,\na,a\n");
    ASSERT_FALSE(itself);
    EXPECT_EQ(itself.error().key, "taxonomy.cycle");
    EXPECT_EQ(line_of(itself.error()), "3");
    auto const levels = parse("level1,level2\n甲,乙\n乙,甲\n");
    ASSERT_FALSE(levels);
    EXPECT_EQ(levels.error().key, "taxonomy.cycle");
}

TEST(Taxonomy, RefusesWhatIsNone) {
    EXPECT_EQ(parse("name\nx\n").error().key, "taxonomy.columns");
    EXPECT_EQ(parse("code,parent\n").error().key, "taxonomy.empty");
    EXPECT_EQ(parse("code,parent\na,b\n").error().key, "taxonomy.parent_unknown");
    EXPECT_EQ(parse("code,parent\na,\na,\n").error().key, "taxonomy.code_twice");
    EXPECT_EQ(line_of(parse("code,parent\na,\n,a\n").error()), "3");
}

}  // namespace
}  // namespace banyan::learning
