// PNG (W3C, third edition) and WebP (RFC 9649): chunks; those that the picture is made of are kept.
#include <algorithm>
#include <array>
#include <boost/crc.hpp>

#include "platform/media/parts.h"

namespace banyan::media {
namespace {

using namespace std::literals;

constexpr std::array kPngKept{"IHDR"sv, "PLTE"sv, "IDAT"sv, "IEND"sv, "tRNS"sv, "cHRM"sv, "gAMA"sv, "iCCP"sv,
                              "sBIT"sv, "sRGB"sv, "pHYs"sv, "bKGD"sv, "acTL"sv, "fcTL"sv, "fdAT"sv};
constexpr std::array kWebpKept{"VP8X"sv, "VP8 "sv, "VP8L"sv, "ANIM"sv, "ANMF"sv, "ALPH"sv, "ICCP"sv};

std::uint32_t checksum(std::string_view type, std::string_view content) {
    boost::crc_32_type sum;
    sum.process_bytes(type.data(), type.size());
    sum.process_bytes(content.data(), content.size());
    return sum.checksum();
}

}  // namespace

Cleaned clean_png(std::string_view bytes) {
    Cursor in(bytes);
    std::string out(*in.take(8));
    out.reserve(bytes.size());
    bool first = true, picture = false;
    for (;;) {
        auto const head = in.take(8);
        if (!head) return broken("end");
        auto const content = in.take(big(head->substr(0, 4)));
        auto const sum = in.take(4);
        if (!content || !sum) return broken("length");
        std::string_view const type = head->substr(4);
        if (big(*sum) != checksum(type, *content)) return broken("checksum");
        if (first != (type == "IHDR")) return broken("part");
        if (first && (content->size() != 13 || !sane(big(content->substr(0, 4)), big(content->substr(4, 4)))))
            return broken("size");
        first = false;
        picture = picture || type == "IDAT";
        if (std::ranges::find(kPngKept, type) != kPngKept.end()) {
            out += *head;
            out += *content;
            out += *sum;
        }
        if (type == "IEND") break;
    }
    if (!picture) return broken("part");
    return out;
}

Cleaned clean_webp(std::string_view bytes) {
    std::uint64_t const size = little(bytes.substr(4, 4));
    if (size < 4 || size > bytes.size() - 8) return broken("length");
    Cursor in(bytes.substr(12, size - 4));
    std::string out;
    bool picture = false;
    while (!in.at_end()) {
        auto const head = in.take(8);
        if (!head) return broken("end");
        std::string_view const type = head->substr(0, 4);
        std::uint64_t const length = little(head->substr(4));
        auto const content = in.take(length);
        if (!content || !in.take(length % 2)) return broken("length");
        std::string kept(*content);
        if (type == "VP8X") {
            if (kept.size() != 10 || !sane(little(content->substr(4, 3)) + 1, little(content->substr(7, 3)) + 1))
                return broken("size");
            kept[0] = static_cast<char>(static_cast<unsigned char>(kept[0]) & ~0x0cU);  // no EXIF, no XMP
        }
        picture = picture || type == "VP8 " || type == "VP8L" || type == "ANMF";
        if (std::ranges::find(kWebpKept, type) == kWebpKept.end()) continue;
        out += *head;
        out += kept;
        if (length % 2 != 0) out += '\0';
    }
    if (!picture) return broken("part");
    return "RIFF" + little_bytes(out.size() + 4, 4) + "WEBP" + out;
}

}  // namespace banyan::media
