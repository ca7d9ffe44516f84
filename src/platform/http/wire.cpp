#include "platform/http/wire.h"

#include <fmt/format.h>

#include <ctime>

namespace banyan::http {
namespace {

bool is_token_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_value(std::string_view text) {
    for (char c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return false;
    return true;
}

bool equal_in_any_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if ((a[i] | 0x20) != (b[i] | 0x20)) return false;
    return true;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

}  // namespace

std::string_view reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 423:
            return "Locked";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        case 507:
            return "Insufficient Storage";
        default:
            return "Status";
    }
}

std::string allow(std::uint8_t methods) {
    std::string out;
    for (std::size_t i = 0; i < kMethods; ++i) {
        auto const method = static_cast<Method>(i);
        if (!(methods & (1u << i)) && method != Method::options) continue;
        if (!out.empty()) out += ", ";
        out += name(method);
    }
    return out;
}

std::string http_date(std::int64_t seconds_since_1970) {
    static constexpr char const* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::time_t const at = seconds_since_1970;
    std::tm utc{};
    ::gmtime_r(&at, &utc);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[utc.tm_wday], utc.tm_mday,
                       kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

bool is_sendable(Reply const& reply) {
    if (reply.status < 200 || reply.status > 599 || !is_value(reply.content_type)) return false;
    for (auto const& [name, value] : reply.headers) {
        if (name.empty() || !is_value(value)) return false;
        for (char c : name)
            if (!is_token_char(c)) return false;
        for (auto const framing : {"Content-Length", "Transfer-Encoding", "Connection"})
            if (equal_in_any_case(name, framing)) return false;
    }
    return true;
}

void append_head(std::string& out, Reply const& reply, HeadFrame const& frame, NamedValues const& always) {
    fmt::format_int const status(reply.status);
    out += "HTTP/1.1 ";
    out.append(status.data(), status.size());
    out += ' ';
    out += reason(reply.status);
    out += "\r\n";
    if (!reply.content_type.empty()) append_field(out, "Content-Type", reply.content_type);
    if (frame.framing == Framing::length) {
        fmt::format_int const length(reply.body.size());
        append_field(out, "Content-Length", {length.data(), length.size()});
    } else if (frame.framing == Framing::chunked) {
        append_field(out, "Transfer-Encoding", "chunked");
    }
    append_field(out, "Date", frame.date);
    if (!frame.request_id.empty()) append_field(out, "X-Request-Id", frame.request_id);
    if (!frame.traceparent.empty()) append_field(out, "traceparent", frame.traceparent);
    for (auto const& [name, value] : always) {
        bool said = false;
        for (auto const& header : reply.headers) said = said || equal_in_any_case(header.first, name);
        if (!said) append_field(out, name, value);
    }
    for (auto const& [name, value] : reply.headers) append_field(out, name, value);
    if (frame.close)
        append_field(out, "Connection", "close");
    else if (frame.http10)
        append_field(out, "Connection", "keep-alive");
    out += "\r\n";
}

Reply plain_error(int status, std::string_view key, Request const*) {
    return {status,
            "application/problem+json",
            fmt::format(R"({{"type":"about:blank","title":"{}","status":{},"key":"{}"}})", reason(status), status,
                        key),
            {}};
}

}  // namespace banyan::http
