// WAV (RIFF), AMR (RFC 4867), MP3 (ISO 11172-3): the sound without tags, names, pictures.
#include <algorithm>
#include <array>

#include "platform/media/parts.h"

namespace banyan::media {
namespace {

using namespace std::literals;

/// Bytes of a frame's content by its type; -1: there is none.
constexpr std::array<int, 16> kNarrow{12, 13, 15, 17, 19, 20, 26, 31, 5, -1, -1, -1, -1, -1, -1, 0};
constexpr std::array<int, 16> kWide{17, 23, 32, 36, 40, 46, 50, 58, 60, 5, -1, -1, -1, -1, 0, 0};

/// kbit/s of layer III: MPEG 1, and 2 and 2.5.
constexpr std::array<std::size_t, 16> kRates1{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
constexpr std::array<std::size_t, 16> kRates2{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};

/// Of the frame that begins here, layer III; 0: none does.
std::size_t frame_length(std::string_view bytes) {
    if (bytes.size() < 4 || bytes[0] != '\xff' || (static_cast<unsigned char>(bytes[1]) & 0xe6) != 0xe2) return 0;
    auto const second = static_cast<unsigned char>(bytes[1]), third = static_cast<unsigned char>(bytes[2]);
    unsigned const version = second >> 3 & 3U;  // 0: 2.5, 2: 2, 3: 1
    unsigned const hertz = third >> 2 & 3U;
    if (version == 1 || hertz == 3) return 0;
    std::size_t const rate = (version == 3 ? kRates1 : kRates2).at(third >> 4);
    if (rate == 0) return 0;
    constexpr std::array<std::size_t, 3> kHertz{44'100, 48'000, 32'000};
    std::size_t const frequency = kHertz.at(hertz) >> (version == 3 ? 0U : version == 2 ? 1U : 2U);
    return (version == 3 ? 144'000U : 72'000U) * rate / frequency + (third >> 1 & 1U);
}

/// Of a tag at the beginning (ID3v2); its size is four times seven bits.
std::size_t tag_length(std::string_view bytes) {
    if (!bytes.starts_with("ID3") || bytes.size() < 10) return 0;
    std::size_t size = 0;
    for (char c : bytes.substr(6, 4)) size = size << 7 | (static_cast<unsigned char>(c) & 0x7fU);
    return size + 10 + ((static_cast<unsigned char>(bytes[5]) & 0x10U) != 0 ? 10 : 0);
}

/// Encoders write their settings into the first frame, which sounds as silence: it is left out.
bool tells_of_encoder(std::string_view frame) {
    return frame.find("Xing") < 64 || frame.find("Info") < 64 || frame.find("VBRI") < 64;
}

}  // namespace

Cleaned clean_wav(std::string_view bytes) {
    std::uint64_t const size = little(bytes.substr(4, 4));
    if (size < 4 || size > bytes.size() - 8) return broken("length");
    Cursor in(bytes.substr(12, size - 4));
    std::string out;
    bool described = false, sound = false;
    while (!in.at_end()) {
        auto const head = in.take(8);
        if (!head) return broken("end");
        std::string_view const type = head->substr(0, 4);
        std::uint64_t const length = little(head->substr(4));
        auto const content = in.take(length);
        if (!content) return broken("length");
        if (!in.take(length % 2) && !in.at_end()) return broken("length");
        if (type == "fmt ") {
            constexpr std::array<std::uint64_t, 6> kKnown{1, 3, 6, 7, 0x11, 0xfffe};  // PCM, float, A- and µ-law …
            if (length < 16 || length > 40 ||
                std::ranges::find(kKnown, little(content->substr(0, 2))) == kKnown.end())
                return broken("part");
            described = true;
        }
        sound = sound || (type == "data" && described && length > 0);
        if (type != "fmt " && type != "data" && type != "fact") continue;
        out += *head;
        out += *content;
        if (length % 2 != 0) out += '\0';
    }
    if (!sound) return broken("part");
    return "RIFF" + little_bytes(out.size() + 4, 4) + "WAVE" + out;
}

Cleaned clean_amr(std::string_view bytes) {
    bool const wide = bytes.starts_with("#!AMR-WB\n");
    Cursor in(bytes);
    (void)in.take(wide ? 9 : 6);
    if (in.at_end()) return broken("part");
    while (!in.at_end()) {
        auto const head = static_cast<unsigned char>(in.take(1)->front());
        int const length = (wide ? kWide : kNarrow).at(head >> 3 & 15U);
        if ((head & 0x83U) != 0 || length < 0 || !in.take(static_cast<std::uint64_t>(length)))
            return broken("part");
    }
    return std::string(bytes);  // there is no room for anything else in it
}

Cleaned clean_mp3(std::string_view bytes) {
    while (std::size_t const tag = tag_length(bytes)) {
        if (tag > bytes.size()) return broken("length");
        bytes.remove_prefix(tag);
        bytes.remove_prefix(std::min(bytes.find_first_not_of('\0'), bytes.size()));  // padding
    }
    std::string out;
    std::size_t frames = 0;
    while (!bytes.empty()) {
        std::size_t const length = frame_length(bytes);
        if (length == 0) {  // tags at the end, which stay behind; anything else is no sound
            if (bytes.starts_with("TAG") || bytes.starts_with("APETAGEX") || bytes.starts_with("LYRICSBEGIN") ||
                bytes.find_first_not_of('\0') == std::string_view::npos)
                break;
            return broken("part");
        }
        std::string_view const frame = bytes.substr(0, length);
        if (frame.size() < length) break;  // cut off: a recorder was stopped
        if (frames++ > 0 || !tells_of_encoder(frame)) out += frame;
        bytes.remove_prefix(length);
    }
    if (frames < 3) return broken("part");
    return out;
}

}  // namespace banyan::media
