// What looks like somebody's number. A text is public sooner than one thinks; an index of telephone numbers never.
#include <algorithm>

#include "platform/text/signs.h"
#include "platform/text/text.h"

namespace banyan::text {
namespace {

constexpr std::size_t kFewestDigits = 7;  ///< of a telephone number without its area code

bool is_word(char32_t code) { return is_digit(code) || is_latin(code); }

bool is_joint(char32_t code) {
    return code == U' ' || code == U'-' || code == U'\u2014' || code == U'\u2013' || code == U'\u30FC';
}

/// The province a plate begins with: 京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼.
bool is_province(char32_t code) {
    constexpr std::u32string_view kProvinces =
        U"\u4EAC\u6D25\u6CAA\u6E1D\u5180\u8C6B\u4E91\u8FBD\u9ED1\u6E58\u7696\u9C81\u65B0\u82CF\u6D59\u8D63\u9102"
        U"\u6842\u7518\u664B\u8499\u9655\u5409\u95FD\u8D35\u7CA4\u9752\u85CF\u5DDD\u5B81\u743C";
    return kProvinces.find(code) != std::u32string_view::npos;
}

/// 2026-10-09 is a date, 0591-0000 0031 is not.
bool is_date(std::vector<std::size_t> const& groups, std::string_view digits) {
    if (groups != std::vector<std::size_t>{4, 2, 2} || digits.size() != 8) return false;
    auto number = [&](std::size_t from, std::size_t n) {
        int value = 0;
        for (std::size_t i = from; i < from + n; ++i) value = value * 10 + (digits[i] - '0');
        return value;
    };
    return number(0, 4) >= 1900 && number(0, 4) < 2100 && number(4, 2) <= 12 && number(6, 2) <= 31;
}

/// Digits from `at` on, in groups with one joint between; what is behind the last one.
std::size_t number_end(std::vector<Sign> const& signs, std::size_t at, std::string& digits,
                       std::vector<std::size_t>& groups) {
    std::size_t end = at;
    for (std::size_t i = at; i < signs.size();) {
        std::size_t n = 0;
        for (; i < signs.size() && is_digit(signs[i].code); ++i, ++n) digits += static_cast<char>(signs[i].code);
        if (n == 0) break;
        groups.push_back(n);
        end = i;
        if (i + 1 >= signs.size() || !is_joint(signs[i].code) || !is_digit(signs[i + 1].code)) break;
        ++i;
    }
    // The check digit of an identity number may be an X.
    if (end < signs.size() && signs[end].code == U'x' && digits.size() == 17) ++end;
    return end;
}

/// A plate: its province, a letter, perhaps a dot, five or six letters and digits. What is behind it, or `at`.
std::size_t plate_end(std::vector<Sign> const& signs, std::size_t at) {
    std::size_t i = at + 1;
    if (i >= signs.size() || !is_latin(signs[i].code)) return at;
    ++i;
    if (i < signs.size() && (signs[i].code == U'\u00B7' || signs[i].code == U'.' || is_joint(signs[i].code))) ++i;
    std::size_t n = 0, digits = 0;
    for (; i < signs.size() && is_word(signs[i].code); ++i, ++n) digits += is_digit(signs[i].code) ? 1 : 0;
    return (n == 5 || n == 6) && digits > 0 ? i : at;
}

bool is_of_address(char32_t code) {
    return is_word(code) || code == U'.' || code == U'_' || code == U'-' || code == U'+';
}

/// Around an @: its address, as signs from and to; empty when it is none.
std::pair<std::size_t, std::size_t> mail_around(std::vector<Sign> const& signs, std::size_t at) {
    std::size_t from = at, to = at + 1;
    while (from > 0 && is_of_address(signs[from - 1].code)) --from;
    while (to < signs.size() && is_of_address(signs[to].code)) ++to;
    return from < at && to > at + 1 ? std::pair{from, to} : std::pair{at, at};
}

}  // namespace

std::vector<Span> Reader::personal_numbers(std::string_view plain) {
    std::vector<Sign> const signs = signs_of(plain);
    std::vector<Span> spans;
    auto add = [&](std::size_t from, std::size_t to) {
        if (from < to) spans.push_back({signs[from].begin, signs[to - 1].end});
    };
    for (std::size_t i = 0; i < signs.size();) {
        char32_t const code = signs[i].code;
        std::size_t next = i + 1;
        if (is_digit(code) && (i == 0 || !is_digit(signs[i - 1].code))) {
            std::string digits;
            std::vector<std::size_t> groups;
            next = std::max(next, number_end(signs, i, digits, groups));
            if (digits.size() >= kFewestDigits && !is_date(groups, digits)) add(i, next);
        } else if (is_province(code)) {
            std::size_t const end = plate_end(signs, i);
            if (end > i) add(i, next = end);
        } else if (code == U'@') {
            auto const [from, to] = mail_around(signs, i);
            add(from, to);
            next = std::max(next, to);
        }
        i = next;
    }
    std::ranges::sort(spans, {}, &Span::begin);
    return spans;
}

}  // namespace banyan::text
