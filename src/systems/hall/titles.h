// systems/hall/titles.h: what items are called, and which of that somebody means by a few words.
//
// A title is what items of many places share. Words are held against its name, its situation and its keywords, by
// pairs of neighbouring signs; what is said and what officials call it come from Words. Letters are pinyin, whole,
// begun or its initials (letters.h), or English. Each title has a score; 0 is not found. Weights: titles_rank.cpp.
//
// Thread rule: any, once made.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "systems/hall/item.h"
#include "systems/hall/letters.h"
#include "systems/hall/words.h"

namespace banyan::hall {

struct Title {
    std::string name, name_en;
    std::string situation, situation_name;
    std::vector<std::string> keywords;
    Type type = Type::other;
    std::vector<std::string> audience, classes, scenes;
    bool operator==(Title const&) const = default;
};

class Titles {
  public:
    using Number = std::uint32_t;
    struct Scored {
        Number title;
        std::uint32_t score;
    };

    Titles(std::vector<Title> titles, Words const& words);

    std::size_t size() const { return titles_.size(); }
    Title const& at(Number title) const { return titles_[title]; }
    /// Those that fit, in no order.
    std::vector<Scored> find(Asked const& asked) const;

  private:
    /// As they are compared: normalised, without spaces and signs.
    struct Plain {
        std::string name, whole;  ///< whole: with the situation
        std::string situation;
        std::vector<std::string> keywords;
        std::uint32_t length = 0;  ///< signs of the name
    };
    enum Place : std::uint8_t { in_name = 1, in_keyword = 2, in_situation = 4 };
    struct Posting {
        Number title;
        std::uint8_t where;
    };
    using Pair = std::uint64_t;  ///< two signs; one alone: with 0
    class Ranker;

    void post(Number title, std::u32string const& signs, Place where);
    std::vector<Posting> const* postings(Pair pair) const;
    std::vector<Scored> by_letters(Asked const& asked) const;
    void by_english(Asked const& asked, std::unordered_map<Number, std::uint32_t>& best) const;

    std::vector<Title> titles_;
    std::vector<Plain> plain_;
    std::unordered_map<Pair, std::vector<Posting>> pairs_;
    std::vector<std::pair<std::string, Number>> english_;  ///< words of English names, sorted
    Letters letters_;
};

}  // namespace banyan::hall
