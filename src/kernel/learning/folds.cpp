#include "kernel/learning/folds.h"

#include <map>

namespace banyan::learning {

std::vector<int> stratified_folds(std::vector<Label> const& labels, std::vector<std::size_t> const& twins,
                                  int folds, std::uint64_t seed) {
    std::map<Label, std::vector<std::size_t>> by_label;
    for (std::size_t i = 0; i < labels.size(); ++i) by_label[labels[i]].push_back(i);
    Dice dice(seed);
    std::vector<int> fold(labels.size(), -1);
    std::map<std::size_t, int> of_twin;
    int next = 0;  // goes on over the labels, so that small classes do not all fill the first folds
    for (auto& [label, rows] : by_label) {
        shuffle(rows, dice);
        for (std::size_t row : rows) {
            auto const [found, is_new] = of_twin.try_emplace(twins[row], next);
            fold[row] = found->second;
            if (is_new) next = (next + 1) % folds;
        }
    }
    return fold;
}

}  // namespace banyan::learning
