// kernel/procedure/shape.h: what comes back, as data: JSON Schema in few words, beside the code that writes the
// JSON.
//
// What comes in is said by field tables (fields.h). A shape is closed: a member that it does not name is a fault,
// and the API's tests hold every answer against its shape.
#pragma once
#include <boost/json.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::shape {

namespace json = boost::json;
using Schema = json::object;

Schema text(std::string_view about = {});
Schema code(std::string_view about = {});  ///< of a catalogue, a list, a rulebook
Schema id(std::string_view about = {});    ///< digits, as a text
Schema hex(std::string_view about = {});
Schema instant(std::string_view about = {});
Schema day(std::string_view about = {});
Schema integer(std::string_view about = {});
Schema count(std::string_view about = {});  ///< an integer from 0
Schema flag(std::string_view about = {});
Schema always(bool value);
Schema one_of(std::vector<std::string_view> const& values, std::string_view about = {});
/// The names of an enum from `first` to `last`; name(Enum) is found beside it.
template <class Enum>
Schema one_of(Enum first, Enum last, std::string_view about = {}) {
    std::vector<std::string_view> names;
    for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i)
        names.push_back(name(static_cast<Enum>(i)));
    return one_of(names, about);
}

struct Member {
    std::string_view name;  ///< "due?" may be left out
    Schema schema;
};
Schema object(std::initializer_list<Member> members, std::string_view about = {});
/// With more members; the name, if it has one, stays behind.
Schema extended(Schema object, std::initializer_list<Member> members);
Schema list(Schema of, std::string_view about = {});
Schema map(Schema of, std::string_view about = {});  ///< any names, each to one of these
Schema open(std::string_view about);                 ///< an object whose members something else describes
Schema or_null(Schema schema);
Schema either(std::initializer_list<Schema> shapes);
/// Described once, under this name.
Schema named(std::string_view name, Schema schema);
/// Puts what is named into `schemas` and $ref in its place. Throws std::logic_error when two shapes share a name.
Schema lifted(Schema schema, json::object& schemas);

}  // namespace banyan::shape
