#include "kernel/people/reorganisation.h"

#include <algorithm>
#include <set>

#include "base/csv.h"

namespace banyan {
namespace {

/// The units as the lines so far have made them.
class Work {
  public:
    Work(Directory const& directory, Instant now) : units_(directory.units()), now_(now) {
        for (Unit const& unit : units_) last_ = std::max(last_, unit.id.value);
    }

    Result<void> rename(Csv const& table, CsvRow const& row) {
        BANYAN_TRY(std::size_t const at, living(table.at(row, "unit"), "reorganisation.unit"));
        std::string code(table.at(row, "code")), zh(table.at(row, "zh")), en(table.at(row, "en"));
        if (code.empty()) return refuse("reorganisation.code", "code");
        if (zh.empty() || en.empty()) return refuse("reorganisation.name", zh.empty() ? "zh" : "en");
        if (find(code) != units_.size()) return refuse("reorganisation.code_twice", "code", {{"unit", code}});
        Unit made = units_[at];
        made.id = UnitId(++last_);
        made.code = std::move(code);
        made.zh = std::move(zh);
        made.en = std::move(en);
        UnitId const old = units_[at].id;
        for (Unit& below : units_)
            if (!below.heir && below.parent == old) put(below, made.id);
        units_.push_back(std::move(made));
        changed_.insert(units_.back().id);
        end(at, units_.back().id);
        ++done_.renamed;
        return {};
    }

    Result<void> merge(Csv const& table, CsvRow const& row) {
        BANYAN_TRY(std::size_t const at, living(table.at(row, "unit"), "reorganisation.unit"));
        BANYAN_TRY(std::size_t const into, living(table.at(row, "into"), "reorganisation.into"));
        UnitId const heir = units_[into].id;
        if (!units_[at].parent) return refuse("reorganisation.centre", "unit");
        if (below_or_itself(heir, units_[at].id)) return refuse("reorganisation.circle", "into");
        for (Unit& below : units_)
            if (!below.heir && below.parent == units_[at].id) put(below, heir);
        end(at, heir);
        ++done_.merged;
        return {};
    }

    Result<void> move(Csv const& table, CsvRow const& row) {
        BANYAN_TRY(std::size_t const at, living(table.at(row, "unit"), "reorganisation.unit"));
        BANYAN_TRY(std::size_t const parent, living(table.at(row, "parent"), "reorganisation.parent"));
        if (!units_[at].parent) return refuse("reorganisation.centre", "unit");
        if (below_or_itself(units_[parent].id, units_[at].id)) return refuse("reorganisation.circle", "parent");
        put(units_[at], units_[parent].id);
        ++done_.moved;
        return {};
    }

    Result<void> add(Csv const& table, CsvRow const& row) {
        BANYAN_TRY(std::size_t const parent, living(table.at(row, "parent"), "reorganisation.parent"));
        Unit made;
        made.code = std::string(table.at(row, "code"));
        made.zh = std::string(table.at(row, "zh"));
        made.en = std::string(table.at(row, "en"));
        made.region = std::string(table.at(row, "region"));
        made.group = std::string(table.at(row, "group"));
        if (made.code.empty()) return refuse("reorganisation.code", "code");
        if (made.zh.empty() || made.en.empty())
            return refuse("reorganisation.name", made.zh.empty() ? "zh" : "en");
        if (find(made.code) != units_.size())
            return refuse("reorganisation.code_twice", "code", {{"unit", made.code}});
        if (made.group.empty()) made.group = group_below(units_[parent]);
        auto const group = std::ranges::find(kNewUnitGroups, std::string_view(made.group), &UnitGroup::name);
        if (group == kNewUnitGroups.end()) return refuse("reorganisation.group", "group", {{"group", made.group}});
        made.level = group->level;
        made.id = UnitId(++last_);
        made.parent = units_[parent].id;
        if (made.region.empty()) made.region = units_[parent].region;
        changed_.insert(made.id);
        units_.push_back(std::move(made));
        ++done_.added;
        return {};
    }

