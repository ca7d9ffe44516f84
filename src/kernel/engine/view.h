// kernel/engine/view.h: a matter as somebody may see it.
//
// One function decides what of a matter leaves the house, with the viewer as an argument: JSON now, CSV, XML and
// print from the same. Personal fields are masked here, always; reading one whole is a step (`unmask`).
#pragma once
#include <optional>

#include "kernel/engine/journal.h"
#include "kernel/matter/command.h"
#include "kernel/procedure/shape.h"
#include "platform/crypto/keys.h"

namespace banyan {

struct Viewer {
    Actor actor;
    Rules const& rules;
    Moment moment;
    crypto::Keyring const* keys = nullptr;  ///< null: personal fields are left out
};

/// Nothing when the viewer may not find it. `history` empty: a row of a list (no fields but the title, no
/// timeline).
std::optional<json::object> view_of(store::Session* session, Matter const& matter,
                                    std::vector<EventRow> const& history, Viewer const& viewer);
/// What view_of() gives: a row of a list, and with a history.
shape::Schema matter_row_shape();
shape::Schema matter_shape();
shape::Schema names_shape();  ///< {zh, en}
shape::Schema unit_shape();   ///< {code, zh, en}

/// The personal part of an event, opened; empty when it was erased or is not ours.
json::object open_personal(store::Session& session, EventId event, crypto::Keyring const& keys);
/// Whether who is that to a matter sees all its shares and steps, or only those of its own branch and what was
/// offered.
bool shares_shown(Tie tie);
bool offers_shares(std::string_view step);

/// "154****0001", "陈**": enough to recognise, not to use.
std::string masked(std::string_view field, std::string_view value);

}  // namespace banyan
