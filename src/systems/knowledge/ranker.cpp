#include "systems/knowledge/ranker.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace banyan::knowledge {
namespace {

constexpr std::size_t kSecondLook = 80;
constexpr double kUsualMass = 150;      ///< of a question of some sixteen signs
constexpr double kPassageLength = 0.4;  ///< how much a long passage counts less

}  // namespace

Result<Ranking> read_ranking(std::string_view text) {
    Ranking ranking;
    std::map<std::string_view, double*> const known{{"k1", &ranking.k1},
                                                    {"b", &ranking.b},
                                                    {"title", &ranking.title},
                                                    {"wordings", &ranking.wordings},
                                                    {"heading", &ranking.heading},
                                                    {"body", &ranking.body},
                                                    {"official", &ranking.official},
                                                    {"weak", &ranking.weak},
                                                    {"passage", &ranking.passage},
                                                    {"wording", &ranking.wording},
                                                    {"entry", &ranking.entry},
                                                    {"sign", &ranking.sign},
                                                    {"subject", &ranking.subject},
                                                    {"good", &ranking.good}};
    for (std::string const& part : split(text, ",")) {
        std::size_t const equals = part.find('=');
        auto found = known.find(std::string_view(part).substr(0, equals));
        if (found == known.end()) return refuse("field.unknown", part);
        char const* const end = part.data() + part.size();
        if (equals == std::string::npos ||
            std::from_chars(part.data() + equals + 1, end, *found->second).ptr != end)
            return refuse("field.type", part);
    }
    return ranking;
}

Asked Ranker::read(std::string_view question) const {
    language::Lexicon::Said const said = lexicon_.read(question);
    Asked asked;
    for (text::Term& term : lexicon_.terms(said.text)) {
        double weight = lexicon_.weak(term.text) ? ranking_.weak : 1;
        if (language::Lexicon::is_sign(term.text)) weight *= ranking_.sign;
        asked.terms.try_emplace(std::move(term.text), Asked::Term{weight, true});
    }
    for (std::string const& official : said.official)
        for (text::Term& term : lexicon_.terms(official))
            asked.terms.try_emplace(
                std::move(term.text),
                Asked::Term{ranking_.official * (language::Lexicon::is_sign(term.text) ? ranking_.sign : 1),
                            false});
    return asked;
}

std::vector<Ranker::Weighted> Ranker::weighted(Asked const& asked, double& mass) const {
    std::vector<Weighted> terms;
    for (auto const& [term, of] : asked.terms) {
        auto known = ids_.find(term);
        double const rarity = known == ids_.end() ? rarest_ : rarity_[known->second];
        if (of.own) mass += of.weight * rarity;
        if (known != ids_.end()) terms.push_back({known->second, of.weight * rarity});
    }
    std::ranges::sort(terms, {}, &Weighted::id);
    return terms;
}

void Ranker::look_again(std::vector<Weighted> const& terms, double mass, Found& found) const {
    double squares = 0;
    for (Weighted const& term : terms) squares += term.weight * term.weight;
    double const length = std::sqrt(squares);
    Document const& document = documents_[found.document];
    std::size_t body = 0;
    for (std::uint32_t p = document.begin; p < document.end; ++p) {
        Passage const& passage = passages_[p];
        double sum = 0, product = 0;
        auto at = passage_terms_.begin() + passage.begin;
        auto const end = passage_terms_.begin() + passage.end;
        for (Weighted const& term : terms) {
            at = std::lower_bound(at, end, term.id);
            if (at == end) break;
            if (*at != term.id) continue;
            sum += term.weight;
            product += term.weight * rarity_[term.id];
        }
        if (passage.field == FieldOf::title) found.of_title = sum / mass;
        if (passage.field == FieldOf::body) {
            double const relative = static_cast<double>(passage.end - passage.begin) / mean_passage_;
            double const score = sum / mass / (1 + kPassageLength * relative);
            if (score > found.best_passage) {
                found.best_passage = score;
                found.passage = body;
            }
            ++body;
        } else if (passage.field != FieldOf::heading && passage.norm > 0 && length > 0) {
            found.best_wording = std::max(found.best_wording, product / (length * passage.norm));
        }
    }
    found.score = found.bm25 + ranking_.passage * found.best_passage + ranking_.wording * found.best_wording +
                  ranking_.subject * found.of_title + (document.entry ? ranking_.entry : 0);
    found.certainty = found.score * std::sqrt(mass / kUsualMass);
    found.good = found.certainty >= ranking_.good;
}

std::vector<Found> Ranker::find(Asked const& asked, std::function<bool(std::size_t)> const& allowed,
                                std::size_t most) const {
    double mass = 0;
    std::vector<Weighted> const terms = weighted(asked, mass);
    if (terms.empty() || mass <= 0) return {};
    std::vector<float> scores(documents_.size(), 0);
    for (Weighted const& term : terms)
        for (Posting const& posting : postings_[term.id])
            scores[posting.document] +=
                static_cast<float>(term.weight * posting.frequency / (ranking_.k1 + posting.frequency));
    std::vector<Found> found;
    for (std::size_t d = 0; d < scores.size(); ++d)
        if (scores[d] > 0 && allowed(d)) found.push_back({.document = d, .bm25 = scores[d] / mass});
    auto better = [](double Found::* by) {
        return [by](Found const& a, Found const& b) {
            return a.*by != b.*by ? a.*by > b.*by : a.document < b.document;
        };
    };
    std::size_t const looked = std::min(found.size(), std::max(kSecondLook, most));
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(looked), better(&Found::bm25));
    found.resize(looked);
    for (Found& each : found) look_again(terms, mass, each);
    std::ranges::sort(found, better(&Found::score));
    if (found.size() > most) found.resize(most);
    return found;
}

}  // namespace banyan::knowledge
