#include "systems/calls/handbook.h"

#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>

#include "platform/config/toml.h"

namespace banyan::calls {
namespace {

namespace json = boost::json;

/// Members of the document; the first that is missing or wrong is remembered.
class Reader {
  public:
    explicit Reader(json::object const& root) : root_(root) {}

    int number(std::string_view table, std::string_view member, int most) {
        json::value const* value = at(table, member);
        std::int64_t const* n = value == nullptr ? nullptr : value->if_int64();
        if (n != nullptr && *n >= 1 && *n <= most) return static_cast<int>(*n);
        wrong(fmt::format("{}.{}", table, member));
        return 1;
    }
    std::string text(std::string_view table, std::string_view member) {
        json::value const* value = at(table, member);
        if (value != nullptr && value->is_string()) return std::string(value->as_string());
        wrong(fmt::format("{}.{}", table, member));
        return {};
    }
    json::array const& list(std::string_view name) {
        static json::array const kNone;
        json::value const* value = root_.if_contains(name);
        if (value != nullptr && value->is_array() && !value->as_array().empty()) return value->as_array();
        wrong(std::string(name));
        return kNone;
    }
    json::value const* at(std::string_view table, std::string_view member) const {
        json::value const* in = root_.if_contains(table);
        return in != nullptr && in->is_object() ? in->as_object().if_contains(member) : nullptr;
    }
    void wrong(std::string member) {
        if (wrong_.empty()) wrong_ = std::move(member);
    }
    std::string const& wrong() const { return wrong_; }

  private:
    json::object const& root_;
    std::string wrong_;
};

std::string text_of(json::object const& of, std::string_view member) {
    json::value const* value = of.if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}
bool flag_of(json::object const& of, std::string_view member) {
    json::value const* value = of.if_contains(member);
    return value != nullptr && value->is_bool() && value->as_bool();
}

/// Each with a code of its own and both names; `more` reads the rest and says whether it is right.
template <class One, class More>
std::vector<One> entries(Reader& reader, std::string_view list, More more) {
    std::vector<One> all;
    for (json::value const& each : reader.list(list)) {
        One one;
        bool good = each.is_object();
        if (good) {
            json::object const& of = each.as_object();
            one.code = text_of(of, "code");
            one.zh = text_of(of, "zh");
            one.en = text_of(of, "en");
            good = !one.code.empty() && !one.zh.empty() && !one.en.empty() &&
                   std::ranges::find(all, one.code, &Entry::code) == all.end() && more(one, of);
        }
        if (!good) reader.wrong(fmt::format("{}.{}", list, one.code));
        all.push_back(std::move(one));
    }
    return all;
}

bool read_closing(Closing& closing, json::object const& of) {
    std::string const matter = text_of(of, "matter");
    closing.valid = flag_of(of, "valid");
    closing.on_the_spot = flag_of(of, "on_the_spot");
    closing.harassing = flag_of(of, "harassing");
    for (auto which : {Closing::Matter::none, Closing::Matter::may, Closing::Matter::needed})
        if (matter == name(which)) {
            closing.matter = which;
            return of.contains("valid");
        }
    return false;
}

bool read_line(Line& line, json::object const& of) {
    line.way = text_of(of, "way");
    line.invented = flag_of(of, "invented");
    return line.way == "own" || line.way == "whole" || line.way == "parallel" || line.way == "branch";
}

template <class One>
One const* find(std::vector<One> const& all, std::string_view code) {
    auto found = std::ranges::find(all, code, &Entry::code);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name(Closing::Matter matter) {
    switch (matter) {
        case Closing::Matter::none:
            return "none";
        case Closing::Matter::may:
            return "may";
        case Closing::Matter::needed:
            return "needed";
    }
    return {};
}

Closing const* Handbook::closing(std::string_view code) const { return find(closings, code); }
bool Handbook::knows_language(std::string_view code) const { return find(languages, code) != nullptr; }
bool Handbook::knows_line(std::string_view code) const { return find(lines, code) != nullptr; }
std::string_view Handbook::own_line() const { return std::ranges::find(lines, "own", &Line::way)->code; }

bool Handbook::may_ring_back(Instant now) const {
    std::int64_t const minute = kBeijing.since_midnight(now).us / minutes(1).us;
    return std::ranges::any_of(ring_back_hours.minutes,
                               [&](auto const& open) { return minute >= open.first && minute < open.second; });
}

Result<Handbook> read_handbook(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    Reader reader(document.root);
    Handbook book;
    json::value const* logins = reader.at("telephone", "logins");
    if (logins == nullptr || !logins->is_array()) return refuse("calls.handbook", "telephone.logins");
    for (json::value const& login : logins->as_array()) {
        if (!login.is_string()) return refuse("calls.handbook", "telephone.logins");
        book.telephones.emplace_back(login.as_string());
    }
    book.clock_ahead = seconds(reader.number("telephone", "clock_ahead_seconds", 3600));
    book.quick = seconds(reader.number("level", "quick_seconds", 600));
    book.most_break_minutes = reader.number("break", "most_minutes", 480);
    book.break_valid = minutes(reader.number("break", "valid_minutes", 480));
    book.claim_lasts = minutes(reader.number("ring_back", "claim_minutes", 1440));
    book.ring_back_attempts = reader.number("ring_back", "attempts", 20);
    auto hours = OfficeHours::parse(reader.text("ring_back", "hours"));
    if (hours)
        book.ring_back_hours = std::move(*hours);
    else
        reader.wrong("ring_back.hours");
    book.pass_key = reader.text("caller_limit", "key");
    json::value const* words = reader.at("caller_limit", "words");
    if (words == nullptr || !words->is_array() || words->as_array().empty())
        reader.wrong("caller_limit.words");
    else
        for (json::value const& word : words->as_array()) {
            if (!word.is_string() || word.as_string().empty()) reader.wrong("caller_limit.words");
            if (word.is_string()) book.pass_words.emplace_back(word.as_string());
        }
    book.closings = entries<Closing>(reader, "closing", read_closing);
    book.languages = entries<Entry>(reader, "language", [](Entry const&, json::object const&) { return true; });
    book.lines = entries<Line>(reader, "line", read_line);
    if (std::ranges::count(book.lines, "own", &Line::way) != 1) reader.wrong("line.own");
    if (!reader.wrong().empty()) return refuse("calls.handbook", reader.wrong());
    return book;
}

std::optional<std::int64_t> rate(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return std::nullopt;
    return (part * 20'000 + whole) / (whole * 2);
}

std::string rate_text(std::int64_t hundredths) {
    return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

std::string plain_number(std::string_view number) {
    std::string digits;
    for (char c : number)
        if (c >= '0' && c <= '9') digits += c;
    bool const abroad = number.find('+') != std::string_view::npos || digits.starts_with("00");
    if (digits.starts_with("00")) digits.erase(0, 2);
    if (abroad && digits.starts_with("86")) digits.erase(0, 2);
    if (digits.size() == 12 && digits[0] == '0' && digits[1] == '1' && digits[2] >= '3') digits.erase(0, 1);
    return digits;
}

}  // namespace banyan::calls
