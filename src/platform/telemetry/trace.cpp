#include "platform/telemetry/trace.h"

#include <bit>
#include <cstring>
#include <random>

namespace banyan::telemetry {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

template <std::size_t N>
bool read_hex(std::string_view text, std::array<std::uint8_t, N>& bytes) {
    for (std::size_t i = 0; i < N; ++i) {
        int const high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

template <std::size_t N>
void append_hex(std::string& out, std::array<std::uint8_t, N> const& bytes) {
    for (auto byte : bytes) {
        out.push_back(kHex[byte >> 4]);
        out.push_back(kHex[byte & 15]);
    }
}

template <std::size_t N>
bool all_zero(std::array<std::uint8_t, N> const& bytes) {
    return bytes == std::array<std::uint8_t, N>{};
}

}  // namespace

std::string Trace::trace_text() const {
    std::string out;
    out.reserve(32);
    append_hex(out, trace_id);
    return out;
}

std::string Trace::span_text() const {
    std::string out;
    append_hex(out, span_id);
    return out;
}

std::string Trace::traceparent() const {
    std::string out;
    out.reserve(55);
    out += "00-";
    append_hex(out, trace_id);
    out += '-';
    append_hex(out, span_id);
    out += sampled ? "-01" : "-00";
    return out;
}

std::optional<Trace> parse_traceparent(std::string_view text) {
    constexpr std::size_t kVersion00 = 55;
    if (text.size() < kVersion00 || text[2] != '-' || text[35] != '-' || text[52] != '-') return std::nullopt;
    std::array<std::uint8_t, 1> version, flags;
    Trace trace;
    if (!read_hex(text.substr(0, 2), version) || !read_hex(text.substr(3, 32), trace.trace_id) ||
        !read_hex(text.substr(36, 16), trace.span_id) || !read_hex(text.substr(53, 2), flags))
        return std::nullopt;
    if (version[0] == 0xff) return std::nullopt;
    if (version[0] == 0 && text.size() != kVersion00) return std::nullopt;
    if (text.size() > kVersion00 && text[kVersion00] != '-') return std::nullopt;
    if (all_zero(trace.trace_id) || all_zero(trace.span_id)) return std::nullopt;
    trace.sampled = (flags[0] & 1) != 0;
    return trace;
}

RandomIds::RandomIds() {
    std::random_device device;
    for (auto& word : state_) word = (std::uint64_t{device()} << 32) | device();
    state_[0] |= 1;  // all four zero would stay zero
}

std::uint64_t RandomIds::next() {  // xoshiro256++, https://prng.di.unimi.it
    std::uint64_t const result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    std::uint64_t const shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

void RandomIds::fill_span(Trace& trace) {
    std::uint64_t const span = next() | 1;  // never all zero
    std::memcpy(trace.span_id.data(), &span, sizeof span);
}

Trace RandomIds::begin() {
    Trace trace;
    std::uint64_t const words[2] = {next(), next() | 1};
    std::memcpy(trace.trace_id.data(), words, sizeof words);
    fill_span(trace);
    return trace;
}

Trace RandomIds::child_of(Trace const& caller) {
    Trace trace = caller;
    trace.parent_id = caller.span_id;
    fill_span(trace);
    return trace;
}

std::string RandomIds::request_id() {
    constexpr std::string_view kAlphabet =
        "0123456789abcdefghjkmnpqrstvwxyz";  // without i, l, o, u: read aloud on the phone
    std::string out(13, '0');                // short enough to need no allocation
    std::uint64_t bits = next();
    for (auto& c : out) {
        c = kAlphabet[bits & 31];
        bits >>= 5;
    }
    return out;
}

}  // namespace banyan::telemetry
