// main/home.h: what an account has in the hall, put together: favourites, places, companies; the demo's.
#pragma once
#include "main/app.h"
#include "systems/hall/home/home_desk.h"

namespace banyan {

/// Halls and windows of the city: data/demo/places.csv has its columns.
inline constexpr std::string_view kPlacesCatalogue = "places";

class HomePart {
  public:
    /// Throws where what ships is missing or wrong. REQUIRES: `house` outlives it.
    HomePart(api::House& house, EmbeddedTable files);
    void add_operations(api::Api& api) const;
    /// All of `from`, so that a company may be acted for.
    void add_for_companies(api::Api& into, api::Api const& from) const {
        hall::add_for_companies(into, from, desk_);
    }

  private:
    hall::Windows const windows_;
    hall::HomeDesk const desk_;
};

/// The demo's places, its company and who acts for it, once. REQUIRES: units and accounts are there, the engine is
/// not started.
void seed_demo_home(Opened& city, EmbeddedTable files);

}  // namespace banyan
