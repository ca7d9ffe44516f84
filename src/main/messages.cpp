#include "main/messages.h"

#include <fmt/core.h>

#include <charconv>
#include <memory>

#include "platform/http/client.h"

namespace banyan {
namespace {

struct Gateway {
    std::string host;
    std::uint16_t port = 80;
    std::string path = "/";
};

Gateway parse_gateway(std::string const& url) {
    auto const wrong = [&] { return std::runtime_error("messages = " + url + ": takes http://HOST:PORT/PATH"); };
    constexpr std::string_view kScheme = "http://";
    if (!url.starts_with(kScheme)) throw wrong();
    Gateway gateway;
    std::string_view rest = std::string_view(url).substr(kScheme.size());
    if (auto slash = rest.find('/'); slash != rest.npos) {
        gateway.path = rest.substr(slash);
        rest = rest.substr(0, slash);
    }
    if (auto colon = rest.rfind(':'); colon != rest.npos) {
        std::string_view const port = rest.substr(colon + 1);
        auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), gateway.port);
        if (error != std::errc{} || end != port.data() + port.size() || gateway.port == 0) throw wrong();
        rest = rest.substr(0, colon);
    }
    gateway.host = rest;
    if (gateway.host.empty() || url.find_first_of(" \t\r\n") != url.npos) throw wrong();
    return gateway;
}

}  // namespace

Courier::Deliver post_messages(std::string const& url, desk::Letters letters) {
    Gateway const gateway = parse_gateway(url);
    auto client = std::make_shared<http::Client>(gateway.host, gateway.port);
    return [client, gateway, letters](Message const& message, store::Session& session) {
        auto const letter = letters.write(message, session);
        if (!letter) return Delivery::never;
        json::object const body{{"id", std::to_string(message.id)},
                                {"number", letter->number},
                                {"to", letter->to},
                                {"text", letter->text}};
        http::Answer const answer = client->request(
            http::Method::post, gateway.path,
            {{"Content-Type", "application/json"}, {"Idempotency-Key", std::to_string(message.id)}},
            json::serialize(body));
        if (answer.status >= 200 && answer.status < 300) return Delivery::done;
        if (answer.status == 400 || answer.status == 422) return Delivery::never;
        throw std::runtime_error(fmt::format("the gateway answered {}", answer.status));
    };
}

}  // namespace banyan
