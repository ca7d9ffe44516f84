// platform/telemetry/trace.h: which errand a request belongs to, across departments' systems.
//
// W3C Trace Context (https://www.w3.org/TR/trace-context-2/): `traceparent: 00-<trace id>-<span id>-<flags>`.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banyan::telemetry {

struct Trace {
    std::array<std::uint8_t, 16> trace_id{};  ///< the same for all that one tap of a citizen causes
    std::array<std::uint8_t, 8> span_id{};    ///< this piece of work
    std::array<std::uint8_t, 8> parent_id{};  ///< the caller's piece of work; zero: we began the trace
    bool sampled = false;
    bool operator==(Trace const&) const = default;

    bool begun_here() const { return parent_id == std::array<std::uint8_t, 8>{}; }
    std::string trace_text() const;  ///< 32 hex digits
    std::string span_text() const;   ///< 16 hex digits
    /// What we send on: our span as the next one's parent.
    std::string traceparent() const;
};

/// What the caller sent: its span in span_id. As strict as section 3.2 asks: lower-case hex, nothing all zero,
/// version ff refused; of a later version the part we know is read.
std::optional<Trace> parse_traceparent(std::string_view text);

/// Ids nobody else has. Fast, not secret: never a token or a password. One per thread.
class RandomIds {
  public:
    RandomIds();  ///< seeded from the operating system
    Trace begin();
    Trace child_of(Trace const& caller);
    std::string request_id();  ///< 13 letters and digits, 64 random bits

  private:
    std::uint64_t next();
    void fill_span(Trace& trace);
    std::array<std::uint64_t, 4> state_;
};

}  // namespace banyan::telemetry
