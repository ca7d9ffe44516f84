#include "platform/http/target.h"

#include <algorithm>

#include "base/text.h"

namespace banyan::http {
namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool append_decoded(std::string& out, std::string_view raw, bool plus_is_space) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
        char c = raw[i];
        if (c == '%') {
            if (i + 2 >= raw.size()) return false;
            int const high = digit(raw[i + 1]), low = digit(raw[i + 2]);
            if (high < 0 || low < 0) return false;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0') return false;
        out += c;
    }
    return true;
}

bool parse_path(std::string_view raw, Target& target) {
    auto& path = target.path;
    path.reserve(std::min<std::size_t>(raw.size(), 64 * 1024));
    for (raw.remove_prefix(1);;) {
        auto const end = raw.find('/');
        path += '/';
        auto const at = path.size();
        if (!append_decoded(path, raw.substr(0, end), false)) return false;
        std::string_view const segment = std::string_view(path).substr(at);
        if (segment == "." || segment == "..") return false;
        for (char c : segment)
            if (is_control(c)) return false;
        target.segments.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(segment.size())});
        if (end == std::string_view::npos) break;
        raw.remove_prefix(end + 1);
    }
    if (path.size() == 1) target.segments.clear();
    return is_utf8(path);
}

bool parse_query(std::string_view raw, NamedValues& query) {
    while (!raw.empty()) {
        auto const end = raw.find('&');
        auto const pair = raw.substr(0, end);
        if (!pair.empty()) {
            auto const equals = pair.find('=');
            auto& [name, value] = query.emplace_back();
            if (!append_decoded(name, pair.substr(0, equals), true)) return false;
            if (equals != std::string_view::npos && !append_decoded(value, pair.substr(equals + 1), true))
                return false;
            if (!is_utf8(name) || !is_utf8(value)) return false;
        }
        if (end == std::string_view::npos) break;
        raw.remove_prefix(end + 1);
    }
    return true;
}

/// What follows scheme and authority; empty: neither form.
std::string_view without_authority(std::string_view raw) {
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!raw.starts_with(scheme)) continue;
        auto const at = raw.find_first_of("/?", scheme.size());
        if (at == scheme.size() || raw.size() == scheme.size()) return {};  // no host
        return at == std::string_view::npos ? "/" : raw.substr(at);
    }
    return {};
}

}  // namespace

std::optional<NamedValues> parse_form(std::string_view body) {
    NamedValues values;
    if (!parse_query(body, values)) return std::nullopt;
    return values;
}

bool parse_target(std::string_view raw, Target& target) {
    if (raw == "*") {
        target.asterisk = true;
        target.path = raw;
        return true;
    }
    if (!raw.starts_with('/')) raw = without_authority(raw);
    if (raw.empty() || raw.find('#') != std::string_view::npos) return false;
    auto const question = raw.find('?');
    auto const path = question == 0 ? "/" : raw.substr(0, question);
    if (!parse_path(path, target)) return false;
    return question == std::string_view::npos || parse_query(raw.substr(question + 1), target.query);
}

}  // namespace banyan::http
