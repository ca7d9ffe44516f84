// platform/pack/pack.h: short texts that are alike, packed; all of libzstd. What comes out is a frame of RFC 8878
// that names its dictionary, so that any zstd with the same dictionary reads it, for ever.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace banyan::pack {

/// A dictionary ready for use. Any thread, after it was made.
class Packing {
  public:
    /// `dictionary`: as `zstd --train` writes it. Throws std::runtime_error when it is none.
    explicit Packing(std::string_view dictionary);
    ~Packing();
    Packing(Packing const&) = delete;

    std::string pack(std::string_view text) const;
    /// Nothing: not a frame of this dictionary, damaged, or longer than `most` bytes.
    std::optional<std::string> unpack(std::string_view frame, std::size_t most) const;

  private:
    struct Tables;
    std::unique_ptr<Tables const> tables_;
};

}  // namespace banyan::pack
