// The only object that knows the folder, so that another clone finds all others compiled.
#include "base/testing.h"

namespace banyan::testing {

/// fmt and not `+`: g++ 12 warns of an overrun that is none when the folder's name has just the wrong length.
std::string source_file(std::string_view path) { return fmt::format("{}/{}", BANYAN_SOURCE_DIR, path); }

}  // namespace banyan::testing
