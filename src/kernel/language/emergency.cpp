#include "kernel/language/emergency.h"

#include <algorithm>

#include "kernel/language/demands.h"

namespace banyan::language {
namespace {

bool says(Characters const& text, Clause const& part, WordSort const& sort) {
    for (std::size_t at = part.from; at < part.to; ++at)
        if (sort.begins_at(text, at)) return true;
    return false;
}

}  // namespace

Result<EmergencyWords> EmergencyWords::read(std::string_view csv) {
    BANYAN_TRY(WordLists words, WordLists::read(csv));
    return EmergencyWords(std::move(words));
}

std::vector<Danger> EmergencyWords::find(std::string_view text) const {
    std::vector<Danger> found;
    Characters const characters(text);
    WordSort const &danger = words_["danger"], &no = words_["not"];
    for (Clause const& sentence : sentences_of(characters)) {
        bool const told = says(characters, sentence, words_["past"]) || says(characters, sentence, words_["case"]);
        if (told && !says(characters, sentence, words_["now"])) continue;
        for (std::size_t at = sentence.from; at < sentence.to;) {
            if (std::size_t const passed = no.length_at(characters, at); passed > 0) {
                at += passed;
                continue;
            }
            auto const word = danger.tree.longest_at(characters, at);
            if (!word) {
                ++at;
                continue;
            }
            std::size_t const from = characters.offset(at), to = characters.offset(at + word->length);
            found.push_back({danger.to[word->word], from, to - from});
            at += word->length;
        }
    }
    return found;
}

}  // namespace banyan::language
