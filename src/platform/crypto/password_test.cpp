#include "platform/crypto/password.h"

#include <gtest/gtest.h>

namespace banyan::crypto {
namespace {

constexpr PasswordCost kCheap{1, 8192};  // for tests only

TEST(Password, IsKnownAgainAndNothingElse) {
    std::string hash = hash_password("榕树-12345", kCheap);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << hash;
    EXPECT_TRUE(verify_password(hash, "榕树-12345"));
    EXPECT_FALSE(verify_password(hash, "榕树-12346"));
    EXPECT_FALSE(verify_password(hash, ""));
    EXPECT_NE(hash, hash_password("榕树-12345", kCheap));
}

TEST(Password, OfADamagedHashIsWrong) {
    EXPECT_FALSE(verify_password("", ""));
    EXPECT_FALSE(verify_password("$argon2id$v=19$m=8,t=1,p=1$", "x"));
    EXPECT_FALSE(verify_password(std::string(500, 'x'), "x"));
}

TEST(Password, IsHashedAgainWhenTheCostChanged) {
    std::string hash = hash_password("榕树-12345", kCheap);
    EXPECT_FALSE(needs_rehash(hash, kCheap));
    EXPECT_TRUE(needs_rehash(hash, kInteractive));
    EXPECT_TRUE(needs_rehash("not a hash", kCheap));
}

TEST(Passphrase, WithTheSameSaltGivesTheSameKey) {
    std::string salt(16, 's'), other(16, 't');
    EXPECT_EQ(key_from_passphrase("words", salt, kCheap).view(),
              key_from_passphrase("words", salt, kCheap).view());
    EXPECT_NE(key_from_passphrase("words", salt, kCheap).view(),
              key_from_passphrase("words", other, kCheap).view());
    EXPECT_EQ(key_from_passphrase("words", salt, kCheap).view().size(), 32u);
}

}  // namespace
}  // namespace banyan::crypto
