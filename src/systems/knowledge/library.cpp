#include "systems/knowledge/library.h"

#include <algorithm>

#include "kernel/language/lexicon.h"
#include "systems/knowledge/ranker.h"

namespace banyan::knowledge {
namespace {

constexpr std::size_t kShortPassage = 120;  ///< bytes: shorter lines stay with the one before

/// Paragraphs; the short ones of an enumeration together.
std::vector<std::string_view> passages_of(std::string_view text) {
    std::vector<std::string_view> passages;
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t end = text.find('\n', begin);
        while (end != std::string_view::npos && end - begin < kShortPassage) end = text.find('\n', end + 1);
        if (end == std::string_view::npos) end = text.size();
        passages.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return passages;
}

}  // namespace

Library::~Library() = default;

Library::Library(Stock stock, std::shared_ptr<language::Lexicon const> lexicon, Ranking ranking)
    : stock_(std::move(stock)), lexicon_(std::move(lexicon)) {
    std::vector<Findable> documents;
    for (Entry const& entry : stock_.entries) {
        Findable document{{{FieldOf::title, entry.title}}, true};
        for (std::string const& variant : entry.variants)
            document.passages.push_back({FieldOf::wordings, variant});
        document.passages.push_back({FieldOf::body, entry.body});
        bodies_.push_back({entry.body});
        documents.push_back(std::move(document));
    }
    for (Article const& article : stock_.articles) {
        Findable document;
        document.passages.push_back({FieldOf::heading, stock_.laws[article.law].title});
        document.passages.push_back({FieldOf::heading, article.chapter});
        for (std::string const& wording : article.wordings)
            document.passages.push_back({FieldOf::wordings, wording});
        bodies_.push_back(passages_of(article.text));
        for (std::string_view passage : bodies_.back()) document.passages.push_back({FieldOf::body, passage});
        documents.push_back(std::move(document));
    }
    ranker_ = std::make_unique<Ranker>(documents, *lexicon_, ranking);
}

bool Library::allows(std::size_t document, Question const& question) const {
    bool const is_entry = document < stock_.entries.size();
    Entry const* entry = is_entry ? &stock_.entries[document] : nullptr;
    Law const* law = is_entry ? nullptr : &stock_.laws[stock_.articles[document - stock_.entries.size()].law];
    Force const& force = is_entry ? entry->force : law->force;
    if (!force.holds_at(question.area) || !force.begun(question.day)) return false;
    if (force.over(question.day) && !question.expired) return false;
    if (question.everyone) return is_entry ? entry->for_everyone(question.day) : law->for_everyone(question.day);
    return is_entry ? !entry->taken_down : law->sure || question.unsure;
}

Match Library::match(Found const& found, Day day) const {
    Match match;
    if (found.document < stock_.entries.size()) {
        match.entry = &stock_.entries[found.document];
    } else {
        match.article = &stock_.articles[found.document - stock_.entries.size()];
        match.law = &stock_.laws[match.article->law];
    }
    match.passage = bodies_[found.document][found.passage];
    match.expired = match.force().over(day);
    match.found = found;
    if (match.expired) match.found.good = false;
    return match;
}

std::vector<Match> Library::find(Question const& question) const {
    std::vector<Match> matches;
    for (Found const& found : ranker_->find(
             ranker_->read(question.text), [&](std::size_t document) { return allows(document, question); },
             question.most))
        matches.push_back(match(found, question.day));
    std::ranges::stable_partition(matches, [](Match const& each) { return !each.expired; });
    return matches;
}

std::vector<Part> Library::parts(std::string_view passage, std::string_view question) const {
    Asked const asked = ranker_->read(question);
    std::vector<Part> parts;
    std::size_t done = 0;
    auto add = [&](std::size_t end, bool hit) {
        if (end <= done) return;
        std::string text(passage.substr(done, end - done));
        if (!parts.empty() && parts.back().hit == hit)
            parts.back().text += text;
        else
            parts.push_back({std::move(text), hit});
        done = end;
    };
    for (text::Term const& term : lexicon_->reader().terms(passage)) {
        auto known = asked.terms.find(term.text);
        if (known == asked.terms.end() || lexicon_->weak(term.text)) continue;
        add(term.begin, false);
        add(term.end, true);
    }
    add(passage.size(), false);
    return parts;
}

std::string Library::name(Match const& match) const {
    return match.entry != nullptr ? match.entry->name() : stock_.name(*match.article);
}

}  // namespace banyan::knowledge
