// systems/hints/routing.h: which unit should handle it, and why: the dispatch catalogue, and how that went so far.
#pragma once
#include "kernel/people/dispatch_catalogue.h"
#include "kernel/procedure/shape.h"
#include "systems/hints/experience.h"

namespace banyan::hints {

struct Routing {
    DispatchCatalogue::Proposal said;
    std::vector<Experience::Line> past;  ///< who led such matters in the area, else in the city; three at most
    bool past_in_area = false;
    /// The unit to propose. Where the catalogue names nobody: who led at least five such matters and returned few.
    Unit const* lead = nullptr;
    bool by_experience = false;
};

/// `region` empty: not known.
Routing route(DispatchCatalogue const& catalogue, Experience const& experience, Directory const& directory,
              std::string_view class_code, std::string_view region);

}  // namespace banyan::hints
