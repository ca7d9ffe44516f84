#include "kernel/learning/model_maker.h"

#include <cmath>

namespace banyan::learning {

Model ModelMaker::make(Learnt const& learnt, std::vector<std::uint64_t> const& hashes, About about) {
    constexpr float kFull = 32767;
    Model model;
    model.about_ = std::move(about);
    std::size_t const classes = model.labels().size();
    model.stride_ = (classes + 7) / 8 * 8;
    for (std::size_t gram = 0; gram < hashes.size(); ++gram) {
        if (learnt.rarity[gram] <= 0) continue;
        float const* const weights = learnt.linear.of(gram);
        float greatest = 0;
        for (std::size_t k = 0; k < classes; ++k) greatest = std::max(greatest, std::abs(weights[k]));
        model.grams_.push_back({hashes[gram], learnt.rarity[gram], greatest / kFull});
        std::size_t const from = model.weights_.size();
        model.weights_.resize(from + model.stride_, 0);
        for (std::size_t k = 0; greatest > 0 && k < classes; ++k)
            model.weights_[from + k] = static_cast<std::int16_t>(std::lround(weights[k] / greatest * kFull));
    }
    model.bias_.assign(learnt.linear.bias(), learnt.linear.bias() + model.stride_);
    model.index();
    return model;
}

}  // namespace banyan::learning
