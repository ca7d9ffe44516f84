// api/class_names.h: the city's catalogues, and what classes of them are called.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/procedure/texts.h"

namespace banyan::api {

/// By name, as CSV. One may be exchanged while others read: who holds a text goes on with it. Thread rule: any.
class Catalogues {
  public:
    Catalogues() = default;
    Catalogues(
        std::map<std::string, std::string, std::less<>> const& texts);  // NOLINT(google-explicit-constructor)
    /// Null: there is none of that name.
    std::shared_ptr<std::string const> find(std::string_view name) const;
    void put(std::string_view name, std::string text);
    std::vector<std::string> names() const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<std::string const>, std::less<>> texts_;
};

/// Empty: there is none of that code.
std::string class_name(Catalogues const& catalogues, std::string_view code, Language language);

}  // namespace banyan::api
