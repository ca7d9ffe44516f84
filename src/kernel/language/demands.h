// kernel/language/demands.h: what an appeal asks for, one by one: its questions, its 请/希望/要求 clauses, its
// numbered points.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/language/word_lists.h"

namespace banyan::language {

struct Demand {
    /// What an answer has to hold: a day, a unit, a sum, a place, yes or no, a reason, a way, something done.
    enum class Sort : std::uint8_t { when, who, how_much, where, may, why, how, act };
    Sort sort = Sort::act;
    std::size_t from = 0, to = 0;  ///< characters of the text
};

std::string_view name_of(Demand::Sort sort);  ///< "when", as in the yardstick

struct Clause {
    std::size_t from = 0, to = 0;
    bool question = false;  ///< ends with a question mark
};

/// Sentences end with 。！？； and line ends; clauses also with a comma.
std::vector<Clause> sentences_of(Characters const& text);
std::vector<Clause> clauses_of(Characters const& text, Clause const& sentence);

/// Uses the sorts `ask_when` … `ask_act`, `polite` of data/language/reply.csv.
std::vector<Demand> demands_of(Characters const& text, WordLists const& words);

}  // namespace banyan::language
