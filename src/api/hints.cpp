#include "api/hints.h"

#include "base/json_writer.h"
#include "base/text.h"

namespace banyan::api {
namespace {

constexpr std::size_t kSignature = 16;
constexpr std::int64_t kMostHints = 20, kLongestToken = 600;

}  // namespace

std::string HintTokens::signature(std::string_view said) const {
    return std::string(crypto::view(keys_.token_key().tagging().of({"hint\n", said})).substr(0, kSignature));
}

std::string HintTokens::token(std::string_view field, json::value const& value, std::string_view by) const {
    std::string const text = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    std::string const said = JsonWriter(256)
                                 .open()
                                 .put("field", field)
                                 .put("value", hint_value(text))
                                 .put("by", by)
                                 .put("who", who_)
                                 .put("at", now_.us)
                                 .close()
                                 .take();
    return to_base64url(signature(said) + said);
}

std::optional<json::object> HintTokens::open(std::string_view token) const {
    auto bytes = from_base64url(token);
    if (!bytes || bytes->size() <= kSignature) return std::nullopt;
    std::string_view const all = *bytes, said = all.substr(kSignature);
    if (!crypto::equal(signature(said), all.substr(0, kSignature))) return std::nullopt;
    return json::parse(said).as_object();
}

Result<std::vector<Hint>> HintTokens::read(json::value const* hints) const {
    std::vector<Hint> read;
    if (hints == nullptr) return read;
    for (json::value const& each : hints->as_array()) {
        auto said = open(each.at("token").as_string());
        if (!said || std::string_view(said->at("who").as_string()) != who_) return refuse("hint.unknown", "hints");
        if (Instant{said->at("at").as_int64()} < now_ - hours(24)) continue;
        read.push_back({std::string(said->at("field").as_string()), std::string(said->at("value").as_string()),
                        std::string(said->at("by").as_string())});
    }
    return read;
}

Field hints_field() {
    return {.name = "hints",
            .type = Field::Type::list,
            .most = kMostHints,
            .inner = {{.name = "token", .required = true, .most = kLongestToken}},
            .about = "proposals that were shown: which of them were taken is recorded"};
}

}  // namespace banyan::api
