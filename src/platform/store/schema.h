// platform/store/schema.h: the schema, written once in the words of docs/sql.md and rendered for each engine.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/store/store.h"

namespace banyan::store {

/// The statements of a migration without comments, each with single spaces: what is rendered and summed.
std::vector<std::string> statements_of(std::string_view sql);

/// One such statement in the engine's own words: types, LANE KEY, STRICT, WITHOUT ROWID.
std::string render(std::string_view statement, Engine engine);

/// Over the statements, so comments and layout may still be mended. FNV-1a: against mistakes, not malice.
std::int64_t checksum(Migration const& migration);

/// Store::migrate() on an open session. REQUIRES: numbers ascend.
void apply_migrations(Session& session, Engine engine, std::span<Migration const> migrations);

}  // namespace banyan::store
