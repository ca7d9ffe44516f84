// kernel/calendar/calendar.h: which days are worked.
//
// The State Council publishes, each autumn, the days off of the next year and the weekend days worked instead.
// A year whose list is known is published; any other is dated provisionally (暂定): weekends and the statutory
// days fixed by date are off. A list is data/calendar/holidays.csv, or a file of `banyan calendar import`.
//
// A Calendar never changes once made: threads share one. Every question costs the same, whatever the distance.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace banyan {

/// One line of the list.
struct ListedDay {
    Day day;
    std::string name;   ///< "国庆节"
    bool work = false;  ///< a make-up day; otherwise a day off
    bool operator==(ListedDay const&) const = default;
};

class Calendar {
  public:
    Calendar() : Calendar(std::vector<ListedDay>{}, kBeijing) {}  ///< nothing published

    /// CSV with the columns date,name,kind; kind is `off` or `work`. Refused, with the parameter `line`:
    /// calendar.no_header, calendar.bad_line, calendar.bad_date, calendar.unknown_kind, calendar.date_twice.
    static Result<Calendar> parse(std::string_view csv, Zone zone = kBeijing);

    bool working(Day day) const;
    /// A year is published when its 1 January is listed. A list may begin in the December before: 2006-12-30 is
    /// known, yet 2006 is not published.
    bool published(Day day) const;

    /// The n-th working day after the day; the day itself for n = 0.
    Day working_day_after(Day day, int n) const;
    /// The n-th working day counted back, the day itself included when it is worked. REQUIRES: n ≥ 1.
    Day working_day_back(Day day, int n) const;
    Day this_or_next_working_day(Day day) const { return working_day_after(day - 1, 1); }
    int working_days(Day after, Day through) const;  ///< in (after, through]; 0 when that is empty
    bool published(Day after, Day through) const;    ///< every day of (after, through]
    /// The first year whose list is missing to know (after, through] for certain.
    std::optional<int> unpublished_year(Day after, Day through) const;

    /// Both lists; where both have a day, the newer one is right.
    Calendar merged_with(Calendar const& newer) const;
    std::vector<ListedDay> const& listed() const { return listed_; }  ///< by day
    std::string csv() const;                                          ///< as parse() reads it
    Zone zone() const { return zone_; }

  private:
    struct Counted {  ///< from the first indexed day through this one
        std::int32_t working, unpublished;
    };
    Calendar(std::vector<ListedDay> listed, Zone zone);
    static bool indexed(Day day);
    Counted through(Day day) const;

    std::vector<ListedDay> listed_;
    Zone zone_;
    std::vector<Counted> counted_;  ///< one entry for each indexed day
    std::vector<Day> worked_;       ///< every indexed working day
};

}  // namespace banyan
