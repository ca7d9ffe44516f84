#include "systems/rota/duty.h"

#include <algorithm>
#include <set>

#include "base/csv.h"

namespace banyan::rota {
namespace {

constexpr std::size_t kMostRows = 5000, kMostPhone = 20;
constexpr Span kLongest = days(31), kLongestShift = hours(24);

bool is_phone(std::string_view phone) {
    auto const digits = std::ranges::count_if(phone, [](char c) { return c >= '0' && c <= '9'; });
    return digits >= 3 && phone.size() <= kMostPhone &&
           phone.find_first_not_of("0123456789 -+()") == std::string_view::npos;
}

bool is_known(Duty const& duty, Directory const& directory) {
    if (duty.kind == "unit") return directory.unit(duty.who) != nullptr;
    Person const* person = directory.person(duty.who);
    if (person == nullptr) return false;
    if (duty.kind == "leader") return person->role == "leader" || person->role == "unit_head";
    return person->role == "seat" || person->role == "shift_leader";
}

Result<Duty> read_row(Csv const& csv, CsvRow const& row, Directory const& directory) {
    auto at = [&](std::string_view column) { return std::string(csv.at(row, column)); };
    Duty duty{0, at("kind"), at("who"), at("name"), at("phone"), {}, {}, at("note")};
    if (duty.kind != "seat" && duty.kind != "unit" && duty.kind != "leader")
        return refuse("rota.kind", "kind", {{"kind", duty.kind}});
    if (!is_known(duty, directory)) return refuse("rota.who", "who", {{"who", duty.who}});
    auto const from = parse_local(at("from")), until = parse_local(at("until"));
    if (!from) return refuse("rota.time", "from", {{"time", at("from")}});
    if (!until) return refuse("rota.time", "until", {{"time", at("until")}});
    duty.begins = *from;
    duty.ends = *until;
    if (duty.ends <= duty.begins) return refuse("rota.backwards", "until");
    if (duty.ends - duty.begins > (duty.kind == "seat" ? kLongestShift : kLongest))
        return refuse("rota.too_long", "until");
    if (duty.kind == "unit" && !is_phone(duty.phone)) return refuse("rota.phone", "phone");
    if (duty.kind != "unit" && (!duty.phone.empty() || !duty.name.empty()))
        return refuse("rota.needless", duty.phone.empty() ? "name" : "phone");
    return duty;
}

constexpr char const* kColumns =
    "SELECT id, kind, who, name, phone, begins, ends, note FROM duty WHERE over = 0 AND ";

Duty read_duty(store::Row const& row) {
    return {row.integer(0),           std::string(row.text(1)), std::string(row.text(2)),
            std::string(row.text(3)), std::string(row.text(4)), Instant{row.integer(5)},
            Instant{row.integer(6)},  std::string(row.text(7))};
}

bool same(Duty const& one, Duty const& other) {
    return one.ends == other.ends && one.name == other.name && one.phone == other.phone && one.note == other.note;
}

}  // namespace

Result<Read> read_rota(std::string_view text, Directory const& directory) {
    BANYAN_TRY(Csv const csv, Csv::parse(text));
    for (std::string_view column : {"kind", "who", "from", "until"})
        if (!csv.has(column)) return refuse("rota.column", "csv", {{"column", std::string(column)}});
    if (csv.rows().size() > kMostRows)
        return refuse("rota.too_many", "csv", {{"most", std::to_string(kMostRows)}});
    Read read;
    std::set<std::tuple<std::string, std::string, Instant>> begun;
    for (CsvRow const& row : csv.rows()) {
        Result<Duty> duty = read_row(csv, row, directory);
        if (duty && !begun.emplace(duty->kind, duty->who, duty->begins).second)
            duty = refuse("rota.twice", "from");
        if (duty)
            read.duties.push_back(std::move(*duty));
        else
            read.bad.push_back({row.line, std::move(duty.error())});
    }
    return read;
}

TakenIn take_in(store::Session& writing, std::vector<Duty> const& duties, PersonId by, Instant now) {
    TakenIn taken;
    std::int64_t last = 0;
    writing.query("SELECT coalesce(max(id), 0) FROM duty", {},
                  [&](store::Row const& row) { last = row.integer(0); });
    for (Duty const& duty : duties) {
        std::optional<Duty> before;
        writing.query(std::string(kColumns) + "kind = $1 AND who = $2 AND begins = $3",
                      {std::string_view(duty.kind), std::string_view(duty.who), duty.begins.us},
                      [&](store::Row const& row) { before = read_duty(row); });
        if (before && same(*before, duty)) {
            ++taken.already;
            continue;
        }
        if (before) {
            strike(writing, before->id, by, now);
            ++taken.replaced;
        }
        writing.execute(
            "INSERT INTO duty (id, kind, who, name, phone, begins, ends, note, taken_in, taken_in_by, over, "
            "over_by) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)",
            {++last, std::string_view(duty.kind), std::string_view(duty.who), std::string_view(duty.name),
             std::string_view(duty.phone), duty.begins.us, duty.ends.us, std::string_view(duty.note), now.us,
             by.value});
        ++taken.taken;
    }
    return taken;
}

bool strike(store::Session& writing, std::int64_t id, PersonId by, Instant now) {
    return writing.execute("UPDATE duty SET over = $1, over_by = $2 WHERE id = $3 AND over = 0",
                           {now.us, by.value, id}) > 0;
}

std::vector<Duty> load_duties(store::Session& session, std::string_view kind, Instant from, Instant until) {
    std::vector<Duty> all;
    session.query(std::string(kColumns) +
                      "(kind = $1 OR $1 = '') AND begins >= $2 AND begins < $3 AND ends > $4 "
                      "ORDER BY kind, begins, who, id LIMIT 5000",
                  {kind, (from - kLongest).us, until.us, from.us},
                  [&](store::Row const& row) { all.push_back(read_duty(row)); });
    return all;
}

std::optional<DutyPhone> duty_phone(store::Session& session, Directory const& directory, Unit const& unit,
                                    Instant now) {
    for (Unit const* at = &unit; at != nullptr; at = directory.unit(at->parent)) {
        std::optional<Duty> duty;
        session.query(std::string(kColumns) +
                          "kind = 'unit' AND who = $1 AND begins <= $2 AND ends > $2 ORDER BY "
                          "begins DESC, id DESC LIMIT 1",
                      {std::string_view(at->code), now.us}, [&](store::Row const& row) { duty = read_duty(row); });
        if (duty) return DutyPhone{duty->phone, duty->name, at->code, true};
        if (!at->phone.empty()) return DutyPhone{at->phone, at->liaison, at->code, false};
    }
    return std::nullopt;
}

}  // namespace banyan::rota
