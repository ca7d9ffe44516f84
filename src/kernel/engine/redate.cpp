#include "kernel/engine/redate.h"

#include <algorithm>

namespace banyan {
namespace {

constexpr std::size_t kAtOnce = 1000;

bool provisional(Matter const& matter) {
    if (matter.due && matter.due->provisional) return true;
    return std::ranges::any_of(matter.assignments, [](Assignment const& share) {
        return share.open() && share.due && share.due->provisional;
    });
}

}  // namespace

int redate(Engine& engine, store::Session& session, OnProgress const& on_progress) {
    std::vector<std::int64_t> ids;
    session.query("SELECT id FROM matter WHERE open = 1", {},
                  [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    int moved = 0;
    for (std::size_t from = 0; from < ids.size(); from += kAtOnce) {
        std::span<std::int64_t const> const part(ids.data() + from, std::min(kAtOnce, ids.size() - from));
        for (Matter const& matter : load_matters(session, part, engine.procedures())) {
            if (!provisional(matter) || matter.procedure->step("redate") < 0) continue;
            Request request;
            request.what = Command{Actor::time(), {}, matter.id, {}, "redate", {}, {}, {}, {}, {}};
            moved += engine.run(std::move(request)).ok() ? 1 : 0;
        }
        if (on_progress)
            on_progress(static_cast<std::int64_t>(from + part.size()), static_cast<std::int64_t>(ids.size()));
    }
    return moved;
}

}  // namespace banyan
