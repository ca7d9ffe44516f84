#include "platform/crypto/digest.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace banyan::crypto {
namespace {

std::string repeated(std::string const& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(Sm3, HasTheValuesOfTheStandard) {  // GB/T 32905-2016, appendix A
    EXPECT_EQ(hex(sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    EXPECT_EQ(hex(sm3(repeated("abcd", 16))), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    EXPECT_EQ(hex(sm3("")), "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
}

TEST(Sm3, InPartsIsTheSame) { EXPECT_EQ(Sm3().update("a").update("").update("bc").finish(), sm3("abc")); }

TEST(Sm3, AFieldCarriesItsLength) {
    EXPECT_EQ(Sm3().update_field("abc").finish(), sm3(std::string("\0\0\0\0\0\0\0\3abc", 11)));
    EXPECT_NE(Sm3().update_field("ab").update_field("c").finish(),
              Sm3().update_field("a").update_field("bc").finish());
    EXPECT_EQ(Sm3().update_field(std::string(258, 'x')).finish(),
              sm3(std::string("\0\0\0\0\0\0\1\2", 8) + std::string(258, 'x')));
}

TEST(Sm3, OneInsideAnotherDoesNotDisturbIt) {
    Sm3 outer;
    outer.update("ab");
    EXPECT_EQ(sm3("abc"), Sm3().update("abc").finish());
    EXPECT_EQ(outer.update("c").finish(), sm3("abc"));
}

TEST(HmacSm3, HasTheValuesOfTheCommandLine) {  // openssl dgst -sm3 -hmac
    EXPECT_EQ(hex(hmac_sm3("banyan", "the quick brown fox")),
              "d47aaa58a1103a41bf441183a9cd899ade30e4e947156a041100a59677445c30");
    EXPECT_EQ(hex(hmac_sm3(std::string(80, '\x0b'), repeated("abcdefgh", 30))),  // a key longer than a block
              "9037aecc7448cf1fbddb2c1acc0e2bd1b4089fa6836278318eadc3baf8b0e74d");
}

TEST(HmacSm3, APreparedKeyServesManyTimes) {
    HmacSm3 prepared("banyan");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(prepared.of({"the quick", "", " brown fox"}), hmac_sm3("banyan", "the quick brown fox"));
}

TEST(Equal, ComparesLengthAndBytes) {
    EXPECT_TRUE(equal("abc", "abc"));
    EXPECT_TRUE(equal("", ""));
    EXPECT_FALSE(equal("abc", "abd"));
    EXPECT_FALSE(equal("abc", "abcd"));
}

TEST(MerkleRoot, IsTheTreeOfRfc6962) {
    Digest a = sm3("a"), b = sm3("b"), c = sm3("c");
    auto leaf = [](Digest const& of) { return sm3(std::string(1, '\0') + std::string(view(of))); };
    auto node = [](Digest const& l, Digest const& r) {
        return sm3("\1" + std::string(view(l)) + std::string(view(r)));
    };
    EXPECT_EQ(merkle_root({}), sm3(""));
    EXPECT_EQ(merkle_root(std::vector<Digest>{a}), leaf(a));
    EXPECT_EQ(merkle_root(std::array{a, b}), node(leaf(a), leaf(b)));
    EXPECT_EQ(merkle_root(std::array{a, b, c}), node(node(leaf(a), leaf(b)), leaf(c)));
    EXPECT_EQ(merkle_root(std::array{a, b, c, a, b}),
              node(node(node(leaf(a), leaf(b)), node(leaf(c), leaf(a))), leaf(b)));
    EXPECT_NE(merkle_root(std::array{a, b}), merkle_root(std::array{b, a}));
}

}  // namespace
}  // namespace banyan::crypto
