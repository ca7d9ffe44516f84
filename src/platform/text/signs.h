// platform/text/signs.h: what kinds of signs (code points) there are, as far as terms are cut by them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::text {

/// One sign of a text, and where it stands.
struct Sign {
    char32_t code = 0;
    std::uint32_t begin = 0, end = 0;  ///< bytes
};
std::vector<Sign> signs_of(std::string_view utf8);
void append(std::string& utf8, char32_t code);

bool is_han(char32_t code);
bool is_road_end(char32_t code);  ///< the last sign of a road's name
inline bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }
inline bool is_latin(char32_t code) { return code >= U'a' && code <= U'z'; }

}  // namespace banyan::text
