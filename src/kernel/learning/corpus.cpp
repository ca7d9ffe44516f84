#include "kernel/learning/corpus.h"

#include <unordered_map>

namespace banyan::learning {
namespace {

constexpr std::size_t kTwinCharacters = 60;

struct Occurring {
    std::uint64_t hash = 0;
    std::uint32_t times = 0;
    bool pair = false;
};

/// The distinct grams of one text, by hash.
std::vector<Occurring> distinct(Read const& text, Reading const& reading) {
    std::vector<Occurring> all;
    for_grams(text, reading, [&](std::uint64_t hash, std::size_t, std::size_t length, std::uint32_t times) {
        all.push_back({hash, times, length == 2});
    });
    std::ranges::sort(all, {}, &Occurring::hash);
    std::vector<Occurring> merged;
    for (Occurring const& each : all)
        if (!merged.empty() && merged.back().hash == each.hash)
            merged.back().times += each.times;
        else
            merged.push_back(each);
    return merged;
}

std::uint64_t beginning_of(Read const& text) {
    auto const& signs = text.characters.signs;
    std::size_t const from = signs.size() > text.title ? text.title : 0;
    std::uint64_t hash = 7;
    for (std::size_t i = from; i < std::min(signs.size(), from + kTwinCharacters); ++i)
        hash = gram_hash(hash, signs[i]);
    return hash;
}

/// How many of the texts a gram must be in, so that no more than `most` are kept.
std::uint32_t least_for(std::unordered_map<std::uint64_t, std::uint32_t> const& texts_with, std::uint32_t least,
                        std::size_t most) {
    constexpr std::size_t kHighest = 1000;
    std::vector<std::size_t> grams(kHighest + 1, 0);  // in so many texts
    for (auto const& [hash, count] : texts_with) ++grams[std::min<std::size_t>(count, kHighest)];
    std::size_t kept = 0, at = kHighest + 1;
    while (at > least && kept + grams[at - 1] <= most) kept += grams[--at];
    return static_cast<std::uint32_t>(at);
}

}  // namespace

Corpus::Corpus(std::vector<Text> const& texts, Reading const& reading, std::uint32_t least, std::size_t most) {
    std::vector<std::vector<Occurring>> all;
    std::unordered_map<std::uint64_t, std::uint32_t> texts_with;
    std::unordered_map<std::uint64_t, std::size_t> twins;
    for (Text const& text : texts) {
        Read const read = learning::read(text, reading);
        all.push_back(distinct(read, reading));
        for (Occurring const& gram : all.back()) ++texts_with[gram.hash];
        twins_.push_back(twins.try_emplace(beginning_of(read), twins.size()).first->second);
    }
    least_ = least_for(texts_with, least, most);
    for (auto const& [hash, count] : texts_with)
        if (count >= least_) hashes_.push_back(hash);
    std::ranges::sort(hashes_);
    std::unordered_map<std::uint64_t, std::uint32_t> number;
    number.reserve(hashes_.size());
    for (std::size_t i = 0; i < hashes_.size(); ++i) number.emplace(hashes_[i], static_cast<std::uint32_t>(i));
    for (auto& grams : all) {
        std::vector<Counted>& row = rows_.emplace_back();
        std::size_t pairs = 0, shared = 0;
        for (Occurring const& gram : grams) {
            auto const found = number.find(gram.hash);
            if (gram.pair) ++pairs, shared += found != number.end();
            if (found != number.end()) row.push_back({found->second, static_cast<float>(gram.times)});
        }
        coverage_.push_back(pairs > 0 ? static_cast<float>(shared) / static_cast<float>(pairs) : 0.0F);
        grams.clear();
        grams.shrink_to_fit();
    }
}

}  // namespace banyan::learning
