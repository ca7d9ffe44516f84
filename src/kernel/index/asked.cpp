#include "kernel/index/asked.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "kernel/matter/matter.h"
#include "platform/text/signs.h"

namespace banyan::index {
namespace {

bool is_space(char32_t code) { return code <= U' ' || code == U'\u3000' || code == U'\u00A0'; }
bool is_colon(char32_t code) { return code == U':' || code == U'\uFF1A'; }
bool is_minus(char32_t code) { return code == U'-' || code == U'\uFF0D' || code == U'\u2212'; }

/// What ends a quotation that begins with `code`; 0: it begins none.
char32_t closing(char32_t code) {
    switch (code) {
        case U'"':
            return U'"';
        case U'\u201C':
            return U'\u201D';
        case U'\u300C':
            return U'\u300D';
        case U'\uFF02':
            return U'\uFF02';
        default:
            return 0;
    }
}

struct Token {
    std::string name, text;  ///< name: of a filter
    bool minus = false, quoted = false;
};

/// Cuts by spaces outside of quotes. A quotation that is not closed goes to the end.
class Tokens {
  public:
    explicit Tokens(std::string_view text) : text_(text), signs_(text::signs_of(text)) {}

    std::vector<Token> read() {
        std::vector<Token> tokens;
        while (skip_spaces()) {
            Token token;
            if (is_minus(code()) && at_ + 1 < signs_.size() && !is_space(signs_[at_ + 1].code)) {
                token.minus = true;
                ++at_;
            }
            token.name = filter_name();
            token.text = value(token.quoted);
            if (!token.text.empty() || !token.name.empty()) tokens.push_back(std::move(token));
        }
        return tokens;
    }

  private:
    char32_t code() const { return signs_[at_].code; }
    bool skip_spaces() {
        while (at_ < signs_.size() && is_space(code())) ++at_;
        return at_ < signs_.size();
    }
    /// Letters before a colon, unless an address follows (http://…).
    std::string filter_name() {
        std::size_t end = at_;
        while (end < signs_.size() && ((signs_[end].code | 0x20) >= U'a' && (signs_[end].code | 0x20) <= U'z'))
            ++end;
        if (end == at_ || end >= signs_.size() || !is_colon(signs_[end].code)) return {};
        if (end + 1 < signs_.size() && signs_[end + 1].code == U'/') return {};
        std::string name;
        for (std::size_t i = at_; i < end; ++i) name += static_cast<char>(signs_[i].code | 0x20);
        at_ = end + 1;
        return name;
    }
    std::string value(bool& quoted) {
        if (at_ >= signs_.size()) return {};
        char32_t const close = closing(code());
        quoted = close != 0;
        if (quoted) ++at_;
        std::size_t const from = at_;
        while (at_ < signs_.size() && (quoted ? code() != close : !is_space(code()) && closing(code()) == 0))
            ++at_;
        std::size_t const to = at_;
        if (quoted && at_ < signs_.size()) ++at_;
        return from < to ? std::string(text_.substr(signs_[from].begin, signs_[to - 1].end - signs_[from].begin))
                         : std::string();
    }

