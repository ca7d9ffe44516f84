#include "kernel/index/names.h"

#include "kernel/index/testing/searched_city.h"

namespace banyan::index {
namespace {

using testing::reader;

Names names_of(std::vector<search::TermCount> const& roads = {{"在茉莉巷", 1}, {"茉莉巷", 9}, {"齐安路", 4}}) {
    return {Names::units_of(*testing::small_directory(), reader()), Names::roads_of(roads, reader())};
}

std::vector<std::string> texts(std::vector<Name const*> const& names) {
    std::vector<std::string> texts;
    for (Name const* name : names) texts.push_back(name->text);
    return texts;
}
using Texts = std::vector<std::string>;

TEST(OneSignApart, IsReplacedLeftOutOrTooMany) {
    EXPECT_TRUE(one_sign_apart("末莉巷", "茉莉巷"));
    EXPECT_TRUE(one_sign_apart("茉莉巷", "茉巷"));
    EXPECT_TRUE(one_sign_apart("茉巷", "茉莉巷"));
    EXPECT_TRUE(one_sign_apart("茉莉", "茉莉巷"));
    EXPECT_FALSE(one_sign_apart("茉莉巷", "茉莉巷"));
    EXPECT_FALSE(one_sign_apart("末利巷", "茉莉巷"));
    EXPECT_FALSE(one_sign_apart("莉茉巷", "茉莉巷"));
    EXPECT_FALSE(one_sign_apart("", "茉莉"));
}

TEST(Names, KnowARoadFromWhatStandsBeforeIt) {
    Names const names =
        names_of({{"在茉莉巷", 1}, {"茉莉巷", 9}, {"东大路", 10}, {"华林东大路", 1}, {"五四路", 3}});
    EXPECT_EQ(names.roads(), 4U);  // a longer one whose end without its first sign is not counted stays
    EXPECT_EQ(texts(names.suggest("茉莉巷", 5)), Texts{"茉莉巷"});
    EXPECT_TRUE(texts(names.suggest("在茉莉巷", 5)) == Texts{"茉莉巷"}) << "one sign too many";
}

TEST(Names, AreSuggestedByPartInitialsAndNearly) {
    Names const names = names_of();
    EXPECT_EQ(texts(names.suggest("城市", 5)), Texts{"城市管理局"});
    EXPECT_EQ(texts(names.suggest("csglj", 5)), Texts{"城市管理局"});
    EXPECT_EQ(texts(names.suggest("csg", 5)), Texts{"城市管理局"});
    EXPECT_EQ(texts(names.suggest("城市管里局", 5)), Texts{"城市管理局"});
    EXPECT_EQ(texts(names.suggest("mlx", 5)), Texts{"茉莉巷"});
    EXPECT_EQ(texts(names.suggest("晋安", 2)).size(), 2U);
    EXPECT_TRUE(names.suggest("", 5).empty());
    EXPECT_TRUE(names.suggest("没有这个", 5).empty());
}

TEST(Names, MeanUnitsInAFilter) {
    Names const names = names_of();
    EXPECT_EQ(texts(names.units("自来水公司")), Texts{"自来水公司"});
    EXPECT_EQ(texts(names.units("zlsgs")), Texts{"自来水公司"});
    EXPECT_EQ(texts(names.units("自来水")), Texts{"自来水公司"});
    EXPECT_EQ(texts(names.units("自来水公同")), Texts{"自来水公司"});
    EXPECT_EQ(texts(names.units("晋安")).size(), 3U);
    EXPECT_TRUE(names.units("茉莉巷").empty()) << "a road is no unit";
}

TEST(Names, StandInForWhatIsNearlyOne) {
    Names const names = names_of();
    auto const instead = names.instead("末莉巷路灯不亮");
    ASSERT_EQ(instead.size(), 1U);
    EXPECT_EQ(instead[0].name->text, "茉莉巷");
    EXPECT_EQ(instead[0].begin, 0U);
    EXPECT_EQ(instead[0].end, std::string("末莉巷").size());
    EXPECT_TRUE(names.instead("茉莉巷路灯").empty()) << "it is a name";
    EXPECT_TRUE(names.instead("路灯不亮").empty());
    ASSERT_EQ(names.instead("城市管里局").size(), 1U);
    EXPECT_EQ(names.instead("城市管里局")[0].name->text, "城市管理局");
}

}  // namespace
}  // namespace banyan::index
