#include "systems/topics/rules.h"

#include <boost/json.hpp>
#include <cmath>

#include "platform/config/toml.h"

namespace banyan::topics {
namespace {

namespace json = boost::json;

/// Members of the document by path; what is missing or no number is remembered.
class Reader {
  public:
    explicit Reader(json::object const& root) : root_(root) {}

    void read(std::string_view table, std::string_view member, double& into) {
        json::value const* in = root_.if_contains(table);
        json::value const* value =
            in != nullptr && in->is_object() ? in->as_object().if_contains(member) : nullptr;
        if (value == nullptr || !value->is_number() || value->to_number<double>() < 0) {
            if (missing_.empty()) missing_ = std::string(table) + "." + std::string(member);
            return;
        }
        into = value->to_number<double>();
    }
    void read(std::string_view table, std::string_view member, int& into) {
        double value = into;
        read(table, member, value);
        into = static_cast<int>(std::min(value, 100'000.0));
    }
    std::string const& missing() const { return missing_; }

  private:
    json::object const& root_;
    std::string missing_;
};

template <class Number>
void optional(json::object const& table, std::string_view member, std::optional<Number>& into) {
    if (json::value const* value = table.if_contains(member); value != nullptr && value->is_number())
        into = static_cast<Number>(value->to_number<double>());
}

}  // namespace

bool Weather::fits(Figures const& figures) const {
    if (change_at_least && figures.change < *change_at_least) return false;
    if (complaints_at_least && figures.complaints < *complaints_at_least) return false;
    if (satisfaction_below && (!figures.satisfaction || *figures.satisfaction >= *satisfaction_below))
        return false;
    if (intake_at_least && figures.intake < *intake_at_least) return false;
    return !hot_at_least || figures.hot >= *hot_at_least;
}

std::string_view Numbers::word(Figures const& figures) const {
    for (Weather const& one : weather)
        if (one.fits(figures)) return one.word;
    return "clear";
}

Result<Numbers> read_numbers(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    Numbers numbers;
    Reader reader(document.root);
    reader.read("topic", "window_days", numbers.window_days);
    reader.read("topic", "neighbours", numbers.neighbours);
    reader.read("topic", "join", numbers.join);
    reader.read("heat", "half_life_days", numbers.half_life_days);
    reader.read("heat", "repeat", numbers.repeat);
    reader.read("heat", "vote", numbers.vote);
    reader.read("heat", "speed_days", numbers.speed_days);
    reader.read("heat", "before_days", numbers.before_days);
    reader.read("heat", "speed_power", numbers.speed_power);
    reader.read("words", "least", numbers.least_words);
    reader.read("words", "shown", numbers.shown_words);
    reader.read("warning", "least", numbers.least_warning);
    reader.read("warning", "chance", numbers.chance);
    reader.read("warning", "history_days", numbers.history_days);
    reader.read("warning", "least_expected", numbers.least_expected);
    reader.read("warning", "topic_days", numbers.topic_days);
    reader.read("warning", "fresh_days", numbers.fresh_days);
    reader.read("supervise", "matters", numbers.concentrated);
    reader.read("supervise", "days", numbers.concentrated_days);
    reader.read("small", "least", numbers.least_small);
    json::value const* supervise = document.root.if_contains("supervise");
    if (supervise != nullptr && supervise->is_object())
        if (json::value const* step = supervise->as_object().if_contains("step");
            step != nullptr && step->is_string())
            numbers.supervise_step = step->as_string();
    if (!reader.missing().empty()) return refuse("topics.numbers", reader.missing());
    json::value const* weather = document.root.if_contains("weather");
    if (weather == nullptr || !weather->is_array()) return refuse("topics.numbers", "weather");
    for (json::value const& one : weather->as_array()) {
        json::value const* word = one.is_object() ? one.as_object().if_contains("word") : nullptr;
        if (word == nullptr || !word->is_string()) return refuse("topics.numbers", "weather.word");
        Weather rule;
        rule.word = word->as_string();
        optional(one.as_object(), "change_at_least", rule.change_at_least);
        optional(one.as_object(), "complaints_at_least", rule.complaints_at_least);
        optional(one.as_object(), "satisfaction_below", rule.satisfaction_below);
        optional(one.as_object(), "intake_at_least", rule.intake_at_least);
        optional(one.as_object(), "hot_at_least", rule.hot_at_least);
        numbers.weather.push_back(std::move(rule));
    }
    if (numbers.half_life_days <= 0 || numbers.speed_days < 1 || numbers.history_days < 1 ||
        numbers.topic_days < 1 || numbers.before_days < 1)
        return refuse("topics.numbers", "heat");
    return numbers;
}

double chance_of(int n, double mean) {
    if (n <= 0) return 1;
    double term = std::exp(-mean), below = 0;
    for (int k = 0; k < n; ++k) {
        below += term;
        term *= mean / (k + 1);
    }
    if (below < 1 - 1e-9) return 1 - below;
    double sum = 0;  // far out: summed from there on, as 1 - below is lost in rounding
    for (int k = n; k < n + 200; ++k) {
        sum += term;
        term *= mean / (k + 1);
    }
    return sum;
}

double growth(double now, double all_now, double before, double all_before) {
    double const all = all_now + all_before;
    if (now <= 0 || all_now <= 0) return 0;
    double const share_before = all_before > 0 ? before / all_before : 0;
    if (now / all_now <= share_before) return 0;
    double const expected_now = all_now * (now + before) / all,
                 expected_before = all_before * (now + before) / all;
    double sum = now * std::log(now / expected_now);
    if (before > 0) sum += before * std::log(before / expected_before);
    return 2 * sum;
}

}  // namespace banyan::topics
