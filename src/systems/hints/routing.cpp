#include "systems/hints/routing.h"

namespace banyan::hints {
namespace {

constexpr std::size_t kAreaDigits = 6, kMostPast = 3;
constexpr std::int64_t kEnough = 5;  ///< matters led, before experience speaks without the catalogue

/// Of ten that it led at most one went back.
bool good(Experience::Line const& line) { return line.led >= kEnough && line.returned * 10 <= line.led; }

}  // namespace

Routing route(DispatchCatalogue const& catalogue, Experience const& experience, Directory const& directory,
              std::string_view class_code, std::string_view region) {
    Routing routing;
    routing.said = catalogue.find(class_code, region, directory);
    routing.lead = routing.said.lead;
    std::string_view const area = region.size() < kAreaDigits ? std::string_view() : region.substr(0, kAreaDigits);
    routing.past = experience.of(class_code, area);
    routing.past_in_area = !area.empty() && !routing.past.empty();
    if (routing.past.empty()) routing.past = experience.of(class_code, {});
    if (routing.past.size() > kMostPast) routing.past.resize(kMostPast);
    bool const of_area = routing.said.why == DispatchCatalogue::Proposal::Why::needs_area;
    if (routing.lead == nullptr && !of_area)  // what the area decides is not decided by other areas
        for (Experience::Line const& line : routing.past)
            if (good(line) && directory.unit(line.unit) != nullptr) {
                routing.lead = directory.unit(directory.now(line.unit));
                routing.by_experience = true;
                break;
            }
    return routing;
}

}  // namespace banyan::hints
