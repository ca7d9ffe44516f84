// base/result.h: a value, or the reason why not.
//
// A refusal is something a person can act on: a stable key (`assignment.designated`), the field it is about,
// and parameters for the sentence that texts/*.json gives for the key. Broken machines are exceptions,
// caught at two edges only (a request, a job).
#pragma once
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace banyan {

struct Refusal {
    std::string key;    ///< stable, `subject.reason`; its sentence is texts/*.json `refusal.<key>`
    std::string field;  ///< what was wrong in the input, as a path (`form.title`); empty: the whole
    std::vector<std::pair<std::string, std::string>> params;  ///< {name} → value in the sentence
    std::vector<Refusal> others;                              ///< further fields refused at the same time

    Refusal&& with(std::string name, std::string value) && {
        params.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
};

template <class T>
using Result = std::expected<T, Refusal>;

/// The sentence `return refuse("extension.too_long", "more");` reads as itself.
inline std::unexpected<Refusal> refuse(std::string key, std::string field = {},
                                       std::vector<std::pair<std::string, std::string>> params = {}) {
    return std::unexpected(Refusal{std::move(key), std::move(field), std::move(params), {}});
}
inline std::unexpected<Refusal> refuse(Refusal refusal) { return std::unexpected(std::move(refusal)); }

/// Hands a refusal on; `var` is the value otherwise. The one macro of the house.
#define BANYAN_JOIN2(a, b) a##b
#define BANYAN_JOIN(a, b) BANYAN_JOIN2(a, b)
// NOLINTBEGIN(bugprone-macro-parentheses): `var` may declare
#define BANYAN_TRY(var, expression)                                                                               \
    auto BANYAN_JOIN(tried_, __LINE__) = (expression);                                                            \
    if (!BANYAN_JOIN(tried_, __LINE__)) return std::unexpected(std::move(BANYAN_JOIN(tried_, __LINE__).error())); \
    var = std::move(*BANYAN_JOIN(tried_, __LINE__))
// NOLINTEND(bugprone-macro-parentheses)
#define BANYAN_CHECK(expression) \
    if (auto checked_ = (expression); !checked_) return std::unexpected(std::move(checked_.error()))

}  // namespace banyan
