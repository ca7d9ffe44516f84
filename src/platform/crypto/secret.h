// platform/crypto/secret.h: bytes that are wiped when they are no longer needed.
#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace banyan::crypto {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
    ~Secret() { wipe(); }
    // By copying, and then wiped: a short string would be left behind by a move.
    // NOLINTNEXTLINE(performance-move-constructor-init)
    Secret(Secret&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }
    Secret& operator=(Secret&& other) noexcept {
        wipe();
        bytes_ = other.bytes_;
        other.wipe();
        return *this;
    }
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;

    std::string_view view() const { return bytes_; }

  private:
    void wipe() noexcept;
    std::string bytes_;
};

}  // namespace banyan::crypto
