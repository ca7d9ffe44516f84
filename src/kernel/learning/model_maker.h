// kernel/learning/model_maker.h: what was learnt, as a model: weights rounded to 16 bits, unused grams left out.
#pragma once
#include "kernel/learning/learner.h"
#include "kernel/learning/model.h"

namespace banyan::learning {

class ModelMaker {
  public:
    /// `about` but for its labels' order is taken as it is. REQUIRES: as many labels as `learnt` has classes.
    static Model make(Learnt const& learnt, std::vector<std::uint64_t> const& hashes, About about);
};

}  // namespace banyan::learning
