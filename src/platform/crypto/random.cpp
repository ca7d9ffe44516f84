#include "platform/crypto/random.h"

#include <sodium.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace banyan::crypto {
namespace {

class Reservoir {
  public:
    Reservoir() {
        if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    }
    ~Reservoir() { sodium_memzero(bytes_.data(), bytes_.size()); }
    Reservoir(Reservoir const&) = delete;
    Reservoir& operator=(Reservoir const&) = delete;

    void draw(std::span<unsigned char> into) {
        if (into.size() > bytes_.size() / 4) return randombytes_buf(into.data(), into.size());
        if (into.size() > left_) {
            randombytes_buf(bytes_.data(), bytes_.size());
            left_ = bytes_.size();
        }
        left_ -= into.size();
        std::memcpy(into.data(), bytes_.data() + left_, into.size());
        sodium_memzero(bytes_.data() + left_, into.size());
    }

  private:
    std::array<unsigned char, 4096> bytes_;
    std::size_t left_ = 0;
};

}  // namespace

void fill_random(std::span<unsigned char> bytes) {
    thread_local Reservoir reservoir;
    if (!bytes.empty()) reservoir.draw(bytes);
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    fill_random({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
    return bytes;
}

std::string random_digits(std::size_t count) {
    std::string digits;
    while (digits.size() < count) {
        unsigned char byte = 0;
        fill_random({&byte, 1});
        if (byte < 250) digits += static_cast<char>('0' + byte % 10);  // 250…255 would favour 0–5
    }
    return digits;
}

}  // namespace banyan::crypto
