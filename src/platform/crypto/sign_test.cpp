#include "platform/crypto/sign.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace banyan::crypto {
namespace {

using Kind = SigningKey::Kind;

TEST(Sign, Sm2VerifiesTheExampleOfTheStandard) {  // GB/T 32918.5-2017, A.2: r and s as DER
    std::string key = from_hex(
                          "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                          "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
                          .value();
    std::string signature = from_hex(
                                "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                                "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
                                .value();
    EXPECT_TRUE(verify(Kind::sm2, key, "message digest", signature));
    EXPECT_FALSE(verify(Kind::sm2, key, "message digesT", signature));
}

TEST(Sign, Ed25519HasTheValueOfRfc8032) {  // 7.1, test 2
    std::string key = from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").value();
    std::string signature = from_hex(
                                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
                                .value();
    EXPECT_TRUE(verify(Kind::ed25519, key, "\x72", signature));
    EXPECT_FALSE(verify(Kind::ed25519, key, "\x73", signature));
}

class SignBothWays : public ::testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Kinds, SignBothWays, ::testing::Values(Kind::sm2, Kind::ed25519),
                         [](auto const& kind) { return std::string(text(kind.param)); });

TEST_P(SignBothWays, VerifiesItsOwn) {
    SigningKey key = SigningKey::generate(GetParam());
    for (std::string const& message : {std::string(), std::string("a checkpoint"), std::string(10'000, 'x')})
        EXPECT_TRUE(verify(GetParam(), key.public_key(), message, key.sign(message)));
    EXPECT_EQ(key.public_key().size(), GetParam() == Kind::sm2 ? 65u : 32u);
    EXPECT_EQ(key.id(), key_id(key.public_key()));
    EXPECT_EQ(key.id().size(), 16u);
}

TEST_P(SignBothWays, RefusesWhatWasChanged) {
    SigningKey key = SigningKey::generate(GetParam());
    std::string signature = key.sign("a checkpoint");
    EXPECT_FALSE(verify(GetParam(), key.public_key(), "A checkpoint", signature));
    EXPECT_FALSE(verify(GetParam(), SigningKey::generate(GetParam()).public_key(), "a checkpoint", signature));
    for (std::size_t at : {std::size_t{0}, signature.size() / 2, signature.size() - 1}) {
        std::string changed = signature;
        changed[at] ^= 1;
        EXPECT_FALSE(verify(GetParam(), key.public_key(), "a checkpoint", changed)) << at;
    }
}

TEST_P(SignBothWays, RefusesWhatIsNoKeyAndNoSignature) {
    SigningKey key = SigningKey::generate(GetParam());
    for (std::string const& none : {std::string(), std::string("x"), std::string(32, '\xff'),
                                    std::string(65, '\x04'), std::string(200, '\0')}) {
        EXPECT_FALSE(verify(GetParam(), none, "a checkpoint", key.sign("a checkpoint"))) << none.size();
        EXPECT_FALSE(verify(GetParam(), key.public_key(), "a checkpoint", none)) << none.size();
    }
    auto other = GetParam() == Kind::sm2 ? Kind::ed25519 : Kind::sm2;
    EXPECT_FALSE(verify(other, key.public_key(), "a checkpoint", key.sign("a checkpoint")));
}

TEST_P(SignBothWays, ComesBackFromItsPem) {
    SigningKey key = SigningKey::generate(GetParam());
    SigningKey again = SigningKey::from_pem(key.to_pem().view());
    EXPECT_EQ(again.kind(), GetParam());
    EXPECT_EQ(again.public_key(), key.public_key());
    EXPECT_TRUE(verify(GetParam(), key.public_key(), "a checkpoint", again.sign("a checkpoint")));
    std::string half(key.to_pem().view().substr(0, 80));
    EXPECT_THROW(SigningKey::from_pem(half), std::runtime_error);
    EXPECT_THROW(SigningKey::from_pem(""), std::runtime_error);
}

}  // namespace
}  // namespace banyan::crypto
