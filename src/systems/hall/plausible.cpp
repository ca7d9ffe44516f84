#include "systems/hall/plausible.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include "platform/config/toml.h"
#include "systems/hall/code.h"
#include "systems/hall/drafts.h"

namespace banyan::hall {
namespace {

/// Of offices that do not exist: the region of the demo's codes.
constexpr std::string_view kCodeRegion = "350199";
constexpr std::string_view kTownUnit = "town", kVillageUnit = "village";

/// A unit that holds items.
struct Holder {
    std::string code, credit, zh, en, region, phone, hours;
    Level level = Level::city;
};

std::uint64_t hash(std::uint64_t value) {  // splitmix64
    value += 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

std::string filled(std::string pattern, std::string_view name) {
    if (std::size_t const at = pattern.find("{name}"); at != std::string::npos) pattern.replace(at, 6, name);
    return pattern;
}

}  // namespace

Result<std::vector<Office>> read_offices(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    std::vector<Office> all;
    json::value const* offices = document.root.if_contains("office");
    if (offices != nullptr && offices->is_array())
        for (json::value const& each : offices->as_array()) {
            if (!each.is_object()) continue;
            Form const form(each.as_object());
            all.push_back({static_cast<int>(form.integer("level").value_or(0)), std::string(form.text("ends")),
                           std::string(form.text("unit")), std::string(form.text("en"))});
        }
    if (all.empty()) return refuse("hall.words_missing", "office");
    return all;
}

class Plausible::Work {
  public:
    explicit Work(Sources sources) : from_(std::move(sources)) {
        for (Unit const& unit : from_.units) units_.emplace(unit.code, &unit);
        add_city();
        city_holders_ = holders_.size();
    }

    std::vector<Draft> city(Quota const& quota) const {
        std::vector<Draft> drafts;
        for (std::size_t holder = 0; holder < city_holders_; ++holder) draft(drafts, holder, true);
        cut(drafts, quota.items());
        balance(drafts, from_.subjects, quota);
        return drafts;
    }
    std::vector<Draft> rest(Quota const& quota) {
        if (holders_.size() == city_holders_) add_rest();
        std::vector<Draft> drafts;
        for (std::size_t holder = city_holders_; holder < holders_.size(); ++holder) draft(drafts, holder, false);
        cut(drafts, quota.items());
        balance(drafts, from_.subjects, quota);
        return drafts;
    }
    /// In their order: an item's number is its place among its unit's.
    void write(std::vector<Draft> const& drafts, Make const& make) const {
        std::unordered_map<std::uint32_t, int> numbers;
        for (Draft const& draft : drafts) make(item(draft, ++numbers[draft.place]));
    }

  private:
    void add(Holder holder, std::string_view kind) {
        holder.credit = made_credit_code(kind, kCodeRegion, static_cast<int>(holders_.size()) + 1);
        holders_.push_back(std::move(holder));
    }
    void add_unit(Unit const& unit, std::string const& region, Level level) {
        add({unit.code, {}, unit.zh, unit.en, region, unit.phone, unit.office_hours, level},
            unit.group == "company" ? "91" : "11");
    }
    /// The city's units that have subjects, as they are in units.csv.
    void add_city() {
        for (Unit const& unit : from_.units)
            if (has_subject(unit.code, Level::city)) {
                kinds_.push_back(unit.code);
                if (unit.region == from_.city) add_unit(unit, from_.city, Level::city);
            }
        for (Unit const& unit : from_.units)  // held by none of the city, but elsewhere
            if (std::ranges::find(kinds_, unit.code) == kinds_.end() &&
                (has_subject(unit.code, Level::province) || has_subject(unit.code, Level::county)))
                kinds_.push_back(unit.code);
    }
    void add_rest() {
        for (int level = 1; level <= 5; ++level)
            for (Regions::Region const& region : from_.regions.all())
                if (region.level == level) add_region(region);
    }
    void add_region(Regions::Region const& region) {
        constexpr int kCounty = 3, kTown = 4;
        auto const level = static_cast<Level>(region.level - 1);
        if (region.level > kCounty)
            return add_office(region, level, region.level == kTown ? kTownUnit : kVillageUnit);
        if (region.code == from_.city) return;
        for (std::string const& kind : kinds_) {
            if (!has_subject(kind, level)) continue;
            std::string const code = region.code + "-" + kind;
            if (auto const known = units_.find(code); known != units_.end()) {
                add_unit(*known->second, region.code, level);
                continue;
            }
            Unit const& model = *units_.at(kind);
            add({code, {}, region.name + model.zh, model.en, region.code, {}, model.office_hours, level},
                model.group == "company" ? "91" : "11");
        }
    }
    void add_office(Regions::Region const& region, Level level, std::string_view kind) {
        if (!has_subject(kind, level)) return;
        if (auto const known = units_.find(region.code); known != units_.end())
            return add_unit(*known->second, region.code, level);
        auto const office = std::ranges::find_if(from_.offices, [&](Office const& each) {
            return each.level == region.level && region.name.ends_with(each.ends);
        });
        if (office == from_.offices.end()) throw std::runtime_error("no office of " + region.name);
        add({region.code, {}, filled(office->unit, region.name), office->en, region.code, {}, {}, level},
            level == Level::village ? "54" : "11");
    }
    bool has_subject(std::string_view unit, Level level) const {
        return std::ranges::any_of(
            from_.subjects, [&](Subject const& subject) { return subject.unit == unit && subject.at(level); });
    }

