// systems/knowledge/library.h: the stock and the way to find something in it.
//
// What is asked for is of a place and a day: an answer is of the whole country or of an area that holds the asked
// one, and in force that day. Citizens are shown only what is sure; seats also what is not, with the mark; what is
// over only who asks for it, with the mark, and never as a good answer. Rules: docs/systems/knowledge.md
//
// Thread rule: any, once made; it never changes. A new stock is a new library.
#pragma once
#include <memory>

#include "systems/knowledge/found.h"
#include "systems/knowledge/stock.h"

namespace banyan::language {
class Lexicon;
}

namespace banyan::knowledge {

struct Question {
    std::string text;
    std::string area;  ///< GB/T 2260
    Day day;
    bool unsure = false;   ///< laws that we do not know for certain to be in force, too
    bool expired = false;  ///< what is over, too
    std::size_t most = 10;
    bool everyone = false;  ///< only what is shown to everyone: entries for all, national law
};

/// An entry, or an article of a law.
struct Match {
    Entry const* entry = nullptr;
    Article const* article = nullptr;
    Law const* law = nullptr;
    std::string_view passage;  ///< of its text: what fits best
    bool expired = false;      ///< on the asked day
    Found found;

    Force const& force() const { return entry != nullptr ? entry->force : law->force; }
};

/// A passage, cut where words of the question stand.
struct Part {
    std::string text;
    bool hit = false;
};

class Library {
  public:
    Library(Stock stock, std::shared_ptr<language::Lexicon const> lexicon, Ranking ranking = {});
    ~Library();

    /// The best first; those in force before those that are over. Nothing for a question of no words.
    std::vector<Match> find(Question const& question) const;
    std::vector<Part> parts(std::string_view passage, std::string_view question) const;
    Stock const& stock() const { return stock_; }
    std::string name(Match const& match) const;

  private:
    bool allows(std::size_t document, Question const& question) const;
    Match match(Found const& found, Day day) const;

    Stock const stock_;
    std::shared_ptr<language::Lexicon const> lexicon_;
    std::vector<std::vector<std::string_view>> bodies_;  ///< of each document: its passages
    std::unique_ptr<class Ranker> ranker_;
};

}  // namespace banyan::knowledge
