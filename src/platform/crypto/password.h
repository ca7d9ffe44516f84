// platform/crypto/password.h: passwords at rest, argon2id.
//
// Takes a tenth of a second to a second and 64 to 256 MiB by intention: on the pool for slow work, never on the
// I/O thread or the writer.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "platform/crypto/secret.h"

namespace banyan::crypto {

struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memory = std::size_t{64} << 20;  ///< bytes
};
inline constexpr PasswordCost kInteractive{2, std::size_t{64} << 20};  ///< signing in
inline constexpr PasswordCost kModerate{3, std::size_t{256} << 20};    ///< what an attacker may keep for years

std::string hash_password(std::string_view password, PasswordCost cost = kInteractive);  ///< "$argon2id$v=19$…"
bool verify_password(std::string const& hash, std::string_view password);
/// The hash was made with another cost: hash again when the password is next at hand.
bool needs_rehash(std::string const& hash, PasswordCost cost = kInteractive);

/// 32 bytes from a passphrase. REQUIRES: salt of 16 bytes.
Secret key_from_passphrase(std::string_view passphrase, std::string_view salt, PasswordCost cost);

}  // namespace banyan::crypto
