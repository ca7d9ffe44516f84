// Addresses down to the door (12号3栋502室, 五栋二单元, 5-302 after the name of an estate) and the class of a
// child.
#include <algorithm>

#include "kernel/language/redaction.h"

namespace banyan::language {
namespace {

using Sort = Finding::Sort;

constexpr char32_t kTen = 0x5341, kHundred = 0x767E, kMonth = 0x6708, kNth = 0x7B2C,
                   kClass = 0x73ED;  // 十 百 月 第 班
constexpr std::size_t kMostParts = 8, kLongestNumeral = 6, kLongestClass = 12;

bool is_numeral(char32_t code) { return digit_of(code).has_value() || code == kTen || code == kHundred; }

/// 12, 十二, A, G2, 6-2, 甲 before a unit; where it ends.
std::size_t numeral_end(Characters const& text, std::size_t at) {
    std::size_t end = at;
    while (end - at < 2 && is_letter(text[end])) ++end;
    std::size_t figures = end;
    while (end - figures < kLongestNumeral && is_numeral(text[end])) ++end;
    if (end > figures && text[end] == U'-' && is_digit(text[end + 1])) {
        std::size_t more = end + 1;
        while (more - end < 5 && is_digit(text[more])) ++more;
        end = more;
    }
    if (end > figures && is_letter(text[end]) && !is_letter(text[end + 1])) ++end;  // 12A号
    return end;
}

bool joins_parts(char32_t code) { return code == U' ' || code == U'-' || code == 0x2014 || code == 0x4E4B; }  // 之

std::size_t figures_end(Characters const& text, std::size_t at, std::size_t most) {
    std::size_t end = at;
    while (end - at <= most && is_digit(text[end])) ++end;
    return end - at <= most ? end : at;
}

}  // namespace

Redactor::Part Redactor::part_at(Characters const& text, std::size_t at) const {
    std::size_t end = numeral_end(text, at);
    if (end == at) return {at, {}, 0};
    auto unit = unit_.tree.longest_at(text, end);
    if (!unit || not_address_.length_at(text, end) > 0) return {at, {}, 0};
    return {end + unit->length, unit_.to[unit->word], end - at};
}

/// Adds the address whose first numeral is at `at`; returns where to go on.
std::size_t Redactor::address_at(Characters const& text, std::size_t at, Spans& spans) const {
    bool begins = is_numeral(text[at]) || is_letter(text[at]);
    if (!begins || (at > 0 && (is_numeral(text[at - 1]) || is_letter(text[at - 1])))) return at + 1;
    bool placed = place_end_.length_before(text, at) > 0 ||
                  (at > 0 && text[at - 1] == U' ' && place_end_.length_before(text, at - 1) > 0);
    std::size_t parts = 0, end = at, doors = 0, buildings = 0, floors = 0, room = 0;
    for (std::size_t next = at; parts < kMostParts;) {
        Part part = part_at(text, next);
        if (part.end == next) break;
        ++parts;
        doors += part.unit == "door" || part.unit == "room" || part.unit == "shop";
        room += (part.unit == "room" && part.figures >= 2) || part.unit == "shop";
        buildings += part.unit == "building";
        floors += part.unit == "floor";
        end = next = part.end;
        while (next < end + 2 && joins_parts(text[next])) ++next;
    }
    if (parts > 0 && (buildings > 0 || doors > 0)) {  // 5栋302, 茉莉巷12号302
        std::size_t begin = end;
        while (begin < end + 1 && joins_parts(text[begin])) ++begin;
        std::size_t tail = figures_end(text, begin, 4);
        if (tail >= begin + 3 && measure_.length_at(text, tail) == 0) end = tail, ++parts, ++room;
    }
    if (parts == 0 && placed) {  // 白塔新村5-302
        std::size_t first = figures_end(text, at, 3), second = first;
        for (int i = 0; i < 2 && second > at && text[second] == U'-'; ++i)
            second = figures_end(text, second + 1, 4);
        if (first > at && second >= first + 3 && second - first <= 9 && measure_.length_at(text, second) == 0)
            spans.push_back({Sort::address, at, second, 0.8, replacement("address")});
        return std::max(second, at + 1);
    }
    if (parts == 0) return at + 1;
    bool dated = at > 0 && (text[at - 1] == kMonth || text[at - 1] == kNth || text[at - 1] == U']' ||
                            text[at - 1] == 0x3015);
    double certainty = 0;
    if (parts >= 2 && doors + buildings > 0)
        certainty = 0.95;
    else if (room > 0)
        certainty = 0.8;
    else if (placed && doors > 0)
        certainty = 0.75;
    else if (placed && buildings > 0)
        certainty = 0.5;
    if (certainty > 0 && !dated) spans.push_back({Sort::address, at, end, certainty, replacement("address")});
    return end;
}

/// 三年级二班, 初二（3）班, 大二班, 三(2)班: what stands before 班 at `at`.
void Redactor::school_class_before(Characters const& text, std::size_t at, Spans& spans) {
    if (text[at] != kClass) return;
    constexpr char32_t kYear = 0x5E74, kGrade = 0x7EA7, kFirst = 0x521D, kHigh = 0x9AD8, kBig = 0x5927,
                       kMiddle = 0x4E2D, kSmall = 0x5C0F, kTerm = 0x5C4A;  // 年 级 初 高 大 中 小 届
    constexpr char32_t kSigns[] = {U'(',   U')',  U' ', kNth,    kYear,  kGrade,
                                   kFirst, kHigh, kBig, kMiddle, kSmall, kTerm};
    std::size_t begin = at;
    while (begin > 0 && at - begin < kLongestClass &&
           (is_numeral(text[begin - 1]) || is_one_of(kSigns, text[begin - 1])))
        --begin;
    bool grade = false, numeral_in_brackets = false;
    std::size_t from = at;
    for (std::size_t i = begin; i < at; ++i) {
        bool counted = is_numeral(text[i + 1]) && i + 1 < at;
        bool school =
            text[i] == kFirst || text[i] == kHigh || text[i] == kBig || text[i] == kMiddle || text[i] == kSmall;
        bool marks = (text[i] == kGrade) || (school && counted);
        numeral_in_brackets =
            numeral_in_brackets || (text[i] == U'(' && counted && i > begin && is_numeral(text[i - 1]));
        if (marks && !grade) {
            from = i;
            while (text[i] == kGrade && from > begin && (is_numeral(text[from - 1]) || text[from - 1] == kYear))
                --from;
        }
        grade = grade || marks;
    }
    if (numeral_in_brackets && !grade) from = begin;
    bool ends = is_numeral(text[at - 1]) || text[at - 1] == U')';
    if ((grade || numeral_in_brackets) && ends && from < at && at - from >= 2)
        spans.push_back({Sort::school_class, from, at + 1, 0.9, {}});
}

}  // namespace banyan::language
