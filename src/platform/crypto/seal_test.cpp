#include "platform/crypto/seal.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/text.h"
#include "platform/crypto/sm4.h"

namespace banyan::crypto {
namespace {

std::string const kMaster(32, '\x42');
std::string const kPhone = place("person", 17, "phone");

TEST(Sm4, HasTheValueOfTheStandard) {  // GB/T 32907-2016, A.1; counter mode over zeros is the block cipher itself
    std::string block = from_hex("0123456789abcdeffedcba9876543210").value();
    EXPECT_EQ(to_hex(sm4_ctr(block, block, std::string(16, '\0'))), "681edf34d206965e86b3e94f536e4246");
}

TEST(Sm4, CountsItsBlocks) {
    std::string key = from_hex("0123456789abcdeffedcba9876543210").value(), iv(16, '\xff');
    std::string two = sm4_ctr(key, iv, std::string(32, '\0'));
    EXPECT_EQ(two.substr(16), sm4_ctr(key, std::string(16, '\0'), std::string(16, '\0')));
    EXPECT_EQ(sm4_ctr(key, iv, two), std::string(32, '\0'));
    EXPECT_EQ(sm4_ctr(key, iv, ""), "");
}

TEST(Sm4, ChangesItsKeyFromTextToText) {
    std::string iv(16, 'i'), one(16, '1'), two(16, '2'), text(40, 't');
    std::string by_one = sm4_ctr(one, iv, text), by_two = sm4_ctr(two, iv, text);
    EXPECT_NE(by_one, by_two);
    EXPECT_EQ(sm4_ctr(one, iv, text), by_one);
    EXPECT_EQ(sm4_ctr(one, iv, by_one), text);
}

TEST(Seal, OpensWhereItBelongs) {
    Key key(7, kMaster);
    for (std::string const& plain :
         {std::string("0591-0000 0031 郑茉莉"), std::string(), std::string(100'000, 'x')}) {
        std::string sealed = seal(key, kPhone, plain);
        EXPECT_EQ(sealed.size(), plain.size() + 37);
        EXPECT_EQ(open(key, kPhone, sealed), plain);
        EXPECT_EQ(sealed_with(sealed), 7u);
        EXPECT_TRUE(plain.empty() || sealed.find(plain) == std::string::npos);
    }
}

TEST(Seal, TwiceGivesDifferentBytes) {
    Key key(1, kMaster);
    EXPECT_NE(seal(key, kPhone, "郑茉莉"), seal(key, kPhone, "郑茉莉"));
}

TEST(Seal, InAnotherRowOrFieldDoesNotOpen) {
    Key key(1, kMaster);
    std::string sealed = seal(key, kPhone, "郑茉莉");
    EXPECT_EQ(open(key, place("person", 18, "phone"), sealed), std::nullopt);
    EXPECT_EQ(open(key, place("person", 17, "name"), sealed), std::nullopt);
    EXPECT_EQ(open(key, "", sealed), std::nullopt);
}

TEST(Seal, WithAnotherKeyDoesNotOpen) {
    std::string sealed = seal(Key(1, kMaster), kPhone, "郑茉莉");
    EXPECT_EQ(open(Key(1, std::string(32, 'k')), kPhone, sealed), std::nullopt);
    EXPECT_EQ(open(Key(2, kMaster), kPhone, sealed), std::nullopt);
}

TEST(Seal, CutOffOrChangedAnywhereDoesNotOpen) {
    Key key(1, kMaster);
    std::string const sealed = seal(key, kPhone, "郑茉莉");
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_EQ(open(key, kPhone, std::string_view(sealed).substr(0, size)), std::nullopt) << size;
    EXPECT_EQ(open(key, kPhone, sealed + "x"), std::nullopt);
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] ^= 1;
        EXPECT_EQ(open(key, kPhone, changed), std::nullopt) << at;
    }
}

TEST(Seal, StillOpensWhatItSealedInFormatOne) {  // made with the openssl command line
    auto sealed = from_hex(
        "0100000007000102030405060708090a0b0c0d0e0f"
        "c8dae751632e9fa047487a1e07aaa545c098100fc850");
    ASSERT_TRUE(sealed);
    EXPECT_EQ(open(Key(7, kMaster), kPhone, *sealed), "banyan");
}

TEST(Seal, ThreadsShareAKey) {
    Key key(1, kMaster);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) EXPECT_EQ(open(key, kPhone, seal(key, kPhone, "郑茉莉")), "郑茉莉");
        });
}

TEST(BlindIndex, IsTheSameForTheSameValueAndKey) {
    Key key(1, kMaster), other(1, std::string(32, 'k'));
    EXPECT_EQ(blind_index(key, "13800000000"), blind_index(Key(9, kMaster), "13800000000"));
    EXPECT_EQ(blind_index(key, "13800000000").size(), 16u);
    EXPECT_NE(blind_index(key, "13800000000"), blind_index(key, "13800000001"));
    EXPECT_NE(blind_index(key, "13800000000"), blind_index(other, "13800000000"));
}

}  // namespace
}  // namespace banyan::crypto
