// kernel/procedure/fields.h: what a form asks, as data.
//
// One field table parses what comes in, refuses what is wrong by name, and describes itself as JSON Schema
// (/openapi.json): nothing is written twice. Steps of rulebooks and routes of the API use the same language.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace banyan {

namespace json = boost::json;

/// Who may read a field of a matter (DESIGN section 4, "Access"). Stored in rulebooks by name.
enum class FieldClass { everyone, asker, handler, centre, sealed };
std::string_view name(FieldClass which);
std::optional<FieldClass> field_class(std::string_view name);

struct Field {
    enum class Type {
        text,      ///< one or more lines, `least`…`most` characters
        choice,    ///< one of `choices`
        flag,      ///< true or false
        integer,   ///< `least`…`most`
        day,       ///< "2026-11-30"
        instant,   ///< RFC 3339
        code,      ///< of a catalogue: a class, a list's entry
        unit,      ///< a unit's code
        units,     ///< several of them, at most `most`
        region,    ///< a code of GB/T 2260, 2–12 digits
        point,     ///< {"lat": 26.07, "lon": 119.30}, WGS-84
        matter,    ///< a receipt number; spaces and hyphens are dropped
        phone,     ///< digits, spaces, + and -
        identity,  ///< an 18-digit identity number with its check digit
        object,    ///< a form inside a form (`inner`)
        list,      ///< several of those, at most `most`
        files,     ///< uploads, by their addresses (kernel/files), at most `most`
    };
    std::string name;
    Type type = Type::text;
    bool required = false;
    std::int64_t least = 0, most = 0;  ///< characters, number or count; 0/0: the type's own bounds
    std::vector<std::string> choices;
    bool personal = false;                     ///< stored encrypted, apart from the event
    FieldClass readers = FieldClass::handler;  ///< who may read it
    bool keep = false;                         ///< part of the matter's state, for rules to ask about
    bool keep_given = false;                   ///< … of it only `true`, once it was given
    std::string shown_when, shown_value;       ///< asked only when that field has that value
    std::vector<Field> inner;                  ///< of an object, or of each element of a list
    bool open = false;                         ///< an object whose fields are read elsewhere (a step's form)
    std::string about;                         ///< one line of English for the API's description
};

std::optional<Field::Type> field_type(std::string_view name);
std::string_view name(Field::Type type);

/// The object, with each value checked and put into its normal form (texts trimmed at the end, U+0000 and
/// malformed UTF-8 refused). Every fault is reported: the first as the refusal, the rest in `others`.
/// Keys: field.required, field.unknown, field.type, field.too_long, field.too_short, field.range, field.choice,
/// field.utf8, field.format, field.identity.
Result<json::object> read_form(std::vector<Field> const& fields, json::object form,
                               std::string_view path = "form");

json::object json_schema(std::vector<Field> const& fields);

/// A text of JSON, at most 32 deep, no key twice in one object, only well-formed UTF-8; refused:
/// json.syntax, json.too_deep, json.duplicate_key, json.utf8, json.not_object.
Result<json::object> read_json_object(std::string_view text);

/// What a step was given, after read_form().
class Form {
  public:
    Form() = default;
    explicit Form(json::object values) : values_(std::move(values)) {}
    bool has(std::string_view field) const { return values_.contains(field); }
    std::string_view text(std::string_view field) const;  ///< empty when absent or no text
    bool flag(std::string_view field) const;
    std::optional<std::int64_t> integer(std::string_view field) const;
    std::vector<std::string_view> texts(std::string_view field) const;
    json::object const& values() const { return values_; }
    json::object& values() { return values_; }

  private:
    json::object values_;
};

}  // namespace banyan
