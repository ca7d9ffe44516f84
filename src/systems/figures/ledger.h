// systems/figures/ledger.h: all SQL of this system. On both databases.
#pragma once
#include <span>

#include "kernel/engine/engine.h"
#include "systems/figures/counting.h"
#include "systems/figures/formulas.h"

namespace banyan::figures {

/// Which counters of a month: as they are now, or as frozen with the corrections up to one.
struct Wanted {
    Month month;
    bool frozen = false;
    int corrections = 0;
};
/// Of all units together when `units` is empty.
Counts load_whole(store::Session& session, Wanted const& wanted, std::span<UnitId const> units);
std::map<UnitId, Counts> load_units(store::Session& session, Wanted const& wanted);
std::map<std::string, Counts> load_by(store::Session& session, Wanted const& wanted, std::string_view dimension,
                                      std::span<UnitId const> units);
/// Everything of a month but what its units are members of; of these measures (in order), or of all.
Counters load_counters(store::Session& session, Wanted const& wanted,
                       std::vector<std::string> const& measures = {});
/// The first and the last month with counters; nothing: there are none.
std::optional<std::pair<Month, Month>> load_span(store::Session& session);

// The counters, kept by the journal.
EventId load_position(store::Session& session);
void save_position(store::Session& session, EventId through);
void clear_counters(store::Session& session);
void add_counters(store::Session& session, Counters const& counters);

/// How the journal stood.
struct Stand {
    EventId event;
    std::int64_t events = 0;
    std::string root;
};
struct Frozen {
    Month month;
    std::int64_t number = 0;
    Instant at;
    PersonId person;
    Stand stand;
    std::string formulas;
};
struct Correction {
    Month month;
    int no = 0;
    Instant at;
    PersonId person;
    Stand stand;
    std::string reason;
};
std::optional<Frozen> load_frozen(store::Session& session, Month month);
std::vector<Frozen> load_all_frozen(store::Session& session);  ///< by month, without the formulas
std::vector<Correction> load_corrections(store::Session& session, Month month);
std::vector<UnitId> load_changed_units(store::Session& session, Month month, int correction);
std::int64_t last_number(store::Session& session);
std::map<UnitId, std::string> load_members(store::Session& session, Month month);

void save_frozen(store::Session& session, Frozen const& frozen);
void save_correction(store::Session& session, Correction const& correction);
/// The month's counters as they are now become rows of `no` 0.
void copy_counters(store::Session& session, Month month);
void save_frozen_rows(store::Session& session, Counters const& rows, int no);

}  // namespace banyan::figures
