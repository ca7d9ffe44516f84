// systems/figures/formulas.h: the indicators as data (data/figures/), and what is reckoned with them: integers,
// one division at the end, half up, two decimals, nothing for 0/0. Pure. Rules and sources:
// docs/systems/figures.md
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace banyan::figures {

using Counts = std::map<std::string, std::int64_t, std::less<>>;  ///< by measure
void add(Counts& into, Counts const& other);

struct Indicator {
    std::string key;
    bool city = false;  ///< the centre's own
    std::vector<std::string> numerator, less, denominator, excluded;
};

/// Percent and points in hundredths.
struct Figure {
    Indicator const* indicator = nullptr;
    std::int64_t numerator = 0, denominator = 0, excluded = 0;
    bool small = false;  ///< a count that is not told
    std::optional<std::int64_t> value() const;
    bool operator==(Figure const& other) const {
        return numerator == other.numerator && denominator == other.denominator && excluded == other.excluded;
    }
};

/// most − slope × (target − value), between least and most.
struct Points {
    std::string indicator;
    std::int64_t most = 0, least = 0, target = 0, slope = 0;
    std::int64_t of(std::int64_t value) const;
};

struct Band {
    std::string name, group;  ///< group empty: of every class without rows of its own
    std::int64_t least = 0;
};

struct Score {
    std::int64_t points = 0, of = 0;
    std::optional<std::int64_t> percent() const;  ///< nothing: there was nothing to score
};

struct Formulas {
    std::vector<Indicator> indicators;
    std::vector<Points> points;
    std::vector<Band> bands;
    bool league = false;
    int least_small = 3;
    std::string text;  ///< that they were read from: kept with a frozen month

    /// A unit's without those of the city.
    std::vector<Figure> figures(Counts const& counts, bool of_city) const;
    Score score(std::vector<Figure> const& figures) const;
    std::string_view band(std::string_view group, std::int64_t percent) const;  ///< empty: none
    std::vector<std::string> measures() const;                                  ///< that they ask for
};
/// indicators.toml and points.toml, one behind the other. Refused: figures.formulas, with what is wrong;
/// toml.syntax.
Result<Formulas> read_formulas(std::string text);

/// Whose figures a role reads.
struct Readers {
    std::vector<std::string> all, district, unit, freezes;
    std::vector<std::string> every() const;
};
/// Refused: figures.readers; toml.syntax.
Result<Readers> read_readers(std::string_view toml);

/// Half up; nothing when there is nothing to divide by.
std::optional<std::int64_t> percent_of(std::int64_t part, std::int64_t whole);
std::string decimal(std::int64_t hundredths);  ///< "98.25"

/// No count below `least` but 0, in any of the rows' figures. When that hides a single row of an indicator the row
/// with the next smallest is hidden too: otherwise it is the sum less the others.
void hide_small(std::vector<std::vector<Figure>*> const& rows, int least);

}  // namespace banyan::figures
