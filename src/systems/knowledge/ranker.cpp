#include "systems/knowledge/ranker.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace banyan::knowledge {
namespace {

constexpr std::size_t kSecondLook = 80;
constexpr double kPassageLength = 0.4;  ///< how much a long passage counts less

}  // namespace

Result<Ranking> read_ranking(std::string_view text) {
    Ranking ranking;
    std::map<std::string_view, double*> const known{
        {"k1", &ranking.k1},           {"b", &ranking.b},           {"title", &ranking.title},
        {"wordings", &ranking.wordings}, {"heading", &ranking.heading}, {"body", &ranking.body},
        {"official", &ranking.official}, {"weak", &ranking.weak},     {"passage", &ranking.passage},
        {"wording", &ranking.wording}, {"entry", &ranking.entry},   {"good", &ranking.good},
        {"chatter", &ranking.chatter}, {"kind", &ranking.kind},       {"cross", &ranking.cross}};
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

Ranker::Ranker(std::vector<Findable> const& documents, Lexicon const& lexicon, Ranking ranking)
    : lexicon_(lexicon), ranking_(ranking) {
    text::Reader const& reader = lexicon.reader();
    using Counts = std::array<float, kFields>;
    std::vector<std::map<TermId, Counts>> counts(documents.size());
    std::vector<Counts> lengths(documents.size(), Counts{});
    Counts sums{};
    Counts having{};
    std::size_t in_bodies = 0, bodies = 0;
    for (std::size_t d = 0; d < documents.size(); ++d) {
        auto const first = static_cast<std::uint32_t>(passages_.size());
        for (Findable::Passage const& passage : documents[d].passages) {
            auto const begin = passage_terms_.size();
            auto const field = static_cast<std::size_t>(passage.field);
            std::string const text =
                passage.field == FieldOf::body ? std::string(passage.text) : lexicon.read(passage.text).text;
            for (text::Term& term : reader.terms(text)) {
                auto const next = static_cast<TermId>(ids_.size());
                TermId const id = ids_.try_emplace(std::move(term.text), next).first->second;
                counts[d][id][field] += 1;
                lengths[d][field] += 1;
                passage_terms_.push_back(id);
            }
            auto const from = passage_terms_.begin() + static_cast<std::ptrdiff_t>(begin);
            std::sort(from, passage_terms_.end());
            passage_terms_.erase(std::unique(from, passage_terms_.end()), passage_terms_.end());
            passages_.push_back({passage.field, static_cast<std::uint32_t>(begin),
                                 static_cast<std::uint32_t>(passage_terms_.size()), 0, 0});
            if (passage.field == FieldOf::body) {
                std::string const plain = reader.normalised(passage.text);
                for (std::size_t kind = 0; kind < lexicon.kinds(); ++kind)
                    if (lexicon.answers(kind, plain)) passages_.back().kinds |= 1U << kind;
                in_bodies += passage_terms_.size() - begin;
                ++bodies;
            }
        }
        for (std::size_t field = 0; field < kFields; ++field) {
            sums[field] += lengths[d][field];
            having[field] += lengths[d][field] > 0 ? 1 : 0;
        }
        documents_.push_back({first, static_cast<std::uint32_t>(passages_.size()), documents[d].entry});
    }
    mean_passage_ = bodies > 0 ? static_cast<double>(in_bodies) / static_cast<double>(bodies) : 1;
    std::array<double, kFields> const weights{ranking.title, ranking.wordings, ranking.heading, ranking.body};
    postings_.resize(ids_.size());
    for (std::size_t d = 0; d < documents.size(); ++d)
        for (auto const& [id, of] : counts[d]) {
            double frequency = 0;
            for (std::size_t field = 0; field < kFields; ++field)
                if (of[field] > 0) {
                    double const mean = sums[field] / std::max(1.0F, having[field]);
                    frequency +=
                        weights[field] * of[field] / (1 - ranking.b + ranking.b * lengths[d][field] / mean);
                }
            postings_[id].push_back({static_cast<std::uint32_t>(d), static_cast<float>(frequency)});
        }
    auto const n = static_cast<double>(documents.size());
    rarity_.resize(ids_.size());
    for (auto const& [term, id] : ids_)
        rarity_[id] = static_cast<float>(rarity_of(static_cast<double>(postings_[id].size()), n, term));
    documents_count_ = n;
    for (Passage& passage : passages_) {
        double squares = 0;
        for (std::uint32_t i = passage.begin; i < passage.end; ++i)
            squares += rarity_[passage_terms_[i]] * rarity_[passage_terms_[i]];
        passage.norm = static_cast<float>(std::sqrt(squares));
    }
}

double Ranker::rarity_of(double in, double n, std::string_view term) const {
    in += ranking_.chatter * n * lexicon_.chatter(term);
    n += in;
    return std::log(1 + (n - in + 0.5) / (in + 0.5));
}

Asked Ranker::read(std::string_view question) const {
    text::Reader const& reader = lexicon_.reader();
    Lexicon::Said const said = lexicon_.read(question);
    Asked asked;
    asked.kinds = said.kinds;
    text::Plain const plain = reader.plain(said.text);
    std::vector<text::Span> const words = reader.words(plain);
    for (text::Term& term : reader.terms(said.text)) {
        double weight = lexicon_.weak(term.text) ? ranking_.weak : 1;
        auto ends_inside = [&](text::Span const& word) { return word.end > term.begin && word.end < term.end; };
        if (std::ranges::any_of(words, ends_inside)) weight *= ranking_.cross;
        asked.terms.try_emplace(std::move(term.text), Asked::Term{weight, true});
    }
    for (std::string const& official : said.official)
        for (text::Term& term : reader.terms(official))
            asked.terms.try_emplace(std::move(term.text), Asked::Term{ranking_.official, false});
    return asked;
}

std::vector<Ranker::Weighted> Ranker::weighted(Asked const& asked, double& mass) const {
    std::vector<Weighted> terms;
    for (auto const& [term, of] : asked.terms) {
        auto known = ids_.find(term);
        double const rarity = known == ids_.end() ? rarity_of(0, documents_count_, term) : rarity_[known->second];
        if (of.own) mass += of.weight * rarity;
        if (known != ids_.end()) terms.push_back({known->second, of.weight * rarity});
    }
    std::ranges::sort(terms, {}, &Weighted::id);
    return terms;
}

void Ranker::look_again(Asked const& asked, std::vector<Weighted> const& terms, double mass, Found& found) const {
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
        if (passage.field == FieldOf::body) {
            double const relative = static_cast<double>(passage.end - passage.begin) / mean_passage_;
            double const score = sum / mass / (1 + kPassageLength * relative);
            if (score > found.best_passage) {
                found.best_passage = score;
                found.passage = body;
                double has = 0;
                for (std::size_t kind : asked.kinds) has += (passage.kinds >> kind & 1U) != 0 ? 1 : 0;
                found.kind = asked.kinds.empty() ? 0 : has / static_cast<double>(asked.kinds.size());
            }
            ++body;
        } else if (passage.field != FieldOf::heading && passage.norm > 0 && length > 0) {
            found.best_wording = std::max(found.best_wording, product / (length * passage.norm));
        }
    }
    found.score = found.bm25 + ranking_.passage * found.best_passage + ranking_.wording * found.best_wording +
                  ranking_.kind * found.kind +
                  (document.entry ? ranking_.entry : 0);
    found.good = found.score >= ranking_.good;
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
    auto better = [](double Found::*by) {
        return [by](Found const& a, Found const& b) {
            return a.*by != b.*by ? a.*by > b.*by : a.document < b.document;
        };
    };
    std::size_t const looked = std::min(found.size(), std::max(kSecondLook, most));
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(looked), better(&Found::bm25));
    found.resize(looked);
    for (Found& each : found) look_again(asked, terms, mass, each);
    std::ranges::sort(found, better(&Found::score));
    if (found.size() > most) found.resize(most);
    return found;
}

}  // namespace banyan::knowledge
