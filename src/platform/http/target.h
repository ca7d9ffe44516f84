// platform/http/target.h: the request target (RFC 9112 section 3.2) taken apart. Private to this folder.
#pragma once
#include <string_view>
#include <vector>

#include "platform/http/http.h"

namespace banyan::http {

struct Target {
    std::string path;
    std::vector<Routes::Segment> segments;
    NamedValues query;
    bool asterisk = false;  ///< `OPTIONS *`
};

/// False: bad percent-encoding, no UTF-8, a control character, `.` or `..` in the path, or another form than
/// origin (`/…`), absolute (`http://…`) or asterisk. `+` is a space in the query, as forms write it.
bool parse_target(std::string_view raw, Target& target);

}  // namespace banyan::http
