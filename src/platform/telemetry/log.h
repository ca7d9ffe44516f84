// platform/telemetry/log.h: one JSON object a line, for machines to search and people to read.
//
//   {"time":"2026-10-09T09:00:00.123456+08:00","level":"info","event":"http.request","request":"…","trace":"…",…}
//
// `event` is a stable name, `subject.what_happened`; what varies is a field. No personal data, ever: log ids,
// never names, numbers or texts of people (callers' duty). Lines are written by the calling thread; any thread may
// log.
#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "platform/telemetry/trace.h"

namespace spdlog {
class logger;
}

namespace banyan::telemetry {

enum class Level : std::uint8_t { debug, info, warn, error, off };

/// The value of one field; text is not copied, so it lives only as long as the call.
class LogValue {
  public:
    using Held = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;
    LogValue(std::string_view text) : held(text) {}
    LogValue(std::string const& text) : held(std::string_view(text)) {}
    LogValue(char const* text) : held(std::string_view(text)) {}
    LogValue(bool yes) : held(yes) {}
    LogValue(std::floating_point auto number) : held(static_cast<double>(number)) {}
    LogValue(std::signed_integral auto number) : held(static_cast<std::int64_t>(number)) {}
    LogValue(std::unsigned_integral auto number) : held(static_cast<std::uint64_t>(number)) {}

    Held held;
};

struct LogField {
    std::string_view name;
    LogValue value;
};
using LogFields = std::initializer_list<LogField>;

/// Which request a line belongs to; empty and null: none.
struct LogOrigin {
    std::string_view request_id;
    Trace const* trace = nullptr;
};

class Log {
  public:
    /// To standard error, each line at once.
    explicit Log(Level least = Level::info);
    /// To the end of a file, buffered: written out at each warning or error, by flush() and at the end.
    /// Throws std::runtime_error when the file cannot be opened.
    Log(std::string const& file, Level least);
    ~Log();
    Log(Log const&) = delete;
    Log& operator=(Log const&) = delete;

    bool writes(Level level) const { return level >= least_; }
    void debug(std::string_view event, LogFields fields = {}, LogOrigin origin = {}) {
        if (writes(Level::debug)) write(Level::debug, event, fields, origin);
    }
    void info(std::string_view event, LogFields fields = {}, LogOrigin origin = {}) {
        if (writes(Level::info)) write(Level::info, event, fields, origin);
    }
    void warn(std::string_view event, LogFields fields = {}, LogOrigin origin = {}) {
        if (writes(Level::warn)) write(Level::warn, event, fields, origin);
    }
    void error(std::string_view event, LogFields fields = {}, LogOrigin origin = {}) {
        if (writes(Level::error)) write(Level::error, event, fields, origin);
    }
    void flush();

  private:
    void write(Level level, std::string_view event, LogFields fields, LogOrigin origin);

    Level least_;
    std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace banyan::telemetry
