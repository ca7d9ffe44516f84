#include "kernel/language/redaction.h"

#include <algorithm>

#include "base/text.h"

namespace banyan::language {
namespace {

using Sort = Finding::Sort;

constexpr std::string_view kNames[] = {"name",    "phone",   "id",  "card",         "plate",   "email",
                                       "account", "address", "kin", "school_class", "employer"};

Sort sort_of(PersonalNumber::Sort sort) {
    switch (sort) {
        case PersonalNumber::Sort::phone:
            return Sort::phone;
        case PersonalNumber::Sort::id:
            return Sort::id;
        case PersonalNumber::Sort::card:
            return Sort::card;
        case PersonalNumber::Sort::plate:
            return Sort::plate;
        case PersonalNumber::Sort::email:
            break;
    }
    return Sort::email;
}

bool is_word_sign(char32_t code) { return is_han(code) || is_letter(code) || is_digit(code); }

/// Between 电话 and the number: a colon, 是, 为, 号, 码, a space.
bool introduces(char32_t code) {
    return code == U':' || code == U' ' || code == U'=' || code == U'(' || code == 0x662F || code == 0x4E3A ||
           code == 0x53F7 || code == 0x7801 || code == U',' || code == 0xFF0C;
}

/// Figures that begin at `at`, a sign between them allowed; where they end and how many.
std::pair<std::size_t, std::string> figures_at(Characters const& text, std::size_t at) {
    std::string digits;
    std::size_t end = at;
    for (std::size_t i = at; i < at + 40; ++i) {
        if (auto digit = digit_of(text[i])) {
            digits += static_cast<char>('0' + *digit);
            end = i + 1;
        } else if (text[i] == U'X' && digits.size() >= 14) {
            digits += 'X';
            end = i + 1;
        } else if (digits.empty() || !(text[i] == U' ' || text[i] == U'-' || text[i] == U'*') || i - end > 1) {
            break;
        }
    }
    return {end, digits};
}

}  // namespace

std::string_view name_of(Sort sort) { return kNames[static_cast<std::size_t>(sort)]; }

Result<Redactor> Redactor::read(std::string_view words) {
    BANYAN_TRY(WordLists const lists, WordLists::read(words));
    Redactor redactor;
    std::pair<char const*, WordSort Redactor::*> const kSorts[] = {{"surname", &Redactor::surname_},
                                                                   {"given", &Redactor::given_},
                                                                   {"not_name", &Redactor::not_name_},
                                                                   {"not_given", &Redactor::not_given_},
                                                                   {"cue", &Redactor::cue_},
                                                                   {"weak_cue", &Redactor::weak_cue_},
                                                                   {"title", &Redactor::title_},
                                                                   {"after_name", &Redactor::after_name_},
                                                                   {"joins", &Redactor::joins_},
                                                                   {"nickname", &Redactor::nickname_},
                                                                   {"ambiguous", &Redactor::ambiguous_},
                                                                   {"not_inside", &Redactor::not_inside_},
                                                                   {"common", &Redactor::common_},
                                                                   {"bearer", &Redactor::bearer_},
                                                                   {"kin", &Redactor::kin_},
                                                                   {"owner", &Redactor::owner_},
                                                                   {"number_cue", &Redactor::number_cue_},
                                                                   {"unit", &Redactor::unit_},
                                                                   {"not_address", &Redactor::not_address_},
                                                                   {"place_end", &Redactor::place_end_},
                                                                   {"place_tail", &Redactor::place_tail_},
                                                                   {"measure", &Redactor::measure_},
                                                                   {"organisation", &Redactor::organisation_},
                                                                   {"position", &Redactor::position_},
                                                                   {"worker", &Redactor::worker_},
                                                                   {"replacement", &Redactor::replacement_}};
    for (auto const& [name, member] : kSorts) redactor.*member = lists[name];
    return redactor;
}

std::string Redactor::replacement(std::string_view name) const {
    auto word = replacement_.tree.find(folded(name));
    return word ? replacement_.to[*word] : std::string();
}

/// Numbers that only their word makes known: a local telephone, a card with a wrong figure, an account.
void Redactor::numbers_by_cue(Characters const& text, std::size_t at, Spans& spans) const {
    auto cue = number_cue_.tree.longest_at(text, at);
    if (!cue) return;
    std::string_view sort = number_cue_.to[cue->word];
    std::size_t begin = at + cue->length;
    for (std::size_t most = begin + 4; begin < most && introduces(text[begin]); ++begin) continue;
    auto [end, digits] = figures_at(text, begin);
    auto add = [&](Sort is, std::size_t to, double certainty) { spans.push_back({is, begin, to, certainty, {}}); };
    if (sort == "phone" && digits.size() >= 7 && digits.size() <= 12 && !digits.starts_with("400")) {
        add(Sort::phone, end, 0.8);
    } else if (sort == "id" && digits.size() >= 14 && digits.size() <= 19) {
        add(Sort::id, end, 0.9);
    } else if (sort == "card" && digits.size() >= 12 && digits.size() <= 22) {
        add(Sort::card, end, 0.85);
    } else if (sort == "account" || sort == "plate") {
        std::size_t to = begin;
        while (to - begin < 24 &&
               (is_letter(text[to]) || is_digit(text[to]) || text[to] == U'_' || text[to] == U'-'))
            ++to;
        bool figures = false;
        for (std::size_t i = begin; i < to; ++i) figures = figures || is_digit(text[i]);
        if (sort == "plate" ? is_letter(text[begin]) && figures && to - begin >= 5 && to - begin <= 7
                            : to - begin >= 5)
            add(sort == "plate" ? Sort::plate : Sort::account, to, 0.85);
    }
}

void Redactor::kin_at(Characters const& text, std::size_t at, Spans& spans) const {
    std::size_t owner = owner_.length_at(text, at), begin = at + owner;
    bool alone = owner == 0 && (at == 0 || !is_word_sign(text[at - 1]));
    if (owner == 0 && !alone) return;
    auto kin = kin_.tree.longest_at(text, begin);
    if (!kin || not_name_.length_at(text, begin) > kin->length) return;
    if (alone && kin_.to[kin->word] != "alone") return;
    constexpr char32_t kHome = 0x5BB6, kMany = 0x4EEC;  // 家 们
    if (text[begin + kin->length] == kMany) return;
    bool home = owner > 0 && text[begin - 1] == kHome;
    spans.push_back(
        {Sort::kin, begin, begin + kin->length, owner > 0 ? 0.9 : 0.4, replacement(home ? "kin_home" : "kin")});
}

/// 我在某厂当会计: the office with the post singles out.
void Redactor::employer_at(Characters const& text, std::size_t at, Spans& spans) const {
    std::size_t worker = worker_.length_at(text, at);
    if (worker == 0) return;
    constexpr std::size_t kLongestOffice = 22, kLongestLink = 5;
    std::size_t begin = at + worker;
    for (std::size_t i = begin; i < begin + kLongestOffice && is_word_sign(text[i]); ++i) {
        std::size_t office = organisation_.length_at(text, i);
        if (office == 0) continue;
        std::size_t end = i + office;
        for (std::size_t j = end; j <= end + kLongestLink && (j == end || is_word_sign(text[j - 1])); ++j) {
            std::size_t post = position_.length_at(text, j);
            if (post == 0) continue;
            spans.push_back({Sort::employer, begin, j + post, 0.8, {}});
            return;
        }
    }
}

/// The name with signs between its characters, the given name alone, the telephone in other figures, the address.
void Redactor::known_in(Characters const& text, KnownPerson const& known, Spans& spans) const {
    auto add_all = [&](std::u32string const& what, Sort sort, double certainty, bool loosely) {
        if (what.size() < 2) return;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] != what[0]) continue;
            std::size_t i = at, found = 0, gap = 0;
            for (; i < text.size() && found < what.size() && gap <= 2; ++i) {
                if (text[i] == what[found])
                    ++found, gap = 0;
                else if (loosely && !is_word_sign(text[i]))
                    ++gap;
                else
                    break;
            }
            if (found == what.size()) spans.push_back({sort, at, i, certainty, {}});
        }
    };
    std::u32string name = folded(trim(known.name));
    std::erase_if(name, is_space);
    std::size_t titled = 0;  // 林先生 is known by 林
    Characters const title_of(known.name);
    while (titled < title_of.size() && title_.length_at(title_of, titled) == 0) ++titled;
    if (titled == title_of.size()) {
        add_all(name, Sort::name, 0.97, true);
        std::size_t surname = surname_.length_at(title_of, 0);
        if (surname > 0 && name.size() == surname + 2) add_all(name.substr(surname), Sort::name, 0.7, false);
    }
    std::string phone;
    for (char32_t code : folded(known.phone))
        if (auto digit = digit_of(code)) phone += static_cast<char>('0' + *digit);
    if (phone.size() >= 7)
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (!digit_of(text[at]) || (at > 0 && digit_of(text[at - 1]))) continue;
            auto [end, digits] = figures_at(text, at);
            std::size_t where = digits.find(phone.size() > 8 ? phone.substr(phone.size() - 8) : phone);
            bool tail = digits.size() == 4 && phone.ends_with(digits);  // 尾号0012
            if (where != std::string::npos || tail) spans.push_back({Sort::phone, at, end, tail ? 0.5 : 0.97, {}});
        }
    std::u32string address = folded(trim(known.address));
    std::erase_if(address, is_space);
    if (address.size() >= 4) add_all(address, Sort::address, 0.95, true);
    std::size_t figures = address.size();
    while (figures > 0 && is_digit(address[figures - 1])) --figures;
    if (address.size() - figures >= 3) add_all(address.substr(figures), Sort::address, 0.6, false);
}

