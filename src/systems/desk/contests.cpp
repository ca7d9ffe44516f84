#include "systems/desk/contests.h"

#include <fmt/format.h>

#include <optional>

namespace banyan::desk {
namespace {

constexpr int kDaysBack = 200;  ///< all limits together: reply, extension, holds, two redos, call-back, contest

/// The first id of those that came at `from` or later. The order of ids is the order of time, so a few look-ups
/// do.
std::int64_t first_since(store::Session& session, Instant from) {
    std::int64_t low = 0, high = 0;
    session.query("SELECT id FROM matter ORDER BY id DESC LIMIT 1", {},
                  [&](store::Row const& row) { high = row.integer(0); });
    while (low < high) {
        std::int64_t const middle = low + (high - low) / 2;
        std::int64_t id = high, filed = from.us;
        session.query("SELECT id, filed_at FROM matter WHERE id >= $1 ORDER BY id LIMIT 1", {middle},
                      [&](store::Row const& row) {
                          id = row.integer(0);
                          filed = row.integer(1);
                      });
        if (filed >= from.us)
            high = middle;
        else
            low = id + 1;
    }
    return low;
}

}  // namespace

std::int64_t first_contestable(store::Session& session, Instant now) {
    return first_since(session, now - days(kDaysBack));
}

std::string contested_sql(std::string_view first) {
    // Steps that were taken stand in the state in words of ours; what anybody wrote there has its quotes escaped.
    return fmt::format(
        " AND m.id >= {0} AND m.state LIKE '%\"step\":\"{1}\"%' AND m.state NOT LIKE '%\"step\":\"grant_{1}\"%' "
        "AND m.state NOT LIKE '%\"step\":\"refuse_{1}\"%'",
        first, kContest);
}

}  // namespace banyan::desk
