// systems/calls/figures.h: the service level of the telephone, counted from the rows of `call`: integers, one
// division at the end, half up, two decimals, nothing for 0/0 (practice.md, "Indicators").
#pragma once
#include <map>

#include "systems/calls/ledger.h"

namespace banyan::calls {

struct Counts {
    std::int64_t offered = 0, answered = 0, quick = 0, abandoned = 0;
    std::int64_t closed = 0, valid = 0, on_the_spot = 0;
    std::int64_t rated = 0, satisfied = 0;                      ///< satisfied: and fairly
    std::int64_t waiting_us = 0, talking_us = 0, after_us = 0;  ///< of answered ones that are over
    std::int64_t talked = 0, worked = 0;                        ///< how many those sums are of

    void add(Counts const& other);
    std::optional<std::int64_t> connect() const { return rate(answered, offered); }      ///< 接通率
    std::optional<std::int64_t> quickly() const { return rate(quick, answered); }        ///< 15 秒应答率
    std::optional<std::int64_t> spot() const { return rate(on_the_spot, answered); }     ///< of those answered
    std::optional<std::int64_t> spot_valid() const { return rate(on_the_spot, valid); }  ///< 即问即答率
};

struct FiguresAsked {
    std::string scope;
    Day first, last;
};
struct Figures {
    std::map<std::pair<Day, int>, Counts> hours;  ///< by day and hour of the offer; those with calls
    std::map<std::string, std::int64_t> closings, lines, languages, ratings;

    Counts total() const;
    std::map<Day, Counts> days() const;
};
Figures count_figures(Office const& office, FiguresAsked const& asked);
/// Offered, answered and quick only, of all calls of those days.
Counts count_level(store::Session& session, Handbook const& book, Day first, Day last);

}  // namespace banyan::calls