    Result<void> contact(Csv const& table, CsvRow const& row) {
        BANYAN_TRY(std::size_t const at, living(table.at(row, "unit"), "reorganisation.unit"));
        bool said = false;
        for (auto const& [column, value] :
             {std::pair{"liaison", &units_[at].liaison}, std::pair{"phone", &units_[at].phone},
              std::pair{"office_hours", &units_[at].office_hours}})
            if (std::string_view const now = table.at(row, column); !now.empty()) {
                *value = std::string(now);
                said = true;
            }
        if (!said) return refuse("reorganisation.contact", "phone");
        changed_.insert(units_[at].id);
        ++done_.contacts;
        return {};
    }

    Reorganised done() && {
        for (Unit& unit : units_)
            if (changed_.contains(unit.id)) done_.changed.push_back(std::move(unit));
        return std::move(done_);
    }

  private:
    std::size_t find(std::string_view code) const {
        return static_cast<std::size_t>(std::ranges::find(units_, code, &Unit::code) - units_.begin());
    }
    Result<std::size_t> living(std::string_view code, std::string const& key) const {
        std::size_t const at = find(code);
        if (at == units_.size()) return refuse(key, key.substr(key.find('.') + 1), {{"unit", std::string(code)}});
        if (units_[at].heir)
            return refuse("reorganisation.ended", key.substr(key.find('.') + 1), {{"unit", std::string(code)}});
        return at;
    }
    static std::string group_below(Unit const& parent) {
        if (parent.group == "centre") return "city";
        if (parent.group == "district") return "district_department";
        return parent.group == "town" ? "village" : parent.group;
    }
    bool below_or_itself(UnitId unit, UnitId root) const {
        for (std::size_t hops = 0; hops <= units_.size() && unit; ++hops) {
            if (unit == root) return true;
            auto at = std::ranges::find(units_, unit, &Unit::id);
            if (at == units_.end()) break;
            unit = at->heir ? at->heir : at->parent;
        }
        return false;
    }
    void put(Unit& unit, UnitId parent) {
        unit.parent = parent;
        changed_.insert(unit.id);
    }
    void end(std::size_t at, UnitId heir) {
        units_[at].heir = heir;
        units_[at].ended_at = now_;
        changed_.insert(units_[at].id);
        done_.succeeded.emplace_back(units_[at].id, heir);
    }

    std::vector<Unit> units_;
    std::set<UnitId> changed_;
    Reorganised done_;
    Instant now_;
    std::int64_t last_ = 0;
};

}  // namespace

Result<Reorganised> reorganise(Directory const& directory, std::string_view csv, Instant now) {
    BANYAN_TRY(Csv table, Csv::parse(csv));
    for (char const* column : {"what", "unit", "into", "parent", "code", "zh", "en"})
        if (!table.has(column)) return refuse("reorganisation.no_column", column, {{"column", column}});
    if (table.rows().empty()) return refuse("reorganisation.none");
    Work work(directory, now);
    for (CsvRow const& row : table.rows()) {
        std::string_view const what = table.at(row, "what");
        Result<void> done = what == "rename"    ? work.rename(table, row)
                            : what == "merge"   ? work.merge(table, row)
                            : what == "move"    ? work.move(table, row)
                            : what == "add"     ? work.add(table, row)
                            : what == "contact" ? work.contact(table, row)
                                                : refuse("reorganisation.what", "what");
        if (!done) {
            done.error().params.emplace_back("line", std::to_string(row.line));
            return refuse(std::move(done.error()));
        }
    }
    return std::move(work).done();
}

Directory after(Directory const& before, Reorganised const& done) {
    std::vector<Unit> units = before.units();
    for (Unit const& changed : done.changed) {
        auto old = std::ranges::find(units, changed.id, &Unit::id);
        if (old == units.end())
            units.push_back(changed);
        else
            *old = changed;
    }
    std::vector<Person> people = before.people();
    for (auto const& [ended, heir] : done.succeeded)
        for (Person& person : people)
            if (person.unit == ended) person.unit = heir;
    return {std::move(units), std::move(people)};
}

}  // namespace banyan
