// kernel/alike/neighbours.h: all matters' sketches in memory, and by their heaviest terms the few that a text may
// be about the same as.
//
// Compact: some 450 bytes a matter. Nothing of it is kept: it is learned from the journal at every start
// (kernel/alike/learner.h). Who may see what is found is asked by who shows it (suggest.h).
//
// Thread rule: one writer, any readers; locked inside.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>

#include "base/id.h"
#include "kernel/alike/compare.h"

namespace banyan::alike {

struct Neighbour {
    MatterId matter;
    Day day;
    Likeness like;
};

class Neighbours {
  public:
    explicit Neighbours(Words const& words);
    ~Neighbours();

    /// A matter's text. REQUIRES: each matter once.
    void add(MatterId matter, Sketcher const& sketcher, Reading const& reading, Day day, Hash class_code);
    struct Wanted {
        Day day;
        Hash class_code = 0;
        std::size_t most = 20;
        MatterId but;                     ///< this one aside
        std::optional<double> threshold;  ///< left out: the words' own
    };
    /// The likest first, of those at least as likely as the threshold.
    std::vector<Neighbour> find(Sketcher const& sketcher, Reading const& reading, Wanted const& wanted) const;
    /// The same of two texts, neither of which is kept; nothing below the threshold. `wanted` says the first one's
    /// day and class, `other` what find() would say of the second.
    struct Text {
        Reading const& reading;
        Day day;
        Hash class_code = 0;
    };
    std::optional<Likeness> liken(Sketcher const& sketcher, Reading const& reading, Wanted const& wanted,
                                  Text const& other) const;
    /// Those of before that day are found no more, and their memory is given back. How often terms have been seen
    /// stays.
    void forget_before(Day day);
    std::size_t size() const;
    std::size_t bytes() const;  ///< of memory, counted

  private:
    struct Block;  ///< sketches side by side
    struct Posting {
        std::uint32_t entry = 0, before = 0;
    };
    static constexpr std::size_t kInBlock = 4096, kHeads = std::size_t{1} << 20;

    void keep(MatterId matter, Sketch const& sketch);
    Sketch at(std::uint32_t entry) const;
    Block const& block_of(std::uint32_t entry) const { return *blocks_[entry / kInBlock]; }
    std::vector<Term> heaviest(Sketch const& sketch, std::size_t most) const;
    std::vector<std::uint32_t> candidates(Sketch const& sketch) const;

    Words::Weights const weights_;
    mutable std::shared_mutex mutex_;
    Counts counts_;
    std::vector<std::unique_ptr<Block>> blocks_;
    std::uint32_t entries_ = 0;
    std::vector<std::uint32_t> heads_;            ///< by hash: its newest posting, plus one
    std::vector<std::vector<Posting>> postings_;  ///< in pieces, so that growing moves nothing
    std::uint32_t posted_ = 0;
};

}  // namespace banyan::alike
