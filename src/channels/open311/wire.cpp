#include "channels/open311/wire.h"

#include <fmt/core.h>

namespace banyan::open311 {
namespace {

struct Plural {
    std::string_view list, one;
};
constexpr Plural kPlurals[] = {{"services", "service"},
                               {"attributes", "attribute"},
                               {"values", "value"},
                               {"endpoints", "endpoint"},
                               {"formats", "format"},
                               {"errors", "error"},
                               {"service_requests", "request"},
                               {"service_requests_updates", "request_update"}};

std::string_view one_of(std::string_view list) {
    for (Plural const& plural : kPlurals)
        if (plural.list == list) return plural.one;
    return "item";
}

/// Signs that XML 1.0 does not know, even escaped: U+FFFE and U+FFFF; the controls are looked at one by one.
bool is_no_sign(std::string_view text, std::size_t at) {
    std::string_view const three = text.substr(at, 3);
    return three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
}

void escape(std::string& out, std::string_view text) {
    constexpr std::string_view kUnknown = "\xEF\xBF\xBD";
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&apos;";
                break;
            case '\r':  // a reader would make a line end of it
                out += "&#13;";
                break;
            default:
                if (is_no_sign(text, i)) {
                    out += kUnknown;
                    i += 2;
                } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') {
                    out += kUnknown;
                } else {
                    out += c;
                }
        }
    }
}

/// Numbers as people write them: Boost.JSON would say 2.6081E1.
std::string scalar(json::value const& value) {
    if (value.is_bool()) return value.as_bool() ? "true" : "false";
    if (value.is_double()) return fmt::format("{}", value.as_double());
    return json::serialize(value);
}

void write_xml(std::string& out, std::string_view name, json::value const& value) {
    if (value.is_null()) {
        out.append("<").append(name).append("/>");
        return;
    }
    out.append("<").append(name).append(">");
    if (value.is_object()) {
        for (auto const& member : value.as_object()) write_xml(out, member.key(), member.value());
    } else if (value.is_array()) {
        for (json::value const& each : value.as_array()) write_xml(out, one_of(name), each);
    } else if (value.is_string()) {
        escape(out, value.as_string());
    } else {
        out += scalar(value);
    }
    out.append("</").append(name).append(">");
}

void write_json(std::string& out, json::value const& value) {
    char const* between = "";
    if (value.is_object()) {
        out += '{';
        for (auto const& member : value.as_object()) {
            out.append(between).append(json::serialize(json::string(member.key()))).append(":");
            write_json(out, member.value());
            between = ",";
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (json::value const& each : value.as_array()) {
            out += between;
            write_json(out, each);
            between = ",";
        }
        out += ']';
    } else {
        out += scalar(value);
    }
}

}  // namespace

std::string written(Format format, std::string_view root, json::value const& value) {
    std::string out;
    if (format == Format::xml) {
        out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        write_xml(out, root, value);
        out += '\n';
    } else {
        write_json(out, value);
    }
    return out;
}

http::Reply reply(Format format, int status, std::string_view root, json::value const& value) {
    return {status,
            format == Format::xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8",
            written(format, root, value),
            {{"Cache-Control", "no-store"}, {"Access-Control-Allow-Origin", "*"}},
            {}};
}

bool split_format(std::string_view file, std::string_view& name, Format& format) {
    std::size_t const dot = file.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return false;
    std::string_view const ending = file.substr(dot + 1);
    if (ending != "xml" && ending != "json") return false;
    name = file.substr(0, dot);
    format = ending == "xml" ? Format::xml : Format::json;
    return true;
}

}  // namespace banyan::open311
