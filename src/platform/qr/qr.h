// platform/qr/qr.h: a QR code (GB/T 18284) as a picture that is sharp at any size; all of libqrencode. Why this
// library: docs/decisions/0011-qr-codes.md
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace banyan::qr {

inline constexpr std::string_view kSvgType = "image/svg+xml";
inline constexpr std::size_t kMostBytes = 500;  ///< more is hard for a telephone to read from paper

/// The dark modules, row after row, without a quiet zone. Refused: qr.text (empty or too long). Any thread.
struct Modules {
    int width = 0;
    std::vector<bool> dark;
};
Result<Modules> modules(std::string_view text);

/// SVG, black on white, with the quiet zone of four modules around it; error correction M (15 %). Without script
/// or style, so a page's content policy lets it by. Refused as modules().
Result<std::string> svg(std::string_view text);

}  // namespace banyan::qr
