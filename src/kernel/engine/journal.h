// kernel/engine/journal.h: the chains that make the record provable.
//
// An event's hash covers the exact bytes that are stored, each field preceded by its length, the hash of its
// matter's event before it, and of the personal part a salted commitment only (inside the body). A lane's head
// chains the hashes of its events. A checkpoint signs the Merkle root over the 256 heads and the checkpoint
// before. Formats: docs/journal.md; they are read for ever.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/engine/tables.h"
#include "kernel/procedure/shape.h"
#include "platform/crypto/digest.h"
#include "platform/crypto/sign.h"

namespace banyan {

crypto::Digest hash_of(EventRow const& row, crypto::Digest const& before);

struct Head {
    std::int64_t counter = 0, events = 0;
    crypto::Digest hash{};
    void append(crypto::Digest const& event);
};
using Heads = std::array<Head, kLanes>;
Heads load_heads(store::Session& session);
Instant last_recorded(store::Session& session);  ///< when the newest event was written; zero: there is none

/// What a checkpoint's signature covers.
struct Checkpoint {
    std::int64_t id = 0;
    Instant at;
    std::array<std::int64_t, kLanes> counts{};
    crypto::Digest root{}, before{}, hash{};
    std::string signer, signature;
};
Checkpoint make_checkpoint(Heads const& heads, Checkpoint const* before, Instant at,
                           crypto::SigningKey const& key);
crypto::Digest root_of(Heads const& heads);
crypto::Digest hash_of(Checkpoint const& checkpoint);
std::string counts_text(Checkpoint const& checkpoint);  ///< as stored: 256 × 8 bytes
void put_checkpoint(RowBuffer& rows, Checkpoint const& checkpoint);
Checkpoint checkpoint_row(store::Row const& row);  ///< columns as in kCheckpointTable
std::optional<Checkpoint> last_checkpoint(store::Session& session);

/// One line of heads.log, and what /api/v1/heads gives.
json::object to_json(Checkpoint const& checkpoint);
shape::Schema checkpoint_shape();

/// The personal part: what is committed to in the body, and what is sealed beside it.
struct Committed {
    std::string commitment;  ///< SM3(salt ‖ plain), hex
    std::string plain;       ///< salt (16 bytes) ‖ JSON: what is sealed
};
Committed commit_to(json::object const& personal);

}  // namespace banyan
