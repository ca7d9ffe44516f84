// main/hall.h: the service hall, put together: its classes and divisions, the items in memory, what people ask of
// them; and the demo city's catalogue.
#pragma once
#include <thread>

#include "api/api.h"
#include "main/app.h"
#include "systems/hall/editor_routes.h"
#include "systems/hall/routes.h"
#include "systems/hall/rules.h"

namespace banyan {

/// What items are held against, from the program's own files. These throw when one is missing or wrong.
struct HallTables {
    hall::Classes classes;
    hall::Regions regions;
    hall::CatchAll catch_all;
    hall::Surroundings around() const { return {regions, classes, catch_all}; }
};
HallTables read_hall_tables(EmbeddedTable files);

class HallPart {
  public:
    /// REQUIRES: `house`, `store` and `shelf` outlive it.
    HallPart(api::House& house, store::Store& store, hall::Shelf& shelf, EmbeddedTable files,
             std::shared_ptr<text::Reader const> const& reader, Uploads const& uploads);
    ~HallPart() { stop(); }
    void add_operations(api::Api& api);
    void start();  ///< reads the items: few at once, many beside the server
    void stop();

  private:
    void load();

    api::House& house_;
    store::Store& store_;
    std::shared_ptr<HallTables const> tables_;
    hall::Finder::Names names_;
    hall::Shelf& shelf_;
    hall::Desk desk_;
    hall::Editor editor_;
    hall::EditorDesk editor_desk_;
    std::atomic<bool> stopping_ = false;
    std::thread loading_;
};

/// The demo city's 820 items and its change log, once; with `whole` all of Fujian's 127,531. Says what it did.
/// REQUIRES: the engine is not started.
void seed_demo_items(Opened& city, EmbeddedTable files, Texts const& texts, bool whole);

}  // namespace banyan
