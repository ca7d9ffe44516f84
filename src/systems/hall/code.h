// systems/hall/code.h: the code of an item as Fujian writes it: the unified social credit code of its unit (GB
// 32100, 18 signs), the type of power (two letters) and the unit's serial number (six digits):
// 11350128345071904JXK001185.
//
// The last sign of a credit code checks the seventeen before it, the ninth of the organisation's code within (GB
// 11714) the eight before it.
#pragma once
#include <string>
#include <string_view>

#include "systems/hall/item.h"

namespace banyan::hall {

struct ItemCode {
    std::string_view credit;  ///< of the unit; views into what was read
    Type type = Type::other;
    int serial = 0;
};

/// Refused: code.check (not of this form, or a sign is wrong), type.unknown; the field is `code`.
Result<ItemCode> read_code(std::string_view code);
std::string code_text(std::string_view credit, Type type, int serial);

bool is_credit_code(std::string_view code);
/// Of an office (`kind` 11: an organ of state, 12: an institution, 54: a villagers' committee …) registered in
/// `region` (six digits) as number `number` of that region.
std::string made_credit_code(std::string_view kind, std::string_view region, int number);

}  // namespace banyan::hall
