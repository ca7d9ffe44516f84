// bench/rows.h: the rows that each of the seven steps writes, as the kernel really writes them.
//
// Some appeals are taken through the kernel once, and what then lies in each table is kept as a pattern: whatever
// the kernel comes to write, the bare database writes the same without anybody keeping a second list of it.
#pragma once
#include <array>
#include <variant>

#include "city.h"
#include "sentences.h"

namespace banyan::bench {

/// The tables a step writes, in the order in which the kernel writes them.
enum class Rows { matter, assignment, event, personal, blind, query_code, idempotency, outbox };
inline constexpr std::size_t kTables = 8;
store::Table const& table(Rows rows);
bool replaces(Rows rows);  ///< written over what is there; otherwise appended

/// One value; text and bytes as they were, to be borrowed.
struct Value {
    store::Type type;
    std::variant<std::monostate, std::int64_t, std::string> value;
    store::Cell cell() const;
};
using Row = std::vector<Value>;

/// All that one step wrote.
using StepRows = std::array<std::vector<Row>, kTables>;
/// One appeal's seven.
using Story = std::array<StepRows, kSteps>;

/// Makes a city in the folder and takes so many appeals through it.
std::vector<Story> stories(std::string const& folder, std::size_t count);

}  // namespace banyan::bench
