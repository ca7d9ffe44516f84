// A question held against titles.
//
// How much of its subject a title has: each sign that says something counts by how rare the pair it stands in is,
// fully in the name, less in a keyword, less again by what officials call it. Titles with too little of it, or
// much less than the best, are not found. On top: the exact name, the question as a piece of the name, the
// situation that was asked for.
#include <algorithm>
#include <bit>
#include <cmath>

#include "base/text.h"
#include "platform/text/signs.h"
#include "systems/hall/titles.h"

namespace banyan::hall {
namespace {

constexpr double kInName = 1.0, kInKeyword = 0.9, kInSituation = 0.85, kMeant = 0.75;
constexpr double kUnknown = 0.5;  ///< weight of a sign that no title has so
constexpr double kWeak = 0.02;    ///< and that stands in nearly every question
constexpr double kCommon = 0.15;  ///< least weight of one that is in most titles
constexpr double kLeast = 0.30;   ///< of the subject; less is not found
constexpr double kOfBest = 0.62;  ///< of the best title's share; less is not found
constexpr double kShare = 1000;   ///< points for all of the subject
constexpr std::uint32_t kExact = 1500, kBegins = 450, kWithin = 350, kKeyword = 250, kInAKeyword = 120;
constexpr std::uint32_t kBrevity = 100;
constexpr std::uint32_t kWish = 300;     ///< the situation that was asked for
constexpr std::uint32_t kNewFirst = 20;  ///< nobody asked for one: most people come for the first time
constexpr std::uint32_t kFloor = 1;

bool holds(std::string_view text, std::string_view part) {
    return !part.empty() && text.find(part) != std::string_view::npos;
}

}  // namespace

class Titles::Ranker {
  public:
    Ranker(Titles const& titles, Asked const& asked) : titles_(titles), asked_(asked), covers_(titles.size()) {}

    std::vector<Scored> rank() {
        cover_pairs();
        for (Asked::Meaning const& meaning : asked_.meanings) {
            meant_by_ = 0;
            for (std::string const& word : meaning.official) cover_meant(meaning.where, word);
            if (meant_by_ > 0) understood_.emplace_back(meaning.where, meant_by_);
        }
        weigh();
        auto all = scored();
        if (only_wished()) add_wished(all);
        return all;
    }

  private:
    struct Cover {
        Places name = 0, keyword = 0, situation = 0, meant = 0;
    };

    static bool has(Places places, std::size_t place) { return (places >> place & 1U) != 0; }
    bool in_subject(std::size_t place) const { return has(asked_.subject, place); }
    bool pair_at(std::size_t place) const {
        return place + 1 < asked_.signs.size() && asked_.signs[place] != U' ' && asked_.signs[place + 1] != U' ';
    }
    Pair pair(std::size_t place) const { return Pair{asked_.signs[place]} << 32U | asked_.signs[place + 1]; }
    bool alone(std::size_t place) const {
        return !(place > 0 && in_subject(place - 1) && pair_at(place - 1)) &&
               !(place + 1 < asked_.signs.size() && in_subject(place + 1) && pair_at(place));
    }

    void weigh() {
        double const all = std::log2(static_cast<double>(titles_.size()) + 2);
        weights_.assign(asked_.signs.size(), 0);
        auto put = [&](std::size_t place, std::size_t titles) {
            double const rare = 1 - std::log2(static_cast<double>(titles) + 1) / all;
            weights_[place] = std::max({weights_[place], kCommon, rare});
        };
        for (std::size_t i = 0; i < asked_.signs.size(); ++i) {
            auto const* found = pair_at(i) ? titles_.postings(pair(i)) : nullptr;
            if (found == nullptr) continue;
            put(i, found->size());
            put(i + 1, found->size());
        }
        for (auto const& [where, titles] : understood_)
            for (std::size_t i = 0; i < weights_.size(); ++i)
                if (has(where, i) && weights_[i] <= 0) put(i, titles);
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            if (!in_subject(i))
                weights_[i] = 0;
            else if (weights_[i] <= 0)
                weights_[i] = has(asked_.weak, i) ? kWeak : kUnknown;
            mass_ += weights_[i];
        }
    }

    void cover_pairs() {
        for (std::size_t i = 0; i < asked_.signs.size(); ++i) {
            Places where = Places{1} << i;
            std::vector<Posting> const* found = nullptr;
            bool const single = in_subject(i) && alone(i);
            if (single)
                found = titles_.postings(Pair{asked_.signs[i]} << 32U);
            else if (pair_at(i) && (in_subject(i) || in_subject(i + 1))) {
                found = titles_.postings(pair(i));
                where |= where << 1U;
            }
            if (found == nullptr) continue;
            for (Posting const& posting : *found) {
                Cover& cover = touch(posting.title);
                if ((posting.where & in_name) != 0) cover.name |= where;
                if ((posting.where & in_keyword) != 0) cover.keyword |= where;
                if ((posting.where & in_situation) != 0) cover.situation |= where;
            }
        }
    }

