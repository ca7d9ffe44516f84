#include "platform/search/query.h"

namespace banyan::search {
namespace {

std::vector<Query> pair(Query one, Query other) {
    std::vector<Query> parts;
    parts.reserve(2);
    parts.push_back(std::move(one));
    parts.push_back(std::move(other));
    return parts;
}

}  // namespace

Query Query::everything() { return {Kind::everything, {}}; }

Query Query::term(std::string text, std::uint32_t weight) {
    Query query(Kind::term, {});
    query.text_ = std::move(text);
    query.count_ = weight;
    return query;
}

Query Query::key(std::string_view key) {
    std::string text(1, kKeyPrefix);
    text += key;
    return term(std::move(text));
}

Query Query::wildcard(std::string prefix, std::uint32_t most) {
    Query query(Kind::wildcard, {});
    query.text_ = std::move(prefix);
    query.count_ = most;
    return query;
}

Query Query::range(std::uint32_t slot, double from, double to) {
    Query query(Kind::range, {});
    query.count_ = slot;
    query.from_ = from;
    query.to_ = to;
    return query;
}

Query Query::recent() { return {Kind::recent, {}}; }

Query Query::any(std::vector<Query> parts) {
    std::erase_if(parts, [](Query const& part) { return part.is_nothing(); });
    if (parts.empty()) return nothing();
    if (parts.size() == 1) return std::move(parts.front());
    return {Kind::any, std::move(parts)};
}

Query Query::all(std::vector<Query> parts) {
    if (parts.empty()) return everything();
    for (Query const& part : parts)
        if (part.is_nothing()) return nothing();
    if (parts.size() == 1) return std::move(parts.front());
    return {Kind::all, std::move(parts)};
}

Query Query::and_not(Query yes, Query no) {
    if (yes.is_nothing() || no.is_nothing()) return yes;
    return {Kind::and_not, pair(std::move(yes), std::move(no))};
}

Query Query::filter(Query what, Query by) {
    if (what.is_nothing() || by.is_nothing()) return nothing();
    return {Kind::filter, pair(std::move(what), std::move(by))};
}

Query Query::and_maybe(Query what, Query also) {
    if (what.is_nothing() || also.is_nothing()) return what;
    return {Kind::and_maybe, pair(std::move(what), std::move(also))};
}

Query Query::scaled(Query what, double factor) {
    if (what.is_nothing()) return what;
    Query query(Kind::scaled, {});
    query.parts_.push_back(std::move(what));
    query.from_ = factor;
    return query;
}

}  // namespace banyan::search