    void draft(std::vector<Draft>& drafts, std::size_t holder, bool demo) const {
        Holder const& who = holders_[holder];
        std::string_view kind = who.code;
        if (who.level == Level::town || who.level == Level::village)
            kind = who.level == Level::town ? kTownUnit : kVillageUnit;
        else if (std::size_t const dash = kind.find('-'); !demo && dash != std::string_view::npos)
            kind.remove_prefix(dash + 1);
        for (std::size_t s = 0; s < from_.subjects.size(); ++s) {
            Subject const& subject = from_.subjects[s];
            if (subject.unit != kind || !subject.at(who.level)) continue;
            for (std::size_t i = 0; i < subject.situations.size(); ++i) {
                if (demo && !subject.situations[i].demo) continue;
                Draft one;
                one.subject = static_cast<std::uint32_t>(s);
                one.situation = static_cast<std::uint32_t>(i);
                one.place = static_cast<std::uint32_t>(holder);
                one.chance = hash(hash(hash(s) + i) + holder);
                one.level = who.level;
                one.in_person = static_cast<std::uint8_t>(subject.item.in_person);
                // who must appear does not do the whole of it on line
                int const star = demo ? subject.item.star : star_of(subject, one.chance);
                one.star = static_cast<std::uint8_t>(one.in_person > 0 ? std::min(star, 4) : star);
                drafts.push_back(one);
            }
        }
    }

    /// Places differ in how far they have come.
    static int star_of(Subject const& subject, std::uint64_t chance) {
        int const least = std::min(subject.star_from, subject.star_to),
                  most = std::max(subject.star_from, subject.star_to);
        return least + static_cast<int>((chance >> 24) % static_cast<std::uint64_t>(most - least + 1));
    }
    std::string said(char const* key, std::vector<std::pair<std::string, std::string>> const& params = {}) const {
        return from_.texts.sentence(key, Language::zh, params);
    }

