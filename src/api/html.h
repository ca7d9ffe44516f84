// api/html.h: text in a page.
#pragma once
#include <string>
#include <string_view>

namespace banyan::api {

/// & < > " ' as HTML wants them.
std::string html_escaped(std::string_view text);

}  // namespace banyan::api
