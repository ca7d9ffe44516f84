// How the index comes to be: every passage is cut into terms once, then the frequencies are weighed by field and
// length, which needs the mean of all.
#include <algorithm>
#include <cmath>

#include "systems/knowledge/ranker.h"

namespace banyan::knowledge {

class Ranker::Builder {
  public:
    explicit Builder(Ranker& made) : made_(made) {}

    void add(Findable const& document) {
        auto const first = static_cast<std::uint32_t>(made_.passages_.size());
        Lengths lengths{};
        for (Findable::Passage const& passage : document.passages) {
            std::vector<TermId> terms = terms_of(passage);
            auto const field = static_cast<std::size_t>(passage.field);
            lengths[field] += static_cast<float>(terms.size());
            for (TermId id : terms) standing_.push_back({id, static_cast<std::uint32_t>(field)});
            put_passage(passage.field, std::move(terms));
        }
        made_.documents_.push_back({first, static_cast<std::uint32_t>(made_.passages_.size()), document.entry});
        lengths_.push_back(lengths);
        ends_.push_back(standing_.size());
    }

    void finish() {
        made_.postings_.resize(made_.ids_.size());
        Lengths const means = mean_lengths();
        for (std::size_t d = 0; d < lengths_.size(); ++d) post(d, means);
        auto const n = static_cast<double>(lengths_.size());
        auto rarity = [n](double in) { return std::log(1 + (n - in + 0.5) / (in + 0.5)); };
        for (auto const& list : made_.postings_)
            made_.rarity_.push_back(static_cast<float>(rarity(static_cast<double>(list.size()))));
        made_.rarest_ = rarity(0);
        measure_passages();
    }

  private:
    using Lengths = std::array<float, kFields>;
    struct Standing {
        TermId id;
        std::uint32_t field;
    };

    /// Headings come again with every article of a law.
    std::vector<TermId> terms_of(Findable::Passage const& passage) {
        if (passage.field != FieldOf::heading) return cut(passage);
        auto [known, fresh] = headings_.try_emplace(passage.text);
        if (fresh) known->second = cut(passage);
        return known->second;
    }

    std::vector<TermId> cut(Findable::Passage const& passage) {
        language::Lexicon const& lexicon = made_.lexicon_;
        std::vector<text::Term> terms = passage.field == FieldOf::body
                                            ? lexicon.terms(passage.text)
                                            : lexicon.terms(lexicon.read(passage.text).text);
        std::vector<TermId> ids;
        ids.reserve(terms.size());
        for (text::Term& term : terms) {
            auto const next = static_cast<TermId>(made_.ids_.size());
            ids.push_back(made_.ids_.try_emplace(std::move(term.text), next).first->second);
        }
        return ids;
    }

    void put_passage(FieldOf field, std::vector<TermId> terms) {
        std::ranges::sort(terms);
        terms.erase(std::ranges::unique(terms).begin(), terms.end());
        auto& all = made_.passage_terms_;
        auto const begin = static_cast<std::uint32_t>(all.size());
        all.insert(all.end(), terms.begin(), terms.end());
        made_.passages_.push_back({field, begin, static_cast<std::uint32_t>(all.size()), 0});
    }

    Lengths mean_lengths() const {
        Lengths sums{}, having{};
        for (Lengths const& each : lengths_)
            for (std::size_t field = 0; field < kFields; ++field) {
                sums[field] += each[field];
                having[field] += each[field] > 0 ? 1 : 0;
            }
        for (std::size_t field = 0; field < kFields; ++field) sums[field] /= std::max(1.0F, having[field]);
        return sums;
    }

    void post(std::size_t d, Lengths const& means) {
        Ranking const& ranking = made_.ranking_;
        std::array<double, kFields> worth{ranking.title, ranking.wordings, ranking.heading, ranking.body};
        for (std::size_t field = 0; field < kFields; ++field)
            worth[field] /= 1 - ranking.b + ranking.b * lengths_[d][field] / std::max(1.0F, means[field]);
        auto const from = standing_.begin() + static_cast<std::ptrdiff_t>(d == 0 ? 0 : ends_[d - 1]);
        auto const to = standing_.begin() + static_cast<std::ptrdiff_t>(ends_[d]);
        std::sort(from, to, [](Standing const& a, Standing const& b) { return a.id < b.id; });
        for (auto at = from; at != to;) {
            TermId const id = at->id;
            double frequency = 0;
            for (; at != to && at->id == id; ++at) frequency += worth[at->field];
            made_.postings_[id].push_back({static_cast<std::uint32_t>(d), static_cast<float>(frequency)});
        }
    }

    void measure_passages() {
        double terms = 0, bodies = 0;
        for (Passage& passage : made_.passages_) {
            double squares = 0;
            for (std::uint32_t i = passage.begin; i < passage.end; ++i) {
                double const rarity = made_.rarity_[made_.passage_terms_[i]];
                squares += rarity * rarity;
            }
            passage.norm = static_cast<float>(std::sqrt(squares));
            if (passage.field != FieldOf::body) continue;
            terms += passage.end - passage.begin;
            ++bodies;
        }
        if (terms > 0) made_.mean_passage_ = terms / bodies;
    }

    Ranker& made_;
    std::vector<Lengths> lengths_;
    std::vector<Standing> standing_;
    std::vector<std::size_t> ends_;  ///< of each document's in standing_
    std::unordered_map<std::string_view, std::vector<TermId>> headings_;
};

Ranker::Ranker(std::vector<Findable> const& documents, language::Lexicon const& lexicon, Ranking ranking)
    : lexicon_(lexicon), ranking_(ranking) {
    Builder builder(*this);
    for (Findable const& document : documents) builder.add(document);
    builder.finish();
}

}  // namespace banyan::knowledge
