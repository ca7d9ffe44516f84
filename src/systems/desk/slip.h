// systems/desk/slip.h: 转办单, a matter on paper: what somebody may read of it, on A4, with lines to sign on.
//
// Made of view_of() and nothing else, so paper shows what the screen would. Every page carries, behind the text,
// who printed it and when.
#pragma once
#include <boost/json.hpp>
#include <string>

#include "kernel/procedure/texts.h"

namespace banyan::desk {

struct SlipFor {
    std::string reader;      ///< who prints it: name and login
    std::string at;          ///< when, city time
    std::string class_name;  ///< of the matter's class, in the language asked for; empty: its code
};

/// A whole page of HTML; everything said in the matter is escaped.
std::string slip_html(boost::json::object const& view, Texts const& texts, Language language,
                      SlipFor const& for_whom);

}  // namespace banyan::desk
