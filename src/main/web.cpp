#include "main/web.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace banyan {
namespace {

struct Entry {
    std::string_view prefix, page;
};
constexpr Entry kEntries[] = {{"/desk", "desk.html"}, {"/me", "me.html"}};

std::string_view type_of(std::string_view path) {
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".json", "application/json"},
        {".woff2", "font/woff2"},
        {".webmanifest", "application/manifest+json"},
    };
    for (auto const& [ending, type] : kTypes)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

http::Reply file_reply(EmbeddedTable files, std::string const& path, http::Request const& request,
                       std::string_view cache) {
    http::NamedValues headers{{"Cache-Control", std::string(cache)}, {"Vary", "Accept-Encoding"}};
    auto bytes = takes_gzip(request.header("Accept-Encoding")) ? embedded(files, path + ".gz") : std::nullopt;
    if (bytes)
        headers.emplace_back("Content-Encoding", "gzip");
    else
        bytes = embedded(files, path);
    return {200, std::string(type_of(path)), std::string(bytes.value_or("")), std::move(headers), {}};
}

api::Operation page(std::string pattern, std::string name, std::string type) {
    return {.method = http::Method::get,
            .pattern = std::move(pattern),
            .name = std::move(name),
            .summary = "A page",
            .tag = "pages",
            .who = api::Who::anyone,
            .replies = {{200, "the page"}},
            .reply = shape::text(),
            .reply_type = std::move(type)};
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
    bool any = false, named = false, refused = false;
    for (std::string const& each : split(accept_encoding, ",")) {
        std::string coding = each.substr(0, each.find(';'));
        std::erase(coding, ' ');
        std::string quality = each.find(';') == std::string::npos ? "" : each.substr(each.find(';') + 1);
        std::erase(quality, ' ');
        bool const none = quality.starts_with("q=0") && quality.find_first_of("123456789") == std::string::npos;
        if (coding == "gzip") (none ? refused : named) = true;
        if (coding == "*") any = !none;
    }
    return named || (any && !refused);
}

Tiles Tiles::read(std::string const& setting) {
    if (setting.empty()) return {};
    auto wrong = [&] {
        return std::runtime_error("tiles = " + setting +
                                  ": takes https://HOST/… with {z}, {x} and {y}, or http://127.0.0.1:PORT/…");
    };
    if (!setting.starts_with("https://") && !setting.starts_with("http://127.0.0.1:")) throw wrong();
    for (std::string_view part : {"{z}", "{x}", "{y}"})
        if (setting.find(part) == std::string::npos) throw wrong();
    Tiles tiles{setting};
    // It becomes a word of a header: a host and a port, nothing else.
    std::string const origin = tiles.origin();
    std::string_view const host = std::string_view(origin).substr(origin.find("//") + 2);
    bool const plain = std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == ':';
    });
    if (host.empty() || !plain) throw wrong();
    return tiles;
}

std::string Tiles::origin() const {
    std::size_t const host = address.find("//");
    return host == std::string::npos ? "" : address.substr(0, address.find('/', host + 2));
}

std::string content_policy(Tiles const& tiles) {
    return "default-src 'self'; img-src 'self' data:" + (tiles.address.empty() ? "" : " " + tiles.origin()) +
           "; frame-ancestors 'none'; base-uri 'none'";
}

void add_tiles(api::Api& api, Tiles const& tiles) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/map",
             .name = "map.tiles",
             .summary = "What lies beneath the outlines of a map",
             .tag = "about",
             .who = api::Who::anyone,
             .replies = {{200, "an address"}},
             .reply = shape::object({{"tiles", shape::text("with {z}, {x} and {y}, Web Mercator; empty: none")}}),
             .handle = [address = tiles.address](api::Call&&, http::Respond respond) {
                 respond(api::json_reply(200, json::object{{"tiles", address}}));
             }});
}

void add_web(api::Api& api, api::House& house, EmbeddedTable files) {
    for (Entry const& entry : kEntries)
        for (std::string const& pattern : {std::string(entry.prefix), std::string(entry.prefix) + "/{page*}"}) {
            api::Operation made = page(pattern, "page" + pattern, "text/html");
            if (pattern.ends_with("*}")) made.path = {{.name = "page", .about = "what the page shows"}};
            made.handle = [files, entry](api::Call&& call, http::Respond respond) {
                respond(file_reply(files, std::string(entry.page), call.request, "no-cache"));
            };
            api.add(std::move(made));
        }
    // Below /me/, since a service worker has a say over its own folder only.
    api::Operation worker = page("/me/sw.js", "page/me/sw.js", "text/javascript");
    worker.handle = [files](api::Call&& call, http::Respond respond) {
        respond(file_reply(files, "sw.js", call.request, "no-cache"));
    };
    api.add(std::move(worker));
    api::Operation made =
        page("/web/assets/{file}", "page/web", "text/javascript,text/css,image/svg+xml,application/manifest+json");
    made.path = {{.name = "file", .about = "of the web application"}};
    made.handle = [files, &house](api::Call&& call, http::Respond respond) {
        std::string const path = "assets/" + std::string(call.param(0));
        if (!embedded(files, path))
            return respond(api::errors_in_words(house.texts)(404, "http.not_found", &call.request));
        respond(file_reply(files, path, call.request, "public, max-age=31536000, immutable"));
    };
    api.add(std::move(made));
}

}  // namespace banyan
