// platform/store/session_parts.h: what the sessions of both engines are made of.
#pragma once
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text.h"

namespace banyan::store {

/// By the statement's text; when it is full, everything is prepared anew.
template <class Prepared>
using PreparedByText = std::unordered_map<std::string, Prepared, HashText, std::equal_to<>>;
inline constexpr std::size_t kMostPrepared = 500;

/// One statement at a time: the callback of a query may not start another one on its session.
class Working {
  public:
    explicit Working(bool& flag) : flag_(flag) {
        if (flag_) throw std::logic_error("a session is used inside its own query");
        flag_ = true;
    }
    ~Working() { flag_ = false; }
    Working(Working const&) = delete;

  private:
    bool& flag_;
};

}  // namespace banyan::store
