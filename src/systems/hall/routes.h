// systems/hall/routes.h: /api/v1/hall, all of it public: nobody signs in to read what the government does for
// people. Finding and counting: find_routes.h.
#pragma once
#include "api/api.h"
#include "systems/hall/classes.h"
#include "systems/hall/item_store.h"
#include "systems/hall/shelf.h"

namespace banyan::hall {

struct Desk {
    api::House& house;
    Classes const& classes;
    Regions const& regions;
    Shelf const& shelf;
};

void add_item_operations(api::Api& api, Desk const& desk);    ///< one item, its QR code
void add_number_operations(api::Api& api, Desk const& desk);  ///< classes, the counter, the change log, the rules
void add_open_data_operations(api::Api& api, Desk const& desk);

// ── what several of them use ──────────────────────────────────────────────────────────────────────────────────
/// An item's members, as item_json() writes them.
shape::Schema item_shape();
std::string base_of(http::Request const& request);  ///< http://host, as who asks has addressed it
Field code_field();

/// Runs it on a reader's thread; a refusal becomes its answer. Of any desk with a `house`.
template <class AnyDesk, class Job>
auto reading(AnyDesk const& desk, Job job) {
    return [&desk, job](api::Call&& call, http::Respond respond) {
        api::query(desk.house, std::move(call), std::move(respond),
                   [&desk, job](store::Session& session, api::Call& asked) {
                       Result<http::Reply> reply = job(desk, session, asked);
                       return reply ? std::move(*reply)
                                    : api::problem(reply.error(), desk.house.texts, asked.language);
                   });
    };
}

}  // namespace banyan::hall
