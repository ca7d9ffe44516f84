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

/// Of what an event sets.
std::int64_t number_in(json::object const& body, std::string_view name) {
    json::value const* set = body.if_contains("set");
    json::value const* value = set != nullptr && set->is_object() ? set->as_object().if_contains(name) : nullptr;
    return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}

Sorting sorting_in(json::object const& body) {
    Sorting sorting;
    json::value const* set = body.if_contains("set");
    if (set == nullptr || !set->is_object()) return sorting;
    auto text = [&](std::string_view name) -> std::optional<std::string> {
        json::value const* value = set->as_object().if_contains(name);
        if (value == nullptr || !value->is_string()) return std::nullopt;
        return std::string(value->as_string());
    };
    sorting.kind = text("kind");
    sorting.class_code = text("class");
    sorting.region = text("region");
    sorting.accuses = number_in(body, "about") != 0;
    return sorting;
}

}  // namespace

Sorting sorting_of(EventRow const& event) {
    json::error_code error;
    json::value const body = json::parse(event.body, error);
    return error || !body.is_object() ? Sorting() : sorting_in(body.as_object());
}

std::optional<Opening> opening_of(EventRow const& event) {
    if (event.no != 1) return std::nullopt;
    json::error_code error;
    json::value const body = json::parse(event.body, error);
    json::value const* form = error || !body.is_object() ? nullptr : body.as_object().if_contains("form");
    if (form == nullptr || !form->is_object()) return std::nullopt;
    json::object const& said = form->as_object();
    if (!said.contains("channel")) return std::nullopt;  // nobody came in with it: an entry, a supervision
    if (!said.contains("body")) return std::nullopt;     // nobody tells of anything: a case of the service hall
    Sorting const sorting = sorting_in(body.as_object());
    Opening opening{event.matter,
                    event.at,
                    text_in(said, "title"),
                    text_in(said, "body"),
                    text_in(said, "place"),
                    sorting.class_code.value_or(text_in(said, "class")),
                    sorting.region.value_or(text_in(said, "region")),
                    sorting.kind.value_or(text_in(said, "kind")),
                    flag_in(said, "confidential"),
                    flag_in(said, "anonymous"),
                    sorting.accuses,
                    PersonId(number_in(body.as_object(), "asker"))};
    if (opening.title.empty() && opening.body.empty()) return std::nullopt;
    return opening;
}

}  // namespace banyan::alike
