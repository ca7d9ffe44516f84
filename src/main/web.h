// main/web.h: serves the web application (web/), which the build puts into the program.
//
// Files below /web/ have a hash in their names and never change; the pages that name them are asked for anew each
// time. What a page shows is in the address: below its prefix every path answers with the page.
#pragma once
#include "api/api.h"

extern "C" banyan::EmbeddedFile const banyan_web_table[];

namespace banyan {

void add_web(api::Api& api, api::House& house, EmbeddedTable files);

/// Whether what was asked for may be answered in gzip (RFC 9110, 12.5.3): named or `*`, and not with q=0.
bool takes_gzip(std::string_view accept_encoding);

}  // namespace banyan
