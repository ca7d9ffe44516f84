// platform/http/wire.h: a reply as bytes. Private to this folder.
#pragma once
#include <string>
#include <string_view>

#include "platform/http/http.h"

namespace banyan::http {

std::string_view reason(int status);
/// "GET, HEAD, OPTIONS" of a set of methods (bit = Method).
std::string allow(std::uint8_t methods);
/// "Fri, 09 Oct 2026 01:00:00 GMT"
std::string http_date(std::int64_t seconds_since_1970);

/// How the body follows the head.
enum class Framing : std::uint8_t { length, none, chunked, to_the_end };

struct HeadFrame {
    Framing framing = Framing::length;
    bool close = false;   ///< the connection is closed afterwards
    bool http10 = false;  ///< keeping it open must be said
    std::string_view date;
    std::string_view request_id;
    std::string traceparent{};  ///< empty: the caller sent none
};

/// The head of a reply with what every reply has. REQUIRES: is_sendable(reply).
void append_head(std::string& out, Reply const& reply, HeadFrame const& frame, NamedValues const& always);
/// No header can end its line (a name is a token, a value has no control characters) or speak of framing.
bool is_sendable(Reply const& reply);

}  // namespace banyan::http
