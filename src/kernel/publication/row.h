// kernel/publication/row.h: what was released of a matter, as JSON: a row of a list that everybody may read.
#pragma once
#include "kernel/people/directory.h"
#include "kernel/procedure/shape.h"
#include "kernel/publication/publication.h"

namespace banyan::publication {

json::object row_of(Published const& published, Directory const& directory);
shape::Schema row_shape();

}  // namespace banyan::publication
