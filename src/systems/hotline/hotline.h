// systems/hotline/hotline.h: what main calls.
#pragma once
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "base/embedded.h"
#include "kernel/engine/engine.h"
#include "kernel/engine/installation.h"
#include "kernel/procedure/texts.h"

namespace banyan::hotline {

/// A page or file of the start pages, as it is served.
struct Page {
    std::string path, type;
    std::string_view bytes;
};
std::vector<Page> pages(EmbeddedTable embedded);

// ── the demo city ────────────────────────────────────────────────────────────────────────────────────────────
struct Demo {
    std::function<void(std::string_view line)> say;  ///< progress
    std::string hashed_password;                     ///< of every account
    std::string code_hash;                           ///< query code of the appeal that is shown to newcomers
    /// Sends a picture in, as somebody; gives what a form says of it. Empty: the city has no pictures.
    std::function<std::string(std::string_view picture, Actor const&)> send;
    std::map<std::string, std::string_view, std::less<>> pictures;  ///< "507-filed": of which appeal, with what
};
/// Units, people, catalogues: into an empty database. REQUIRES: the engine is not started.
void install_demo(store::Session& session, crypto::Keyring const& keys, EmbeddedTable embedded, Demo const& demo,
                  Instant now);
/// The 600 appeals, each through its steps up to its state. Throws when a row does not go through.
struct Seeded {
    int appeals = 0, steps = 0;
    std::string sample_number;  ///< the receipt number that code opens
};
Seeded seed_demo(Engine& engine, store::Store& store, EmbeddedTable embedded, Demo const& demo);

// ── appeals from files ───────────────────────────────────────────────────────────────────────────────────────
struct BadRow {
    int line = 0;
    Refusal refusal;
};
struct Imported {
    int accepted = 0, already = 0;
    std::vector<BadRow> bad;
};
/// Columns id, title, body, created (Beijing time); kind, class, region, channel, phone, name if there are any.
/// Each good row is filed at its time; a row that is there already (by source and id) is left alone. Refused: the
/// file itself.
Result<Imported> import_appeals(Engine& engine, std::string_view csv, std::string const& source,
                                std::function<void(int done, int of)> const& progress);

struct Replayed {
    int accepted = 0, answered = 0, on_time = 0, late = 0, already = 0, waiting = 0, rated = 0;
    double median_days = 0, p90_days = 0;
    struct PerUnit {
        std::string code, zh;
        int answered = 0, on_time = 0, late = 0;
    };
    std::vector<PerUnit> units;
    std::vector<BadRow> bad;
    bool tally_agrees = false;  ///< the same figures from the tally
};
/// The same columns and reply, replied: every appeal goes through all seven steps on a clock that follows the
/// file's own times.
Result<Replayed> replay(Engine& engine, store::Store& store, std::string_view csv, std::string const& source,
                        std::string const& kind, std::function<void(int done, int of)> const& progress);
json::object to_json(Replayed const& replayed);
/// The units that a file's rows are dispatched to: one for each area that a title names first, one for the city.
void install_replay_units(store::Session& session, std::string_view csv);

/// A city with a centre and nothing else, for files that name no units.
void install_plain_city(store::Session& session);

}  // namespace banyan::hotline
