// systems/calls/handbook.h: data/calls.toml (how calls are closed, lines, languages, limits), and what is reckoned
// with it. Pure. Rules and sources: docs/systems/calls.md
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "kernel/calendar/office_hours.h"

namespace banyan::calls {

struct Entry {
    std::string code, zh, en;
};

struct Closing : Entry {
    enum class Matter { none, may, needed } matter = Matter::may;
    bool valid = true;         ///< counts as a contact
    bool on_the_spot = false;  ///< counts as answered on the spot
    bool harassing = false;    ///< a limit on its caller may be proposed
};
std::string_view name(Closing::Matter matter);

struct Line : Entry {
    std::string way;        ///< own, whole, parallel, branch
    bool invented = false;  ///< of the demo city
};

struct Handbook {
    std::vector<std::string> telephones;  ///< logins
    Span clock_ahead = seconds(60), quick = seconds(15);
    int most_break_minutes = 30;
    Span break_valid = minutes(30), claim_lasts = minutes(30);
    OfficeHours ring_back_hours;
    int ring_back_attempts = 3;
    std::string pass_key;                 ///< of a caller who is limited: passes at once
    std::vector<std::string> pass_words;  ///< of danger: so do these
    std::vector<Closing> closings;
    std::vector<Entry> languages;
    std::vector<Line> lines;

    Closing const* closing(std::string_view code) const;
    bool knows_language(std::string_view code) const;
    bool knows_line(std::string_view code) const;
    std::string_view own_line() const;  ///< 12345
    bool may_ring_back(Instant now) const;
};
/// Refused: calls.handbook with the member; toml.syntax.
Result<Handbook> read_handbook(std::string_view toml);

/// Hundredths of a percent: one division of integers, half up. Nothing for 0/0.
std::optional<std::int64_t> rate(std::int64_t part, std::int64_t whole);
std::string rate_text(std::int64_t hundredths);  ///< "95.48"

/// A caller's number as it is dialled inside the country: digits, without +86, and without the 0 that is put
/// before mobiles elsewhere. Empty: no digits.
std::string plain_number(std::string_view number);

}  // namespace banyan::calls
