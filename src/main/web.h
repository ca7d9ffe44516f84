// main/web.h: serves the web application (web/), which the build puts into the program.
//
// Files below /web/ have a hash in their names and never change; the pages that name them are asked for anew each
// time. What a page shows is in the address: below its prefix every path answers with the page.
#pragma once
#include "api/api.h"

extern "C" banyan::EmbeddedFile const banyan_web_table[];

namespace banyan {

void add_web(api::Api& api, api::House& house, EmbeddedTable files);

/// Tiles that maps may show beneath the program's own outlines: an address with {z}, {x} and {y}, empty for none.
struct Tiles {
    std::string address;
    /// Throws with what is wrong, naming the setting.
    static Tiles read(std::string const& setting);
    std::string origin() const;  ///< https://host[:port], for the Content-Security-Policy; empty: none
};
void add_tiles(api::Api& api, Tiles const& tiles);
/// What pages may load, and from where: the program's own, and images of the tiles' host.
std::string content_policy(Tiles const& tiles);

/// Whether what was asked for may be answered in gzip (RFC 9110, 12.5.3): named or `*`, and not with q=0.
bool takes_gzip(std::string_view accept_encoding);

}  // namespace banyan