    std::string_view text_;
    std::vector<text::Sign> signs_;
    std::size_t at_ = 0;
};

std::optional<std::string> digits_of(std::string_view text) {
    std::string digits;
    for (char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '+')
            return std::nullopt;
    }
    return digits;
}

Result<void> read_dates(Filters& filters, std::string_view text) {
    auto bad = [&] { return refuse("search.bad_date", "query.q", {{"text", std::string(text)}}); };
    std::size_t const dots = text.find("..");
    std::string_view const first = text.substr(0, dots), last = dots == text.npos ? first : text.substr(dots + 2);
    if (first.empty() && last.empty()) return bad();
    for (auto [part, into] : {std::pair{first, &filters.from}, {last, &filters.to}}) {
        if (part.empty()) continue;
        *into = parse_day(part);
        if (!*into) return bad();
    }
    if (filters.from && filters.to && *filters.from > *filters.to) return bad();
    return {};
}

/// A number of the system a matter was imported from: with a letter in it, or in quotation marks.
bool is_old_number(Token const& token) {
    bool const plain = std::ranges::all_of(token.text, [](char c) { return c > ' ' && c <= '~'; });
    bool const letters =
        std::ranges::any_of(token.text, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    return plain && token.text.size() >= 3 && token.text.size() <= 64 && (letters || token.quoted);
}

Result<void> read_number(Filters& filters, Token const& token, std::string_view text) {
    if (is_old_number(token)) {
        filters.old_numbers.push_back(token.text);
        return {};
    }
    auto digits = digits_of(text);
    bool const whole = digits && digits->size() >= 12;
    if (!digits || digits->size() < 3 || digits->size() > 17 || (whole && !read_receipt_number(*digits)))
        return refuse("search.bad_number", "query.q", {{"text", std::string(text)}});
    filters.old_numbers.push_back(token.text);
    filters.numbers.push_back(std::move(*digits));
    return {};
}

Result<void> read_phone(Filters& filters, std::string_view text) {
    auto digits = digits_of(text);
    if (!digits || digits->size() < 5 || digits->size() > 20) return refuse("search.bad_phone", "query.q");
    filters.phones.push_back(std::move(*digits));
    return {};
}

/// A code of a list or a place: letters, digits, dots and the like; not looked up here.
Result<void> read_code(std::vector<std::string>& into, Token const& token, std::string value) {
    bool const fits = !value.empty() && value.size() <= 60 && std::ranges::all_of(value, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
    if (!fits) return refuse("search.bad_value", "query.q", {{"name", token.name}, {"text", token.text}});
    into.push_back(std::move(value));
    return {};
}

Result<void> read_open(Filters& filters, Token const& token, std::string_view value) {
    if (value != "yes" && value != "no")
        return refuse("search.bad_value", "query.q", {{"name", token.name}, {"text", token.text}});
    filters.open = value == "yes";
    return {};
}

Result<void> read_filter(Filters& filters, Token const& token, text::Reader const& reader) {
    std::string value = reader.normalised(token.text);
    if (token.minus) return refuse("search.bad_filter", "query.q", {{"name", "-" + token.name}});
    if (token.name == "no") return read_number(filters, token, value);
    if (token.name == "tel") return read_phone(filters, value);
    if (token.name == "date") return read_dates(filters, value);
    if (token.name == "open") return read_open(filters, token, value);
    if (token.name == "unit") {
        if (value.empty()) return refuse("search.bad_value", "query.q", {{"name", token.name}, {"text", ""}});
        filters.units.push_back(token.text);
        return {};
    }
    std::pair<std::string_view, std::vector<std::string>*> const lists[] = {{"class", &filters.classes},
                                                                            {"kind", &filters.kinds},
                                                                            {"region", &filters.regions},
                                                                            {"stage", &filters.stages},
                                                                            {"channel", &filters.channels}};
    for (auto const& [name, into] : lists)
        if (token.name == name) return read_code(*into, token, std::move(value));
    return refuse("search.bad_filter", "query.q", {{"name", token.name}});
}

/// Whether all of it, or nearly, is the number of a person: never a term.
bool is_personal(std::string_view plain) {
    std::size_t covered = 0;
    for (text::Span const& span : text::Reader::personal_numbers(plain)) covered += span.end - span.begin;
    return covered > 0 && covered + 2 >= plain.size();
}

Result<void> read_word(Asked& asked, Token const& token, text::Reader const& reader) {
    std::string const plain = reader.normalised(token.text);
    auto const digits = digits_of(plain);
    if (!token.quoted && !token.minus && digits && digits->size() >= 12 && read_receipt_number(*digits)) {
        asked.filters.numbers.push_back(*digits);
        return {};
    }
    if (is_personal(plain)) return refuse("search.personal", "query.q");
    if (reader.terms(plain).empty()) return {};  // stops, emoji: nothing that could be found
    (token.minus ? asked.excluded : token.quoted ? asked.phrases : asked.words).push_back(plain);
    return {};
}

}  // namespace

bool Filters::any() const {
    return !numbers.empty() || !old_numbers.empty() || !phones.empty() || !units.empty() || !classes.empty() ||
           !kinds.empty() || !regions.empty() || !stages.empty() || !channels.empty() || from || to || open;
}

Result<Asked> read_question(std::string_view typed, text::Reader const& reader) {
    if (!is_utf8(typed)) return refuse("search.utf8", "query.q");
    if (count_characters(typed) > kLongestQuestion)
        return refuse("search.too_long", "query.q", {{"most", std::to_string(kLongestQuestion)}});
    Asked asked;
    for (Token const& token : Tokens(typed).read())
        BANYAN_CHECK(token.name.empty() ? read_word(asked, token, reader)
                                        : read_filter(asked.filters, token, reader));
    if (asked.words.empty() && asked.phrases.empty() && !asked.filters.any())
        return refuse("search.empty", "query.q");
    return asked;
}

}  // namespace banyan::index
