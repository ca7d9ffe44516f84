// kernel/publication/shelf.h: the table of what is public, read and written. All its SQL is here.
#pragma once
#include "kernel/publication/publication.h"

namespace banyan::publication {

struct Box {
    double west = 0, south = 0, east = 0, north = 0;
};

/// What is looked for; what is not said does not matter.
struct Wanted {
    std::vector<std::string> classes;  ///< one of these
    std::string region;                ///< it, and what is in it
    std::optional<bool> open;
    std::optional<Instant> opened_from, opened_until, updated_from, updated_until;  ///< until: exclusive
    std::optional<Box> box;
    std::size_t skip = 0, most = 1000;
};
/// The newest first.
std::vector<Published> find_published(store::Session& session, Wanted const& wanted);
/// Those that are there, in no order.
std::vector<Published> load_published(store::Session& session, std::span<std::int64_t const> matters);
/// So many that were released with a point here, on the grid that points are told on.
struct Spot {
    Point at;
    std::int64_t matters = 0;
};
/// Of those opened at `from` or later; at most 20,000, in no order.
std::vector<Spot> find_spots(store::Session& session, Instant from);

struct WantedUpdates {
    Instant from, until;                           ///< until: exclusive
    std::string region;                            ///< of matters in it
    std::optional<std::vector<MatterId>> matters;  ///< of these only
    std::size_t most = 1000;
};
/// The oldest first.
std::vector<Update> find_updates(store::Session& session, WantedUpdates const& wanted);

/// What the table has of these matters becomes this. Inside a transaction of the writer.
void put_publications(store::Session& writing, std::span<std::int64_t const> matters,
                      std::span<Publication const> publications);
void clear_publications(store::Session& writing);

}  // namespace banyan::publication
