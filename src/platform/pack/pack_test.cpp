#include "platform/pack/pack.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "base/text.h"

namespace banyan::pack {
namespace {

std::string const kBody =
    R"({"v":1,"to":"accepted","from":"filed","role":"seat","unit":1,"form":{"kind":"help"},"set":{"kind":"help"}})";

class Packs : public ::testing::Test {
  protected:
    std::string const dictionary = banyan::testing::source_text("src/kernel/engine/bodies_40001.zdict");
    Packing const packing{dictionary};
};

TEST_F(Packs, WhatIsLikeTheDictionaryIsShort) {
    std::string const frame = packing.pack(kBody);
    EXPECT_LT(frame.size() * 2, kBody.size());
    EXPECT_EQ(packing.unpack(frame, 1'000), kBody);
    EXPECT_EQ(packing.unpack(packing.pack(""), 0), "");
    std::string const strange("\x00\xff\x80 \xe6\xa6\x95", 7);
    EXPECT_EQ(packing.unpack(packing.pack(strange), 100), strange);
}

TEST_F(Packs, ReadsAFrameOfLongAgo) {  // written down when the dictionary came: what it packed is read for ever
    std::string const frame = from_hex("28b52ffd22419c6aa50000107d7d067c00c7359d76bce389085b1f832ed2d4").value();
    EXPECT_EQ(packing.unpack(frame, 1'000), kBody);
}

TEST_F(Packs, TakesNothingThatIsNotOneOfItsFrames) {
    std::string const frame = packing.pack(kBody);
    EXPECT_EQ(packing.unpack(frame, kBody.size() - 1), std::nullopt) << "longer than it may be";
    EXPECT_EQ(packing.unpack(frame + "x", 1'000), std::nullopt);
    EXPECT_EQ(packing.unpack(frame + packing.pack(""), 1'000), std::nullopt) << "two of them";
    EXPECT_EQ(packing.unpack("", 1'000), std::nullopt);
    EXPECT_EQ(packing.unpack(kBody, 1'000), std::nullopt);
    for (std::size_t length = 0; length < frame.size(); ++length)
        EXPECT_EQ(packing.unpack(std::string_view(frame).substr(0, length), 1'000), std::nullopt) << length;
}

TEST_F(Packs, ATurnedBitGivesNothingOrAnotherText) {
    std::string const frame = packing.pack(kBody);
    int passed_over = 0;
    for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
        std::string bent = frame;
        bent[bit / 8] = static_cast<char>(static_cast<unsigned char>(bent[bit / 8]) ^ (1U << (bit % 8)));
        passed_over += packing.unpack(bent, 1'000) == kBody;
    }
    EXPECT_EQ(passed_over, 3)
        << "RFC 8878: one unused in the frame's descriptor, two in the modes of the sequences";
}

TEST(Packing, NeedsADictionary) {
    EXPECT_THROW(Packing(""), std::runtime_error);
    EXPECT_THROW(Packing("{\"v\":1}"), std::runtime_error);
}

}  // namespace
}  // namespace banyan::pack
