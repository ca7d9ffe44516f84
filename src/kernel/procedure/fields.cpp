#include "kernel/procedure/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"

namespace banyan {
namespace {

struct TypeName {
    std::string_view name;
    Field::Type type;
    std::int64_t most;  ///< when the field says none
};
constexpr std::array kTypes{
    TypeName{"text", Field::Type::text, 2000},  TypeName{"choice", Field::Type::choice, 0},
    TypeName{"flag", Field::Type::flag, 0},     TypeName{"integer", Field::Type::integer, 1'000'000'000},
    TypeName{"day", Field::Type::day, 0},       TypeName{"instant", Field::Type::instant, 0},
    TypeName{"code", Field::Type::code, 40},    TypeName{"unit", Field::Type::unit, 32},
    TypeName{"units", Field::Type::units, 20},  TypeName{"region", Field::Type::region, 12},
    TypeName{"point", Field::Type::point, 0},   TypeName{"matter", Field::Type::matter, 24},
    TypeName{"phone", Field::Type::phone, 24},  TypeName{"identity", Field::Type::identity, 18},
    TypeName{"object", Field::Type::object, 0}, TypeName{"list", Field::Type::list, 1000},
    TypeName{"files", Field::Type::files, 9},
};
constexpr std::array<std::string_view, 5> kClasses{"public", "asker", "handler", "centre", "sealed"};

std::int64_t most_of(Field const& field) {
    if (field.most != 0) return field.most;
    return kTypes[static_cast<std::size_t>(field.type)].most;
}

class Reader {
  public:
    json::object object(std::vector<Field> const& fields, json::object form, std::string const& path);
    std::optional<Refusal> refusal() {
        if (faults_.empty()) return std::nullopt;
        Refusal first = std::move(faults_.front());
        faults_.erase(faults_.begin());
        first.others = std::move(faults_);
        return first;
    }

  private:
    void fault(std::string key, std::string const& path,
               std::vector<std::pair<std::string, std::string>> params = {}) {
        if (faults_.size() < 50) faults_.push_back({std::move(key), path, std::move(params), {}});
    }
    bool wrong_type(Field const& field, std::string const& path) {
        fault("field.type", path, {{"type", std::string(name(field.type))}});
        return false;
    }
    bool value(Field const& field, json::value& value, std::string const& path);
    bool text(Field const& field, json::value& value, std::string const& path);
    bool number(Field const& field, json::value const& value, std::string const& path);
    bool point(Field const& field, json::value const& value, std::string const& path);
    bool codes(Field const& field, json::value& value, std::string const& path);
    bool list(Field const& field, json::value& value, std::string const& path);

    std::vector<Refusal> faults_;
};

bool is_code(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.';
    });
}

/// GB 11643: seventeen digits weighted 2^(17-i) mod 11, the check digit makes the sum 1 mod 11.
bool is_identity(std::string_view text) {
    if (text.size() != 18) return false;
    int sum = 0;
    for (std::size_t i = 0; i < 18; ++i) {
        int digit = text[i] >= '0' && text[i] <= '9'                ? text[i] - '0'
                    : i == 17 && (text[i] == 'X' || text[i] == 'x') ? 10
                                                                    : -1;
        if (digit < 0) return false;
        sum += digit * ((1 << (17 - i)) % 11);
    }
    return sum % 11 == 1;
}

bool is_unit(std::string_view text) { return is_code(text) && text.size() <= 32; }

/// As kernel/files gives them: an SM3 in hex.
bool is_address(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool Reader::text(Field const& field, json::value& value, std::string const& path) {
    if (!value.is_string()) return wrong_type(field, path);
    json::string& raw = value.as_string();
    std::string_view all(raw);
    if (!is_utf8(all) || all.find('\0') != std::string_view::npos) {
        fault("field.utf8", path);
        return false;
    }
    std::string_view kept = trim(all);
    if (kept.size() != all.size()) {
        raw = json::string(kept);
        all = raw;
    }
    std::size_t length = count_characters(all);
    if (length > static_cast<std::size_t>(most_of(field)) && most_of(field) > 0) {
        fault("field.too_long", path, {{"most", std::to_string(most_of(field))}});
        return false;
    }
    if (length < static_cast<std::size_t>(field.least) || (field.required && length == 0)) {
        fault(length == 0 ? "field.required" : "field.too_short", path, {{"least", std::to_string(field.least)}});
        return false;
    }
    bool good = true;
    switch (field.type) {
        case Field::Type::choice:
            if (std::ranges::find(field.choices, all) == field.choices.end()) {
                fault("field.choice", path,
                      {{"value", std::string(first_characters(all, 40))},
                       {"choices", fmt::format("{}", fmt::join(field.choices, ", "))}});
                return false;
            }
            break;
        case Field::Type::day:
            good = parse_day(all).has_value();
            break;
        case Field::Type::instant:
            good = parse_rfc3339(all).has_value();
            break;
        case Field::Type::code:
        case Field::Type::unit:
            good = is_code(all);
            break;
        case Field::Type::region:
            good = all.size() >= 2 && all.size() <= 12 &&
                   std::ranges::all_of(all, [](char c) { return c >= '0' && c <= '9'; });
            break;
        case Field::Type::matter: {
            raw.erase(std::remove_if(raw.begin(), raw.end(), [](char c) { return c == ' ' || c == '-'; }),
                      raw.end());
            good = raw.size() >= 12 && raw.size() <= 14 &&
                   std::ranges::all_of(raw, [](char c) { return c >= '0' && c <= '9'; });
            break;
        }
        case Field::Type::phone: {
            auto digits = std::ranges::count_if(all, [](char c) { return c >= '0' && c <= '9'; });
            good =
                digits >= 3 && digits <= 20 && all.find_first_not_of("0123456789 +-()") == std::string_view::npos;
            break;
        }
        case Field::Type::identity:
            if (!is_identity(all)) {
                fault("field.identity", path);
                return false;
            }
            break;
        default:
            break;
    }
    if (!good) fault("field.format", path, {{"type", std::string(name(field.type))}});
    return good;
}

bool Reader::number(Field const& field, json::value const& value, std::string const& path) {
    if (!value.is_int64()) {
        if (value.is_uint64()) {
            fault("field.range", path,
                  {{"least", std::to_string(field.least)}, {"most", std::to_string(most_of(field))}});
            return false;
        }
        return wrong_type(field, path);
    }
    if (value.as_int64() < field.least || value.as_int64() > most_of(field)) {
        fault("field.range", path,
              {{"least", std::to_string(field.least)}, {"most", std::to_string(most_of(field))}});
        return false;
    }
    return true;
}

bool Reader::point(Field const& field, json::value const& value, std::string const& path) {
    json::object const* object = value.if_object();
    if (object == nullptr || object->size() != 2) return wrong_type(field, path);
    for (auto [key, limit] : {std::pair{"lat", 90.0}, std::pair{"lon", 180.0}}) {
        json::value const* part = object->if_contains(key);
        if (part == nullptr || !part->is_number()) return wrong_type(field, path);
        double degrees = part->to_number<double>();
        if (!(degrees >= -limit && degrees <= limit)) {
            fault("field.range", path + "." + key,
                  {{"least", fmt::format("{}", -limit)}, {"most", fmt::format("{}", limit)}});
            return false;
        }
    }
    return true;
}

/// Units, or files: none twice.
bool Reader::codes(Field const& field, json::value& value, std::string const& path) {
    json::array* codes = value.if_array();
    if (codes == nullptr) return wrong_type(field, path);
    if (codes->size() > static_cast<std::size_t>(most_of(field))) {
        fault("field.too_long", path, {{"most", std::to_string(most_of(field))}});
        return false;
    }
    if (field.type == Field::Type::files && field.required && codes->empty()) {
        fault("field.required", path);
        return false;
    }
    for (std::size_t i = 0; i < codes->size(); ++i) {
        json::string const* code = (*codes)[i].if_string();
        if (code == nullptr || !(field.type == Field::Type::files ? is_address(*code) : is_unit(*code)))
            return wrong_type(field, fmt::format("{}[{}]", path, i));
        for (std::size_t j = 0; j < i; ++j)
            if ((*codes)[j] == (*codes)[i]) {
                fault("field.twice", fmt::format("{}[{}]", path, i), {{"value", std::string(*code)}});
                return false;
            }
    }
    return true;
}

bool Reader::list(Field const& field, json::value& value, std::string const& path) {
    json::array* elements = value.if_array();
    if (elements == nullptr) return wrong_type(field, path);
    if (elements->size() > static_cast<std::size_t>(most_of(field))) {
        fault("field.too_long", path, {{"most", std::to_string(most_of(field))}});
        return false;
    }
    if (elements->size() < static_cast<std::size_t>(field.least) || (field.required && elements->empty())) {
        fault(elements->empty() ? "field.required" : "field.too_short", path,
              {{"least", std::to_string(field.least)}});
        return false;
    }
    for (std::size_t i = 0; i < elements->size(); ++i) {
        std::string where = fmt::format("{}[{}]", path, i);
        if (!(*elements)[i].is_object()) return wrong_type(field, where);
        if (!field.open) (*elements)[i] = object(field.inner, std::move((*elements)[i].as_object()), where);
    }
    return true;
}

bool Reader::value(Field const& field, json::value& value, std::string const& path) {
    switch (field.type) {
        case Field::Type::flag:
            return value.is_bool() || wrong_type(field, path);
        case Field::Type::integer:
            return number(field, value, path);
        case Field::Type::point:
            return point(field, value, path);
        case Field::Type::units:
        case Field::Type::files:
            return codes(field, value, path);
        case Field::Type::list:
            return list(field, value, path);
        case Field::Type::object:
            if (!value.is_object()) return wrong_type(field, path);
            if (!field.open) value = object(field.inner, std::move(value.as_object()), path);
            return true;
        default:
            return text(field, value, path);
    }
}

json::object Reader::object(std::vector<Field> const& fields, json::object form, std::string const& path) {
    auto at = [&](std::string_view field) {
        return path.empty() ? std::string(field) : fmt::format("{}.{}", path, field);
    };
    for (auto const& member : form) {
        std::string_view key = member.key();
        if (std::ranges::none_of(fields, [&](Field const& field) { return field.name == key; }))
            fault("field.unknown", at(first_characters(is_utf8(key) ? key : "?", 40)));
    }
    json::object kept;
    kept.reserve(form.size());
    for (Field const& field : fields) {
        bool asked = true;
        if (!field.shown_when.empty()) {
            json::value const* other = kept.if_contains(field.shown_when);  // what was kept has left the form
            if (other == nullptr) other = form.if_contains(field.shown_when);
            asked = other != nullptr && ((other->is_string() && other->as_string() == field.shown_value) ||
                                         (other->is_bool() && (field.shown_value == "true") == other->as_bool()));
        }
        json::value* given = form.if_contains(field.name);
        bool empty = given == nullptr || given->is_null() ||
                     (given->is_string() && !field.required && trim(std::string_view(given->as_string())).empty());
        if (empty) {
            if (field.required && asked) fault("field.required", at(field.name));
            continue;
        }
        if (!asked) {
            fault("field.not_asked", at(field.name), {{"when", field.shown_when + " = " + field.shown_value}});
            continue;
        }
        if (value(field, *given, at(field.name))) kept.emplace(field.name, std::move(*given));
    }
    return kept;
}

json::object schema_of(Field const& field) {
    json::object schema;
    using Type = Field::Type;
    auto bound = [&](char const* low, char const* high) {
        if (field.least != 0) schema[low] = field.least;
        if (most_of(field) != 0) schema[high] = most_of(field);
    };
    switch (field.type) {
        case Type::text:
            schema["type"] = "string";
            bound("minLength", "maxLength");
            break;
        case Type::choice:
            schema["type"] = "string";
            schema["enum"] = json::array(field.choices.begin(), field.choices.end());
            break;
        case Type::flag:
            schema["type"] = "boolean";
            break;
        case Type::integer:
            schema["type"] = "integer";
            schema["minimum"] = field.least;
            schema["maximum"] = most_of(field);
            break;
        case Type::day:
            schema["type"] = "string";
            schema["format"] = "date";
            break;
        case Type::instant:
            schema["type"] = "string";
            schema["format"] = "date-time";
            break;
        case Type::code:
            schema["type"] = "string";
            schema["pattern"] = "^[0-9A-Za-z._-]{1,40}$";
            break;
        case Type::unit:
            schema["type"] = "string";
            schema["pattern"] = "^[0-9A-Za-z._-]{1,32}$";
            break;
        case Type::units:
            schema["type"] = "array";
            schema["items"] = {{"type", "string"}, {"pattern", "^[0-9A-Za-z._-]{1,32}$"}};
            schema["maxItems"] = most_of(field);
            schema["uniqueItems"] = true;
            break;
        case Type::files:
            schema["type"] = "array";
            schema["items"] = {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}};
            schema["maxItems"] = most_of(field);
            schema["uniqueItems"] = true;
            break;
        case Type::region:
            schema["type"] = "string";
            schema["pattern"] = "^[0-9]{2,12}$";
            break;
        case Type::point:
            schema["type"] = "object";
            schema["properties"] = {{"lat", {{"type", "number"}, {"minimum", -90}, {"maximum", 90}}},
                                    {"lon", {{"type", "number"}, {"minimum", -180}, {"maximum", 180}}}};
            schema["required"] = {"lat", "lon"};
            schema["additionalProperties"] = false;
            break;
        case Type::matter:
            schema["type"] = "string";
            schema["pattern"] = "^[0-9 -]{12,24}$";
            break;
        case Type::phone:
            schema["type"] = "string";
            schema["maxLength"] = most_of(field);
            break;
        case Type::identity:
            schema["type"] = "string";
            schema["pattern"] = "^[0-9]{17}[0-9Xx]$";
            break;
        case Type::object:
            schema = field.inner.empty() ? json::object{{"type", "object"}} : json_schema(field.inner);
            break;
        case Type::list:
            schema["type"] = "array";
            if (field.required || field.least != 0)
                schema["minItems"] = std::max<std::int64_t>(field.least, field.required ? 1 : 0);
            schema["maxItems"] = most_of(field);
            schema["items"] = field.inner.empty() ? json::object{{"type", "object"}} : json_schema(field.inner);
            break;
    }
    if (!field.about.empty()) schema["description"] = field.about;
    if (!field.shown_when.empty()) schema["x-shown-when"] = {{field.shown_when, field.shown_value}};
    if (field.personal) schema["x-personal"] = true;
    schema["x-type"] = name(field.type);
    return schema;
}

}  // namespace

