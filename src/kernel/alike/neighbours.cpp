#include "kernel/alike/neighbours.h"

#include <algorithm>
#include <mutex>

namespace banyan::alike {
namespace {

constexpr std::size_t kPosted = 32;      ///< of a matter's terms, the heaviest: by these it is found
constexpr std::size_t kAsked = 48;       ///< of a question's
constexpr std::size_t kVisited = 1'000;  ///< of a term's matters, the newest
constexpr std::size_t kVisitedInAll = 16'000;
constexpr std::size_t kCompared = 80;
constexpr std::size_t kPiece = std::size_t{1} << 16;

}  // namespace

struct Neighbours::Block {
    std::vector<std::int64_t> matters;
    std::vector<std::int32_t> days;
    std::vector<Hash> classes, hashes;
    std::vector<std::uint8_t> marks;  ///< weight × 4 + bits
    std::vector<std::uint32_t> ends;
};

Neighbours::Neighbours(Words const& words) : weights_(words.weights), heads_(kHeads) {}

Neighbours::~Neighbours() = default;

std::vector<Term> Neighbours::heaviest(Sketch const& sketch, std::size_t most) const {
    std::vector<std::pair<double, Term>> all;
    for (Term const& term : sketch.terms) all.emplace_back(-term.weight * counts_.rarity(term.hash), term);
    std::ranges::sort(all, {}, [](auto const& one) { return std::pair(one.first, one.second.hash); });
    std::vector<Term> terms;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i) terms.push_back(all[i].second);
    return terms;
}

void Neighbours::add(MatterId matter, Sketcher const& sketcher, Reading const& reading, Day day, Hash class_code) {
    std::unique_lock lock(mutex_);
    counts_.add(reading);
    Sketch sketch = sketcher.sketch(reading, counts_);
    sketch.day = day;
    sketch.class_code = class_code;
    keep(matter, sketch);
}

void Neighbours::keep(MatterId matter, Sketch const& sketch) {
    if (entries_ % kInBlock == 0) blocks_.push_back(std::make_unique<Block>());
    Block& block = *blocks_.back();
    block.matters.push_back(matter.value);
    block.days.push_back(sketch.day.number);
    block.classes.push_back(sketch.class_code);
    for (Term const& term : sketch.terms) {
        block.hashes.push_back(term.hash);
        block.marks.push_back(static_cast<std::uint8_t>(term.weight << 2 | term.bits));
    }
    block.ends.push_back(static_cast<std::uint32_t>(block.hashes.size()));
    if (block.ends.size() == kInBlock) {
        block.hashes.shrink_to_fit();
        block.marks.shrink_to_fit();
    }
    for (Term const& term : heaviest(sketch, kPosted)) {
        if (posted_ % kPiece == 0) postings_.emplace_back().reserve(kPiece);
        std::uint32_t& head = heads_[term.hash % kHeads];
        postings_.back().push_back({entries_, head});
        head = ++posted_;
    }
    ++entries_;
}

void Neighbours::forget_before(Day day) {
    std::unique_lock lock(mutex_);
    std::vector<std::pair<MatterId, Sketch>> kept;
    for (std::uint32_t entry = 0; entry < entries_; ++entry)
        if (Sketch sketch = at(entry); sketch.day >= day)
            kept.emplace_back(MatterId(block_of(entry).matters[entry % kInBlock]), std::move(sketch));
    if (kept.size() == entries_) return;
    blocks_.clear();
    postings_.clear();
    heads_.assign(kHeads, 0);
    entries_ = posted_ = 0;
    for (auto const& [matter, sketch] : kept) keep(matter, sketch);
}

Sketch Neighbours::at(std::uint32_t entry) const {
    Block const& block = block_of(entry);
    std::size_t const place = entry % kInBlock;
    Sketch sketch;
    sketch.day = Day{block.days[place]};
    sketch.class_code = block.classes[place];
    for (std::size_t i = place == 0 ? 0 : block.ends[place - 1]; i < block.ends[place]; ++i)
        sketch.terms.push_back({block.hashes[i], static_cast<std::uint8_t>(block.marks[i] >> 2),
                                static_cast<std::uint8_t>(block.marks[i] & 3)});
    return sketch;
}

