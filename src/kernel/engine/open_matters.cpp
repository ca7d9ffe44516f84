#include "kernel/engine/open_matters.h"

#include <algorithm>
#include <mutex>

namespace banyan {

std::int32_t OpenMatters::number_of(std::string_view word) {
    auto found = words_.find(word);
    if (found == words_.end())
        found = words_.emplace(std::string(word), static_cast<std::int32_t>(words_.size())).first;
    return found->second;
}

/// The lock is held over the snapshot: what commits behind it is learned after it.
void OpenMatters::learn_all(store::Session& session) {
    std::unique_lock lock(mutex_);
    known_.clear();
    session.query("SELECT id, due, stage, kind, class, region, channel FROM matter WHERE open = 1", {},
                  [&](store::Row const& row) {
                      Known& known = known_[row.integer(0)];
                      known.due = Instant{row.integer(1)};
                      for (int column = 0; column < static_cast<int>(known.row.size()); ++column)
                          known.row[static_cast<std::size_t>(column)] = number_of(row.text(column + 2));
                  });
    session.query("SELECT id, state FROM matter WHERE open = 1 AND (state LIKE $1 OR state LIKE $2)",
                  {std::string_view(R"(%"claim":{%)"), std::string_view(R"(%"incident":true%)")},
                  [&](store::Row const& row) {
                      json::value const state = json::parse(row.text(1));
                      auto known = known_.find(row.integer(0));
                      if (known == known_.end()) return;
                      if (json::value const* claim = state.as_object().if_contains("claim")) {
                          Claim const of = claim_from(claim->as_object());
                          known->second.claimed_by = of.by;
                          known->second.claimed_until = of.until;
                      }
                      if (json::value const* facts = state.as_object().if_contains("facts"))
                          known->second.incident = is_set(facts->as_object(), "incident");
                  });
    session.query(
        "SELECT a.matter, a.unit, a.progress, a.due FROM matter m "
        "JOIN assignment a ON a.lane = m.lane AND a.matter = m.id WHERE m.open = 1 AND a.progress <= $1",
        {std::int64_t{static_cast<int>(Progress::approved)}}, [&](store::Row const& row) {
            if (auto known = known_.find(row.integer(0)); known != known_.end())
                known->second.shares.push_back(
                    {UnitId(row.integer(1)), static_cast<Progress>(row.integer(2)), Instant{row.integer(3)}});
        });
}

void OpenMatters::News::add(Matter const& matter) {
    Entry& entry = entries_.emplace_back();
    entry.matter = matter.id.value;
    if (matter.open()) {
        Procedure const& procedure = *matter.procedure;
        entry.stage = procedure.at(matter.stage).name;
        if (matter.kind >= 0) entry.kind = procedure.kinds[static_cast<std::size_t>(matter.kind)];
        entry.class_code = matter.class_code;
        entry.region = matter.region;
        entry.channel = matter.channel;
        if (matter.clock == Clock::running && matter.due) entry.due = matter.due->instant;
        if (matter.claim) {
            entry.claimed_by = matter.claim->by;
            entry.claimed_until = matter.claim->until;
        }
        entry.incident = is_set(matter.facts, "incident");
        for (Assignment const& share : matter.assignments)
            if (counts(share.progress))
                shares_.push_back({share.unit, share.progress, share.due ? share.due->instant : Instant{}});
    }
    entry.shares = shares_.size();
}

void OpenMatters::learn(News const& news) {
    std::unique_lock lock(mutex_);
    auto shares = news.shares_.begin();
    for (News::Entry const& entry : news.entries_) {
        auto const end = news.shares_.begin() + static_cast<std::ptrdiff_t>(entry.shares);
        if (entry.stage.empty()) {
            known_.erase(entry.matter);
        } else {
            Known& known = known_[entry.matter];
            known.row = {number_of(entry.stage), number_of(entry.kind), number_of(entry.class_code),
                         number_of(entry.region), number_of(entry.channel)};
            known.due = entry.due;
            known.claimed_by = entry.claimed_by;
            known.claimed_until = entry.claimed_until;
            known.incident = entry.incident;
            known.shares.assign(shares, end);
        }
        shares = end;
    }
}

bool OpenMatters::is_like(Row const& row, Row const& asked) {
    for (std::size_t i = 0; i < row.size(); ++i)
        if (asked[i] != kAny && asked[i] != row[i]) return false;
    return true;
}

std::optional<OpenMatters::Row> OpenMatters::asked_row(Asked const& asked) const {
    std::array const words{asked.stage, asked.kind, asked.class_code, asked.region, asked.channel};
    Row row;
    row.fill(kAny);
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (words[i].empty()) continue;
        auto const known = words_.find(words[i]);
        if (known == words_.end()) return std::nullopt;
        row[i] = known->second;
    }
    return row;
}

/// Codes of regions begin with the code of the one above them.
std::vector<bool> OpenMatters::regions_within(std::string_view region) const {
    std::vector<bool> is(region.empty() ? 0 : words_.size());
    if (region.empty()) return is;
    for (auto word = words_.lower_bound(region); word != words_.end() && word->first.starts_with(region); ++word)
        is[static_cast<std::size_t>(word->second)] = true;
    return is;
}

bool OpenMatters::fits(Known const& known, Asked const& asked) {
    if (asked.incident && !known.incident) return false;
    if (asked.overdue_at && (!known.due || known.due > asked.overdue_at)) return false;
    bool const claimed = known.claimed_by && asked.now < known.claimed_until;
    if (asked.unclaimed) return !claimed || known.claimed_by == asked.claimed_by;
    return !asked.claimed_by || (claimed && known.claimed_by == asked.claimed_by);
}

std::vector<OpenMatters::Place> OpenMatters::find(Asked const& asked, std::optional<Place> const& after,
                                                  std::size_t most) const {
    auto before = [&](Place const& a, Place const& b) {
        return asked.by_due ? std::pair(a.due, a.matter) < std::pair(b.due, b.matter) : a.matter > b.matter;
    };
    std::vector<Place> found;
    auto add = [&](Instant due, std::int64_t matter) {
        if (asked.by_due && !due) return;
        Place const place{asked.by_due ? due : Instant{}, MatterId(matter)};
        if (!after || before(*after, place)) found.push_back(place);
    };
    {
        std::shared_lock lock(mutex_);
        auto const row = asked_row(asked);
        if (!row) return {};
        std::vector<bool> const within = regions_within(asked.within);
        for (auto const& [matter, known] : known_) {
            if (!is_like(known.row, *row) || !fits(known, asked)) continue;
            if (!within.empty() && !within[static_cast<std::size_t>(known.row[kRegion])]) continue;
            if (asked.units.empty()) {
                add(known.due, matter);
                continue;
            }
            for (Share const& share : known.shares)
                if (share.progress <= asked.until &&
                    std::ranges::find(asked.units, share.unit) != asked.units.end())
                    add(share.due, matter);
        }
    }
    std::size_t const wanted = std::min(found.size(), most);
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(wanted), before);
    found.resize(wanted);
    auto const twice = std::ranges::unique(found);
    found.erase(twice.begin(), twice.end());
    return found;
}

std::vector<std::int64_t> OpenMatters::ids() const {
    std::shared_lock lock(mutex_);
    std::vector<std::int64_t> all;
    all.reserve(known_.size());
    for (auto const& [matter, known] : known_) all.push_back(matter);
    return all;
}

}  // namespace banyan
