#include "platform/text/signs.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace banyan::text {

std::vector<Sign> signs_of(std::string_view utf8) {
    std::vector<Sign> signs;
    signs.reserve(utf8.size() / 3 + 8);
    auto const size = static_cast<std::int32_t>(utf8.size());
    for (std::int32_t at = 0; at < size;) {
        std::int32_t const begin = at;
        UChar32 code = 0;
        U8_NEXT_OR_FFFD(utf8.data(), at, size, code);
        signs.push_back(
            {static_cast<char32_t>(code), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    }
    return signs;
}

void append(std::string& utf8, char32_t code) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, static_cast<UChar32>(code));
    utf8.append(bytes, static_cast<std::size_t>(size));
}

bool is_han(char32_t code) {
    if (code < 0x3007) return false;
    if (code >= 0x4E00 && code <= 0x9FFF) return true;
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(code), &error) == USCRIPT_HAN &&
           u_isalpha(static_cast<UChar32>(code));
}

bool is_road_end(char32_t code) {
    switch (code) {
        case U'\u8DEF':  // 路
        case U'\u8857':  // 街
        case U'\u5DF7':  // 巷
        case U'\u9053':  // 道
        case U'\u6865':  // 桥
        case U'\u5F04':  // 弄
        case U'\u91CC':  // 里
        case U'\u574A':  // 坊
            return true;
        default:
            return false;
    }
}

}  // namespace banyan::text
