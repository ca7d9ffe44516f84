// systems/hall/cases/form_drafts.h: what somebody has begun to fill in for an item, sealed, gone after 90 days.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "platform/crypto/keys.h"
#include "platform/store/store.h"

namespace banyan::hall {

struct FormDraft {
    std::string item;
    int version = 1;
    Instant saved_at;
    std::string body;  ///< JSON, as it was typed: nothing of it is checked
};
inline constexpr Span kDraftKept = hours(24 * 90);
inline constexpr std::size_t kLongestDraft = 64 * 1024, kMostDrafts = 50;

std::optional<FormDraft> find_draft(store::Session& session, crypto::Keyring const& keys, PersonId person,
                                    std::string_view item);
/// The newest first, without what they say.
std::vector<FormDraft> drafts_of(store::Session& session, PersonId person);

// Inside a transaction of the writer's.
/// Takes the place of the one that is there. Refused: draft.too_many.
bool put_draft(store::Session& writing, crypto::Keyring const& keys, PersonId person, FormDraft const& draft);
void drop_draft(store::Session& writing, PersonId person, std::string_view item);
std::int64_t drop_old_drafts(store::Session& writing, Instant before);

}  // namespace banyan::hall
