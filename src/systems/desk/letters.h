// systems/desk/letters.h: a message in words, to who asked or to a unit's duty phone.
//
// What it says is what was true when its step was taken, however late it leaves: the due of then, the unit of
// then. A duty phone is anybody's in its room, so a unit reads the number, the class and the due, and nothing that
// anybody wrote: the class stands where the title would, and the desk has the rest.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "api/class_names.h"
#include "kernel/engine/courier.h"
#include "kernel/engine/view.h"
#include "kernel/procedure/texts.h"

namespace banyan::desk {

struct Letter {
    std::string to;      ///< telephone number
    std::string number;  ///< receipt number
    std::string text;    ///< the sentence `tell.…`, every place filled in
};

/// Which phone to ring for a unit at that instant; nothing: nobody there has one.
using DutyPhone = std::function<std::optional<std::string>(store::Session&, Unit const&, Instant)>;

struct Letters {
    Engine& engine;
    crypto::Keyring const& keys;
    Texts const& texts;
    api::Catalogues const& catalogues;
    DutyPhone duty_phone;  ///< none: units have none

    /// Nothing when there is no number to send it to, or its event cannot be read; or to a unit it is about.
    std::optional<Letter> write(Message const& message, store::Session& session) const;
    /// As somebody may read it who is that to the matter: what they may not read is "…", the query code always.
    std::string shown(Message const& message, std::vector<EventRow> const& history, Matter const& now,
                      Viewer const& viewer) const;
    /// The number of who asked that would be written to now, masked; empty: none.
    std::string masked_number(std::vector<EventRow> const& history, Matter const& now,
                              store::Session& session) const;

  private:
    struct Reader;
    std::optional<std::string> words(Message const& message, std::vector<EventRow> const& history,
                                     Matter const& now, Reader const& reader) const;
    std::string title_for_unit(Matter const& matter) const;
};

}  // namespace banyan::desk