    /// Titles that have the word officials use: those of its rarest pair, looked at.
    void cover_meant(Places where, std::string const& word) {
        std::u32string signs;
        for (text::Sign const& sign : text::signs_of(word))
            if (counts(sign.code)) signs += sign.code;
        std::vector<Posting> const* rarest = nullptr;
        for (std::size_t i = 0; i + 1 < signs.size(); ++i) {
            auto const* found = titles_.postings(Pair{signs[i]} << 32U | signs[i + 1]);
            if (found == nullptr) return;
            if (rarest == nullptr || found->size() < rarest->size()) rarest = found;
        }
        if (rarest == nullptr) return;
        for (Posting const& posting : *rarest) {
            Plain const& plain = titles_.plain_[posting.title];
            if (holds(plain.whole, word) ||
                std::ranges::any_of(plain.keywords, [&](std::string const& one) { return holds(one, word); }))
                touch(posting.title).meant |= where, ++meant_by_;
        }
    }

    Cover& touch(Number title) {
        Cover& cover = covers_[title];
        if ((cover.name | cover.keyword | cover.situation | cover.meant) == 0) touched_.push_back(title);
        return cover;
    }

    double share(Cover const& cover) const {
        double sum = 0;
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            if (weights_[i] <= 0) continue;
            double const how = has(cover.name, i)        ? kInName
                               : has(cover.keyword, i)   ? kInKeyword
                               : has(cover.situation, i) ? kInSituation
                               : has(cover.meant, i)     ? kMeant
                                                         : 0;
            sum += how * weights_[i];
        }
        return mass_ > 0 ? sum / mass_ : 0;
    }

    std::vector<Scored> scored() {
        std::vector<std::pair<Number, double>> shares;
        double best = 0;
        std::ranges::sort(touched_);
        touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());
        for (Number const title : touched_) {
            double const of = share(covers_[title]);
            if (of < kLeast) continue;
            best = std::max(best, of);
            shares.emplace_back(title, of);
        }
        std::vector<Scored> all;
        for (auto const& [title, of] : shares)
            if (of >= kOfBest * best)
                all.push_back(
                    {title, kFloor + static_cast<std::uint32_t>(std::lround(of * kShare)) + extra(title)});
        return all;
    }

    std::uint32_t extra(Number title) const {
        Plain const& plain = titles_.plain_[title];
        return by_name(plain) + by_keyword(plain) + by_brevity(title) + by_situation(title);
    }

    std::uint32_t by_name(Plain const& plain) const {
        std::uint32_t best = 0;
        for (std::string const* part : {&asked_.text, &asked_.subject_text, &asked_.core}) {
            if (part->empty()) continue;
            if (plain.name == *part || plain.whole == *part) return kExact;
            if (plain.whole.starts_with(*part))
                best = kBegins;
            else if (best == 0 && holds(plain.whole, *part))
                best = kWithin;
        }
        return best;
    }

    std::uint32_t by_keyword(Plain const& plain) const {
        std::uint32_t best = 0;
        for (std::string const& keyword : plain.keywords) {
            if (keyword == asked_.text || keyword == asked_.subject_text || keyword == asked_.core)
                return kKeyword;
            if (holds(keyword, asked_.core) || holds(asked_.text, keyword)) best = kInAKeyword;
        }
        return best;
    }

    std::uint32_t by_brevity(Number title) const {
        auto const covered = static_cast<std::uint32_t>(std::popcount(covers_[title].name & asked_.subject));
        std::uint32_t const length = std::max(1U, titles_.plain_[title].length);
        return kBrevity * std::min(covered, length) / length;
    }

    bool wished(Number title, Asked::Wish const& wish) const {
        Title const& of = titles_.at(title);
        Plain const& plain = titles_.plain_[title];
        return std::ranges::find(wish.keys, of.situation) != wish.keys.end() ||
               std::ranges::any_of(wish.names, [&](std::string const& name) { return holds(plain.whole, name); });
    }

    std::uint32_t by_situation(Number title) const {
        if (asked_.wishes.empty()) return titles_.at(title).situation == "new" ? kNewFirst : 0;
        auto const met =
            std::ranges::count_if(asked_.wishes, [&](auto const& wish) { return wished(title, wish); });
        return kWish * static_cast<std::uint32_t>(met) / static_cast<std::uint32_t>(asked_.wishes.size());
    }

    /// Nothing was said but situations: 注销.
    bool only_wished() const {
        Places wished = 0;
        for (Asked::Wish const& wish : asked_.wishes) wished |= wish.where;
        return wished != 0 && (asked_.subject & ~wished) == 0;
    }
    void add_wished(std::vector<Scored>& all) const {
        std::vector<bool> there(titles_.size());
        for (Scored const& one : all) there[one.title] = true;
        for (Number title = 0; title < titles_.size(); ++title)
            if (std::uint32_t const met = by_situation(title); met > 0 && !there[title])
                all.push_back({title, kFloor + met});
    }

    Titles const& titles_;
    Asked const& asked_;
    std::vector<Cover> covers_;
    std::vector<Number> touched_;
    std::vector<std::pair<Places, std::size_t>> understood_;  ///< meanings, and of how many titles they are
    std::size_t meant_by_ = 0;
    std::vector<double> weights_;  ///< by place
    double mass_ = 0;
};

std::vector<Titles::Scored> Titles::find(Asked const& asked) const {
    if (asked.empty()) return {};
    return asked.letters ? by_letters(asked) : Ranker(*this, asked).rank();
}

}  // namespace banyan::hall
