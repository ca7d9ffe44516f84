// platform/store/postgres_values.h: values on their way to libpq and back. Private to the engine.
#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "platform/store/postgres_connection.h"
#include "platform/store/postgres_format.h"
#include "platform/store/store.h"

namespace banyan::store {

class PgRow final : public Row {
  public:
    PgRow(PGresult const* result, int row) : result_(result), row_(row) {}

    bool null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
    std::int64_t integer(int column) const override {
        return null(column) ? 0 : integer_of(PQftype(result_, column), value(column));
    }
    double real(int column) const override {
        return null(column) ? 0 : real_of(PQftype(result_, column), value(column));
    }
    std::string_view text(int column) const override {
        auto const type = PQftype(result_, column);
        if (type != kText && type != kVarchar && type != kBpchar && type != kName && type != kUnknown)
            wrong_type(column);
        return value(column);
    }
    std::string_view bytes(int column) const override {
        return PQftype(result_, column) == kBytea ? value(column) : text(column);
    }

  private:
    std::string_view value(int column) const {  // empty for null
        return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }
    [[noreturn]] static void wrong_type(int column) {
        throw Error(Error::Kind::other, "column " + std::to_string(column) + " is asked for as another type");
    }

    PGresult const* result_;
    int row_;
};

/// The arguments of one statement, as libpq takes them; kept for its room.
class Arguments {
  public:
    void clear() {
        types_.clear();
        values_.clear();
        lengths_.clear();
        numbers_.clear();
    }
    void reserve(std::size_t count) { numbers_.reserve(count); }  // values_ points into it
    /// Type 0: a null, whose type the server finds by where it stands.
    void add(Oid type, std::string_view value) {
        types_.push_back(type);
        values_.push_back(value.data() ? value.data() : "");
        lengths_.push_back(static_cast<int>(value.size()));
    }
    void add(Cell const& cell) {
        switch (cell.index()) {
            case 0:
                types_.push_back(0);
                values_.push_back(nullptr);
                lengths_.push_back(0);
                return;
            case 1:
                return add_number(kInt8, static_cast<std::uint64_t>(std::get<1>(cell)));
            case 2:
                return add_number(kFloat8, std::bit_cast<std::uint64_t>(std::get<2>(cell)));
            case 3:
                return add(kText, std::get<3>(cell));
            default:
                return add(kBytea, std::get<4>(cell).bytes);
        }
    }
    std::span<Oid const> types() const { return types_; }
    int count() const { return static_cast<int>(values_.size()); }
    char const* const* values() const { return values_.data(); }
    int const* lengths() const { return lengths_.data(); }
    int const* formats() {
        if (formats_.size() < values_.size()) formats_.resize(values_.size(), 1);
        return formats_.data();
    }

  private:
    void add_number(Oid type, std::uint64_t bits) {
        numbers_.push_back(__builtin_bswap64(bits));
        add(type, {reinterpret_cast<char const*>(&numbers_.back()), sizeof bits});
    }

    std::vector<Oid> types_;
    std::vector<char const*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::uint64_t> numbers_;
};

}  // namespace banyan::store
