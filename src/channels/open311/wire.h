// channels/open311/wire.h: one answer, as XML or as JSON.
//
// The protocol is written in XML; its JSON is that by the "Spark" convention: the element around a list
// disappears, so a list is a bare array. So there is one value for both, and a table of what the elements of each
// list are called.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "platform/http/http.h"

namespace banyan::open311 {

namespace json = boost::json;

enum class Format { xml, json };

/// `root` is the outermost element: "services", "service_requests", "errors" …
std::string written(Format format, std::string_view root, json::value const& value);
http::Reply reply(Format format, int status, std::string_view root, json::value const& value);

/// "road.lamp.json" → "road.lamp" and JSON; false: another ending, or nothing before it.
bool split_format(std::string_view file, std::string_view& name, Format& format);

}  // namespace banyan::open311
