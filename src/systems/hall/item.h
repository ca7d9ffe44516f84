// systems/hall/item.h: an item (事项) as it is published: who does what for whom, what to bring, how long, how
// much, how many visits. One situation (新设, 变更, 延续, 注销 …) of a main item (主项) of one unit is one item.
//
// Fields: the item form of Fujian's hall, GB/T 39554. Regions are codes of data/divisions as they stand there: 35,
// 3501, 350102, 350102001, 350102001001; six digits that end in 00 (350100) are read as the shorter code. Rules:
// docs/systems/hall.md
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "kernel/procedure/fields.h"

namespace banyan::hall {

enum class Level : std::uint8_t { province, city, county, town, village };  ///< who exercises the power
/// Power types, by the letters of Fujian's codes.
enum class Type : std::uint8_t {
    permit,        ///< XK 行政许可
    penalty,       ///< XF 行政处罚
    compulsion,    ///< XZ 行政强制
    levy,          ///< XS 行政征收
    grant,         ///< XG 行政给付
    inspection,    ///< XC 行政检查
    confirmation,  ///< QR 行政确认
    reward,        ///< JL 行政奖励
    ruling,        ///< CJ 行政裁决
    service,       ///< GF 公共服务
    other          ///< QT 其他
};
enum class Kind : std::uint8_t { instant, promised };  ///< 即办件, 承诺件
enum class Trips : std::uint8_t { none, one, more };   ///< 一趟不用跑, 最多跑一趟, neither

std::string_view code_of(Level level);
std::string_view code_of(Type type);  ///< XK …
std::string_view code_of(Kind kind);
std::string_view code_of(Trips trips);
std::optional<Level> level_of(std::string_view code);
std::optional<Type> type_of(std::string_view code);
std::optional<Kind> kind_of(std::string_view code);
std::optional<Trips> trips_of(std::string_view code);

/// What else an item offers, beside doing it at its window.
inline constexpr std::array<std::string_view, 16> kOptions{
    "appointment",        ///< 预约
    "self_service",       ///< 自助终端
    "pay_on_line",        ///< 网上支付
    "proxy",              ///< 代办
    "missing_papers",     ///< 容缺受理
    "promise",            ///< 告知承诺
    "any_place",          ///< 全省通办
    "across_provinces",   ///< 跨省通办
    "collect_elsewhere",  ///< 异地代收
    "one_window",         ///< 一窗通办
    "together",           ///< 一件事
    "joint",              ///< 并联审批, 统一办理: 45 working days instead of 20
    "by_phone",           ///< 掌上办
    "without_asking",     ///< 免申即享
    "at_once",            ///< 智能秒办
    "no_materials"        ///< 免提交材料
};

struct Basis {
    std::string law, article;
    bool operator==(Basis const&) const = default;
};

/// 特殊环节: a hearing, an inspection, an expert's review; the clock stands while it lasts.
struct Special {
    std::string name;
    int days = 0;  ///< working days
    std::string basis, when;
    bool operator==(Special const&) const = default;
};

struct Material {
    std::string code, name;
    std::string form;     ///< noneed, upload, paper, form, licence
    std::string grade;    ///< A … D, how far it is trusted; empty: not graded
    std::string from;     ///< applicant, or who issues it
    bool shared = false;  ///< the government has it already: then it is not asked
    int copies = 1;
    std::string sample, form_template, when;  ///< addresses of files; when it is wanted, empty: always
    std::string note;                         ///< how it is made, checked, given back
    bool operator==(Material const&) const = default;
};

struct Fee {
    bool charged = false;
    std::string standard, basis;
    bool operator==(Fee const&) const = default;
};

/// What the applicant has in the end.
struct Outcome {
    std::string name, name_en;
    std::string type = "none";  ///< licence, approval, certificate, none
    bool electronic = false;    ///< an electronic licence
    bool operator==(Outcome const&) const = default;
};

struct Window {
    std::string place, address, traffic, hours;
    double lat = 0, lon = 0;  ///< WGS 84; both 0: not known
    bool operator==(Window const&) const = default;
};

struct Item {
    std::string code;       ///< code.h
    std::string catalogue;  ///< of the main item, which its situations share
    std::string name, name_en;
    std::string situation =
        "whole";  ///< new, change, renew, cancel, or a name of its own; whole: there is but one
    std::string situation_name, situation_name_en;
    Type type = Type::other;
    std::string unit, unit_name, unit_en;  ///< its code, and how it is called
    std::string region;
    Level level = Level::city;
    std::vector<std::string> audience;  ///< person, company
    std::vector<std::string> classes;   ///< data/hall/classes.csv, the main one first
    std::vector<std::string> scenes;    ///< data/hall/scenes.csv
    std::vector<std::string> keywords;  ///< how people call it
    Kind kind = Kind::promised;
    int legal_days = -1;     ///< working days; -1: the law names none
    std::string legal_over;  ///< law:article that allows more than the permit law's ceiling
    int promised_days = 0;   ///< working days; 0: on the spot
    int pre_review_days = 1, receive_days = 2;
    std::vector<Basis> basis;
    std::vector<std::string> conditions, steps;
    std::vector<Special> special;
    std::vector<Material> materials;
    Fee fee;
    Outcome result;
    int star = 1;                       ///< 1 … 5, how far it goes on line
    int in_person = 0;                  ///< how often the applicant must appear, whatever goes on line
    std::vector<std::string> delivery;  ///< courier, pickup, electronic
    std::string account = "plain";      ///< plain, real_name, ca
    std::vector<std::string> options;   ///< kOptions
    Window window;
    std::string phone, complaint_phone;
    std::optional<Day> valid_from;
    bool operator==(Item const&) const = default;

    bool has(std::string_view option) const;
    bool delivers(std::string_view way) const;
};

/// Every fault of it, each with the path of its field (`materials.2.form`): the first, the rest in `others`.
/// Only what its fields may hold; what they say together is checked by rules.h. Members nobody knows are refused;
/// those the API adds when it answers (`trips`, `version` …) are let by.
Result<Item> read_item(json::object const& from);
json::object item_json(Item const& item);
/// Of what item_json() wrote: nothing is checked, what is missing is as it is without. A third of the time.
Item item_written(json::object const& from);

/// 350100 → 3501, 350000 → 35.
std::string_view region_code(std::string_view given);

/// How many visits it takes, derived from star, delivery and appearing in person; never stored.
Trips trips_of(Item const& item);
/// Why: a key of texts/, `hall.trips_why.KEY`.
std::string_view trips_why(Item const& item);

}  // namespace banyan::hall
