// systems/desk/letters.h: a message to who asked, in words.
//
// What it says is what was true when its step was taken, however late it leaves: the due of then, the unit of
// then.
#pragma once
#include <optional>
#include <string>

#include "kernel/engine/courier.h"
#include "kernel/procedure/texts.h"

namespace banyan::desk {

struct Letter {
    std::string to;      ///< telephone number
    std::string number;  ///< receipt number
    std::string text;    ///< the sentence `tell.…`, every place filled in
};

struct Letters {
    Engine& engine;
    crypto::Keyring const& keys;
    Texts const& texts;

    /// Nothing when there is no number to send it to, or its event cannot be read.
    std::optional<Letter> write(Message const& message, store::Session& session) const;
};

}  // namespace banyan::desk
