#include "kernel/language/lexicon.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/testing.h"

namespace banyan::language {
namespace {

using banyan::testing::source_text;

std::shared_ptr<text::Reader const> reader() {
    static auto const kMade = std::make_shared<text::Reader const>();
    return kMade;
}

Lexicon shipped() {
    return Lexicon::read({source_text("data/knowledge/stopwords.txt"), source_text("data/knowledge/synonyms.csv")},
                         reader())
        .value();
}

TEST(Lexicon, KnowsWhatThingsAreCalledAndWhatSaysNothing) {
    Lexicon const lexicon = shipped();
    Lexicon::Said const said = lexicon.read("请问扯证要带什么");
    EXPECT_NE(std::ranges::find(said.official, "结婚登记"), said.official.end());
    EXPECT_EQ(said.text.find("请问"), std::string::npos);
    EXPECT_NE(said.text.find("扯证"), std::string::npos) << "its own words stay";
    EXPECT_TRUE(lexicon.weak("我要"));
    EXPECT_FALSE(lexicon.weak("路灯"));
}

TEST(Lexicon, SaysWhereAWordStoodThatMeansSomething) {
    auto const lexicon = Lexicon::read(
        {"请问\n", "said,official\n扯证,结婚登记;结婚证\n", "said,official\n带娃,托育\n的话,\n"}, reader());
    Lexicon::Said const said = lexicon->read("请问扯证带娃的话");
    auto part = [&](text::Span where) { return said.whole.substr(where.begin, where.end - where.begin); };
    ASSERT_EQ(said.meanings.size(), 2U);
    EXPECT_EQ(part(said.meanings[0].where), "扯证");
    EXPECT_EQ(said.meanings[0].official, (std::vector<std::string>{"结婚登记", "结婚证"}));
    EXPECT_EQ(part(said.meanings[1].where), "带娃");
    ASSERT_EQ(said.empty.size(), 2U);
    EXPECT_EQ(part(said.empty[0]), "请问");
    EXPECT_EQ(part(said.empty[1]), "的话") << "a synonym of nothing says nothing";
}

TEST(Lexicon, IsRefusedWithoutItsTables) {
    EXPECT_FALSE(Lexicon::read({"", ""}, reader()));
    EXPECT_FALSE(Lexicon::read({"", "said,official\n\"open"}, reader()));
}

}  // namespace
}  // namespace banyan::language
