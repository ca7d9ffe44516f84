#include "kernel/learning/linear.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernel/learning/folds.h"

namespace banyan::learning {
namespace {

constexpr std::size_t kAhead = 8;  ///< cells whose weights are fetched before they are needed

void add_up(Linear const& linear, Cells const& cells, float* scores) {
    std::size_t const stride = linear.stride();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i + kAhead < cells.size()) __builtin_prefetch(linear.of(cells[i + kAhead].feature));
        float const* weights = linear.of(cells[i].feature);
        float const value = cells[i].value;
        for (std::size_t k = 0; k < stride; ++k) scores[k] += weights[k] * value;
    }
}

std::vector<float> class_costs(std::vector<Sample> const& samples, std::size_t classes, Learning const& how) {
    std::vector<double> of(classes, 0);
    double all = 0;
    for (Sample const& sample : samples)
        of[static_cast<std::size_t>(sample.label)] += sample.weight, all += sample.weight;
    std::vector<float> costs(classes, static_cast<float>(how.cost));
    auto const occurring = static_cast<double>(std::ranges::count_if(of, [](double n) { return n > 0; }));
    for (std::size_t k = 0; k < classes; ++k)
        if (of[k] > 0) costs[k] *= static_cast<float>(std::pow(all / (occurring * of[k]), how.balance));
    return costs;
}

/// One row's turn: its multipliers are set where the loss is least, all else as it stands. The greatest change.
class Turn {
  public:
    Turn(Linear& linear, std::vector<float> costs, double cost)
        : linear_(linear),
          costs_(std::move(costs)),
          cost_(static_cast<float>(cost)),
          scores_(linear.stride()),
          steps_(linear.stride()) {}

    float take(Sample const& sample, float square, float* multipliers) {
        std::size_t const stride = linear_.stride();
        std::copy_n(linear_.bias(), stride, scores_.begin());
        add_up(linear_, *sample.cells, scores_.data());
        float greatest = 0;
        std::ranges::fill(steps_, 0.0F);
        for (std::size_t k = 0; k < linear_.classes(); ++k) {
            bool const own = k == static_cast<std::size_t>(sample.label);
            float const side = own ? 1.0F : -1.0F;
            float const cost = (own ? costs_[k] : cost_) * sample.weight;
            float const slope = side * scores_[k] - 1;
            float const next = std::clamp(multipliers[k] - slope / square, 0.0F, cost);
            float const step = next - multipliers[k];
            multipliers[k] = next;
            steps_[k] = step * side;
            greatest = std::max(greatest, std::abs(step));
        }
        if (greatest > 1e-6F) apply(*sample.cells);
        return greatest;
    }

  private:
    void apply(Cells const& cells) {
        std::size_t const stride = linear_.stride();
        float* bias = linear_.bias();
        for (std::size_t k = 0; k < stride; ++k) bias[k] += steps_[k];
        for (Cell const& cell : cells) {
            float* weights = linear_.of(cell.feature);
            for (std::size_t k = 0; k < stride; ++k) weights[k] += steps_[k] * cell.value;
        }
    }

    Linear& linear_;
    std::vector<float> costs_;  ///< of missing a class, by class
    float cost_;                ///< of taking a row for what it is not
    std::vector<float> scores_, steps_;
};

}  // namespace

Linear::Linear(std::size_t features, std::size_t classes)
    : features_(features),
      classes_(classes),
      stride_((classes + 7) / 8 * 8),
      weights_((features + 1) * stride_, 0.0F) {}

std::vector<float> Linear::scores(Cells const& cells) const {
    std::vector<float> scores(bias(), bias() + stride_);
    add_up(*this, cells, scores.data());
    scores.resize(classes_);
    return scores;
}

Linear learn(std::vector<Sample> const& samples, std::size_t features, std::size_t classes, Learning const& how) {
    Linear linear(features, classes);
    std::vector<std::size_t> order;
    std::vector<float> squares(samples.size(), 1), multipliers(samples.size() * classes, 0);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (samples[i].weight > 0) order.push_back(i);
        for (Cell const& cell : *samples[i].cells) squares[i] += cell.value * cell.value;
    }
    Turn turn(linear, class_costs(samples, classes, how), how.cost);
    Dice dice(how.seed);
    for (int round = 0; round < how.rounds; ++round) {
        shuffle(order, dice);
        float greatest = 0;
        for (std::size_t i : order)
            greatest = std::max(greatest, turn.take(samples[i], squares[i], &multipliers[i * classes]));
        if (greatest < 1e-3F) break;
    }
    return linear;
}

}  // namespace banyan::learning
