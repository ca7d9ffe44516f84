// platform/crypto/seal.h: personal data as it lies in the database.
//
// SM4-CTR with a random IV, then HMAC-SM3 over key number, place (table, row, field), IV and ciphertext: a sealed
// text moved to another row or field does not open. Sealing twice gives different bytes, so what must be found
// again by its value lies beside it as a blind index.
//
// A Key never changes: threads share one.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/crypto/digest.h"
#include "platform/crypto/secret.h"

namespace banyan::crypto {

/// 32 random bytes and what is derived from them; each use has a key of its own.
class Key {
  public:
    Key(std::uint32_t number, std::string_view master);  ///< REQUIRES: 32 bytes

    std::uint32_t number() const { return number_; }
    std::string_view encrypting() const { return encrypting_.view().substr(0, 16); }  ///< SM4 takes 16
    HmacSm3 const& sealing() const { return sealing_; }
    HmacSm3 const& tagging() const { return tagging_; }

  private:
    std::uint32_t number_;
    Secret encrypting_;
    HmacSm3 sealing_, tagging_;
};

/// "person/17/phone".
std::string place(std::string_view table, std::int64_t row, std::string_view field);

/// 37 bytes more than the plain text: format 1, key number 4, IV 16, ciphertext, HMAC 16.
std::string seal(Key const& key, std::string_view bound_to, std::string_view plain);
/// Nothing when a bit, the place or the key is another.
std::optional<std::string> open(Key const& key, std::string_view bound_to, std::string_view sealed);
/// Which key opens it; nothing when it is no sealed text.
std::optional<std::uint32_t> sealed_with(std::string_view sealed);

/// 16 bytes, the same for the same normalised value and key.
std::string blind_index(Key const& key, std::string_view normalised);
/// The whole HMAC-SM3, for tokens and links that are ours to recognise.
Digest tag(Key const& key, std::string_view data);

}  // namespace banyan::crypto
