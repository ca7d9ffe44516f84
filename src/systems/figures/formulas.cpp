#include "systems/figures/formulas.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <set>

#include "platform/config/toml.h"

namespace banyan::figures {
namespace {

namespace json = boost::json;

constexpr std::int64_t kHundred = 100, kWhole = 100 * kHundred;

/// Members of one table; the first fault is remembered, and what is not known is one.
class Table {
  public:
    Table(json::value const& value, std::string path) : path_(std::move(path)) {
        if (value.is_object())
            object_ = &value.as_object();
        else
            fault_ = path_;
    }
    std::string text(std::string_view name, bool needed = true) {
        json::value const* value = take(name, needed);
        if (value != nullptr && value->is_string()) return std::string(value->as_string());
        if (value != nullptr) note(name);
        return {};
    }
    std::vector<std::string> texts(std::string_view name, bool needed) {
        json::value const* value = take(name, needed);
        std::vector<std::string> all;
        if (value == nullptr) return all;
        if (!value->is_array()) note(name);
        if (value->is_array())
            for (json::value const& one : value->as_array()) {
                if (!one.is_string() || one.as_string().empty())
                    note(name);
                else
                    all.emplace_back(one.as_string());
            }
        if (needed && all.empty()) note(name);
        return all;
    }
    bool flag(std::string_view name, bool needed = false) {
        json::value const* value = take(name, needed);
        if (value == nullptr) return false;
        if (!value->is_bool()) return note(name), false;
        return value->as_bool();
    }
    /// A number from 0 to 1,000 with at most two decimals, in hundredths.
    std::int64_t hundredths(std::string_view name) {
        json::value const* value = take(name, true);
        if (value == nullptr) return 0;
        double const number = value->is_number() ? value->to_number<double>() * kHundred : -1;
        if (!(number >= 0) || number > 1'000.0 * kHundred || std::abs(number - std::round(number)) > 1e-6)
            return note(name), 0;
        return std::llround(number);
    }
    std::string fault() {
        if (fault_.empty() && object_ != nullptr)
            for (auto const& member : *object_)
                if (!known_.contains(std::string(member.key()))) note(member.key());
        return fault_;
    }

  private:
    json::value const* take(std::string_view name, bool needed) {
        known_.emplace(name);
        json::value const* value = object_ == nullptr ? nullptr : object_->if_contains(name);
        if (value == nullptr && needed) note(name);
        return value;
    }
    void note(std::string_view name) {
        if (fault_.empty()) fault_ = path_ + "." + std::string(name);
    }

    std::string path_, fault_;
    json::object const* object_ = nullptr;
    std::set<std::string, std::less<>> known_;
};

template <class Read>
Result<void> each(json::object const& root, std::string const& name, Read read) {
    json::value const* rows = root.if_contains(name);
    if (rows == nullptr || !rows->is_array() || rows->as_array().empty()) return refuse("figures.formulas", name);
    for (std::size_t i = 0; i < rows->as_array().size(); ++i) {
        Table table(rows->as_array()[i], fmt::format("{}[{}]", name, i));
        read(table);
        if (std::string fault = table.fault(); !fault.empty()) return refuse("figures.formulas", std::move(fault));
    }
    return {};
}

std::int64_t sum(std::vector<std::string> const& measures, Counts const& counts) {
    std::int64_t all = 0;
    for (std::string const& measure : measures)
        if (auto n = counts.find(measure); n != counts.end()) all += n->second;
    return all;
}

/// What fits together: keys once, points for indicators there are, measures the counters keep.
std::string misfit(Formulas const& formulas) {
    std::set<std::string, std::less<>> keys;
    for (Indicator const& one : formulas.indicators)
        if (!keys.insert(one.key).second) return one.key;
    for (std::string const& measure : formulas.measures())
        if (measure.find('.') != std::string::npos) return measure;
    for (Points const& one : formulas.points)
        if (!keys.contains(one.indicator) || one.least > one.most || one.most == 0) return one.indicator;
    return {};
}

}  // namespace

void add(Counts& into, Counts const& other) {
    for (auto const& [measure, n] : other) into[measure] += n;
}

std::optional<std::int64_t> percent_of(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return std::nullopt;
    return (2 * part * kWhole + whole) / (2 * whole);
}

std::string decimal(std::int64_t hundredths) {
    return fmt::format("{}.{:02}", hundredths / kHundred, hundredths % kHundred);
}

std::optional<std::int64_t> Figure::value() const { return percent_of(numerator, denominator); }

std::int64_t Points::of(std::int64_t value) const {
    std::int64_t const exact = most * kHundred - slope * (target - value);  // in hundredths of hundredths
    return (std::clamp(exact, least * kHundred, most * kHundred) + kHundred / 2) / kHundred;
}

std::optional<std::int64_t> Score::percent() const { return percent_of(points, of); }

std::vector<Figure> Formulas::figures(Counts const& counts, bool of_city) const {
    std::vector<Figure> all;
    for (Indicator const& one : indicators) {
        if (one.city && !of_city) continue;
        Figure figure;
        figure.indicator = &one;
        figure.excluded = sum(one.excluded, counts);
        figure.numerator = std::max<std::int64_t>(0, sum(one.numerator, counts) - sum(one.less, counts));
        figure.denominator = sum(one.denominator, counts) - figure.excluded;
        all.push_back(figure);
    }
    return all;
}

Score Formulas::score(std::vector<Figure> const& figures) const {
    Score score;
    for (Points const& row : points)
        for (Figure const& figure : figures)
            if (auto value = figure.value(); value && figure.indicator->key == row.indicator) {
                score.points += row.of(*value);
                score.of += row.most;
            }
    return score;
}

std::string_view Formulas::band(std::string_view group, std::int64_t percent) const {
    bool const own = std::ranges::find(bands, group, &Band::group) != bands.end();
    for (Band const& band : bands)
        if (band.group == (own ? group : std::string_view()) && percent >= band.least) return band.name;
    return {};
}

std::vector<std::string> Formulas::measures() const {
    std::set<std::string> all;
    for (Indicator const& one : indicators)
        for (auto const* list : {&one.numerator, &one.less, &one.denominator, &one.excluded})
            all.insert(list->begin(), list->end());
    return {all.begin(), all.end()};
}

Result<Formulas> read_formulas(std::string text) {
    BANYAN_TRY(TomlDocument const document, parse_toml(text));
    Formulas formulas;
    BANYAN_CHECK(each(document.root, "indicator", [&](Table& table) {
        Indicator one;
        one.key = table.text("key");
        one.city = table.flag("city");
        one.numerator = table.texts("numerator", true);
        one.less = table.texts("less", false);
        one.denominator = table.texts("denominator", true);
        one.excluded = table.texts("excluded", false);
        formulas.indicators.push_back(std::move(one));
    }));
    BANYAN_CHECK(each(document.root, "points", [&](Table& table) {
        Points row;
        row.indicator = table.text("indicator");
        row.most = table.hundredths("most");
        row.least = table.hundredths("least");
        row.target = table.hundredths("target");
        row.slope = table.hundredths("slope");
        formulas.points.push_back(std::move(row));
    }));
    BANYAN_CHECK(each(document.root, "band", [&](Table& table) {
        Band band;
        band.name = table.text("name");
        band.group = table.text("group", false);
        band.least = table.hundredths("least");
        formulas.bands.push_back(std::move(band));
    }));
    std::ranges::stable_sort(formulas.bands, std::greater<>(), &Band::least);
    json::value const none;
    json::value const* const units = document.root.if_contains("units");
    json::value const* const small = document.root.if_contains("small");
    Table of_units(units == nullptr ? none : *units, "units"), of_small(small == nullptr ? none : *small, "small");
    formulas.league = of_units.flag("league", true);
    formulas.least_small = static_cast<int>(of_small.hundredths("least") / kHundred);
    for (Table* table : {&of_units, &of_small})
        if (std::string fault = table->fault(); !fault.empty())
            return refuse("figures.formulas", std::move(fault));
    if (std::string fault = misfit(formulas); !fault.empty()) return refuse("figures.formulas", std::move(fault));
    formulas.text = std::move(text);
    return formulas;
}

std::vector<std::string> Readers::every() const {
    std::vector<std::string> roles = all;
    roles.insert(roles.end(), district.begin(), district.end());
    roles.insert(roles.end(), unit.begin(), unit.end());
    return roles;
}

Result<Readers> read_readers(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    json::value const root(document.root);
    Table table(root, "readers");
    Readers readers;
    readers.all = table.texts("all", true);
    readers.district = table.texts("district", true);
    readers.unit = table.texts("unit", true);
    readers.freezes = table.texts("freezes", true);
    if (std::string fault = table.fault(); !fault.empty()) return refuse("figures.readers", std::move(fault));
    return readers;
}

void hide_small(std::vector<std::vector<Figure>*> const& rows, int least) {
    std::size_t const figures = rows.empty() ? 0 : rows.front()->size();
    auto small = [&](std::int64_t n) { return n > 0 && n < least; };
    for (std::size_t i = 0; i < figures; ++i) {
        Figure* next = nullptr;
        int hidden = 0;
        for (std::vector<Figure>* row : rows) {
            Figure& figure = (*row)[i];
            figure.small = small(figure.numerator) || small(figure.denominator) || small(figure.excluded);
            hidden += figure.small;
            bool const told = !figure.small && figure.denominator > 0;
            if (told && (next == nullptr || figure.denominator < next->denominator)) next = &figure;
        }
        if (hidden == 1 && next != nullptr) next->small = true;
    }
}

}  // namespace banyan::figures
