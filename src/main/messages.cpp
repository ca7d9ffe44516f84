#include "main/messages.h"

#include <fmt/core.h>

#include <charconv>
#include <memory>

#include "platform/http/client.h"
#include "systems/rota/duty.h"

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

/// Of a number that ends so the demo's gateway says that it is none.
constexpr char kDemoRefuses = '7';

}  // namespace

desk::Letters letters_of(Engine& engine, crypto::Keyring const& keys, Texts const& texts,
                         api::Catalogues const& catalogues) {
    return {engine, keys, texts, catalogues,
            [&engine](store::Session& session, Unit const& unit, Instant now) -> std::optional<std::string> {
                auto const rules = engine.rules();
                auto const phone = rota::duty_phone(session, *rules->directory, unit, now);
                if (!phone) return std::nullopt;
                return phone->phone;
            }};
}

Courier::Deliver keep_messages(desk::Letters const& letters) {
    return [letters](Message const& message, store::Session& session) -> Delivered {
        auto const letter = letters.write(message, session);
        if (!letter) return Delivery::never;
        return {letter->to.ends_with(kDemoRefuses) ? Delivery::refused : Delivery::done,
                message.unit ? letter->to : std::string()};
    };
}

Courier::Deliver post_messages(std::string const& url, desk::Letters const& letters) {
    Gateway const gateway = parse_gateway(url);
    auto client = std::make_shared<http::Client>(gateway.host, gateway.port);
    return [client, gateway, letters](Message const& message, store::Session& session) -> Delivered {
        auto const letter = letters.write(message, session);
        if (!letter) return Delivery::never;
        std::string const to = message.unit ? letter->to : std::string();
        json::object const body{
            {"id", message.key()}, {"number", letter->number}, {"to", letter->to}, {"text", letter->text}};
        http::Answer const answer = client->request(
            http::Method::post, gateway.path,
            {{"Content-Type", "application/json"}, {"Idempotency-Key", message.key()}}, json::serialize(body));
        if (answer.status >= 200 && answer.status < 300) return Delivered(Delivery::done, to);
        if (answer.status == 400 || answer.status == 422) return Delivered(Delivery::refused, to);
        throw std::runtime_error(fmt::format("the gateway answered {}", answer.status));
    };
}

}  // namespace banyan
