#include "platform/crypto/secret.h"

#include <sodium.h>

namespace banyan::crypto {

void Secret::wipe() noexcept {
    sodium_memzero(bytes_.data(), bytes_.size());
    bytes_.clear();
}

}  // namespace banyan::crypto
