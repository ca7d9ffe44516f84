// platform/media/parts.h: one function for each format, and how their pieces are read. Private to the folder.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace banyan::media {

using Cleaned = Result<std::string>;

Cleaned clean_jpeg(std::string_view bytes);
Cleaned clean_png(std::string_view bytes);
Cleaned clean_webp(std::string_view bytes);
Cleaned clean_iso(std::string_view bytes);
Cleaned clean_mp3(std::string_view bytes);
Cleaned clean_wav(std::string_view bytes);
Cleaned clean_amr(std::string_view bytes);
Cleaned clean_pdf(std::string_view bytes);

/// Of MP4: no picture in it.
bool only_sound(std::string_view bytes);

/// `why` is a word for the log and the sentence: length, size, end, checksum, part.
inline std::unexpected<Refusal> broken(std::string why) {
    return refuse("file.broken", {}, {{"why", std::move(why)}});
}

/// More would be a bomb for who looks at it: 100 million points.
inline bool sane(std::uint64_t width, std::uint64_t height) {
    return width > 0 && height > 0 && width <= 65'535 && height <= 65'535 && width * height <= 100'000'000;
}

/// Reads along; what is not there any more is nothing.
class Cursor {
  public:
    explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
    std::size_t left() const { return bytes_.size(); }
    bool at_end() const { return bytes_.empty(); }
    std::string_view rest() const { return bytes_; }
    std::optional<std::string_view> take(std::uint64_t size) {
        if (size > bytes_.size()) return std::nullopt;
        std::string_view const taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }

  private:
    std::string_view bytes_;
};

/// REQUIRES: 8 bytes at most.
inline std::uint64_t big(std::string_view bytes) {
    std::uint64_t number = 0;
    for (char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
    return number;
}
inline std::uint64_t little(std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}
inline std::string big_bytes(std::uint64_t number, int size) {
    std::string bytes;
    for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(number >> (8 * i));
    return bytes;
}
inline std::string little_bytes(std::uint64_t number, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i));
    return bytes;
}

}  // namespace banyan::media
