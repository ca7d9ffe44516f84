// kernel/people/dispatch_catalogue.h: to whom a matter of a class goes (派单目录).
//
// Rows class × region → lead and assists; data of the city. A row is looked for by the class with the matter's
// area, by the class for the whole city, then the same two for its level 1 (data/README.md, "The demo city"). A
// row may say that it is unclear whose it is: then nobody is proposed, and its note says why.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/people/directory.h"

namespace banyan {

class DispatchCatalogue {
  public:
    struct Row {
        std::string class_code, region;  ///< region empty: the whole city
        std::string lead;                ///< a unit's code; "@kind": the department of that kind in the area
        std::vector<std::string> assist;
        std::string note;
        bool unclear = false;
    };
    /// What the catalogue says. Without a lead: why not.
    struct Proposal {
        enum class Why { row, unclear, needs_area, no_row, no_unit } why = Why::no_row;
        Row const* row = nullptr;  ///< lives as long as the catalogue
        Unit const* lead = nullptr;
        std::vector<Unit const*> assist;
    };

    /// `catalogue`: class,region,lead,assist,note,unclear; `classes`: code,parent,…  Refused, with the line:
    /// dispatch_catalogue.columns, .class, .twice, .unit; classes.circle. Every line that is wrong is among them.
    static Result<DispatchCatalogue> read(std::string_view catalogue, std::string_view classes,
                                          Directory const& directory);

    /// `region` empty: not known. Units are those of `directory`.
    Proposal find(std::string_view class_code, std::string_view region, Directory const& directory) const;
    /// Level 1 of a class; itself, where it is one. Empty: no class.
    std::string_view top(std::string_view class_code) const;

  private:
    Row const* row(std::string_view class_code, std::string_view area) const;

    std::map<std::string, Row, std::less<>> rows_;            ///< by "class region"
    std::map<std::string, std::string, std::less<>> parent_;  ///< of each class
};

}  // namespace banyan
