#include "platform/store/postgres_format.h"

#include <bit>
#include <cmath>

namespace banyan::store {
namespace {

[[noreturn]] void wrong_type(Oid type) {
    throw Error(Error::Kind::other, "a column of type " + std::to_string(type) + " is asked for as another type");
}

/// numeric: digits of 10,000; the first counts 10,000^weight.
struct Numeric {
    int digits;
    int weight;
    bool negative;
    char const* first;

    explicit Numeric(std::string_view value)
        : digits(get_16(value.data())),
          weight(static_cast<std::int16_t>(get_16(value.data() + 2))),
          negative(get_16(value.data() + 4) == 0x4000),
          first(value.data() + 8) {
        if ((get_16(value.data() + 4) & 0xC000) == 0xC000)
            throw Error(Error::Kind::other, "a numeric that is not a number");
    }
    int digit(int n) const { return n < digits ? get_16(first + 2 * n) : 0; }
};

std::int64_t integer_of_numeric(std::string_view value) {
    Numeric const numeric(value);
    std::int64_t whole = 0;  // summed up as a negative number: there is one more of them
    for (int n = 0; n <= numeric.weight; ++n)
        if (__builtin_mul_overflow(whole, 10'000, &whole) ||
            __builtin_sub_overflow(whole, numeric.digit(n), &whole))
            throw Error(Error::Kind::other, "a number beyond 64 bits");
    if (!numeric.negative && __builtin_sub_overflow(0, whole, &whole))
        throw Error(Error::Kind::other, "a number beyond 64 bits");
    return whole;
}

double real_of_numeric(std::string_view value) {
    Numeric const numeric(value);
    double sum = 0;
    for (int n = 0; n < numeric.digits; ++n) sum += numeric.digit(n) * std::pow(10'000.0, numeric.weight - n);
    return numeric.negative ? -sum : sum;
}

struct ArrayShape {
    Oid element;
    Oid array;
    std::string_view name;
};
ArrayShape shape_of(Type type) {
    switch (type) {
        case Type::integer:
            return {kInt8, kInt8Array, "int8[]"};
        case Type::real:
            return {kFloat8, kFloat8Array, "float8[]"};
        case Type::text:
            return {kText, kTextArray, "text[]"};
        case Type::bytes:
            return {kBytea, kByteaArray, "bytea[]"};
    }
    throw std::logic_error("no such type");
}

void put_header(std::string& to, Oid element, std::size_t length) {
    to.clear();
    put_32(to, 1);
    put_32(to, 0);  // has-null, set when there is one
    put_32(to, element);
    put_32(to, static_cast<std::uint32_t>(length));
    put_32(to, 1);
}

void put_number(std::string& to, std::uint64_t bits) {
    put_32(to, 8);
    put_64(to, bits);
}

void put_element(std::string& to, Type type, Cell const& cell) {
    if (auto const* integer = std::get_if<std::int64_t>(&cell)) {
        if (type == Type::integer) return put_number(to, static_cast<std::uint64_t>(*integer));
        if (type == Type::real) return put_number(to, std::bit_cast<std::uint64_t>(static_cast<double>(*integer)));
    } else if (auto const* real = std::get_if<double>(&cell)) {
        if (type == Type::real) return put_number(to, std::bit_cast<std::uint64_t>(*real));
    } else {
        auto const* text = std::get_if<std::string_view>(&cell);
        auto const* bytes = std::get_if<Bytes>(&cell);
        if (text ? type == Type::text : type == Type::bytes) {
            auto const value = text ? *text : bytes->bytes;
            put_32(to, static_cast<std::uint32_t>(value.size()));
            to.append(value);
            return;
        }
    }
    throw Error(Error::Kind::constraint, "a value of another type than its column");
}

}  // namespace

void put_16(std::string& to, std::uint16_t value) {
    std::uint16_t const turned = __builtin_bswap16(value);
    to.append(reinterpret_cast<char const*>(&turned), sizeof turned);
}
void put_32(std::string& to, std::uint32_t value) {
    std::uint32_t const turned = __builtin_bswap32(value);
    to.append(reinterpret_cast<char const*>(&turned), sizeof turned);
}
void put_64(std::string& to, std::uint64_t value) {
    std::uint64_t const turned = __builtin_bswap64(value);
    to.append(reinterpret_cast<char const*>(&turned), sizeof turned);
}
std::uint16_t get_16(char const* from) {
    std::uint16_t value;
    __builtin_memcpy(&value, from, sizeof value);
    return __builtin_bswap16(value);
}
std::uint32_t get_32(char const* from) {
    std::uint32_t value;
    __builtin_memcpy(&value, from, sizeof value);
    return __builtin_bswap32(value);
}
std::uint64_t get_64(char const* from) {
    std::uint64_t value;
    __builtin_memcpy(&value, from, sizeof value);
    return __builtin_bswap64(value);
}

std::int64_t integer_of(Oid type, std::string_view value) {
    switch (type) {
        case kInt8:
            return static_cast<std::int64_t>(get_64(value.data()));
        case kInt4:
            return static_cast<std::int32_t>(get_32(value.data()));
        case kInt2:
            return static_cast<std::int16_t>(get_16(value.data()));
        case kBool:
            return value[0] != 0;
        case kNumeric:
            return integer_of_numeric(value);
        case kFloat8:
        case kFloat4:
            return static_cast<std::int64_t>(real_of(type, value));
        default:
            wrong_type(type);
    }
}

double real_of(Oid type, std::string_view value) {
    switch (type) {
        case kFloat8:
            return std::bit_cast<double>(get_64(value.data()));
        case kFloat4:
            return static_cast<double>(std::bit_cast<float>(get_32(value.data())));
        case kNumeric:
            return real_of_numeric(value);
        default:
            return static_cast<double>(integer_of(type, value));
    }
}

Oid array_type(Type type) { return shape_of(type).array; }
std::string_view array_type_name(Type type) { return shape_of(type).name; }

void put_array(std::string& to, Type type, Cell const* first, std::size_t width, std::size_t rows) {
    put_header(to, shape_of(type).element, rows);
    bool has_null = false;
    for (std::size_t row = 0; row < rows; ++row, first += width) {
        if (std::holds_alternative<std::monostate>(*first)) {
            put_32(to, 0xFFFFFFFF);
            has_null = true;
        } else {
            put_element(to, type, *first);
        }
    }
    if (has_null) to[7] = 1;
}

void put_array(std::string& to, std::span<std::int64_t const> values) {
    put_header(to, kInt8, values.size());
    for (auto const value : values) put_number(to, static_cast<std::uint64_t>(value));
}

}  // namespace banyan::store
