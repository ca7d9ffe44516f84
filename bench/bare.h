// bench/bare.h: the database alone, writing what the seven steps write: no rules, no HTTP, no hashes, no
// encryption.
//
// Through platform/store, in the kernel's tables and batches, for the same number of open matters, picked at
// random. As the server, it reads nothing of a matter before a step: the server keeps open matters in memory.
#pragma once
#include <deque>

#include "figures.h"
#include "rows.h"

namespace banyan::bench {

class Bare {
  public:
    Bare(store::Store& store, std::vector<Story> stories, std::size_t open);
    /// So many steps, in transactions of `batch` each; commits are timed into `commits`.
    void take(std::size_t steps, std::size_t batch, Times& commits);
    std::size_t filed() const { return filed_; }

  private:
    struct Item {
        std::int64_t id = 0, share = 0, last_event = 0;
        std::size_t story = 0, next = 0;
    };
    /// Which column is what, so that a pattern's row becomes another matter's.
    enum class Meaning { as_is, lane, id, matter, event, before, instant, wakes, key, token };
    using Meanings = std::vector<Meaning>;

    void write_batch(std::size_t commands, Times& commits);
    void put(Item& item);
    std::int64_t next_id(std::int64_t lane) { return ++counter_ * kLanes + lane; }
    static Meanings meanings(Rows rows);

    store::Store& store_;
    std::unique_ptr<store::Session> session_;
    std::vector<Story> const stories_;
    Random random_{20261123};
    Instant const began_ = wall_clock();
    std::vector<Item> items_;
    std::vector<std::size_t> ready_, empty_;
    std::array<Meanings, kTables> meanings_;
    std::array<std::vector<store::Cell>, kTables> cells_;
    std::deque<std::string> kept_;  ///< keys and tokens of the batch
    std::array<std::int64_t, kLanes> events_{};
    std::vector<std::int64_t> lanes_;
    std::int64_t counter_ = 0, batch_lane_ = 0;
    std::size_t filed_ = 0;
};

}  // namespace banyan::bench
