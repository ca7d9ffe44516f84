#include "kernel/learning/model.h"

#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include "kernel/learning/calibration.h"

namespace banyan::learning {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::size_t kLeastPairs = 2;  ///< known pairs of characters, without which nothing is known

/// The distinct grams of one text, with how often: open addressing on a table that stays in the first cache.
class Counter {
  public:
    explicit Counter(std::size_t most) {
        table_.assign(std::bit_ceil(std::max<std::size_t>(64, most * 2)), {kNone, 0});
        order_.reserve(most);
    }
    void add(std::uint32_t gram, std::uint32_t times) {
        std::size_t at = (gram * 0x9E3779B1U) & (table_.size() - 1);
        while (table_[at].first != gram) {
            if (table_[at].first == kNone) {
                table_[at].first = gram;
                order_.push_back(static_cast<std::uint32_t>(at));
                break;
            }
            at = (at + 1) & (table_.size() - 1);
        }
        table_[at].second += times;
    }
    /// In the order they first came: sums are the same every time.
    template <class Each>
    void each(Each&& each) const {
        for (std::uint32_t at : order_) each(table_[at].first, table_[at].second);
    }
    std::size_t size() const { return order_.size(); }

  private:
    std::vector<std::pair<std::uint32_t, std::uint32_t>> table_;
    std::vector<std::uint32_t> order_;
};

}  // namespace

void Model::index() {
    std::size_t const size = std::bit_ceil(std::max<std::size_t>(16, grams_.size() * 2));
    shift_ = 64 - std::countr_zero(size);
    places_.assign(size, kNone);
    for (std::size_t i = 0; i < grams_.size(); ++i) {
        std::size_t at = grams_[i].hash >> shift_;
        while (places_[at] != kNone) at = (at + 1) & (size - 1);
        places_[at] = static_cast<std::uint32_t>(i);
    }
}

std::uint32_t Model::find(std::uint64_t hash) const {
    std::size_t at = hash >> shift_;
    while (places_[at] != kNone) {
        if (grams_[places_[at]].hash == hash) return places_[at];
        at = (at + 1) & (places_.size() - 1);
    }
    return kNone;
}

std::vector<Model::Found> Model::grams_of(Read const& text, double* coverage) const {
    struct Asked {
        std::uint64_t hash;
        std::uint32_t length, times;
    };
    std::vector<Asked> asked;
    asked.reserve(text.characters.signs.size() * about_.reading.longest);
    for_grams(text, about_.reading, [&](std::uint64_t hash, std::size_t, std::size_t length, std::uint32_t times) {
        asked.push_back({hash, static_cast<std::uint32_t>(length), times});
    });
    constexpr std::size_t kAhead = 12;
    Counter counter(asked.size());
    std::size_t pairs = 0, known = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (i + kAhead < asked.size()) __builtin_prefetch(&places_[asked[i + kAhead].hash >> shift_]);
        std::uint32_t const gram = find(asked[i].hash);
        if (asked[i].length == 2) ++pairs, known += gram != kNone;
        if (gram != kNone) counter.add(gram, asked[i].times);
    }
    if (coverage != nullptr)
        *coverage = known < kLeastPairs ? 0 : static_cast<double>(known) / static_cast<double>(pairs);
    std::vector<Found> found;
    found.reserve(counter.size());
    counter.each([&](std::uint32_t gram, std::uint32_t times) { found.push_back({gram, times}); });
    return found;
}

std::vector<float> Model::scores(Text const& text, double* coverage) const {
    auto const found = grams_of(learning::read(text, about_.reading), coverage);
    std::vector<float> sums(stride_, 0);
    float square = 0;
    constexpr std::size_t kAhead = 6;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (i + kAhead < found.size()) __builtin_prefetch(weights(found[i + kAhead].gram));
        Gram const& gram = grams_[found[i].gram];
        float const value = static_cast<float>(found[i].times) * gram.rarity;
        square += value * value;
        std::int16_t const* const of = weights(found[i].gram);
        float const scaled = value * gram.scale;
        for (std::size_t k = 0; k < stride_; ++k) sums[k] += scaled * static_cast<float>(of[k]);
    }
    float const length = square > 0 ? 1 / std::sqrt(square) : 0;
    for (std::size_t k = 0; k < labels().size(); ++k) sums[k] = sums[k] * length + bias_[k];
    sums.resize(labels().size());
    return sums;
}

Judgement Model::judge(Text const& text, std::size_t most) const {
    Judgement judgement;
    std::vector<float> probabilities = scores(text, &judgement.coverage);
    make_probabilities(probabilities, about_.calibration);
    std::vector<std::uint32_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), 0U);
    std::size_t const wanted = most == 0 ? order.size() : std::min(most, order.size());
    std::ranges::partial_sort(
        order, order.begin() + static_cast<std::ptrdiff_t>(wanted), [&](std::uint32_t a, std::uint32_t b) {
            return probabilities[a] != probabilities[b] ? probabilities[a] > probabilities[b] : a < b;
        });
    for (std::size_t i = 0; i < wanted; ++i)
        judgement.candidates.push_back({about_.labels[order[i]], probabilities[order[i]]});
    judgement.certain = knows(judgement.coverage) && judgement.probability() >= about_.threshold;
    return judgement;
}

std::vector<Candidate> Model::parents_of(Judgement const& judgement) const {
    std::vector<Candidate> sums;
    if (about_.parents.empty()) return sums;
    for (Candidate const& child : judgement.candidates) {
        auto const at =
            static_cast<std::size_t>(std::ranges::lower_bound(about_.labels, child.label) - about_.labels.begin());
        std::string_view const parent = about_.parents[at];
        auto const found = std::ranges::find(sums, parent, &Candidate::label);
        if (found == sums.end())
            sums.push_back({parent, child.probability});
        else
            found->probability += child.probability;
    }
    std::ranges::stable_sort(sums,
                             [](Candidate const& a, Candidate const& b) { return a.probability > b.probability; });
    return sums;
}

}  // namespace banyan::learning
