#include "systems/calls/demo_plan.h"

#include <fmt/format.h>

#include <array>
#include <numeric>
#include <stdexcept>

namespace banyan::calls {
namespace {

/// How many ring in each hour of a day, about.
constexpr std::array<int, 24> kByHour{12, 8,  6,  5,   5,   8,  18, 38, 92, 118, 112, 84,
                                      52, 60, 88, 104, 100, 86, 66, 58, 52, 42,  28,  18};

/// What becomes of those that are neither answered on the spot nor about an appeal filed just then, of a thousand.
struct Share {
    std::string_view closing;
    int of_1000;
};
constexpr std::array<Share, 9> kShares{{{"progress", 470},
                                        {"urged", 165},
                                        {"transferred", 110},
                                        {"misdialled", 65},
                                        {"silent", 70},
                                        {"supplemented", 55},
                                        {"thanks", 50},
                                        {"harassing", 10},
                                        {"test", 5}}};

class Planner {
  public:
    Planner(DemoTelephone const& demo, DayAsked const& asked)
        : demo_(demo), asked_(asked), lot_(static_cast<std::uint64_t>(asked.day.number)) {}

    std::vector<PlannedCall> plan() {
        place();
        take_appeals();
        close_others();
        std::ranges::stable_sort(calls_, {}, &PlannedCall::offered);
        for (PlannedCall& call : calls_) give_seat(call);
        return std::move(calls_);
    }

  private:
    Instant at(std::int64_t second) const { return kBeijing.start_of(asked_.day) + seconds(second); }

    /// Evenly along the curve of the day, each somewhere in its own stretch.
    std::int64_t second_of(std::int64_t number, std::int64_t of) {
        auto const first = kByHour.begin() + asked_.first_hour;
        std::int64_t const all = std::accumulate(first, first + asked_.hours, 0);
        std::int64_t place = ((number * 1000 + lot_.below(1000)) * all * 3600) / (of * 1000);
        for (int hour = asked_.first_hour;; ++hour) {
            std::int64_t const width = std::int64_t{kByHour.at(static_cast<std::size_t>(hour))} * 3600;
            if (place < width) return std::int64_t{hour} * 3600 + place * 3600 / width;
            place -= width;
        }
    }

    void place() {
        enum class Sort { quick, slow, missed };
        std::vector<Sort> sorts;
        sorts.insert(sorts.end(), static_cast<std::size_t>(asked_.quick), Sort::quick);
        sorts.insert(sorts.end(), static_cast<std::size_t>(asked_.slow), Sort::slow);
        sorts.insert(sorts.end(), static_cast<std::size_t>(asked_.missed), Sort::missed);
        lot_.shuffle(sorts);
        for (Sort const sort : sorts) {
            PlannedCall call;
            call.offered =
                at(second_of(static_cast<std::int64_t>(calls_.size()), static_cast<std::int64_t>(sorts.size())));
            call.missed = sort == Sort::missed;
            call.wait = sort == Sort::quick  ? lot_.between(4, 15)
                        : sort == Sort::slow ? lot_.between(16, 70)
                                             : lot_.between(20, 120);
            call.talk = call.missed ? 0 : lot_.between(40, 260);
            call.after = lot_.between(8, 50);
            if (Instant const last = at(std::int64_t{asked_.first_hour + asked_.hours} * 3600 - 10);
                call.finished() > last)
                call.offered = call.offered - (call.finished() - last);  // all is over when the day is
            describe(call);
            calls_.push_back(std::move(call));
        }
    }

    void describe(PlannedCall& call) {
        if (int const drawn = lot_.below(33); drawn != 0)
            call.number = drawn % 4 == 0 ? fmt::format("0591-0000 {:04}", lot_.between(200, 999))
                                         : fmt::format("154 0001 {:04}", lot_.between(1, 9999));
        static constexpr std::array<std::string_view, 8> kLines{"12333", "12329", "12328",        "12319",
                                                                "12315", "12349", "059100000190", "12348"};
        if (lot_.below(7) == 0)
            call.line = kLines.at(static_cast<std::size_t>(lot_.below(static_cast<int>(kLines.size()))));
        int const speaks = lot_.below(20);
        call.language = speaks < 3 ? "fuzhou" : speaks == 3 && lot_.below(4) == 0 ? "minnan" : "mandarin";
        int const rated = lot_.below(100);
        if (!call.missed && rated < 62)
            call.rating = rated < 52 ? "satisfied" : rated < 58 ? "fair" : "unsatisfied";
    }

