#include "kernel/engine/event_body.h"

#include "platform/pack/pack.h"

extern "C" char const banyan_bodies_begin[], banyan_bodies_end[];  // bodies_40001.zdict

namespace banyan {
namespace {

constexpr std::size_t kMost = std::size_t{64} << 20;  ///< bytes; no step says so much

pack::Packing const& packing() {
    static pack::Packing const only(
        {banyan_bodies_begin, static_cast<std::size_t>(banyan_bodies_end - banyan_bodies_begin)});
    return only;
}

}  // namespace

std::string packed_body(std::string_view body) {
    std::string packed = packing().pack(body);
    if (packed.size() >= body.size()) packed.clear();
    return packed;
}

std::optional<std::string> unpacked_body(std::string_view packed) { return packing().unpack(packed, kMost); }

std::string body_of(store::Row const& row, int body, int packed) {
    std::string_view const plain = row.text(body);
    if (row.null(packed) || !plain.empty()) return std::string(plain);
    std::string_view const frame = row.bytes(packed);
    std::optional<std::string> unpacked = unpacked_body(frame);
    return unpacked ? std::move(*unpacked) : std::string(frame);
}

}  // namespace banyan