/// Those that share the most of the heaviest terms: the newest of each term's matters are looked at, and of all
/// terms together no more than is quick.
std::vector<std::uint32_t> Neighbours::candidates(Sketch const& sketch) const {
    std::vector<std::pair<std::uint32_t, float>> shared;
    shared.reserve(kVisitedInAll);
    for (Term const& term : heaviest(sketch, kAsked)) {
        auto const rarity = static_cast<float>(counts_.rarity(term.hash));
        std::size_t visited = 0;
        for (std::uint32_t at = heads_[term.hash % kHeads];
             at != 0 && visited < kVisited && shared.size() < kVisitedInAll; ++visited) {
            Posting const& posting = postings_[(at - 1) / kPiece][(at - 1) % kPiece];
            shared.emplace_back(posting.entry, rarity);
            at = posting.before;
        }
    }
    std::ranges::sort(shared, {}, &std::pair<std::uint32_t, float>::first);
    std::vector<std::pair<float, std::uint32_t>> best;
    for (auto one = shared.begin(); one != shared.end();) {
        float sum = 0;
        std::uint32_t const entry = one->first;
        for (; one != shared.end() && one->first == entry; ++one) sum += one->second;
        best.emplace_back(-sum, entry);
    }
    std::size_t const kept = std::min(kCompared, best.size());
    std::ranges::partial_sort(best, best.begin() + static_cast<std::ptrdiff_t>(kept));
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < kept; ++i) found.push_back(best[i].second);
    return found;
}

std::vector<Neighbour> Neighbours::find(Sketcher const& sketcher, Reading const& reading,
                                        Wanted const& wanted) const {
    std::shared_lock lock(mutex_);
    Sketch sketch = sketcher.sketch(reading, counts_);
    sketch.day = wanted.day;
    sketch.class_code = wanted.class_code;
    double const threshold = wanted.threshold.value_or(weights_.threshold);
    std::vector<Neighbour> found;
    for (std::uint32_t const entry : candidates(sketch)) {
        MatterId const matter(block_of(entry).matters[entry % kInBlock]);
        if (matter == wanted.but) continue;
        Sketch const other = at(entry);
        Likeness like = compare(sketch, other, counts_, weights_);
        if (like.score >= threshold) found.push_back({matter, other.day, std::move(like)});
    }
    std::ranges::stable_sort(found, std::greater<>{}, [](Neighbour const& one) { return one.like.score; });
    if (found.size() > wanted.most) found.resize(wanted.most);
    return found;
}

std::optional<Likeness> Neighbours::liken(Sketcher const& sketcher, Reading const& reading, Wanted const& wanted,
                                          Text const& other) const {
    std::shared_lock lock(mutex_);
    Sketch one = sketcher.sketch(reading, counts_), two = sketcher.sketch(other.reading, counts_);
    one.day = wanted.day;
    one.class_code = wanted.class_code;
    two.day = other.day;
    two.class_code = other.class_code;
    Likeness like = compare(one, two, counts_, weights_);
    if (like.score < wanted.threshold.value_or(weights_.threshold)) return std::nullopt;
    return like;
}

std::size_t Neighbours::size() const {
    std::shared_lock lock(mutex_);
    return entries_;
}

std::size_t Neighbours::bytes() const {
    std::shared_lock lock(mutex_);
    std::size_t sum =
        Counts::kBytes + heads_.size() * sizeof(std::uint32_t) + postings_.size() * kPiece * sizeof(Posting);
    for (auto const& block : blocks_)
        sum += block->matters.capacity() * 8 + block->days.capacity() * 4 + block->classes.capacity() * 4 +
               block->hashes.capacity() * 4 + block->marks.capacity() + block->ends.capacity() * 4;
    return sum;
}

}  // namespace banyan::alike
