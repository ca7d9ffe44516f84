#include "kernel/language/demands.h"

#include <algorithm>
#include <optional>

namespace banyan::language {
namespace {

using Sort = Demand::Sort;

constexpr std::string_view kNames[] = {"when", "who", "how_much", "where", "may", "why", "how", "act"};
constexpr std::string_view kAsks[] = {"ask_when", "ask_who", "ask_how_much", "ask_where",
                                      "ask_may",  "ask_why", "ask_how",      "ask_act"};
// 。！？；… and their half-width forms; a full stop within a number ends nothing.
constexpr char32_t kEnds[] = {0x3002, U'!', U'?', U';', U'\n', U'\r', 0x2026};
constexpr char32_t kComma = U',', kIdeographicComma = 0xFF0C;
constexpr std::size_t kLeast = 2;  // Han characters of a demand besides its marker

/// The first sort, in the order of the list, one of whose words is in the clause; and where that word ends.
std::optional<Sort> asked_in(Characters const& text, Clause const& clause, WordLists const& words) {
    for (std::size_t sort = 0; sort < std::size(kAsks); ++sort) {
        WordSort const& asks = words[kAsks[sort]];
        for (std::size_t at = clause.from; at < clause.to; ++at)
            if (asks.length_at(text, at) > 0) return static_cast<Sort>(sort);
    }
    return clause.question ? std::optional(Sort::may) : std::nullopt;
}

std::size_t said_in(Characters const& text, Clause const& clause, WordSort const& polite) {
    std::size_t said = 0;
    for (std::size_t at = clause.from; at < clause.to;) {
        std::size_t skipped = polite.length_at(text, at);
        if (skipped == 0) said += is_han(text[at]) || is_digit(text[at]);
        at += std::max<std::size_t>(skipped, 1);
    }
    return said;
}

}  // namespace

std::string_view name_of(Sort sort) { return kNames[static_cast<std::size_t>(sort)]; }

std::vector<Clause> sentences_of(Characters const& text) {
    std::vector<Clause> sentences;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && !is_one_of(kEnds, text[at])) continue;
        if (at > from) sentences.push_back({from, at, text[at] == U'?'});
        from = at + 1;
    }
    return sentences;
}

std::vector<Clause> clauses_of(Characters const& text, Clause const& sentence) {
    std::vector<Clause> clauses;
    std::size_t from = sentence.from;
    for (std::size_t at = sentence.from; at <= sentence.to; ++at) {
        if (at < sentence.to && text[at] != kComma && text[at] != kIdeographicComma) continue;
        if (at > from) clauses.push_back({from, at, sentence.question && at == sentence.to});
        from = at + 1;
    }
    return clauses;
}

// A clause with a word that asks begins a demand; what follows it without one belongs to it, what went before in
// the sentence is what it is about.
std::vector<Demand> demands_of(Characters const& text, WordLists const& words) {
    std::vector<Demand> demands;
    WordSort const& polite = words["polite"];
    for (Clause const& sentence : sentences_of(text)) {
        std::optional<Demand> open;
        std::size_t about = sentence.from;
        for (Clause const& clause : clauses_of(text, sentence)) {
            auto sort = asked_in(text, clause, words);
            if (sort && said_in(text, clause, polite) < kLeast) sort.reset();       // 请问, 谢谢, 希望领导重视
            bool same = open && sort && *sort == open->sort && *sort == Sort::act;  // 请来修，请快一点
            if (sort && !same) {
                if (open) demands.push_back(*open);
                open = Demand{*sort, open ? clause.from : about, clause.to};
            } else if (open) {
                open->to = clause.to;
            }
        }
        if (open) demands.push_back(*open);
    }
    return demands;
}

}  // namespace banyan::language
