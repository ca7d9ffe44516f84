#include "systems/hall/units.h"

#include "kernel/engine/tables.h"
#include "systems/hall/code.h"

namespace banyan::hall {
namespace {

store::Table const kUnitTable{"hall_unit",
                              {{"code", store::Type::text},
                               {"credit", store::Type::text},
                               {"zh", store::Type::text},
                               {"en", store::Type::text},
                               {"region", store::Type::text}},
                              {"code"}};

/// Of the city, as it is today; by its code, or by a name that only one has.
Unit const* of_the_city(Directory const& directory, std::string const& given) {
    if (Unit const* by_code = directory.current(given)) return by_code;
    Unit const* found = nullptr;
    for (Unit const& unit : directory.units()) {
        if (unit.zh != given || unit.ended_at) continue;
        if (found != nullptr) return nullptr;
        found = &unit;
    }
    return found;
}

HallUnit unit_of(store::Row const& row) {
    return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
            std::string(row.text(4))};
}

bool may_be_code(std::string_view text) {
    constexpr std::size_t kMost = 32;
    return !text.empty() && text.size() <= kMost &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
               std::string_view::npos;
}

}  // namespace

std::vector<HallUnit> load_units(store::Session& session) {
    std::vector<HallUnit> all;
    session.query("SELECT code, credit, zh, en, region FROM hall_unit ORDER BY code", {},
                  [&](store::Row const& row) { all.push_back(unit_of(row)); });
    return all;
}

Units::Units(store::Session& session, Directory const& directory) : directory_(directory) {
    for (HallUnit& unit : load_units(session)) know(std::move(unit));
}

Units::Units(store::Session& session, Directory const& directory, std::string_view unit, std::string_view credit)
    : directory_(directory) {
    session.query("SELECT code, credit, zh, en, region FROM hall_unit WHERE code = $1 OR credit = $2",
                  {unit, credit}, [&](store::Row const& row) { know(unit_of(row)); });
}

void Units::know(HallUnit unit) {
    by_credit_[unit.credit] = unit.code;
    auto const [named, first] = by_name_.try_emplace(unit.zh, unit.code);
    if (!first) named->second.clear();
    std::string code = unit.code;
    units_.insert_or_assign(std::move(code), std::move(unit));
}

HallUnit const* Units::at(std::string_view code) const {
    auto const found = units_.find(code);
    return found == units_.end() ? nullptr : &found->second;
}

Result<HallUnit const*> Units::found(Item const& item, std::string_view credit) {
    if (HallUnit const* known = at(item.unit)) return known;
    if (auto const named = by_name_.find(item.unit); named != by_name_.end() && !named->second.empty())
        return at(named->second);
    HallUnit made;
    if (Unit const* unit = of_the_city(directory_, item.unit)) {
        if (HallUnit const* known = at(unit->code)) return known;
        made = {unit->code, std::string(credit), unit->zh, unit->en, unit->region};
    } else if (!item.unit_name.empty() && may_be_code(item.unit)) {
        made = {item.unit, std::string(credit), item.unit_name, item.unit_en, item.region};
    } else {
        return refuse("unit.unknown", "unit", {{"value", item.unit}});
    }
    if (by_credit_.contains(credit)) return refuse("code.unit", "code", {{"unit", made.zh}});
    waiting_.push_back(made);
    std::string const code = made.code;
    know(std::move(made));
    return at(code);
}

Result<void> Units::settle(Item& item) {
    auto const code = read_code(item.code);
    if (!code) return refuse(code.error());
    BANYAN_TRY(HallUnit const* unit, found(item, code->credit));
    if (unit->credit != code->credit) return refuse("code.unit", "code", {{"unit", unit->zh}});
    item.unit = unit->code;
    item.unit_name = unit->zh;
    item.unit_en = unit->en;
    return {};
}

void Units::write(store::Session& writing) {
    RowBuffer rows;
    for (HallUnit const& unit : waiting_)
        for (std::string const* cell : {&unit.code, &unit.credit, &unit.zh, &unit.en, &unit.region})
            rows.text_view(*cell);
    if (!rows.empty()) writing.append(kUnitTable, rows.cells());
    waiting_.clear();
}

}  // namespace banyan::hall
