#include "kernel/alike/compare.h"

#include <algorithm>
#include <cmath>

namespace banyan::alike {
namespace {

constexpr double kSamePlace = 0.5, kSameSubject = 0.05;
constexpr int kSameDays = 14;
constexpr double kMonth = 30;
constexpr std::size_t kShown = 8;

/// Sums over the terms of one sort: of the one, of the other, of both.
struct Sums {
    double a = 0, b = 0, both = 0;
    double cosine() const { return both > 0 ? both / std::sqrt(a * b) : 0; }
    double overlap() const { return both > 0 ? std::min(1.0, both / std::min(a, b)) : 0; }
};

}  // namespace

Likeness compare(Sketch const& a, Sketch const& b, Counts const& counts, Words::Weights const& weights) {
    Sums whole, place, subject;
    std::vector<std::pair<double, Hash>> shared;
    auto add = [&](Term const* of_a, Term const* of_b) {
        Hash const hash = of_a != nullptr ? of_a->hash : of_b->hash;
        double const rarity = counts.rarity(hash);
        double const in_a = of_a != nullptr ? rarity * of_a->weight / 8 : 0;
        double const in_b = of_b != nullptr ? rarity * of_b->weight / 8 : 0;
        int const bits = (of_a != nullptr ? of_a->bits : 0) | (of_b != nullptr ? of_b->bits : 0);
        auto to = [&](Sums& sums, double x, double y) {
            sums.a += x * x;
            sums.b += y * y;
            sums.both += x * y;
        };
        to(whole, in_a, in_b);
        to((bits & Term::kPlace) != 0 ? place : subject, in_a, in_b);
        if (in_a > 0 && in_b > 0) shared.emplace_back(in_a * in_b, hash);
    };
    auto i = a.terms.begin();
    auto j = b.terms.begin();
    while (i != a.terms.end() || j != b.terms.end()) {
        if (j == b.terms.end() || (i != a.terms.end() && i->hash < j->hash))
            add(&*i++, nullptr);
        else if (i == a.terms.end() || j->hash < i->hash)
            add(nullptr, &*j++);
        else
            add(&*i++, &*j++);
    }
    Likeness like;
    like.whole = whole.cosine();
    like.place = place.overlap();
    like.subject = subject.cosine();
    like.days = std::abs(a.day - b.day);
    bool const classes = a.class_code != 0 && b.class_code != 0;
    like.same_class = classes && a.class_code == b.class_code;
    double sum = weights.bias + weights.whole * std::sqrt(like.whole) + weights.place * std::sqrt(like.place) +
                 weights.subject * std::sqrt(like.subject) + weights.days * std::log(1.0 + like.days / kMonth);
    if (classes) sum += like.same_class ? weights.same_class : weights.other_class;
    like.score = shared.empty() ? 0 : 1 / (1 + std::exp(-sum));
    like.same_place = like.place >= kSamePlace;
    like.same_subject = like.subject >= kSameSubject;
    like.same_days = like.days <= kSameDays;
    std::ranges::sort(shared, std::greater<>{});
    for (std::size_t n = 0; n < std::min(kShown, shared.size()); ++n) like.shared.push_back(shared[n].second);
    return like;
}

}  // namespace banyan::alike
