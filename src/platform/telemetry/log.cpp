#include "platform/telemetry/log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <cmath>

#include "base/text.h"
#include "base/time.h"

namespace banyan::telemetry {
namespace {

using Buffer = fmt::memory_buffer;

void append(Buffer& out, std::string_view text) { out.append(text.data(), text.data() + text.size()); }

void append_escaped(Buffer& out, char c) {
    switch (c) {
        case '"':
            return append(out, "\\\"");
        case '\\':
            return append(out, "\\\\");
        case '\n':
            return append(out, "\\n");
        case '\r':
            return append(out, "\\r");
        case '\t':
            return append(out, "\\t");
        default:
            fmt::format_to(fmt::appender(out), "\\u{:04x}", static_cast<unsigned char>(c));
    }
}

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7f; }

/// Bytes that are no UTF-8 become `?`: a line is always valid JSON, whatever a stranger sent.
void append_text(Buffer& out, std::string_view text) {
    bool const well_formed = is_utf8(text);
    out.push_back('"');
    for (char c : text) {
        if (needs_escape(c))
            append_escaped(out, c);
        else
            out.push_back(!well_formed && static_cast<unsigned char>(c) >= 0x80 ? '?' : c);
    }
    out.push_back('"');
}

struct AppendValue {
    Buffer& out;
    void operator()(std::string_view text) const { append_text(out, text); }
    void operator()(bool yes) const { append(out, yes ? "true" : "false"); }
    void operator()(std::int64_t number) const { append(out, fmt::format_int(number)); }
    void operator()(std::uint64_t number) const { append(out, fmt::format_int(number)); }
    void operator()(double number) const {
        if (std::isfinite(number))
            fmt::format_to(fmt::appender(out), "{}", number);
        else
            append(out, "null");  // JSON has no word for it
    }

  private:
    static void append(Buffer& out, std::string_view text) { telemetry::append(out, text); }
    static void append(Buffer& out, fmt::format_int const& number) {
        out.append(number.data(), number.data() + number.size());
    }
};

std::string_view word(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warn:
            return "warn";
        default:
            return "error";
    }
}

std::unique_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink) {
    auto logger = std::make_unique<spdlog::logger>("banyan", std::move(sink));
    logger->set_level(spdlog::level::trace);  // Log::least_ has decided already
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc));
    return logger;
}

spdlog::sink_ptr open(std::string const& file) {
    try {
        return std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
    } catch (spdlog::spdlog_ex const& e) {
        throw std::runtime_error(fmt::format("cannot write the log to {}: {}", file, e.what()));
    }
}

}  // namespace

Log::Log(Level least) : least_(least), logger_(make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

Log::Log(std::string const& file, Level least) : least_(least), logger_(make_logger(open(file))) {
    logger_->flush_on(spdlog::level::warn);
}

Log::~Log() { flush(); }

void Log::flush() { logger_->flush(); }

void Log::write(Level level, std::string_view event, LogFields fields, LogOrigin origin) {
    Buffer line;
    append(line, R"({"time":")");
    append(line, rfc3339(wall_clock()));
    append(line, R"(","level":")");
    append(line, word(level));
    append(line, R"(","event":)");
    append_text(line, event);
    if (!origin.request_id.empty()) {
        append(line, R"(,"request":)");
        append_text(line, origin.request_id);
    }
    if (origin.trace) {
        append(line, R"(,"trace":")");
        append(line, origin.trace->trace_text());
        line.push_back('"');
    }
    for (auto const& field : fields) {
        line.push_back(',');
        append_text(line, field.name);
        line.push_back(':');
        std::visit(AppendValue{line}, field.value.held);
    }
    line.push_back('}');
    logger_->log(level >= Level::warn ? spdlog::level::warn : spdlog::level::info,
                 spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace banyan::telemetry
