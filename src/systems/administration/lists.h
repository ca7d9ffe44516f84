// systems/administration/lists.h: classes and the dispatch catalogue as files, looked through before they are
// taken.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "kernel/people/directory.h"

namespace banyan::administration {

/// What a file would change, by its keys: a class's code; class and region.
struct Difference {
    int rows = 0, added = 0, changed = 0, removed = 0;
};

/// Columns code, parent, zh, en, convenience. A class that was once there stays: matters of all years are named by
/// it. Refused, every bad line among the others: csv.*, classes.columns, .code, .twice, .name, .parent,
/// .convenience, .circle, .gone.
Result<Difference> check_classes(std::string_view before, std::string_view now);
/// Refused as DispatchCatalogue::read(), and dispatch_catalogue.lead (of a line that names nobody and does not say
/// that it is unclear).
Result<Difference> check_dispatch(std::string_view before, std::string_view now, std::string_view classes,
                                  Directory const& directory);

}  // namespace banyan::administration
