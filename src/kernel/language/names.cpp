// Names of persons: by what stands before them (我是, 联系人：), after them (先生, 老师), by their form (陈某,
// 老王, 姓林), or alone where a sentence begins.
#include <algorithm>
#include <set>

#include "kernel/language/redaction.h"

namespace banyan::language {
namespace {

constexpr char32_t kSurnameWord = 0x59D3, kNameWord = 0x540D, kCalled = 0x53EB;  // 姓 名 叫
constexpr std::size_t kLongestForeign = 8;
using Sort = Finding::Sort;

bool is_mask(char32_t code) {
    return code == 0x67D0 || code == U'X' || code == U'*' || code == 0xD7 || code == 0x25CB;
}  // 某×○
bool is_middle_dot(char32_t code) { return code == 0xB7 || code == 0x2022 || code == 0x30FB || code == 0x2027; }
bool is_word_sign(char32_t code) { return is_han(code) || is_letter(code) || is_digit(code); }

/// Between 联系人 and the name: a colon, 是, 叫, a bracket.
bool introduces(char32_t code) {
    return code == U':' || code == U' ' || code == U'(' || code == 0x662F || code == 0x53EB || code == 0x4E3A ||
           code == 0x201C || code == 0x300A || code == U'"' || code == U'\t' || code == 0xFF0C || code == U',';
}

}  // namespace

std::size_t Redactor::surname_length(Characters const& text, std::size_t at) const {
    return surname_.length_at(text, at);
}

bool Redactor::is_given(Characters const& text, std::size_t at) const { return given_.length_at(text, at) == 1; }

/// Where the name that begins at `at` ends; `at` when none does.
std::size_t Redactor::name_end(Characters const& text, std::size_t at, Trust trust) const {
    std::size_t surname = surname_length(text, at);
    if (surname == 0 || (trust != Trust::said && not_name_.length_at(text, at) > surname)) return at;
    auto may_be_given = [&](std::size_t i) {
        return is_han(text[i]) && !is_mask(text[i]) && not_given_.length_at(text, i) == 0 &&
               title_.length_at(text, i) < 2;
    };
    auto goes_on = [&](std::size_t i) {  // the sentence, after a name
        std::size_t length = after_name_.length_at(text, i);
        return length > 1 || (length == 1 && !is_given(text, i));
    };
    std::size_t first = at + surname, second = first + 1;
    if (!may_be_given(first) || (trust == Trust::none && !is_given(text, first))) return at;
    bool more = may_be_given(second) && !goes_on(second) && place_tail_.length_at(text, second) == 0;
    if (more && !is_given(text, second))  // 我叫林伟住在: only when the name ends there
        more = trust == Trust::said && (!is_han(text[second + 1]) || goes_on(second + 1));
    std::size_t end = more ? second + 1 : second;
    if (place_tail_.length_at(text, end) > 0) return at;  // 高山镇, 林浦村
    bool closed = !is_han(text[end]) || after_name_.length_at(text, end) > 0 || title_.length_at(text, end) > 0;
    bool whole = more && is_given(text, first);
    if (trust == Trust::likely && !is_given(text, first))
        return closed && more && is_given(text, second) ? end : at;
    return closed || trust == Trust::said || (trust == Trust::likely && whole) ? end : at;
}

/// No name begins in the middle of a word: only after a sign, a beginning, or a word that joins.
bool Redactor::may_begin_name(Characters const& text, std::size_t at) const {
    return at == 0 || !is_word_sign(text[at - 1]) || joins_.length_before(text, at) > 0;
}

void Redactor::names_by_cue(Characters const& text, std::size_t at, Spans& spans) const {
    std::size_t strong = cue_.length_at(text, at),
                weak = std::max(weak_cue_.length_at(text, at), kin_.length_at(text, at));
    if (strong == 0 && weak == 0) return;
    bool sure = strong >= weak;
    std::size_t begin = at + std::max(strong, weak);
    for (std::size_t most = begin + 3; begin < most && introduces(text[begin]); ++begin) continue;
    std::size_t end = name_end(text, begin, sure ? Trust::said : Trust::likely);
    if (end > begin) {
        spans.push_back({Sort::name, begin, end, sure ? 0.95 : 0.8, {}});
        return;
    }
    bool said = begin > at + strong || text[begin - 1] == kCalled;
    if (!sure || !said || surname_length(text, begin) > 0) return;
    // Names without a surname of the table: 阿依古丽, Peter.
    bool han = is_han(text[begin]);
    while (end - begin < kLongestForeign && (han ? is_han(text[end]) : is_letter(text[end])) &&
           not_given_.length_at(text, end) == 0 && after_name_.length_at(text, end) < 2)
        ++end;
    if (is_middle_dot(text[end])) {
        std::size_t most = end + kLongestForeign;
        do ++end;
        while (end < most && is_han(text[end]));
    }
    if (end - begin >= 2 && !is_word_sign(text[end]) && not_name_.length_at(text, begin) == 0)
        spans.push_back({Sort::name, begin, end, 0.6, {}});
}

void Redactor::names_by_title(Characters const& text, std::size_t at, Spans& spans) const {
    std::size_t length = title_.length_at(text, at);
    if (length == 0) return;
    // 哥, 总, 工 alone are titles only where the word ends.
    if (length == 1 && is_han(text[at + 1]) && after_name_.length_at(text, at + 1) == 0) return;
    std::size_t best = at;
    for (std::size_t back = 1; back <= 4 && back <= at; ++back) {
        std::size_t begin = at - back, surname = surname_length(text, begin);
        if (surname == 0 || surname > back || back - surname > 2) continue;
        if (not_name_.length_at(text, begin) > surname) continue;
        bool given = true;
        for (std::size_t i = begin + surname; i < at; ++i) given = given && is_given(text, i);
        if (back == surname || (given && (back > surname + 1 || may_begin_name(text, begin) || best == at)))
            best = begin;
    }
    // 货车司机, 对方律师: the last sign of a word is no surname.
    if (best + 1 == at && not_name_.length_before(text, at) > 1) return;
    if (best > 0 && best < at && not_name_.length_at(text, best - 1) > 1) return;  // 前方施工
    if (best < at) spans.push_back({Sort::name, best, at, 0.9, replacement("name_title")});
}

void Redactor::names_by_form(Characters const& text, std::size_t at, Spans& spans) const {
    std::size_t surname = surname_length(text, at);
    if (surname > 0 && is_mask(text[at + surname])) {
        std::size_t end = at + surname;
        while (end - at < surname + 2 && is_mask(text[end])) ++end;
        if (end - at == surname + 1 && is_given(text, end) &&
            (!is_han(text[end + 1]) || after_name_.length_at(text, end + 1) > 0))
            ++end;  // 陈某英
        if (!(at > 0 && is_letter(text[at - 1]))) spans.push_back({Sort::name, at, end, 0.85, {}});
    }
    bool within = at > 0 && not_name_.length_at(text, at - 1) > 1;  // 老百姓, 养老金
    if (text[at] == kSurnameWord && !within && text[at + 1] != kNameWord && surname_length(text, at + 1) > 0) {
        std::size_t end = at + 1 + surname_length(text, at + 1);
        spans.push_back({Sort::name, at + 1, end, 0.9, {}});
    }
    if (nickname_.length_at(text, at) == 1 && not_name_.length_at(text, at) == 0 && !within) {
        std::size_t one = surname_length(text, at + 1), end = at + 1 + one;
        bool common = common_.length_at(text, at + 1) == 1 && not_name_.length_at(text, at + 1) == 0;
        if (one > 0 && (common || !is_han(text[end]) || after_name_.length_at(text, end) > 0 ||
                        title_.length_at(text, end) > 0))
            spans.push_back({Sort::name, at, end, common ? 0.5 : 0.4, {}});
    }
}

void Redactor::names_alone(Characters const& text, std::size_t at, Spans& spans) const {
    std::size_t surname = surname_length(text, at);
    if (surname == 0) return;
    // 抄表员, 前台: whoever it is, a name may follow; and a common surname at the beginning of a clause is
    // probably one.
    bool bearer = bearer_.length_before(text, at) > 0, begins = may_begin_name(text, at);
    // Elsewhere only a common surname with two signs of given names, closed by what goes on.
    bool compound = surname > 1, common = common_.length_at(text, at) > 0;
    if (!bearer && !begins && (!common || not_inside_.length_at(text, at) > 0)) return;
    if (at > 0 && not_name_.length_at(text, at - 1) > 1) return;                             // 主张权利
    if (ambiguous_.length_at(text, at) > 0 && at > 0 && is_word_sign(text[at - 1])) return;  // 属于, 没有任何
    bool likely = bearer || ((at == 0 || !is_word_sign(text[at - 1])) && (common || compound));
    std::size_t end = name_end(text, at, Trust::none);
    if (end == at && likely) {
        end = name_end(text, at, Trust::likely);
        if (compound && end == at) end = name_end(text, at, Trust::said);
        if (end < at + surname + (compound ? 1 : 2) || !is_given(text, end - 1) ||
            (!compound && !is_given(text, end - 2)))
            return;
    }
    if (end == at) return;
    bool whole = end - at == surname + 2;
    bool line_begins = at == 0 || text[at - 1] == U'\n';
    bool line_ends = end == text.size() || text[end] == U'\n' || text[end] == U'\r';
    bool sign_before = at == 0 || !is_word_sign(text[at - 1]), sign_after = !is_word_sign(text[end]);
    if (line_begins && sign_after)  // 郑茉莉，榕荫街道…
        spans.push_back({Sort::name, at, end, 0.75, {}});
    else if (sign_before && line_ends)  // the signature
        spans.push_back({Sort::name, at, end, 0.7, {}});
    else if (whole || compound)
        spans.push_back({Sort::name, at, end, sign_before ? 0.55 : bearer || begins ? 0.5 : 0.4, {}});
}

/// 陈秀英、林二妹和王三: who stands beside a name is one.
void Redactor::names_in_a_row(Characters const& text, Spans& spans) const {
    constexpr char32_t kJoins[] = {0x3001, 0x548C, 0x4E0E, 0x53CA, U'/', 0x8DDF};  // 、和与及跟
    std::set<std::size_t> begins;
    for (Span const& span : spans) begins.insert(span.from);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (spans[i].sort != Sort::name || spans[i].certainty < 0.6) continue;
        std::size_t begin = spans[i].to;
        if (!is_one_of(kJoins, text[begin])) continue;
        ++begin;
        std::size_t end = name_end(text, begin, Trust::said);
        if (end == begin ||
            (is_han(text[end]) && after_name_.length_at(text, end) == 0 && !is_one_of(kJoins, text[end])))
            continue;
        if (end - begin < surname_length(text, begin) + 2 && !is_given(text, end - 1)) continue;
        if (begins.insert(begin).second) spans.push_back({Sort::name, begin, end, 0.65, {}});
    }
}

}  // namespace banyan::language
