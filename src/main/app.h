// main/app.h: the program, put together by hand: reading app.cpp is reading what runs.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "api/sessions.h"
#include "kernel/engine/engine.h"
#include "kernel/engine/installation.h"
#include "platform/config/data_folder.h"
#include "platform/http/http.h"
#include "platform/store/readers.h"
#include "systems/desk/events.h"

extern "C" banyan::EmbeddedFile const banyan_embedded_table[];

namespace banyan {

struct Place {
    std::string data;  ///< folder
    std::string db;    ///< postgresql://…; empty: SQLite in the folder
    bool unsafe = false;
};

/// A city, opened: database, keys, rules and the writer (not started).
class Opened {
  public:
    /// Throws what a person can act on: a locked folder, a database that is newer, keys that others may read.
    Opened(Place const& place, EngineOptions engine_options);
    ~Opened();

    DataFolder folder;
    crypto::Keyring keys;
    std::unique_ptr<store::Store> store;
    Installed installed;
    EngineOptions options;
    Checks checks;  ///< of systems; rules have them from the next reload() on
    std::unique_ptr<Engine> engine;

    /// Another engine on the same database, for when somebody else has written. REQUIRES: not started.
    void renew();
    /// Reads rules, people and calendar again after they were changed.
    void reload();
};

std::unique_ptr<store::Store> open_store(Place const& place);
/// The keys of a city that is there; never makes any. Throws when the folder holds no city.
crypto::Keyring open_keys(DataFolder const& folder);
/// The clock of the city in the folder: the demo's, if it is the demo, else the wall's.
std::function<Instant()> clock_of(std::string const& folder);

struct ServeOptions {
    Place place;
    std::string listen = "127.0.0.1:12345", name = "Banyan", log_file, messages;
    std::string open311;  ///< jurisdictions; empty or `off`: not served
    std::string tiles;    ///< address of map tiles; empty: none
    int readers = 2;
    int file_most_mb = 10, matter_files_mb = 100;  ///< MiB
    bool access_log = true, demo = false, real_time = false;
    bool all_items = false;            ///< the demo has the whole of Fujian's catalogue
    std::optional<Place> practice_of;  ///< the demo city for the people of that one, to practise in
    std::function<void(std::uint16_t port)> on_ready;
};

/// Serves until SIGTERM or SIGINT, drains, returns the exit status.
int serve(ServeOptions const& options);

}  // namespace banyan
