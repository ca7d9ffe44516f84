#include "platform/http/http.h"

namespace banyan::http {
namespace {

constexpr std::string_view kNames[kMethods] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equal_in_any_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

}  // namespace

std::string_view name(Method method) { return kNames[static_cast<std::size_t>(method)]; }

std::optional<Method> method_named(std::string_view name) {
    for (std::size_t i = 0; i < kMethods; ++i)
        if (kNames[i] == name) return static_cast<Method>(i);
    return std::nullopt;
}

std::string_view Request::header(std::string_view name) const {
    std::string_view const head = head_;
    for (auto const& field : fields_)
        if (equal_in_any_case(head.substr(field.name_at, field.name_size), name))
            return head.substr(field.value_at, field.value_size);
    return {};
}

std::string_view Request::query_value(std::string_view name) const {
    for (auto const& [key, value] : query)
        if (key == name) return value;
    return {};
}

void Request::add_header(std::string_view name, std::string_view value) {
    auto const at = static_cast<std::uint32_t>(head_.size());
    auto const name_size = static_cast<std::uint32_t>(name.size());
    head_ += name;
    head_ += value;
    fields_.push_back({at, name_size, at + name_size, static_cast<std::uint32_t>(value.size())});
}

}  // namespace banyan::http
