// systems/hall/cases/sheet.h: what an application for an item asks, as data (data/hall/forms.toml): who applies,
// and what this item asks besides. The same fields are described as JSON Schema for browsers and read here, so
// both sides check by the same rules.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "kernel/procedure/forms.h"
#include "systems/hall/item.h"

namespace banyan::hall {

struct Group {
    std::string name;                 ///< text hall.group.NAME
    std::vector<std::string> fields;  ///< in the order they are asked
};

/// The form of one item for one sort of applicant.
struct Sheet {
    std::string who;  ///< person, company
    std::vector<Field> applicant, own;
    std::vector<Group> groups;

    std::vector<Field> fields() const;
    Field const* field(std::string_view name) const;
    /// An application form (申请书) that is what was filled in here: it is not asked again as a paper.
    bool stands_for(Material const& material) const { return material.form == "form" && !own.empty(); }
};

class Sheets {
  public:
    /// data/hall/forms.toml. Refused: as rulebooks are; sheet.layout where a group names what its form does not
    /// ask, or leaves out what it asks; sheet.unknown_form.
    static Result<Sheets> read(std::string_view toml);

    /// `who`: person or company; refused: sheet.audience when the item is not for them.
    Result<Sheet> of(Item const& item, std::string_view who) const;
    /// Main items that are done together with this one, each by the unit that offers it; none: a case of one unit.
    std::vector<std::string> const& together(Item const& item) const;

  private:
    Forms forms_;
    std::map<std::string, std::vector<Group>, std::less<>> layouts_;
    std::map<std::string, std::string, std::less<>> asks_;
    std::map<std::string, std::vector<std::string>, std::less<>> together_;
};

/// JSON Schema (2020-12) of all it asks; what is asked only with another answer as if/then; `x-layout`: the
/// groups.
json::object schema_of(Sheet const& sheet);

}  // namespace banyan::hall
