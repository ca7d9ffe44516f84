#include "kernel/language/numbers.h"

#include <algorithm>
#include <array>

namespace banyan::language {
namespace {

using Sort = PersonalNumber::Sort;

// 京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼
constexpr char32_t kProvinces[] = {0x4EAC, 0x6D25, 0x6CAA, 0x6E1D, 0x5180, 0x8C6B, 0x4E91, 0x8FBD,
                                   0x9ED1, 0x6E58, 0x7696, 0x9C81, 0x65B0, 0x82CF, 0x6D59, 0x8D63,
                                   0x9102, 0x6842, 0x7518, 0x664B, 0x8499, 0x9655, 0x5409, 0x95FD,
                                   0x8D35, 0x7CA4, 0x9752, 0x85CF, 0x5DDD, 0x5B81, 0x743C};
constexpr char32_t kPlateTails[] = {0x6302, 0x5B66, 0x8B66, 0x6E2F, 0x6FB3};  // 挂 学 警 港 澳
constexpr char32_t kExtension = 0x8F6C;                                       // 转

bool is_dash(char32_t code) {
    return code == U'-' || code == U'_' || code == U'.' || code == 0x2010 || code == 0x2011 || code == 0x2013 ||
           code == 0x2014 || code == 0x2212 || code == 0xB7 || code == 0x2022 || code == 0x30FB;
}
bool is_invisible(char32_t code) {
    return code == 0x200B || code == 0x200C || code == 0x200D || code == 0xFEFF || code == 0xAD;
}
bool separates(char32_t code) {
    return is_dash(code) || is_space(code) || is_invisible(code) || code == U'(' || code == U')';
}

/// Figures without a sign between them: 154, or 一五四.
struct Segment {
    std::size_t from = 0, to = 0;
    std::string digits;
};

constexpr std::size_t kMostSegments = 12, kLongest = 19, kGap = 3;

struct Run {
    std::vector<Segment> segments;
    std::size_t end = 0;  ///< the first character that is not of it
};

/// The figures from `at` on, as long as they are only separated.
Run run_at(Characters const& text, std::size_t at) {
    Run run;
    std::size_t figures = 0;
    for (std::size_t i = at; i < text.size();) {
        Segment segment{i, i, {}};
        for (; segment.to < text.size(); ++segment.to) {
            auto digit = digit_of(text[segment.to]);
            if (!digit && is_invisible(text[segment.to])) continue;
            if (!digit) break;
            if (segment.to > segment.from && is_digit(text[segment.to]) != is_digit(text[segment.to - 1])) break;
            segment.digits += static_cast<char>('0' + *digit);
        }
        // The sign that ends an identity card.
        figures += segment.digits.size();
        if (figures >= 14 && text[segment.to] == U'X' && !is_letter(text[segment.to + 1]))
            segment.digits += 'X', ++segment.to;
        run.end = segment.to;
        bool closed = segment.digits.ends_with('X');
        run.segments.push_back(std::move(segment));
        if (closed) break;
        std::size_t next = run.end;
        while (next < text.size() && next - run.end < kGap && separates(text[next])) ++next;
        if (!digit_of(text[next])) break;
        i = next;
    }
    return run;
}

bool is_day(std::string_view yyyymmdd) {
    int year = std::stoi(std::string(yyyymmdd.substr(0, 4))),
        month = std::stoi(std::string(yyyymmdd.substr(4, 2))), day = std::stoi(std::string(yyyymmdd.substr(6, 2)));
    return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/// The provinces of identity cards.
bool is_province(std::string_view digits) {
    return std::string_view(
               "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
               "71 81 82 83 91")
                   .find(digits.substr(0, 2)) %
               3 ==
           0;
}

bool all_digits(std::string_view text) { return text.find('X') == std::string_view::npos; }

bool is_mobile(std::string_view digits) {
    return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

/// 0591 8000 0012: an area code (010, 02x, 0xxx) and seven or eight figures.
bool is_landline(std::string_view digits) {
    if (digits.size() < 10 || digits[0] != '0' || digits[1] == '0') return false;
    std::size_t area = digits[1] == '1' || digits[1] == '2' ? 3 : 4, rest = digits.size() - area;
    return digits.size() > area && digits[area] >= '2' && (rest == 7 || rest == 8);
}
bool is_invented_landline(std::string_view digits) {  // 0591-0000 0012, as in the demo city
    return digits.size() >= 11 && digits.size() <= 12 && digits[0] == '0' && digits[1] >= '3' &&
           digits.substr(4, 4) == "0000";
}

struct Match {
    Sort sort;
    double certainty;
};

std::optional<Match> what_is(std::string_view digits, bool parted) {
    if (digits.size() == 18 && all_digits(digits.substr(0, 17)) && is_province(digits) &&
        is_day(digits.substr(6, 8)))
        return Match{Sort::id, is_identity_number(digits) ? 0.99 : 0.8};
    if (!all_digits(digits)) return std::nullopt;
    if (is_mobile(digits)) return Match{Sort::phone, 0.98};
    if (digits.size() == 13 && digits.starts_with("86") && is_mobile(digits.substr(2)))
        return Match{Sort::phone, 0.98};
    if (digits.size() == 15 && digits.starts_with("0086") && is_mobile(digits.substr(4)))
        return Match{Sort::phone, 0.98};
    if (digits.size() == 12 && digits[0] == '0' && is_mobile(digits.substr(1))) return Match{Sort::phone, 0.9};
    if (is_landline(digits) || is_invented_landline(digits)) return Match{Sort::phone, parted ? 0.95 : 0.85};
    if (digits.size() == 15 && is_province(digits) && is_day("19" + std::string(digits.substr(6, 6))))
        return Match{Sort::id, 0.8};
    if (digits.size() >= 16 && digits.size() <= 19 && std::string_view("3456").contains(digits[0]) &&
        is_luhn(digits))
        return Match{Sort::card, digits.starts_with("62") ? 0.95 : 0.7};
    return std::nullopt;
}

PersonalNumber number_of(Characters const& text, std::size_t from, std::size_t to) {
    PersonalNumber number;
    number.from = from;
    number.to = to;
    number.offset = text.offset(from);
    number.length = text.offset(to) - number.offset;
    return number;
}

/// 转8001, (8001) after a telephone.
std::size_t with_extension(Characters const& text, std::size_t end) {
    std::size_t at = end;
    while (at < end + 2 && is_space(text[at])) ++at;
    if (text[at] != kExtension) return end;
    ++at;
    while (at < end + 4 && is_space(text[at])) ++at;
    std::size_t digits = at;
    while (digits - at < 6 && is_digit(text[digits])) ++digits;
    return digits > at ? digits : end;
}

/// What the segments of a run are, taken together: the longest number that begins at each.
void add_numbers(Characters const& text, Run const& run, std::vector<PersonalNumber>& found) {
    auto const& segments = run.segments;
    for (std::size_t first = 0; first < segments.size();) {
        std::string digits;
        std::optional<PersonalNumber> best;
        std::size_t next = first + 1;
        for (std::size_t last = first; last < segments.size() && last - first < kMostSegments; ++last) {
            digits += segments[last].digits;
            if (digits.size() > kLongest) break;
            auto match = what_is(digits, last > first);
            if (!match || (best && best->certainty > match->certainty)) continue;
            best = number_of(text, segments[first].from, segments[last].to);
            best->sort = match->sort;
            best->certainty = match->certainty;
            best->digits = digits;
            next = last + 1;
        }
        if (best && best->sort == Sort::phone && next == segments.size()) {
            best->to = with_extension(text, best->to);
            best->length = text.offset(best->to) - best->offset;
        }
        if (best && best->sort == Sort::phone && best->from > 0 &&
            (text[best->from - 1] == U'+' || text[best->from - 1] == U'(')) {
            --best->from;  // +86, (0591)
            best->length += best->offset - text.offset(best->from);
            best->offset = text.offset(best->from);
        }
        if (best && !(best->from > 0 && is_letter(text[best->from - 1]) && best->sort != Sort::phone))
            found.push_back(std::move(*best));
        first = next;
    }
}

bool is_plate_sign(char32_t code) { return is_letter(code) || is_digit(code); }

/// 闽A·12345, 闽AD12345, 闽A 1234警.
std::optional<PersonalNumber> plate_at(Characters const& text, std::size_t at) {
    std::size_t i = at + 1;
    if (!is_han(text[at]) || (!is_letter(text[i]) && !is_space(text[i]))) return std::nullopt;
    if (!is_one_of(kProvinces, text[at])) return std::nullopt;
    while (i < at + 3 && is_space(text[i])) ++i;
    if (!is_letter(text[i++])) return std::nullopt;
    while (i < at + 6 && separates(text[i])) ++i;
    std::size_t begin = i, figures = 0;
    for (; i - begin < 7 && is_plate_sign(text[i]); ++i) figures += !is_letter(text[i]);
    std::size_t signs = i - begin;
    if (signs == 4 && is_one_of(kPlateTails, text[i])) ++i, ++signs;
    if (signs < 5 || signs > 6 || figures == 0) return std::nullopt;
    PersonalNumber plate = number_of(text, at, i);
    plate.sort = Sort::plate;
    plate.certainty = 0.97;
    return plate;
}

bool is_mail_sign(char32_t code) {
    return is_digit(code) || is_letter(code) || code == U'.' || code == U'_' || code == U'-' || code == U'+' ||
           code == U'%';
}

std::optional<PersonalNumber> email_around(Characters const& text, std::size_t at) {
    constexpr std::size_t kLongestPart = 64;
    std::size_t from = at, to = at + 1, dot = 0;
    while (from > 0 && at - from < kLongestPart && is_mail_sign(text[from - 1])) --from;
    while (to - at < kLongestPart && is_mail_sign(text[to])) ++to;
    while (to > at + 1 && !is_digit(text[to - 1]) && !is_letter(text[to - 1])) --to;
    for (std::size_t i = at + 1; i < to; ++i)
        if (text[i] == U'.') dot = i;
    if (from == at || dot <= at + 1 || dot + 1 >= to) return std::nullopt;
    PersonalNumber mail = number_of(text, from, to);
    mail.sort = Sort::email;
    mail.certainty = 0.98;
    return mail;
}

}  // namespace

std::optional<int> digit_of(char32_t code) {
    if (is_digit(code)) return static_cast<int>(code - U'0');
    switch (code) {
        case 0x3007:  // 〇
        case 0x96F6:
            return 0;  // 零
        case 0x4E00:   // 一
        case 0x5E7A:
            return 1;  // 幺, as it is said
        case 0x4E8C:   // 二
        case 0x4E24:
            return 2;  // 两
        case 0x4E09:
            return 3;  // 三
        case 0x56DB:
            return 4;  // 四
        case 0x4E94:
            return 5;  // 五
        case 0x516D:
            return 6;  // 六
        case 0x4E03:
            return 7;  // 七
        case 0x516B:
            return 8;  // 八
        case 0x4E5D:
            return 9;  // 九
        default:
            return std::nullopt;
    }
}

bool is_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

bool is_identity_number(std::string_view digits) {
    constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (digits.size() != 18) return false;
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (digits[i] - '0') * kWeights[i];
    return digits[17] == "10X98765432"[sum % 11];
}

std::vector<PersonalNumber> personal_numbers(Characters const& text) {
    std::vector<PersonalNumber> found;
    std::size_t done = 0;  // nothing may begin before
    auto take = [&](PersonalNumber number) {
        while (!found.empty() && found.back().to > number.from)
            found.pop_back();  // a telephone before @ is of the mail
        done = number.to;
        found.push_back(std::move(number));
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == U'@') {
            if (auto mail = email_around(text, at)) take(std::move(*mail));
        } else if (auto plate = at >= done ? plate_at(text, at) : std::nullopt) {
            at = plate->to;
            take(std::move(*plate));
            continue;
        } else if (at >= done && digit_of(text[at])) {
            Run run = run_at(text, at);
            add_numbers(text, run, found);
            at = done = std::max(run.end, at + 1);
            continue;
        }
        ++at;
    }
    return found;
}

std::vector<PersonalNumber> personal_numbers(std::string_view text) { return personal_numbers(Characters(text)); }

}  // namespace banyan::language
