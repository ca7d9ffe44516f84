// platform/store/postgres_format.h: PostgreSQL's binary format, as far as the words of docs/sql.md need it.
//
// Everything is big-endian. Arrays: dimensions, has-null, element type, length, lower bound, then each
// element with its length before it (-1: null).
#pragma once
#include <postgres_ext.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/store/store.h"

namespace banyan::store {

inline constexpr Oid kBool = 16, kBytea = 17, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kFloat4 = 700,
                     kFloat8 = 701, kUnknown = 705, kBpchar = 1042, kVarchar = 1043, kName = 19, kNumeric = 1700;
inline constexpr Oid kByteaArray = 1001, kTextArray = 1009, kInt8Array = 1016, kFloat8Array = 1022;

void put_16(std::string& to, std::uint16_t value);
void put_32(std::string& to, std::uint32_t value);
void put_64(std::string& to, std::uint64_t value);
std::uint16_t get_16(char const* from);
std::uint32_t get_32(char const* from);
std::uint64_t get_64(char const* from);

/// Any number type, also what sum() over integers gives. Throws Error for another type or too large a value.
std::int64_t integer_of(Oid type, std::string_view value);
double real_of(Oid type, std::string_view value);

/// The type of an array of the column's type, and how SQL calls it.
Oid array_type(Type type);
std::string_view array_type_name(Type type);

/// Makes `to` the array of one column: every `width`-th of `rows` cells, beginning with the first.
void put_array(std::string& to, Type type, Cell const* first, std::size_t width, std::size_t rows);
void put_array(std::string& to, std::span<std::int64_t const> values);

}  // namespace banyan::store
