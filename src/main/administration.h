// main/administration.h: the administrators' system, put together: what it changes comes into force in the running
// server.
#pragma once
#include "main/app.h"
#include "systems/administration/routes.h"
#include "systems/hints/hints.h"

namespace banyan {

class AdministrationPart {
  public:
    /// REQUIRES: all it is given outlives it.
    AdministrationPart(Opened& city, api::House& house, hints::Hints& hints, Place place);
    void add_operations(api::Api& api) { administration::add_operations(api, desk_); }
    void follow();                 ///< what is changed at other nodes
    void stop() { desk_.stop(); }  ///< before the engine stops

  private:
    void renew();

    Opened& city_;
    api::House& house_;
    hints::Hints& hints_;
    Place const place_;
    administration::Desk desk_;
};

}  // namespace banyan
