// JPEG (ITU-T T.81): tables, frames, scans. Of the application's segments JFIF without its thumbnail, the colour
// profile, Adobe's colours, and of EXIF how the picture is turned: a telephone's picture would lie on its side.
#include "platform/media/parts.h"

namespace banyan::media {
namespace {

using namespace std::literals;

constexpr std::uint64_t kOrientation = 0x0112;

/// 1 to 8; 1: as it is. From the first directory of a TIFF header (EXIF 4.6).
std::uint64_t orientation_of(std::string_view tiff) {
    bool const from_little = tiff.starts_with("II*\0"sv);
    if (!from_little && !tiff.starts_with("MM\0*"sv)) return 1;
    auto number = [&](std::size_t at, std::size_t size) -> std::uint64_t {
        if (at > tiff.size() || size > tiff.size() - at) return 0;
        return from_little ? little(tiff.substr(at, size)) : big(tiff.substr(at, size));
    };
    std::size_t const directory = number(4, 4);
    std::uint64_t const entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        std::size_t const entry = directory + 2 + 12 * i;
        if (entry + 12 > tiff.size()) return 1;
        if (number(entry, 2) != kOrientation) continue;
        std::uint64_t const turned = number(entry + 8, 2);
        return turned >= 1 && turned <= 8 ? turned : 1;
    }
    return 1;
}

std::string segment(char marker, std::string_view content) {
    return std::string("\xff") + marker + big_bytes(content.size() + 2, 2) + std::string(content);
}

std::string exif_that_says_only(std::uint64_t orientation) {
    std::string content = "Exif\0\0MM\0*\0\0\0\x08\0\x01"s;
    content += big_bytes(kOrientation, 2) + big_bytes(3, 2) + big_bytes(1, 4);  // one short number
    content += big_bytes(orientation, 2) + big_bytes(0, 2) + big_bytes(0, 4);   // no further directory
    return segment('\xe1', content);
}

class Jpeg {
  public:
    explicit Jpeg(std::string_view bytes) : in_(bytes) { out_.reserve(bytes.size()); }

    Cleaned clean() {
        out_ = *in_.take(2);
        for (;;) {
            auto const marker = next_marker();
            if (!marker) return broken("end");
            auto const code = static_cast<unsigned char>(*marker);
            if (code == 0xd9) break;
            if (code == 0x01 || (code >= 0xd0 && code <= 0xd8) || code == 0) return broken("part");
            auto const length = in_.take(2);
            if (!length || big(*length) < 2) return broken("length");
            auto const content = in_.take(big(*length) - 2);
            if (!content) return broken("length");
            BANYAN_CHECK(put(*marker, *content));
            if (code == 0xda) put_scan();
        }
        if (!frame_ || !scan_) return broken("part");
        out_ += "\xff\xd9";  // what follows stays behind
        return std::move(out_);
    }

  private:
    std::optional<char> next_marker() {
        auto const sign = in_.take(1);
        if (!sign || *sign != "\xff") return std::nullopt;
        for (;;) {  // any number of fill bytes
            auto const code = in_.take(1);
            if (!code) return std::nullopt;
            if (*code != "\xff") return code->front();
        }
    }

    Result<void> put(char marker, std::string_view content) {
        auto const code = static_cast<unsigned char>(marker);
        bool const table = code == 0xc4 || code == 0xcc || code == 0xdb || code == 0xdd;
        if (code >= 0xc0 && code <= 0xcf && !table) {
            if (content.size() < 6 || !sane(big(content.substr(3, 2)), big(content.substr(1, 2))))
                return broken("size");
            frame_ = true;
        }
        if (code == 0xda && !frame_) return broken("part");
        bool const picture = table || (code >= 0xc0 && code <= 0xcf) || code == 0xda;
        if (picture)
            out_ += segment(marker, content);
        else if (code == 0xe0 && content.starts_with("JFIF\0"sv) && content.size() >= 14)
            out_ += segment(marker, std::string(content.substr(0, 12)) + "\0\0"s);
        else if (code == 0xe1 && content.starts_with("Exif\0\0"sv) && !turned_) {
            std::uint64_t const orientation = orientation_of(content.substr(6));
            turned_ = orientation != 1;
            if (turned_) out_ += exif_that_says_only(orientation);
        } else if ((code == 0xe2 && content.starts_with("ICC_PROFILE\0"sv)) ||
                   (code == 0xee && content.starts_with("Adobe") && content.size() == 12))
            out_ += segment(marker, content);
        return {};
    }

    /// Up to the next marker that is no restart.
    void put_scan() {
        scan_ = true;
        std::string_view const rest = in_.rest();
        std::size_t at = 0;
        for (;; at += 2) {
            at = rest.find('\xff', at);
            if (at == std::string_view::npos || at + 1 >= rest.size()) {
                at = rest.size();
                break;
            }
            auto const code = static_cast<unsigned char>(rest[at + 1]);
            if (code != 0 && (code < 0xd0 || code > 0xd7)) break;
        }
        out_ += *in_.take(at);
    }

    Cursor in_;
    std::string out_;
    bool frame_ = false, scan_ = false, turned_ = false;
};

}  // namespace

Cleaned clean_jpeg(std::string_view bytes) { return Jpeg(bytes).clean(); }

}  // namespace banyan::media