std::string_view name(FieldClass which) { return kClasses[static_cast<std::size_t>(which)]; }

std::optional<FieldClass> field_class(std::string_view name) {
    auto found = std::ranges::find(kClasses, name);
    if (found == kClasses.end()) return std::nullopt;
    return static_cast<FieldClass>(found - kClasses.begin());
}

std::optional<Field::Type> field_type(std::string_view name) {
    for (auto const& known : kTypes)
        if (known.name == name) return known.type;
    return std::nullopt;
}

std::string_view name(Field::Type type) { return kTypes[static_cast<std::size_t>(type)].name; }

Result<json::object> read_form(std::vector<Field> const& fields, json::object form, std::string_view path) {
    Reader reader;
    json::object kept = reader.object(fields, std::move(form), std::string(path));
    if (auto refusal = reader.refusal()) return refuse(std::move(*refusal));
    return kept;
}

json::object json_schema(std::vector<Field> const& fields) {
    json::object schema{{"type", "object"}, {"additionalProperties", false}};
    json::object properties;
    json::array required;
    for (Field const& field : fields) {
        properties[field.name] = schema_of(field);
        if (field.required && field.shown_when.empty()) required.emplace_back(field.name);
    }
    schema["properties"] = std::move(properties);
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

std::string_view Form::text(std::string_view field) const {
    json::value const* value = values_.if_contains(field);
    return value != nullptr && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
}

bool Form::flag(std::string_view field) const {
    json::value const* value = values_.if_contains(field);
    return value != nullptr && value->is_bool() && value->as_bool();
}

std::optional<std::int64_t> Form::integer(std::string_view field) const {
    json::value const* value = values_.if_contains(field);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return value->as_int64();
}

std::vector<std::string_view> Form::texts(std::string_view field) const {
    std::vector<std::string_view> all;
    json::value const* value = values_.if_contains(field);
    if (value != nullptr && value->is_array())
        for (auto const& element : value->as_array())
            if (element.is_string()) all.push_back(element.as_string());
    return all;
}

}  // namespace banyan