    Item item(Draft const& draft, int number) const {
        Subject const& subject = from_.subjects[draft.subject];
        Situation const& situation = subject.situations[draft.situation];
        Holder const& who = holders_[draft.place];
        Item item = subject.item;
        item.code = code_text(who.credit, item.type, number);
        item.situation = situation.key;
        item.situation_name = situation.name;
        item.situation_name_en = situation.name_en;
        item.unit = who.code;
        item.unit_name = who.zh;
        item.unit_en = who.en;
        item.region = who.region;
        item.level = who.level;
        item.star = draft.star;
        item.in_person = draft.in_person;
        if (draft.courier && !item.delivers("courier")) item.delivery.emplace_back("courier");
        if (draft.electronic && !item.delivers("electronic")) item.delivery.emplace_back("electronic");
        put_days(item, draft);
        name_law(item);
        put_materials(item, subject, situation);
        put_steps(item);
        put_window(item, who, draft.chance);
        item.valid_from = day_of({2026, 1, 1});
        return item;
    }
    /// Places promise a day more or less than each other, never more than the law.
    void put_days(Item& item, Draft const& draft) const {
        if (item.kind == Kind::instant || draft.place < city_holders_) return;
        int const most = item.legal_days < 0 ? item.promised_days + 1 : std::max(item.legal_days, 1);
        item.promised_days =
            std::clamp(item.promised_days + static_cast<int>((draft.chance >> 8) % 3) - 1, 1, std::max(most, 1));
        if (item.legal_days >= 0) item.promised_days = std::min(item.promised_days, item.legal_days);
    }
    /// A permit beyond the law's ceiling has it from the law it is based on.
    static void name_law(Item& item) {
        constexpr int kPermitDays = 20;
        if (item.type != Type::permit || item.legal_days <= kPermitDays || !item.legal_over.empty() ||
            item.basis.empty())
            return;
        item.legal_over = item.basis.front().law;
        if (!item.basis.front().article.empty()) item.legal_over += ":" + item.basis.front().article;
    }
    static void put_materials(Item& item, Subject const& subject, Situation const& situation) {
        auto const own = subject.of_situation.find(situation.key);
        item.materials = own == subject.of_situation.end() ? subject.materials : own->second;
        constexpr int kWholeOnLine = 5;
        for (Material& material : item.materials) {
            if (material.shared) material.form = "noneed";
            if (item.star >= kWholeOnLine && material.form == "paper") material.form = "upload";
        }
    }
    void put_steps(Item& item) const {
        if (!item.steps.empty()) return;
        constexpr int kOnLine = 3;
        if (item.kind == Kind::instant) {
            item.steps = {said(item.star >= kOnLine ? "hall.made.apply_on_line" : "hall.made.apply_at_window"),
                          said("hall.made.on_the_spot")};
            return;
        }
        item.steps = {said(item.star >= kOnLine ? "hall.made.apply_on_line" : "hall.made.apply_at_window"),
                      said("hall.made.accept"), said("hall.made.examine")};
        for (Special const& special : item.special)
            item.steps.push_back(
                said("hall.made.special", {{"name", special.name}, {"days", std::to_string(special.days)}}));
        item.steps.push_back(said("hall.made.decide"));
        if (item.result.type != "none")
            item.steps.push_back(said("hall.made.deliver", {{"name", item.result.name}}));
    }
    void put_window(Item& item, Holder const& who, std::uint64_t chance) const {
        constexpr double kLat = 26.0745, kLon = 119.2965;  // the demo city's middle
        bool const below = who.level == Level::town || who.level == Level::village;
        item.window.place = said("hall.made.window", {{"n", std::to_string(1 + (chance >> 16) % 36)}});
        if (who.region == from_.city) {
            item.window.address = said("hall.made.city_hall");
            item.window.traffic = said("hall.made.traffic");
            item.window.lat = kLat;
            item.window.lon = kLon;
        } else {
            item.window.address = said(below ? "hall.made.hall_below" : "hall.made.hall_of",
                                       {{"name", from_.regions.full_name(who.region)}});
        }
        item.window.hours = who.hours.empty() ? said("hall.made.hours") : who.hours;
        item.phone = who.phone.empty() ? "12345" : who.phone;
        item.complaint_phone = "12345";
    }

    Sources from_;
    std::map<std::string, Unit const*, std::less<>> units_;
    std::vector<std::string> kinds_;  ///< kinds of units at and above the county
    std::vector<Holder> holders_;
    std::size_t city_holders_ = 0;
};

Plausible::Plausible(Sources sources) : work_(std::make_unique<Work>(std::move(sources))) {}
Plausible::~Plausible() = default;

void Plausible::city(Quota const& quota, Make const& make) const { work_->write(work_->city(quota), make); }

void Plausible::rest(Quota const& whole, Quota const& city_quota, Make const& make) const {
    constexpr int kOnLine = 3;
    Quota left{whole.none - city_quota.none, whole.one - city_quota.one, whole.more - city_quota.more,
               whole.on_line};
    if (left.on_line >= 0)
        left.on_line -= static_cast<int>(std::ranges::count_if(
            work_->city(city_quota), [](Draft const& draft) { return draft.star >= kOnLine; }));
    work_->write(work_->rest(left), make);
}

}  // namespace banyan::hall
