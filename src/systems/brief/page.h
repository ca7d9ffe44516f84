// systems/brief/page.h: a page of figures on A4, with who printed it and when at its foot.
#pragma once
#include <string>

#include "kernel/procedure/texts.h"
#include "systems/brief/sources.h"

namespace banyan::brief {

struct Printed {
    std::string title, subtitle;                               ///< in the language asked for
    std::string reader, at;                                    ///< who prints it, and when, city time
    bool compared = false;                                     ///< with what it was a week before
    std::vector<std::pair<std::string, std::string>> remarks;  ///< headed paragraphs above the figures
    std::vector<std::string> signatures;                       ///< lines to sign on
};

/// A whole page of HTML; everything is escaped.
std::string page_html(std::vector<Section> const& sections, Texts const& texts, Language language,
                      Printed const& printed);

std::string name_of(Row const& row, Texts const& texts, Language language);

}  // namespace banyan::brief
