// systems/brief/views.h: sections as JSON, and what every page of this system carries.
#pragma once
#include "api/api.h"
#include "systems/brief/page.h"
#include "systems/brief/sources.h"

namespace banyan::brief {

json::array sections_json(std::vector<Section> const& sections, Texts const& texts);
shape::Schema section_shape();

/// Who prints it, and when.
Printed printed_for(api::House const& house, api::Call const& call);
http::Reply page_reply(std::string html);

}  // namespace banyan::brief
