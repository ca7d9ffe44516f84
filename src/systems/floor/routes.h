// systems/floor/routes.h: the operations of this system: /api/v1/floor/…
#pragma once
#include "api/api.h"
#include "systems/floor/caretaker.h"
#include "systems/floor/streams.h"

namespace banyan::floor {

/// What the operations work with. Lives as long as the server.
struct Desk {
    api::House& house;
    Handbook const& book;
    Plans& plans;
    Streams& streams;
};

Office office_of(Desk const& desk, store::Session& session, Rules const& rules, Actor actor);

/// What a write gives; the screens of `hall` are told.
struct Done {
    json::object body;
    std::string hall;
    int status = 200;
    std::function<void()> then = {};  ///< once it is durable, before it is answered
};
using Job = std::function<Result<Done>(Office const& office, api::Call const& call)>;
using Look = std::function<Result<json::object>(Office const& office, api::Call const& call)>;
/// In a transaction of the writer; answers when it is durable.
void write(Desk const& desk, api::Call&& call, http::Respond respond, Job job);
/// On a reader's thread.
void look(Desk const& desk, api::Call&& call, http::Respond respond, Look job);

/// Idempotency-Key with what is asked, so that another request with the same key is another. Refused:
/// header.idempotency_key; short ones too, where nobody is signed in: whoever guesses one has the answer.
Result<std::string> once_of(api::Call const& call);
std::string who_of(api::Call const& call);

void add_place_operations(api::Api& api, Desk& desk);        ///< halls, days, slots
void add_appointment_operations(api::Api& api, Desk& desk);  ///< book, see, cancel
void add_ticket_operations(api::Api& api, Desk& desk);       ///< take, watch, leave, come back
void add_screen_operations(api::Api& api, Desk& desk);       ///< the screen, its events, the day's figures
void add_window_operations(api::Api& api, Desk& desk);       ///< a clerk's desk
void add_unmask_operation(api::Api& api, Desk& desk);        ///< who booked, whole, with a reason
void add_plan_operations(api::Api& api, Desk& desk);         ///< a hall edited by its management
void add_operations(api::Api& api, Desk& desk);              ///< all of them

/// One look of the caretaker, through the writer where there is something to do.
void care(Desk const& desk, store::Session& reading);

}  // namespace banyan::floor
