// bench/asked.h: what a centre's people ask all day, as requests, each time about something else.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "mouth.h"

namespace banyan::bench {

/// What questions are about: taken from the database before the server starts.
struct Stock {
    std::vector<std::string> numbers;  ///< receipt numbers, of all years
    std::vector<std::string> months;   ///< 2026-10, the last of them not yet over
    std::vector<std::string> classes;
};

struct Asked {
    std::string name;
    bool text = false;   ///< asks the index of texts
    bool pages = false;  ///< goes on to the next page two times of three
    /// Path and query, and who asks: a place in logins().
    struct Request {
        std::string target;
        std::size_t account;
    };
    std::function<Request(Mouth&)> next;
};

std::vector<Asked> all_asked(Stock const& stock);

}  // namespace banyan::bench
