#include "platform/media/media.h"

#include <array>

#include "platform/media/parts.h"

namespace banyan::media {
namespace {

using namespace std::literals;

struct Format {
    std::string_view type;
    bool (*is)(std::string_view);
    Cleaned (*clean)(std::string_view);
};

bool riff(std::string_view bytes, std::string_view form) {
    return bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == form;
}

bool mp4(std::string_view bytes) {
    if (bytes.size() < 16 || bytes.substr(4, 4) != "ftyp") return false;
    constexpr std::array kBrands{"isom"sv, "iso2"sv, "iso4"sv, "iso5"sv, "iso6"sv, "mp41"sv, "mp42"sv,
                                 "avc1"sv, "M4A "sv, "M4V "sv, "3gp4"sv, "3gp5"sv, "3gp6"sv, "MSNV"sv};
    for (std::string_view brand : kBrands)
        if (bytes.substr(8, 4) == brand) return true;
    return false;
}

/// A tag, or two frames' sync one after the other would be better; the cleaner looks at every frame.
bool mp3(std::string_view bytes) {
    return bytes.starts_with("ID3") ||
           (bytes.size() > 4 && bytes[0] == '\xff' && (static_cast<unsigned char>(bytes[1]) & 0xe6) == 0xe2);
}

constexpr std::array kFormats{
    Format{"image/jpeg", [](std::string_view b) { return b.starts_with("\xff\xd8\xff"); }, clean_jpeg},
    Format{"image/png", [](std::string_view b) { return b.starts_with("\x89PNG\r\n\x1a\n"); }, clean_png},
    Format{"image/webp", [](std::string_view b) { return riff(b, "WEBP"); }, clean_webp},
    Format{"audio/wav", [](std::string_view b) { return riff(b, "WAVE"); }, clean_wav},
    Format{"audio/amr", [](std::string_view b) { return b.starts_with("#!AMR\n"); }, clean_amr},
    Format{"audio/amr-wb", [](std::string_view b) { return b.starts_with("#!AMR-WB\n"); }, clean_amr},
    Format{"audio/mp4", [](std::string_view b) { return mp4(b) && only_sound(b); }, clean_iso},
    Format{"video/mp4", mp4, clean_iso},
    Format{"application/pdf", [](std::string_view b) { return b.starts_with("%PDF-"); }, clean_pdf},
    Format{"audio/mpeg", mp3, clean_mp3},
};

Format const* format_of(std::string_view bytes) {
    for (Format const& format : kFormats)
        if (format.is(bytes)) return &format;
    return nullptr;
}

}  // namespace

std::string_view type_of(std::string_view bytes) {
    Format const* format = format_of(bytes);
    return format != nullptr ? format->type : std::string_view();
}

Result<Clean> clean(std::string_view bytes) {
    if (bytes.empty()) return refuse("file.empty");
    Format const* format = format_of(bytes);
    if (format == nullptr) return refuse("file.type");
    BANYAN_TRY(std::string kept, format->clean(bytes));
    return Clean{std::string(format->type), std::move(kept)};
}

}  // namespace banyan::media