    /// The calls in which this day's appeals by telephone were filed: the nearest one becomes it.
    void take_appeals() {
        for (DemoMatter const& appeal : demo_.matters) {
            if (!appeal.by_phone || kBeijing.day(appeal.filed) != asked_.day) continue;
            PlannedCall* nearest = nullptr;
            auto away = [&](PlannedCall const& call) {
                return std::abs((call.offered - (appeal.filed - seconds(70))).us);
            };
            for (PlannedCall& call : calls_)
                if (!call.missed && call.wait <= 15 && !call.matter &&
                    (nearest == nullptr || away(call) < away(*nearest)))
                    nearest = &call;
            if (nearest == nullptr) throw std::runtime_error("the demo has no call for an appeal");
            nearest->offered = appeal.filed - seconds(70);
            nearest->talk = std::max(nearest->talk, 120);
            nearest->matter = appeal.matter;
            nearest->number = appeal.number;
            nearest->closing = appeal.on_the_spot ? "on_the_spot" : "filed";
            if (appeal.on_the_spot) ++spot_;
        }
    }

    void close_others() {
        std::vector<PlannedCall*> rest;
        for (PlannedCall& call : calls_)
            if (!call.missed && call.closing.empty()) rest.push_back(&call);
        lot_.shuffle(rest);
        auto const spot = static_cast<std::size_t>(asked_.on_the_spot - spot_);
        for (std::size_t i = 0; i < rest.size(); ++i) {
            if (i < spot) {
                rest[i]->closing = "on_the_spot";
                continue;
            }
            std::size_t place = (i - spot) * 1000 / (rest.size() - spot), upto = 0;
            for (Share const& share : kShares)
                if (upto += static_cast<std::size_t>(share.of_1000); place < upto) {
                    rest[i]->closing = share.closing;
                    break;
                }
            about_an_appeal(*rest[i]);
        }
    }

    /// Progress enquiries and the like come from somebody with an appeal.
    void about_an_appeal(PlannedCall& call) {
        if (call.closing == "silent" || call.closing == "misdialled") {
            call.talk = lot_.between(5, 20);
            call.rating.clear();
        }
        if (call.closing != "progress" && call.closing != "urged" && call.closing != "supplemented") return;
        auto const end = std::ranges::upper_bound(demo_.matters, call.offered, {}, &DemoMatter::filed);
        auto const many = static_cast<int>(end - demo_.matters.begin());
        if (many == 0) throw std::runtime_error("the demo has no appeal to ring about");
        DemoMatter const& appeal = demo_.matters[static_cast<std::size_t>(lot_.below(many))];
        call.matter = appeal.matter;
        if (!appeal.number.empty()) call.number = appeal.number;
    }

    /// The one that has waited longest; a missed call rings where somebody is free, or only waits.
    void give_seat(PlannedCall& call) {
        int const hour = static_cast<int>(kBeijing.since_midnight(call.offered).us / hours(1).us);
        auto const shift = demo_.shifts.find(std::string(shift_at(hour)));
        if (shift == demo_.shifts.end()) throw std::runtime_error("the demo has no such shift");
        auto const seat =
            std::ranges::min_element(shift->second, {}, [&](PersonId person) { return busy_[person]; });
        bool const free = busy_[*seat] <= call.rung();
        if (call.missed && (!free || lot_.below(2) == 0)) return;
        if (!free) throw std::runtime_error("the demo's seats cannot take the call of " + rfc3339(call.offered));
        call.seat = *seat;
        busy_[*seat] = call.missed ? call.picked_up() : call.finished();
    }

    DemoTelephone const& demo_;
    DayAsked const& asked_;
    Lot lot_;
    std::vector<PlannedCall> calls_;
    std::map<PersonId, Instant> busy_;
    int spot_ = 0;
};

}  // namespace

std::uint64_t Lot::next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
}

std::string_view shift_at(int hour) { return hour < 8 ? "night" : hour < 16 ? "day" : "evening"; }

std::vector<PlannedCall> plan_day(DemoTelephone const& demo, DayAsked const& asked) {
    return Planner(demo, asked).plan();
}

}  // namespace banyan::calls
