#include "kernel/procedure/shape.h"

#include <stdexcept>

namespace banyan::shape {
namespace {

constexpr std::string_view kName = "title";  // JSON Schema's own word for it

Schema of_type(std::string_view type, std::string_view about) {
    Schema schema{{"type", type}};
    if (!about.empty()) schema["description"] = about;
    return schema;
}

Schema with(Schema schema, std::string_view keyword, json::value value) {
    schema[keyword] = std::move(value);
    return schema;
}

json::value lifted_value(json::value value, json::object& schemas) {
    if (json::array* array = value.if_array())
        for (json::value& each : *array) each = lifted_value(std::move(each), schemas);
    if (value.is_object()) return lifted(std::move(value.as_object()), schemas);
    return value;
}

}  // namespace

Schema text(std::string_view about) { return of_type("string", about); }
Schema code(std::string_view about) { return with(text(about), "pattern", "^[0-9A-Za-z._-]*$"); }
Schema id(std::string_view about) { return with(text(about), "pattern", "^[0-9]{1,16}$"); }
Schema hex(std::string_view about) { return with(text(about), "pattern", "^([0-9a-f]{2})*$"); }
Schema instant(std::string_view about) { return with(text(about), "format", "date-time"); }
Schema day(std::string_view about) { return with(text(about), "format", "date"); }
Schema integer(std::string_view about) { return of_type("integer", about); }
Schema count(std::string_view about) { return with(integer(about), "minimum", 0); }
Schema flag(std::string_view about) { return of_type("boolean", about); }
Schema always(bool value) { return with(flag(), "enum", json::array{value}); }
Schema one_of(std::vector<std::string_view> const& values, std::string_view about) {
    return with(text(about), "enum", json::array(values.begin(), values.end()));
}

Schema object(std::initializer_list<Member> members, std::string_view about) {
    Schema schema = of_type("object", about);
    schema["properties"] = json::object();
    schema["required"] = json::array();
    schema["additionalProperties"] = false;
    return extended(std::move(schema), members);
}

Schema extended(Schema object, std::initializer_list<Member> members) {
    object.erase(kName);
    for (auto const& [name, of] : members) {
        bool may_lack = name.ends_with('?');
        std::string_view plain = name.substr(0, name.size() - (may_lack ? 1 : 0));
        object.at("properties").as_object()[plain] = of;
        if (!may_lack) object.at("required").as_array().emplace_back(plain);
    }
    return object;
}

Schema list(Schema of, std::string_view about) { return with(of_type("array", about), "items", std::move(of)); }
Schema map(Schema of, std::string_view about) {
    return with(of_type("object", about), "additionalProperties", std::move(of));
}
Schema open(std::string_view about) { return of_type("object", about); }

Schema or_null(Schema schema) {
    schema["type"] = json::array{schema.at("type"), "null"};
    return schema;
}

Schema either(std::initializer_list<Schema> shapes) {
    json::array all;
    for (Schema const& shape : shapes) all.emplace_back(shape);
    return {{"oneOf", std::move(all)}};
}

Schema named(std::string_view name, Schema schema) { return with(std::move(schema), kName, json::string(name)); }

Schema lifted(Schema schema, json::object& schemas) {
    json::value* title = schema.if_contains(kName);
    std::string name = title != nullptr && title->is_string() ? std::string(title->as_string()) : "";
    for (auto& member : schema) member.value() = lifted_value(std::move(member.value()), schemas);
    if (name.empty()) return schema;
    if (json::value const* known = schemas.if_contains(name); known != nullptr && *known != json::value(schema))
        throw std::logic_error("two shapes are called " + name);
    schemas[name] = std::move(schema);
    return {{"$ref", "#/components/schemas/" + name}};
}

}  // namespace banyan::shape
