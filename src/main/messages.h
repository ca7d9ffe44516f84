// main/messages.h: messages to who asked, posted to a gateway.
//
// POST with {"id", "number", "to", "text"}; the Idempotency-Key is the id, the same at each attempt. 2xx:
// delivered. 400 and 422: the gateway refuses this message, it is not tried again. Anything else, or nobody there:
// later.
#pragma once
#include <string>

#include "kernel/engine/courier.h"
#include "systems/desk/letters.h"

namespace banyan {

/// `url`: http://HOST:PORT/PATH. Throws std::runtime_error when it is not.
Courier::Deliver post_messages(std::string const& url, desk::Letters letters);

}  // namespace banyan
