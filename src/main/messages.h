// main/messages.h: messages to who asked and to units' duty phones, posted to a gateway.
//
// POST with {"id", "number", "to", "text"}; the Idempotency-Key is the id, the same at each attempt, another when
// a person sends it again. 2xx: delivered. 400 and 422: the gateway refuses this message, it is not tried again.
// Anything else, or nobody there: later.
#pragma once
#include <string>

#include "kernel/engine/courier.h"
#include "systems/desk/letters.h"

namespace banyan {

/// What messages say; which phone to ring for a unit says the rota. REQUIRES: all it is given outlives it.
desk::Letters letters_of(Engine& engine, crypto::Keyring const& keys, Texts const& texts,
                         api::Catalogues const& catalogues);
/// The demo's gateway: nothing leaves the house. Every message is delivered, but to numbers that end in 7.
Courier::Deliver keep_messages(desk::Letters const& letters);
/// `url`: http://HOST:PORT/PATH. Throws std::runtime_error when it is not.
Courier::Deliver post_messages(std::string const& url, desk::Letters const& letters);

}  // namespace banyan
