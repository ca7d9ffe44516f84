// systems/topics/rules.h: the numbers of data/topics.toml, and what is reckoned with them. Pure.
// Rule and sources: docs/systems/topics.md
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace banyan::topics {

struct Figures {  ///< of a district, as the barometer's words ask for them
    double change = 0, complaints = 0;
    std::optional<double> satisfaction;  ///< nothing: nobody has rated
    int intake = 0, hot = 0;
};

struct Weather {
    std::string word;
    std::optional<double> change_at_least, complaints_at_least, satisfaction_below;
    std::optional<int> intake_at_least, hot_at_least;
    bool fits(Figures const& figures) const;
};

struct Numbers {
    int window_days = 90, neighbours = 16;
    double join = 0.62;
    double half_life_days = 7, repeat = 0.3, vote = 0.3, speed_power = 0.5;
    int speed_days = 7, before_days = 28;
    int least_words = 3, shown_words = 30;
    int least_warning = 3, history_days = 28, topic_days = 3, fresh_days = 2;
    double chance = 0.001, least_expected = 0.2;
    int concentrated = 10, concentrated_days = 7;
    std::string supervise_step;  ///< of the matter's rulebook, that the clock takes then; `trigger`, `times`
    int least_small = 3;
    std::vector<Weather> weather;
    std::string_view word(Figures const& figures) const;  ///< of the weather
};
/// Refused: topics.numbers, with the member; toml.syntax.
Result<Numbers> read_numbers(std::string_view toml);

/// P(X >= n) of a Poisson with this mean.
double chance_of(int n, double mean);
/// Dunning's G² of `now` of `all_now` against `before` of `all_before`; 0 where it has not grown.
double growth(double now, double all_now, double before, double all_before);

}  // namespace banyan::topics
