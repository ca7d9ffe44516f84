// api/hints.h: what the machine proposed, on its way through the browser and back.
//
// Whoever shows a proposal hands out a token with it; the step that follows carries the tokens of what was on the
// screen, and the journal says which were taken (matter/event.h, Hint). A token is ours or it is none: signed,
// bound to who was asked, and of no use after a day.
#pragma once
#include <string_view>

#include "kernel/matter/event.h"
#include "kernel/procedure/fields.h"
#include "platform/crypto/keys.h"

namespace banyan::api {

class HintTokens {
  public:
    /// `who`: whose proposals these are, a session's.
    HintTokens(crypto::Keyring const& keys, std::string_view who, Instant now)
        : keys_(keys), who_(who), now_(now) {}

    /// `value` as the form would have it.
    std::string token(std::string_view field, json::value const& value, std::string_view by) const;
    /// The member `hints` of a body; null: none. Passed over: what is too old. Refused: hint.unknown.
    Result<std::vector<Hint>> read(json::value const* hints) const;

  private:
    std::string signature(std::string_view said) const;
    std::optional<json::object> open(std::string_view token) const;

    crypto::Keyring const& keys_;
    std::string_view who_;
    Instant now_;
};

/// Of each body that takes a step.
Field hints_field();

}  // namespace banyan::api
