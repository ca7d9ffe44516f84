// base/text.h: bytes and characters, as far as no library is needed.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banyan {

/// Well-formed UTF-8 (no surrogates, nothing overlong, at most U+10FFFF).
bool is_utf8(std::string_view text);
std::size_t count_characters(std::string_view utf8);
/// The first `characters` characters, never a half one.
std::string_view first_characters(std::string_view utf8, std::size_t characters);
/// Without space, tab, line ends and the ideographic space at both ends.
std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, std::string_view by);  ///< parts trimmed, empty ones dropped

std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view hex);
std::string to_base64url(std::string_view bytes);  ///< without padding
std::optional<std::string> from_base64url(std::string_view text);

/// For tables whose keys are texts and that are asked by views.
struct HashText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

}  // namespace banyan
