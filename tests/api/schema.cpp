#include "api/schema.h"

#include <algorithm>
#include <map>
#include <regex>

#include "base/time.h"

namespace banyan::api_test {
namespace {

bool has_type(json::value const& value, std::string_view type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "null") return value.is_null();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    return type == "number" && value.is_number();
}

bool has_one_of_types(json::value const& value, json::value const& types) {
    if (types.is_string()) return has_type(value, types.as_string());
    return std::ranges::any_of(types.as_array(),
                               [&](json::value const& type) { return has_type(value, type.as_string()); });
}

bool is_like(std::string const& value, std::string const& pattern) {
    static std::map<std::string, std::regex> compiled;
    auto found = compiled.find(pattern);
    if (found == compiled.end()) found = compiled.emplace(pattern, std::regex(pattern)).first;
    return std::regex_search(value, found->second);
}

bool known_word(std::string_view word) {
    static std::set<std::string_view> const kWords{"type",       "properties",  "required", "additionalProperties",
                                                   "items",      "enum",        "format",   "pattern",
                                                   "minLength",  "maxLength",   "minimum",  "maximum",
                                                   "oneOf",      "description", "title",    "maxItems",
                                                   "uniqueItems"};
    return kWords.contains(word) || word.starts_with("x-");
}

}  // namespace

std::string escaped(std::string_view part) {
    std::string all;
    for (char c : part) all += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return all;
}

std::string SchemaCheck::resolved(std::string pointer) const {
    for (;;) {
        json::object const& schema = root_.at_pointer(pointer).as_object();
        json::value const* reference = schema.if_contains("$ref");
        if (reference == nullptr) return pointer;
        pointer = std::string(reference->as_string()).substr(1);
    }
}

std::vector<std::string> SchemaCheck::faults(std::string const& schema, json::value const& value) {
    std::vector<std::string> all;
    check({schema, ""}, value, all);
    return all;
}

void SchemaCheck::check(Place const& given, json::value const& value, std::vector<std::string>& faults) {
    Place at{resolved(given.schema), given.value};
    json::object const& schema = root_.at_pointer(at.schema).as_object();
    auto fault = [&](std::string const& what) {
        faults.push_back(at.value + ": " + what + " (" + at.schema +
                         "): " + json::serialize(value).substr(0, 200));
    };
    for (auto const& member : schema)
        if (!known_word(member.key())) fault("the checker does not know " + std::string(member.key()));
    if (json::value const* types = schema.if_contains("type");
        types != nullptr && !has_one_of_types(value, *types))
        return fault("is no " + json::serialize(*types));
    if (json::value const* choices = schema.if_contains("enum");
        choices != nullptr && std::ranges::find(choices->as_array(), value) == choices->as_array().end())
        fault("is none of the choices");
    if (json::value const* ways = schema.if_contains("oneOf")) {
        int fitting = 0;
        std::vector<std::string> why;
        for (std::size_t i = 0; i < ways->as_array().size(); ++i) {
            std::size_t before = why.size();
            check({at.schema + "/oneOf/" + std::to_string(i), at.value}, value, why);
            fitting += why.size() == before ? 1 : 0;
        }
        if (fitting != 1) {
            fault("fits " + std::to_string(fitting) + " of oneOf");
            faults.insert(faults.end(), why.begin(), why.end());
        }
    }
    if (value.is_int64()) {
        json::value const *least = schema.if_contains("minimum"), *most = schema.if_contains("maximum");
        if (least != nullptr && value.as_int64() < least->as_int64()) fault("is too small");
        if (most != nullptr && value.as_int64() > most->as_int64()) fault("is too big");
    }
    if (value.is_string()) check_text(at, schema, std::string(value.as_string()), faults);
    if (value.is_object()) check_object(at, schema, value.as_object(), faults);
    if (value.is_array() && schema.contains("items"))
        for (std::size_t i = 0; i < value.as_array().size(); ++i)
            check({at.schema + "/items", at.value + "/" + std::to_string(i)}, value.as_array()[i], faults);
}

void SchemaCheck::check_text(Place const& at, json::object const& schema, std::string const& value,
                             std::vector<std::string>& faults) {
    if (json::value const* pattern = schema.if_contains("pattern"))
        if (!is_like(value, std::string(pattern->as_string())))
            faults.push_back(at.value + ": is not like " + std::string(pattern->as_string()) + ": " + value);
    if (json::value const* format = schema.if_contains("format")) {
        bool fits = *format == "date-time" ? parse_rfc3339(value).has_value()
                                           : *format == "date" && parse_day(value).has_value();
        if (!fits) faults.push_back(at.value + ": is no " + std::string(format->as_string()) + ": " + value);
    }
}

void SchemaCheck::check_object(Place const& at, json::object const& schema, json::object const& value,
                               std::vector<std::string>& faults) {
    json::value const* properties = schema.if_contains("properties");
    json::value const* others = schema.if_contains("additionalProperties");
    if (json::value const* required = schema.if_contains("required"))
        for (json::value const& name : required->as_array())
            if (!value.contains(name.as_string()))
                faults.push_back(at.value + ": lacks " + std::string(name.as_string()) + " (" + at.schema + ")");
    for (auto const& member : value) {
        std::string inner = at.value + "/" + escaped(member.key());
        if (properties != nullptr && properties->as_object().contains(member.key())) {
            std::string pointer = at.schema + "/properties/" + escaped(member.key());
            seen_.insert(pointer);
            check({pointer, inner}, member.value(), faults);
        } else if (others != nullptr && others->is_object()) {
            check({at.schema + "/additionalProperties", inner}, member.value(), faults);
        } else if (others != nullptr) {
            faults.push_back(inner + ": is not described (" + at.schema + ")");
        }
    }
}

std::set<std::string> SchemaCheck::members(std::string const& schema) const {
    std::set<std::string> known;
    collect(schema, known);
    return known;
}

void SchemaCheck::collect(std::string const& given, std::set<std::string>& known) const {
    std::string at = resolved(given);
    json::object const& schema = root_.at_pointer(at).as_object();
    if (json::value const* properties = schema.if_contains("properties"))
        for (auto const& member : properties->as_object()) {
            std::string pointer = at + "/properties/" + escaped(member.key());
            if (known.insert(pointer).second) collect(pointer, known);
        }
    for (char const* word : {"items", "additionalProperties"})
        if (json::value const* inner = schema.if_contains(word); inner != nullptr && inner->is_object())
            collect(at + "/" + word, known);
    if (json::value const* ways = schema.if_contains("oneOf"))
        for (std::size_t i = 0; i < ways->as_array().size(); ++i)
            collect(at + "/oneOf/" + std::to_string(i), known);
}

}  // namespace banyan::api_test
