// kernel/learning/linear.h: the learner: one against the rest for every class at once, by dual coordinate descent
// (Hsieh et al. 2008). Exact, without a learning rate, the same every time. The hinge is not squared: no row costs
// more than a limit, so that a few wrong labels do not turn everything (docs/decisions/0006).
#pragma once
#include <cstdint>
#include <vector>

#include "kernel/learning/figures.h"

namespace banyan::learning {

struct Cell {
    std::uint32_t feature = 0;
    float value = 0;
};
using Cells = std::vector<Cell>;

/// A row to learn from.
struct Sample {
    Cells const* cells = nullptr;
    Label label = 0;
    float weight = 1;  ///< how much an error on it costs; 0: not learnt from
};

/// Weights of all classes beside each other: those of one feature are one piece of memory.
class Linear {
  public:
    Linear(std::size_t features, std::size_t classes);
    std::size_t classes() const { return classes_; }
    std::size_t features() const { return features_; }
    float* of(std::size_t feature) { return weights_.data() + feature * stride_; }
    float const* of(std::size_t feature) const { return weights_.data() + feature * stride_; }
    float* bias() { return of(features_); }
    float const* bias() const { return of(features_); }
    std::size_t stride() const { return stride_; }  ///< classes rounded up to 8; the rest is 0
    std::vector<float> scores(Cells const& cells) const;

  private:
    std::size_t features_, classes_, stride_;
    std::vector<float> weights_;
};

struct Learning {
    double cost = 1;       ///< of an error against the size of the weights
    int rounds = 6;        ///< over all rows at most
    double balance = 0.5;  ///< how much more a row of a rare class costs: its share to this power
    std::uint64_t seed = 1;
};

Linear learn(std::vector<Sample> const& samples, std::size_t features, std::size_t classes, Learning const& how);

}  // namespace banyan::learning
