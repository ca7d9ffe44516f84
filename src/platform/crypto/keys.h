// platform/crypto/keys.h: the keys of an installation, the folder `keys/`.
//
//   data-1.key, data-2.key, …   seal personal data; the newest seals, each opens what it sealed
//   index.key                   blind indexes; never changes, or nothing is found again
//   token.key                   tokens and links that are ours to recognise
//   signing.key                 checkpoints and receipts (PKCS #8, SM2 or Ed25519)
//
// 32 random bytes in hex each, mode 0600 in a folder 0700. Without them a database cannot be read: `banyan backup`
// carries them wrapped by a passphrase. Const use is shared by threads; add_data_key() by nobody.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/crypto/key_folder.h"
#include "platform/crypto/password.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/sign.h"

namespace banyan::crypto {

class Keyring {
  public:
    /// The keys of the folder, or fresh ones where there is no folder or an empty one. Throws KeyError for keys
    /// that others may read, a damaged or half-written file, a file that is missing.
    static Keyring create_or_open(std::filesystem::path const& folder,
                                  SigningKey::Kind kind = SigningKey::Kind::sm2);

    /// With the newest data key; and with whichever sealed it.
    std::string seal(std::string_view bound_to, std::string_view plain) const;
    std::optional<std::string> open(std::string_view bound_to, std::string_view sealed) const;
    std::string blind_index(std::string_view normalised) const { return crypto::blind_index(index_, normalised); }

    Key const& newest_data_key() const { return data_.rbegin()->second; }
    Key const* data_key(std::uint32_t number) const;  ///< nullptr when unknown
    Key const& index_key() const { return index_; }
    Key const& token_key() const { return token_; }
    SigningKey const& signing_key() const { return signing_; }

    /// Rotation: one more data key, which seals from now on. What was sealed before stays readable.
    std::uint32_t add_data_key();

    /// The whole ring as text, for a backup. The cost is paid once for each guess of the passphrase, too.
    std::string wrapped(std::string_view passphrase, PasswordCost cost = kModerate) const;
    /// Writes the ring into a folder that is not there or empty. Refused: keyring.exists, keyring.unreadable,
    /// keyring.wrong_passphrase (which a damaged text looks like, too).
    static Result<Keyring> unwrap(std::string_view wrapped, std::string_view passphrase,
                                  std::filesystem::path const& folder);

  private:
    Keyring(std::filesystem::path folder, KeyFiles files);
    std::filesystem::path folder_;
    KeyFiles files_;  ///< as they lie in the folder, to wrap them
    std::map<std::uint32_t, Key> data_;
    Key index_, token_;
    SigningKey signing_;
};

}  // namespace banyan::crypto
