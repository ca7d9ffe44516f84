// kernel/engine/move_city.h: a city that outgrew its file moves to PostgreSQL, whole:
// docs/operate.md#moving-to-postgresql
//
// Every table goes row for row, so the past keeps its bytes and hashes, sessions and partners' keys stay good, and
// files become rows. Each transaction also says how far it has come: a move that was cut short goes on where it
// stood, after it has read again what was copied, so a source written to meanwhile is noticed. In the end
// everything is read back from the new database and compared, and the record is verified there.
//
// Until then the new database has one migration too many in its list, so no program serves half a city.
#pragma once
#include <functional>
#include <string>

#include "base/result.h"
#include "kernel/engine/verify.h"
#include "platform/store/store.h"

namespace banyan {

struct MovePlan {
    std::span<store::Migration const> migrations;  ///< of this program
    Procedures const& procedures;                  ///< of the city
    std::string folder;                            ///< the city's: attachments, heads.log
};

/// What is being done, for who waits: `what` is a table, `attachments`, or `verify`. May be empty.
using OnMove = std::function<void(std::string_view what, std::int64_t done, std::int64_t of)>;

struct Moved {
    std::int64_t tables = 0, rows = 0, files = 0;
    std::int64_t copied = 0;  ///< rows that were not there from a move before
    VerifyReport report;      ///< not ok: the new database stays closed
};

/// REQUIRES: nobody writes to `from` (the folder's lock is held). Refused: migrate.city_other_schema,
/// migrate.other_schema (number: the first that
/// is another), migrate.not_empty (table), migrate.source_changed (table), migrate.differs
/// (table), migrate.no_connection (what), migrate.full (what). Throws store::Error for what else breaks.
Result<Moved> move_city(store::Store& from, store::Store& to, crypto::Keyring const& keys, MovePlan const& plan,
                        OnMove const& on_move = {});

}  // namespace banyan
