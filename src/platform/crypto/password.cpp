#include "platform/crypto/password.h"

#include <sodium.h>

#include <stdexcept>

namespace banyan::crypto {
namespace {

void start() {
    static bool const started = sodium_init() >= 0;
    if (!started) throw std::runtime_error("libsodium does not start");
}

}  // namespace

std::string hash_password(std::string_view password, PasswordCost cost) {
    start();
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(hash, password.data(), password.size(), cost.passes, cost.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("argon2id: not enough memory");
    return hash;
}

bool verify_password(std::string const& hash, std::string_view password) {
    start();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string const& hash, PasswordCost cost) {
    start();
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory) != 0;
}

Secret key_from_passphrase(std::string_view passphrase, std::string_view salt, PasswordCost cost) {
    start();
    if (salt.size() != crypto_pwhash_SALTBYTES) throw std::invalid_argument("a salt has 16 bytes");
    std::string key(32, '\0');
    if (crypto_pwhash(reinterpret_cast<unsigned char*>(key.data()), key.size(), passphrase.data(),
                      passphrase.size(), reinterpret_cast<unsigned char const*>(salt.data()), cost.passes,
                      cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("argon2id: not enough memory");
    return Secret(std::move(key));
}

}  // namespace banyan::crypto
