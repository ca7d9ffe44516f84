// platform/search/query.h: what is asked of an index, as a small tree of values.
//
// A query knows no database: it is built, copied and compared freely. Scores are BM25's; what stands in filter()
// and range() has none.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::search {

inline constexpr char kKeyPrefix = 'Q';  ///< of the one term of a document that is its key

class Query {
  public:
    enum class Kind : std::uint8_t {
        nothing,     ///< matches no document
        everything,  ///< matches all, score 0
        term,
        wildcard,
        range,
        recent,
        any,
        all,
        and_not,
        filter,
        and_maybe,
        scaled
    };

    Query() = default;  ///< nothing

    static Query nothing() { return {}; }
    static Query everything();
    /// `weight`: how often it stands in the query.
    static Query term(std::string text, std::uint32_t weight = 1);
    /// The document with this key.
    static Query key(std::string_view key);
    /// Every term that begins with `prefix`, but the `most` frequent only, scored as one term would be.
    static Query wildcard(std::string prefix, std::uint32_t most = 200);
    /// Documents whose number in `slot` is within, both ends included. Score 0.
    static Query range(std::uint32_t slot, double from, double to);
    /// Every document, scored by when it was added: above 0, the last one 1.
    static Query recent();
    static Query any(std::vector<Query> parts);  ///< of none: nothing
    static Query all(std::vector<Query> parts);  ///< of none: everything
    static Query and_not(Query yes, Query no);
    /// What matches both, scored by `what` alone.
    static Query filter(Query what, Query by);
    /// What matches `what`; `also` only adds to the score.
    static Query and_maybe(Query what, Query also);
    static Query scaled(Query what, double factor);

    Kind kind() const { return kind_; }
    std::string const& text() const { return text_; }
    std::vector<Query> const& parts() const { return parts_; }
    std::uint32_t count() const { return count_; }  ///< weight, most or slot
    double from() const { return from_; }           ///< or the factor
    double to() const { return to_; }
    bool is_nothing() const { return kind_ == Kind::nothing; }

    bool operator==(Query const&) const = default;

  private:
    Query(Kind kind, std::vector<Query> parts) : kind_(kind), parts_(std::move(parts)) {}

    Kind kind_ = Kind::nothing;
    std::string text_;
    std::vector<Query> parts_;
    std::uint32_t count_ = 0;
    double from_ = 0, to_ = 0;
};

}  // namespace banyan::search
