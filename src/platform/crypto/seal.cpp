#include "platform/crypto/seal.h"

#include <fmt/core.h>
#include <sodium.h>

#include <cstring>
#include <stdexcept>

#include "platform/crypto/random.h"
#include "platform/crypto/sm4.h"

namespace banyan::crypto {
namespace {

// The layout is for ever: format 1.
constexpr char kFormat = 1;
constexpr std::size_t kIv = 5, kText = kIv + 16, kTag = 16;

void write_number(std::uint32_t number, char* out) {
    for (int i = 0; i < 4; ++i) out[i] = static_cast<char>(number >> (24 - 8 * i));
}

/// Over the head (format, key, IV), the place with its length, and the ciphertext, which is the rest.
Digest seal_tag(Key const& key, std::string_view bound_to, std::string_view head_and_text) {
    char length[4];
    write_number(static_cast<std::uint32_t>(bound_to.size()), length);
    return key.sealing().of({head_and_text.substr(0, kText), {length, 4}, bound_to, head_and_text.substr(kText)});
}

Secret derived(std::string_view master, std::string_view use) {
    if (master.size() != 32) throw std::invalid_argument("a master key has 32 bytes");
    Digest digest = hmac_sm3(master, use);
    Secret key{std::string(view(digest))};
    sodium_memzero(digest.data(), digest.size());
    return key;
}

}  // namespace

Key::Key(std::uint32_t number, std::string_view master)
    : number_(number),
      encrypting_(derived(master, "banyan seal encrypt")),
      sealing_(derived(master, "banyan seal authenticate").view()),
      tagging_(derived(master, "banyan tag").view()) {}

std::string place(std::string_view table, std::int64_t row, std::string_view field) {
    return fmt::format("{}/{}/{}", table, row, field);
}

std::string seal(Key const& key, std::string_view bound_to, std::string_view plain) {
    std::string sealed(kText + plain.size() + kTag, '\0');
    sealed[0] = kFormat;
    write_number(key.number(), sealed.data() + 1);
    fill_random({reinterpret_cast<unsigned char*>(sealed.data()) + kIv, 16});
    sm4_ctr(key.encrypting(), {sealed.data() + kIv, 16}, plain, sealed.data() + kText);
    Digest tag = seal_tag(key, bound_to, {sealed.data(), sealed.size() - kTag});
    std::memcpy(sealed.data() + sealed.size() - kTag, tag.data(), kTag);
    return sealed;
}

std::optional<std::string> open(Key const& key, std::string_view bound_to, std::string_view sealed) {
    if (sealed_with(sealed) != key.number()) return std::nullopt;
    std::string_view signed_part = sealed.substr(0, sealed.size() - kTag);
    Digest tag = seal_tag(key, bound_to, signed_part);
    if (!equal(view(tag).substr(0, kTag), sealed.substr(signed_part.size()))) return std::nullopt;
    return sm4_ctr(key.encrypting(), sealed.substr(kIv, 16), signed_part.substr(kText));
}

std::optional<std::uint32_t> sealed_with(std::string_view sealed) {
    if (sealed.size() < kText + kTag || sealed[0] != kFormat) return std::nullopt;
    std::uint32_t number = 0;
    for (std::size_t i = 1; i <= 4; ++i) number = number << 8 | static_cast<unsigned char>(sealed[i]);
    return number;
}

std::string blind_index(Key const& key, std::string_view normalised) {
    return std::string(view(tag(key, normalised)).substr(0, 16));
}

Digest tag(Key const& key, std::string_view data) { return key.tagging().of({data}); }

}  // namespace banyan::crypto
