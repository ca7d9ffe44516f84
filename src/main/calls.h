// main/calls.h: the telephone's lists, and the demo city's calls.
#pragma once
#include "base/embedded.h"
#include "kernel/engine/engine.h"
#include "systems/calls/routes.h"

namespace banyan {

/// data/calls.toml of the program. Throws when it cannot be read.
calls::Handbook read_handbook(EmbeddedTable files);
/// data/call_checks.toml. Throws when it cannot be read.
calls::ScoreCard read_score_card(EmbeddedTable files);

/// The demo's seats beside those that people sign in as; nobody knows a password of theirs. REQUIRES: the units
/// and accounts are there.
void install_demo_seats(store::Session& session, crypto::Keyring const& keys, EmbeddedTable files);
bool is_demo_seat(EmbeddedTable files, std::string_view login);
/// Yesterday's and this morning's calls. REQUIRES: the appeals are there. Returns how many.
int seed_demo_calls(Engine& engine, crypto::Keyring const& keys, EmbeddedTable files);

}  // namespace banyan
