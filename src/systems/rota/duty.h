// systems/rota/duty.h: who is on duty when (排班): seats, units' duty phones, leaders who answer. On both
// databases. Rules and sources: docs/systems/rota.md
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "kernel/people/directory.h"
#include "platform/store/store.h"

namespace banyan::rota {

struct Duty {
    std::int64_t id = 0;
    std::string kind;  ///< seat, unit, leader
    std::string who;   ///< a login, or a unit's code
    std::string name, phone;
    Instant begins, ends;
    std::string note;
};

struct BadRow {
    int line = 0;
    Refusal refusal;
};
struct Read {
    std::vector<Duty> duties;
    std::vector<BadRow> bad;
};
/// Columns kind, who, from, until ("2026-10-09 08:00", city time); name, phone, note if there are any. A bad row
/// is left out and said, with its line: rota.kind, .who, .time, .backwards, .too_long, .phone, .needless, .twice.
/// Refused: the file itself (csv.*, rota.column, rota.too_many).
Result<Read> read_rota(std::string_view csv, Directory const& directory);

struct TakenIn {
    int taken = 0, replaced = 0, already = 0;
};
/// One that begins when another of the same kind and person or unit does takes its place; the same again is
/// nothing.
TakenIn take_in(store::Session& writing, std::vector<Duty> const& duties, PersonId by, Instant now);
/// It no longer holds. False: there is none that holds.
bool strike(store::Session& writing, std::int64_t id, PersonId by, Instant now);

/// Those that touch [from, until), by kind and begin; `kind` empty: all.
std::vector<Duty> load_duties(store::Session& session, std::string_view kind, Instant from, Instant until);

/// Which phone to ring for a unit now: its duty's; else its own, as the units' list has it; else the same of the
/// unit above, and so on.
struct DutyPhone {
    std::string phone, name, unit;  ///< unit: whose it is
    bool on_rota = false;
};
std::optional<DutyPhone> duty_phone(store::Session& session, Directory const& directory, Unit const& unit,
                                    Instant now);

}  // namespace banyan::rota
