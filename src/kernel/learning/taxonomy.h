// kernel/learning/taxonomy.h: which classes there are, and which lies below which.
//
// Two shapes of file: `code,parent` (a class of level 1 has no parent; other columns are not looked at), and
// `level1,level2, level3,…`, where a row is a class and its name is known by its level.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/csv.h"
#include "base/result.h"

namespace banyan::learning {

class Taxonomy {
  public:
    /// Refused: taxonomy.columns, taxonomy.empty, taxonomy.code_twice, taxonomy.parent_unknown, taxonomy.cycle,
    /// with the line.
    static Result<Taxonomy> parse(Csv const& table);

    bool has(std::string_view label) const { return parents_.contains(label); }
    /// The class of level 1 it lies below; itself, when it is one.
    std::string_view top(std::string_view label) const;

  private:
    static Result<Taxonomy> of_codes(Csv const& table);
    static Result<Taxonomy> of_levels(Csv const& table);
    std::map<std::string, std::string, std::less<>> parents_;  ///< "" above level 1
};

}  // namespace banyan::learning
