// base/id.h: ids are types. A matter's id cannot be handed to who wants a unit's.
//
// Matters, assignments and events: id = counter × 256 + lane, from their lane's head, below 2^53, and a
// string in JSON. Units, people and the like: small numbers of the catalogue.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace banyan {

inline constexpr std::int64_t kLanes = 256;

template <class Tag>
struct Id {
    std::int64_t value = 0;  ///< 0: none

    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : value(number) {}
    constexpr auto operator<=>(Id const&) const = default;
    constexpr explicit operator bool() const { return value != 0; }
    /// The ordered stream it belongs to, for ever (DESIGN section 5).
    constexpr int lane() const { return static_cast<int>(value % kLanes); }
    std::string text() const { return std::to_string(value); }
};

using MatterId = Id<struct MatterTag>;
using AssignmentId = Id<struct AssignmentTag>;
using EventId = Id<struct EventTag>;
using UnitId = Id<struct UnitTag>;
using PersonId = Id<struct PersonTag>;

}  // namespace banyan

template <class Tag>
struct std::hash<banyan::Id<Tag>> {
    std::size_t operator()(banyan::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
