// api/telephone.h: the demo city's telephone, as a test plays it.
#pragma once
#include <gtest/gtest.h>

#include "api/demo_city.h"

namespace banyan::api_test {

inline Heard report(std::string const& call, std::string const& what, std::string const& at,
                    json::object more = {}) {
    more["call"] = call;
    more["what"] = what;
    more["at"] = at;
    return as("telephone").post("/api/v1/call_reports", more);
}

/// Fails the test unless it is taken: the call's id.
inline std::string tell(std::string const& call, std::string const& what, std::string const& at,
                        json::object more = {}) {
    Heard const heard = report(call, what, at, std::move(more));
    EXPECT_EQ(heard.status, 200) << heard.text;
    return heard.at("/call");
}

/// Off and ready again: since when, which is now.
inline std::string sign_on(std::string const& login) {
    for (char const* state : {"busy", "ready"}) {
        Heard const heard = as(login).post("/api/v1/seats/me/state", {{"state", state}});
        EXPECT_EQ(heard.status, 200) << heard.text;
        if (std::string(state) == "ready") return heard.at("/now/since");
    }
    return {};
}

}  // namespace banyan::api_test