std::vector<Finding> Redactor::settled(Characters const& text, Spans spans) const {
    std::ranges::stable_sort(spans, [](Span const& a, Span const& b) { return a.from < b.from; });
    Spans kept;
    auto says = [](Span const& span) { return static_cast<double>(span.to - span.from) * span.certainty; };
    for (Span& span : spans) {
        if (span.to <= span.from) continue;
        if (kept.empty() || kept.back().to <= span.from) {
            kept.push_back(std::move(span));
            continue;
        }
        // What overlaps is hidden together: half a telephone is one that is shown.
        Span& last = kept.back();
        std::size_t to = std::max(last.to, span.to), from = last.from;
        if (says(span) > says(last)) last = std::move(span);
        last.from = from;
        last.to = to;
    }
    std::vector<Finding> findings;
    for (Span const& span : kept) {
        std::size_t offset = text.offset(span.from);
        findings.push_back({span.sort, offset, text.offset(span.to) - offset,
                            span.replacement.empty() ? replacement(name_of(span.sort)) : span.replacement,
                            span.certainty});
    }
    return findings;
}

std::vector<Finding> Redactor::find(std::string_view text, std::vector<KnownPerson> const& known) const {
    Characters characters(text);
    Spans spans;
    for (PersonalNumber const& number : personal_numbers(characters))
        spans.push_back({sort_of(number.sort), number.from, number.to, number.certainty, {}});
    std::size_t address = 0;
    for (std::size_t at = 0; at < characters.size(); ++at) {
        numbers_by_cue(characters, at, spans);
        if (at >= address) address = address_at(characters, at, spans);
        if (!is_han(characters[at])) continue;
        names_by_cue(characters, at, spans);
        names_by_title(characters, at, spans);
        names_by_form(characters, at, spans);
        names_alone(characters, at, spans);
        school_class_before(characters, at, spans);
        kin_at(characters, at, spans);
        employer_at(characters, at, spans);
    }
    names_in_a_row(characters, spans);
    for (KnownPerson const& person : known) known_in(characters, person, spans);
    return settled(characters, std::move(spans));
}

std::string redacted(std::string_view text, std::vector<Finding> const& findings) {
    std::vector<Finding const*> sorted;
    for (Finding const& finding : findings)
        if (finding.offset <= text.size() && finding.length <= text.size() - finding.offset)
            sorted.push_back(&finding);
    std::ranges::stable_sort(sorted, {}, &Finding::offset);
    std::string result;
    std::size_t done = 0;
    for (Finding const* finding : sorted) {
        if (finding->offset < done) continue;
        result.append(text.substr(done, finding->offset - done)).append(finding->replacement);
        done = finding->offset + finding->length;
    }
    return result.append(text.substr(done));
}

}  // namespace banyan::language
