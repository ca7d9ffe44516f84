#include "api/hints.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "platform/store/testing/stores.h"

namespace banyan::api {
namespace {

class HintTokensTest : public testing::Test {
  protected:
    json::value list(std::vector<std::string> const& tokens) const {
        json::array all;
        for (std::string const& token : tokens) all.push_back(json::object{{"token", token}});
        return all;
    }
    HintTokens of(std::string_view who, Instant when) const { return {keys, who, when}; }

    store::testing::TestFolder folder;
    crypto::Keyring keys = crypto::Keyring::create_or_open(folder.path() / "keys");
    Instant const now{1'791'507'600'000'000};
};

TEST_F(HintTokensTest, BringBackWhatWasProposed) {
    HintTokens const tokens = of("seat01", now);
    json::value const back =
        list({tokens.token("class", "city.light", "classes@1"), tokens.token("urgent", true, "words")});
    auto hints = tokens.read(&back);
    ASSERT_TRUE(hints);
    EXPECT_EQ(*hints, (std::vector<Hint>{{"class", "city.light", "classes@1"}, {"urgent", "true", "words"}}));
    EXPECT_TRUE(tokens.read(nullptr)->empty());
}

TEST_F(HintTokensTest, CarryALongTextAsItsDigest) {
    HintTokens const tokens = of("disp01", now);
    std::string const summary(9'000, 'x');
    json::value const back = list({tokens.token("summary", json::value(summary), "redaction")});
    auto hints = tokens.read(&back);
    ASSERT_TRUE(hints);
    EXPECT_EQ(hints->front().value, hint_value(summary));
    EXPECT_EQ(hints->front().value.size(), 4U + 64U);
}

TEST_F(HintTokensTest, AreNobodyElses) {
    json::value const back = list({of("seat01", now).token("class", "city.light", "classes@1")});
    auto other = of("seat02", now).read(&back);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().key, "hint.unknown");
    crypto::Keyring const strange = crypto::Keyring::create_or_open(folder.path() / "others");
    EXPECT_FALSE(HintTokens(strange, "seat01", now).read(&back));
}

TEST_F(HintTokensTest, RefuseWhatIsNotOurs) {
    HintTokens const tokens = of("seat01", now);
    std::string const good = tokens.token("class", "city.light", "classes@1");
    std::string bytes = *from_base64url(good);
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
        std::string bent = bytes;
        bent[at] = static_cast<char>(bent[at] ^ 1);
        json::value const back = list({to_base64url(bent)});
        EXPECT_FALSE(tokens.read(&back)) << at;
    }
    for (std::string const& rubbish :
         {std::string(), std::string("x"), std::string("路灯"), good.substr(0, 20), good + "AAAA"}) {
        json::value const back = list({rubbish});
        EXPECT_FALSE(tokens.read(&back)) << rubbish;
    }
}

TEST_F(HintTokensTest, AreOfNoUseAfterADay) {
    json::value const back = list({of("seat01", now).token("class", "city.light", "classes@1")});
    EXPECT_EQ(of("seat01", now + hours(24)).read(&back)->size(), 1U);
    auto late = of("seat01", now + hours(24) + seconds(1)).read(&back);
    ASSERT_TRUE(late);  // who typed for long is not refused for it
    EXPECT_TRUE(late->empty());
}

}  // namespace
}  // namespace banyan::api
