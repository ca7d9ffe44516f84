#include "platform/media/media.h"

#include <gtest/gtest.h>

#include <boost/crc.hpp>

#include "platform/media/parts.h"
#include "platform/media/testing/samples.h"

namespace banyan::media {
namespace {

using namespace std::literals;
using namespace banyan::media::testing;

std::string refusal(std::string_view bytes) {
    auto const cleaned = clean(bytes);
    return cleaned ? "" : cleaned.error().key;
}
std::string kept(std::string_view bytes) {
    auto const cleaned = clean(bytes);
    EXPECT_TRUE(cleaned) << cleaned.error().key << ' '
                         << (cleaned.error().params.empty() ? "" : cleaned.error().params.front().second);
    return cleaned ? cleaned->bytes : "";
}
bool holds(std::string_view bytes, std::string_view text) { return bytes.find(text) != std::string_view::npos; }

TEST(Clean, TheTypeIsWhatTheBytesSay) {
    EXPECT_EQ(clean(jpeg({}))->type, "image/jpeg");
    EXPECT_EQ(clean(png({}))->type, "image/png");
    EXPECT_EQ(clean(webp({}))->type, "image/webp");
    EXPECT_EQ(clean(wav({}))->type, "audio/wav");
    EXPECT_EQ(clean(amr())->type, "audio/amr");
    EXPECT_EQ(clean(mp3({}))->type, "audio/mpeg");
    EXPECT_EQ(clean(mp4({}, "vide"))->type, "video/mp4");
    EXPECT_EQ(clean(mp4({}, "soun"))->type, "audio/mp4");
    EXPECT_EQ(clean(pdf({}))->type, "application/pdf");
}

TEST(Clean, WhatTellsOfPeopleAndPlacesStaysBehind) {
    std::string const name = "Zheng Moli of Jasmine Lane 12";
    for (std::string const& file : {jpeg(name), png(name), webp(name), wav(name), mp3(name), mp4(name, "vide"),
                                    mp4(name, "soun"), pdf(name)}) {
        ASSERT_TRUE(holds(file, name)) << type_of(file);
        EXPECT_FALSE(holds(kept(file), name)) << type_of(file);
    }
}

TEST(Clean, GpsOfATelephonesPictureIsGoneAndItsTurnIsNot) {
    std::string const file = jpeg("Zheng Moli", 6);
    ASSERT_TRUE(holds(file, kGps));
    std::string const clean_file = kept(file);
    EXPECT_FALSE(holds(clean_file, kGps));
    EXPECT_TRUE(holds(clean_file, "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06"sv));
    EXPECT_FALSE(holds(kept(jpeg("Zheng Moli", 1)), "Exif"));
}

TEST(Clean, TheSecondTimeNothingIsLeftToTakeAway) {
    for (std::string const& file : {jpeg("x", 8), png("x"), webp("x"), wav("x"), mp3("x"), mp4("x", "vide")}) {
        std::string const once = kept(file);
        EXPECT_EQ(kept(once), once) << type_of(file);
    }
}

TEST(Clean, AFileThatIsTwoThingsIsOneAfterwards) {
    std::string const page = "<html><script>alert(1)</script>", archive = "PK\x03\x04 hidden.exe";
    for (std::string const& hidden : {page, archive}) {
        EXPECT_FALSE(holds(kept(jpeg({}) + hidden), hidden));
        EXPECT_FALSE(holds(kept(png({}) + hidden), hidden));
        EXPECT_FALSE(holds(kept(webp({}) + hidden), hidden));
        EXPECT_FALSE(holds(kept(wav({}) + hidden), hidden));
        EXPECT_EQ(refusal(mp4({}, "vide") + hidden), "file.broken");
        EXPECT_EQ(refusal(amr() + hidden), "file.broken");
    }
}

TEST(Clean, WhatIsNoPictureSoundOrFilmIsRefused) {
    EXPECT_EQ(refusal(""), "file.empty");
    for (std::string_view file : {"MZ\x90\x00\x03"sv,
                                  "\x7f"
                                  "ELF\x02\x01"sv,
                                  "<svg xmlns='http://www.w3.org/2000/svg'/>"sv, "<!DOCTYPE html><html>"sv,
                                  "PK\x03\x04\x14\x00"sv, "#!/bin/sh\n"sv, "GIF89a"sv, "text"sv, "\0\0\0\0"sv,
                                  "\0\0\0\x18"
                                  "ftypheic\0\0\0\0"sv,
                                  " \xff\xd8\xff"sv})
        EXPECT_EQ(refusal(file), "file.type") << file;
}

TEST(Clean, WhatIsCutOffOrDamagedIsRefused) {
    for (std::string const& file : {jpeg("x", 6), png("x"), webp("x"), wav("x"), mp4("x", "vide"), pdf("x")})
        for (std::size_t size : {std::size_t{16}, file.size() / 3, file.size() / 2, file.size() - 20})
            EXPECT_EQ(refusal(file.substr(0, size)), "file.broken") << type_of(file) << ' ' << size;
    std::string damaged = png({});
    damaged[damaged.size() / 2] ^= 1;
    EXPECT_EQ(refusal(damaged), "file.broken");
    EXPECT_EQ(refusal("\xff\xd8\xff\xe0"), "file.broken");
    EXPECT_EQ(refusal("%PDF-1.7\nnothing"), "file.broken");
    EXPECT_EQ(refusal("ID3\x04\0\0\0\0\0\0 no frames"s), "file.broken");
}

TEST(Clean, PicturesThatWouldFillTheMemoryOfWhoLooksAreRefused) {
    std::string huge = png({});
    std::string const header = "IHDR" + big_bytes(60'000, 4) + big_bytes(60'000, 4) + std::string(huge, 24, 5);
    boost::crc_32_type sum;
    sum.process_bytes(header.data(), header.size());
    huge.replace(12, header.size() + 4, header + big_bytes(sum.checksum(), 4));
    EXPECT_EQ(refusal(huge), "file.broken");
}

TEST(Clean, ATrackOfPositionsIsNoFilm) { EXPECT_EQ(refusal(mp4({}, "meta")), "file.broken"); }

TEST(Clean, APdfLosesWhatActsAndWhatIsInsideIt) {
    std::string const clean_file = kept(pdf("Zheng Moli"));
    EXPECT_FALSE(holds(clean_file, "alert"));
    EXPECT_FALSE(holds(clean_file, "JavaScript"));
    EXPECT_FALSE(holds(clean_file, kGps));  // of the picture on its page
}

TEST(Clean, AnyBytesAreReadOrRefused) {  // no case of its own: that it ends, and within its memory
    std::uint32_t state = 1;
    auto random = [&] { return state = state * 1'664'525 + 1'013'904'223; };
    for (std::string const& whole :
         {jpeg("x", 6), png("x"), webp("x"), wav("x"), mp3("x"), mp4("x", "vide"), amr()})
        for (int round = 0; round < 2000; ++round) {
            std::string file = whole;
            for (int i = 0; i < 3; ++i)
                file[8 + (random() >> 8) % (file.size() - 8)] = static_cast<char>(random() >> 16);
            auto const cleaned = clean(file);
            EXPECT_LE(cleaned ? cleaned->bytes.size() : 0, file.size() + 64);
        }
}

}  // namespace
}  // namespace banyan::media
