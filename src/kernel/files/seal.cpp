#include "base/text.h"
#include "kernel/files/contents.h"
#include "platform/crypto/random.h"

namespace banyan::files {
namespace {

constexpr std::size_t kSalt = 16;

std::string place(std::string_view address) { return "file/" + std::string(address) + "/content"; }

}  // namespace

bool is_address(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Sealed seal(crypto::Keyring const& keys, std::string_view content) {
    std::string plain = crypto::random_bytes(kSalt);
    plain += content;
    std::string address = crypto::hex(crypto::sm3(plain));
    std::string bytes = keys.seal(place(address), plain);
    return {std::move(address), std::move(bytes)};
}

std::optional<std::string> open(crypto::Keyring const& keys, std::string_view address, std::string_view sealed) {
    std::optional<std::string> plain = keys.open(place(address), sealed);
    if (!plain || plain->size() < kSalt || crypto::hex(crypto::sm3(*plain)) != address) return std::nullopt;
    plain->erase(0, kSalt);
    return plain;
}

}  // namespace banyan::files
