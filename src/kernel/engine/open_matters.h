// kernel/engine/open_matters.h: what worklists ask of every open matter: its stage, what it is about, its due,
// whose shares it has.
//
// In memory, from the database at start and from each commit since: they change at nearly every step, so an index
// over them would be written as often as the matters themselves. It hears of what this process commits; another
// node's batches are learned when the writer meets them. Thread rule: any.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "kernel/matter/matter.h"
#include "platform/store/flat_map.h"
#include "platform/store/store.h"

namespace banyan {

class OpenMatters {
  public:
    /// Forgets all, and learns of every open matter what its rows say.
    void learn_all(store::Session& session);
    class News;
    /// What a commit has changed, before anybody is answered; matters that are over are forgotten.
    void learn(News const& news);

    /// A worklist. With `units`: of their shares no further than `until`, ordered by the shares' own dues.
    struct Asked {
        std::string_view stage, kind, class_code, region, channel;  ///< empty: every one
        std::string_view within = {};    ///< this region and all below; empty: every one
        std::vector<UnitId> units = {};  ///< none: every one
        Progress until = Progress::approved;
        bool by_due = false;     ///< most urgent first, those without a due left out; else the newest first
        Instant overdue_at;      ///< only matters past their due then; zero: all
        PersonId claimed_by;     ///< only those that this person has claimed
        bool unclaimed = false;  ///< only those that nobody but this person has claimed
        bool incident = false;   ///< only those that others are attached to
        Instant now;             ///< for claims, which end by themselves
    };
    struct Place {
        Instant due;  ///< zero where the order is not by due
        MatterId matter;
        bool operator==(Place const&) const = default;
    };
    /// In order, at most `most` (one is no matter twice, unless two shares of it have two dues), those behind
    /// `after` only.
    std::vector<Place> find(Asked const& asked, std::optional<Place> const& after, std::size_t most) const;
    std::vector<std::int64_t> ids() const;  ///< in no order

  private:
    struct Share {
        UnitId unit;
        Progress progress;
        Instant due;
    };
    /// Numbers of words: of its stage, kind, class, region and channel.
    using Row = std::array<std::int32_t, 5>;
    static constexpr std::int32_t kAny = -1;
    static constexpr std::size_t kRegion = 3;
    struct Known {
        Row row{};
        Instant due;  ///< zero: its clock does not run
        PersonId claimed_by;
        Instant claimed_until;
        bool incident = false;
        std::vector<Share> shares;
    };
    static bool fits(Known const& known, Asked const& asked);
    static bool is_like(Row const& row, Row const& asked);
    std::int32_t number_of(std::string_view word);
    std::optional<Row> asked_row(Asked const& asked) const;  ///< nothing: no open matter has ever said one of them
    std::vector<bool> regions_within(std::string_view region) const;  ///< by their numbers; empty: every one
    static bool counts(Progress progress) { return progress <= Progress::approved; }

    mutable std::shared_mutex mutex_;
    store::FlatMap<std::int64_t, Known> known_;
    /// Few: of all rulebooks, of the catalogue of classes and channels, and the areas that were said.
    std::map<std::string, std::int32_t, std::less<>> words_;
};

/// Matters as they are when a batch is sealed: the writer goes on with them while that is committed.
class OpenMatters::News {
  public:
    void add(Matter const& matter);  ///< its procedure stays alive as long as this

  private:
    friend class OpenMatters;
    struct Entry {
        std::int64_t matter;
        std::string_view stage, kind;  ///< of its procedure; no stage: it is over
        std::string class_code, region, channel;
        Instant due;
        PersonId claimed_by;
        Instant claimed_until;
        bool incident = false;
        std::size_t shares;  ///< where its own end
    };
    std::vector<Entry> entries_;
    std::vector<Share> shares_;
};

}  // namespace banyan
