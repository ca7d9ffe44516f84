// platform/crypto/sign.h: signatures a stranger can check: checkpoints, receipts, codes.
//
// SM2 (GB/T 32918, with the usual id 1234567812345678 and SM3; signature in DER) or Ed25519. An SM2 signature
// takes 0.4 ms, Ed25519 0.04 ms. A key never changes: threads share one.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "platform/crypto/secret.h"

namespace banyan::crypto {

class SigningKey {
  public:
    enum class Kind { sm2, ed25519 };

    static SigningKey generate(Kind kind);
    static SigningKey from_pem(std::string_view pem);  ///< throws std::runtime_error when it is no such key
    Secret to_pem() const;                             ///< PKCS #8

    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    std::string sign(std::string_view message) const;
    Kind kind() const { return kind_; }
    /// SM2: the point, 04 ‖ x ‖ y, 65 bytes; Ed25519: 32 bytes.
    std::string const& public_key() const { return public_key_; }
    std::string const& id() const { return id_; }  ///< as key_id()

  private:
    struct Private;
    SigningKey(Kind kind, std::unique_ptr<Private> key);
    Kind kind_;
    std::unique_ptr<Private> private_;
    std::string public_key_, id_;
};

/// "sm2", "ed25519".
std::string_view text(SigningKey::Kind kind);
/// The first 8 bytes of the SM3 of the public key, in hex.
std::string key_id(std::string_view public_key);
/// False for a wrong signature and for a public key that is none.
bool verify(SigningKey::Kind kind, std::string_view public_key, std::string_view message,
            std::string_view signature);

}  // namespace banyan::crypto
