// kernel/engine/blind.h: matters found by a personal value that is stored sealed: a telephone or identity number.
//
// Beside the sealed value lies its keyed digest (table `blind`): who knows the whole number finds it, nobody else
// learns anything. Written with the event (follow_up.cpp), never taken back.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "platform/crypto/keys.h"
#include "platform/store/store.h"

namespace banyan {

/// Of the digits of a number (spaces, hyphens and brackets are passed over), of an identity in capitals.
std::string blind_token(crypto::Keyring const& keys, std::string_view field, std::string_view value);

/// The newest first, at most so many.
std::vector<MatterId> find_blind(store::Session& session, std::string_view token, std::size_t most);

}  // namespace banyan
