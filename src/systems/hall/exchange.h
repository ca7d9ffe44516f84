// systems/hall/exchange.h: items from files and into files: a line of JSON each (JSONL), or a table (CSV).
//
// What is written can be read back. A bad line is named with what is wrong with it, the rest is taken; a file that
// is taken in a second time costs nothing: only what differs becomes a new version.
#pragma once
#include <functional>
#include <iosfwd>
#include <unordered_map>

#include "base/csv.h"
#include "systems/hall/item_store.h"
#include "systems/hall/rules.h"
#include "systems/hall/units.h"

namespace banyan::hall {

struct BadLine {
    int line = 0;  ///< of the file, from 1
    Refusal refusal;
};

/// Takes items in. REQUIRES: directory and surroundings outlive it; write() in transactions of the writer's.
class Intake {
  public:
    Intake(store::Session& reading, Directory const& directory, Surroundings const& around)
        : around_(around), units_(reading, directory), ledger_(reading) {}

    /// An item, or why the line holds none.
    void take(int line, Result<json::object> const& from);
    /// One that is made by us: no line can be blamed. Throws when it breaks a rule.
    void take(Item item);
    bool full() const { return ledger_.waiting() >= kBatch; }
    void write(store::Session& writing, Instant now);

    int added = 0, changed = 0, unchanged = 0;
    std::vector<BadLine> bad;

  private:
    static constexpr std::size_t kBatch = 2000;
    Surroundings const& around_;
    Units units_;
    Ledger ledger_;
    std::unordered_map<std::string, int> lines_;  ///< codes of this file
    void count(Ledger::Put put);
    Result<Item> checked(Item item);
};

using OnLine = std::function<void(int line, Result<json::object> const& item)>;
/// Empty lines are passed over. A line of more than 1 MiB is refused: item.too_long.
void read_jsonl(std::istream& file, OnLine const& on_line);
/// The columns of csv_header() that there are, in any order. Refused, and nothing read: csv.*, field.unknown (a
/// column nobody knows).
Result<void> read_csv(std::string_view file, OnLine const& on_line);

std::string jsonl_line(Item const& item);  ///< with its line end
std::string csv_header();
/// `for_spreadsheets`: csv_cell(); what is to be read back is written without.
std::string csv_line(Item const& item, bool for_spreadsheets);

}  // namespace banyan::hall
