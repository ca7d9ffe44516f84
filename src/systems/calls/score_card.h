// systems/calls/score_card.h: data/call_checks.toml: how calls are drawn for the quality check (质检), and what
// they are marked on. Pure. Rules and sources: docs/systems/call_checks.md
#pragma once
#include "kernel/matter/command.h"
#include "systems/calls/call.h"
#include "systems/calls/handbook.h"

namespace banyan::calls {

struct CardItem : Entry {
    int points = 0;  ///< at most
    int floor = 0;   ///< below it the call does not pass
};

struct ScoreCard {
    int oldest_days = 31, most = 300;  ///< of a sample
    int pass = 0;
    std::vector<CardItem> items;

    int total() const;
    CardItem const* item(std::string_view code) const;
};
/// Refused: call_checks.card with the member; toml.syntax.
Result<ScoreCard> read_score_card(std::string_view toml);

struct Score {
    int points = 0;
    bool passed = false;
};
/// `marks`: [{item, points}], each item once. Refused: call_check.item_unknown, .item_twice, .item_missing,
/// .points (item, most).
Result<Score> score(ScoreCard const& card, json::array const& marks);

/// `call_card` of procedures/call_check.toml: marks, points and passed of the form are what the card makes of
/// them.
Checks card_checks(ScoreCard card);

/// Of these ids the first `many` by lot: by a digest of day and id, so the same for everybody who looks at the
/// same calls, and a smaller sample is the beginning of a larger one. What became of a call has no part in it.
std::vector<CallId> drawn(Day day, std::vector<CallId> const& ids, std::size_t many);

}  // namespace banyan::calls
