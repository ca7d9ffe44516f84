#include "kernel/alike/opening.h"

#include <boost/json.hpp>

namespace banyan::alike {
namespace {

namespace json = boost::json;

std::string text_in(json::object const& form, std::string_view field) {
    json::value const* value = form.if_contains(field);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool flag_in(json::object const& form, std::string_view field) {
    json::value const* value = form.if_contains(field);
    return value != nullptr && value->is_bool() && value->as_bool();
}

}  // namespace

std::optional<Opening> opening_of(EventRow const& event) {
    if (event.no != 1) return std::nullopt;
    json::error_code error;
    json::value const body = json::parse(event.body, error);
    json::value const* form = error || !body.is_object() ? nullptr : body.as_object().if_contains("form");
    if (form == nullptr || !form->is_object()) return std::nullopt;
    json::object const& said = form->as_object();
    Opening opening{event.matter,
                    event.at,
                    text_in(said, "title"),
                    text_in(said, "body"),
                    text_in(said, "place"),
                    text_in(said, "class"),
                    text_in(said, "region"),
                    text_in(said, "kind"),
                    flag_in(said, "confidential"),
                    flag_in(said, "anonymous")};
    if (opening.title.empty() && opening.body.empty()) return std::nullopt;
    return opening;
}

}  // namespace banyan::alike
