#include "kernel/engine/installation.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/csv.h"
#include "base/text.h"
#include "kernel/engine/succession.h"

namespace banyan {
namespace {

store::Table const kUnitTable{"unit",
                              {{"id", store::Type::integer},
                               {"parent", store::Type::integer},
                               {"code", store::Type::text},
                               {"zh", store::Type::text},
                               {"en", store::Type::text},
                               {"level", store::Type::integer},
                               {"region", store::Type::text},
                               {"class", store::Type::text},
                               {"duties", store::Type::text},
                               {"liaison", store::Type::text},
                               {"phone", store::Type::text},
                               {"office_hours", store::Type::text},
                               {"heir", store::Type::integer},
                               {"ended_at", store::Type::integer}},
                              {"id"}};

/// Lists that rules ask about: `convenience`, the classes with convenience = 1; `duties`, UNIT/CLASS for each
/// class that the duty list of a town, street or village names.
Lists lists_of(std::map<std::string, std::string, std::less<>> const& catalogues, Directory const& directory) {
    Lists lists;
    auto& convenience = lists["convenience"];
    auto& duties = lists["duties"];
    auto classes = catalogues.find("classes");
    if (classes == catalogues.end()) return lists;
    if (auto table = Csv::parse(classes->second))
        for (CsvRow const& row : table->rows()) {
            std::string const code(table->at(row, "code"));
            std::string_view const zh = table->at(row, "zh");
            if (table->at(row, "convenience") == "1") convenience.insert(code);
            auto names = [&](std::string const& duty) { return !zh.empty() && duty.find(zh) != duty.npos; };
            for (Unit const& unit : directory.units())
                if (unit.is_town_or_below() && std::ranges::any_of(unit.duties, names))
                    duties.insert(fmt::format("{}/{}", unit.code, code));
        }
    return lists;
}

}  // namespace

void put_units(store::Session& session, std::vector<Unit> const& units) {
    RowBuffer rows;
    for (Unit const& unit : units) {
        std::string duties;
        for (std::string const& duty : unit.duties) duties += (duties.empty() ? "" : "\n") + duty;
        rows.integer(unit.id.value);
        rows.integer(unit.parent.value);
        rows.text(unit.code);
        rows.text(unit.zh);
        rows.text(unit.en);
        rows.integer(unit.level);
        rows.text(unit.region);
        rows.text(unit.group);
        rows.text(std::move(duties));
        rows.text(unit.liaison);
        rows.text(unit.phone);
        rows.text(unit.office_hours);
        rows.integer(unit.heir.value);
        rows.integer(unit.ended_at.us);
    }
    session.write(kUnitTable, rows.cells());
}

void put_person(store::Session& session, crypto::Keyring const& keys, Person const& person,
                std::string_view password) {
    std::string phone = keys.seal(crypto::place("person", person.id.value, "phone"), person.phone);
    session.execute(
        "INSERT INTO person (id, login, role, unit, zh, en, phone, employer, password, wrong, locked_until) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0)",
        {person.id.value, std::string_view(person.login), std::string_view(person.role), person.unit.value,
         std::string_view(person.zh), std::string_view(person.en), store::Bytes{phone},
         std::string_view(person.employer), password});
}

void change_person(store::Session& session, crypto::Keyring const& keys, Person const& person) {
    std::string phone = keys.seal(crypto::place("person", person.id.value, "phone"), person.phone);
    session.execute(
        "UPDATE person SET role = $1, unit = $2, zh = $3, en = $4, phone = $5, employer = $6 WHERE id = $7",
        {std::string_view(person.role), person.unit.value, std::string_view(person.zh),
         std::string_view(person.en), store::Bytes{phone}, std::string_view(person.employer), person.id.value});
}

void put_password(store::Session& session, PersonId person, std::string_view password) {
    session.execute("UPDATE person SET password = $1, wrong = 0, locked_until = 0 WHERE id = $2",
                    {password, person.value});
}

void put_reorganised(store::Session& session, Reorganised const& done) {
    put_units(session, done.changed);
    for (auto const& [ended, heir] : done.succeeded)
        session.execute("UPDATE person SET unit = $1 WHERE unit = $2", {heir.value, ended.value});
}

std::int64_t open_shares(store::Session& session, UnitId unit) {
    std::int64_t n = 0;
    session.query(
        "SELECT COUNT(*) FROM assignment a JOIN matter m ON m.lane = a.lane AND m.id = a.matter WHERE a.unit = $1 "
        "AND a.progress <= 3 AND m.open = 1",
        {unit.value}, [&](store::Row const& row) { n = row.integer(0); });
    return n;
}

void put_catalogue(store::Session& session, std::string_view name, std::string_view text, Instant now) {
    session.execute(
        "INSERT INTO catalogue (name, text, at) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET text = "
        "excluded.text, at = excluded.at",
        {name, text, now.us});
}

Result<std::string> put_procedure(store::Session& session, std::string_view toml, Instant now) {
    BANYAN_TRY(std::shared_ptr<Procedure> procedure, read_procedure(toml));
    std::string hash = crypto::hex(crypto::sm3(toml));
    session.execute("UPDATE procedure SET current = 0 WHERE name = $1", {std::string_view(procedure->name)});
    session.execute(
        "INSERT INTO procedure (hash, name, version, source, current, at) VALUES ($1, $2, $3, $4, 1, $5) "
        "ON CONFLICT (hash) DO UPDATE SET current = 1",
        {std::string_view(hash), std::string_view(procedure->name), std::int64_t{procedure->version}, toml,
         now.us});
    return hash;
}

void install_defaults(store::Session& session, EmbeddedTable table, Instant now) {
    std::int64_t procedures = 0, calendars = 0, heads = 0;
    session.query("SELECT COUNT(*) FROM head", {}, [&](store::Row const& row) { heads = row.integer(0); });
    if (heads == 0) {  // all lanes from the beginning: a batch locks their rows
        RowBuffer rows;
        for (std::int64_t lane = 0; lane < kLanes; ++lane) {
            rows.integer(lane);
            rows.integer(0);
            rows.integer(0);
            rows.bytes(std::string(32, '\0'));
            rows.bytes(std::string(16, '\0'));
        }
        session.append(kHeadTable, rows.cells());
        session.execute("INSERT INTO tally_position (lane, event) VALUES (0, 0)");  // whoever counts locks it
    }
    session.query("SELECT COUNT(*) FROM procedure", {},
                  [&](store::Row const& row) { procedures = row.integer(0); });
    session.query("SELECT COUNT(*) FROM catalogue WHERE name = 'calendar'", {},
                  [&](store::Row const& row) { calendars = row.integer(0); });
    if (procedures == 0)
        for (EmbeddedFile const& file : embedded_under(table, "procedures/"))
            if (auto put = put_procedure(session, file.bytes(), now); !put)
                throw std::runtime_error(std::string(file.path) + ": " + put.error().key);
    if (calendars == 0)
        if (auto csv = embedded(table, "data/calendar/holidays.csv"))
            put_catalogue(session, "calendar", *csv, now);
}

Installed load_installation(store::Session& session, crypto::Keyring const& keys, std::string_view roles,
                            Checks checks) {
    Installed installed;
    installed.rules = std::make_shared<Rules>();
    installed.rules->checks = std::move(checks);
    session.query("SELECT hash, source, current FROM procedure ORDER BY at, hash", {}, [&](store::Row const& row) {
        auto procedure = read_procedure(row.text(1));
        if (!procedure)
            throw std::runtime_error("rulebook " + std::string(row.text(0)) + ": " + procedure.error().key);
        (*procedure)->hash = std::string(row.text(0));
        installed.procedures[(*procedure)->hash] = *procedure;
        if (row.integer(2) != 0) installed.rules->procedures[(*procedure)->name] = *procedure;
    });
    if (auto const fit = openings_fit(*installed.rules); !fit) {
        auto const& said = fit.error().params;
        throw std::runtime_error(
            fmt::format("rulebook {}: step.{} opens {}.{}, which is no step that the clock begins a matter with",
                        said[0].second, said[1].second, said[2].second, said[3].second));
    }
    std::vector<Unit> units;
    session.query(
        "SELECT id, parent, code, zh, en, level, region, class, duties, liaison, phone, office_hours, "
        "heir, ended_at FROM unit ORDER BY id",
        {}, [&](store::Row const& row) {
            units.push_back({UnitId(row.integer(0)), UnitId(row.integer(1)), std::string(row.text(2)),
                             std::string(row.text(3)), std::string(row.text(4)), static_cast<int>(row.integer(5)),
                             std::string(row.text(6)), std::string(row.text(7)), split(row.text(8), "\n"),
                             std::string(row.text(9)), std::string(row.text(10)), std::string(row.text(11)),
                             UnitId(row.integer(12)), Instant{row.integer(13)}});
        });
    std::vector<Person> people;
    session.query("SELECT id, login, role, unit, zh, en, phone, employer FROM person ORDER BY id", {},
                  [&](store::Row const& row) {
                      auto phone = keys.open(crypto::place("person", row.integer(0), "phone"), row.bytes(6));
                      people.push_back({PersonId(row.integer(0)), std::string(row.text(1)),
                                        std::string(row.text(2)), UnitId(row.integer(3)), std::string(row.text(4)),
                                        std::string(row.text(5)), phone.value_or(""), std::string(row.text(7))});
                  });
    installed.rules->directory = std::make_shared<Directory>(std::move(units), std::move(people));
    auto access = Access::read(roles);
    if (!access) throw std::runtime_error("roles.toml: " + access.error().key);
    installed.rules->access = std::make_shared<Access>(std::move(*access));
    session.query("SELECT name, text FROM catalogue", {}, [&](store::Row const& row) {
        installed.catalogues[std::string(row.text(0))] = std::string(row.text(1));
    });
    installed.rules->lists = lists_of(installed.catalogues, *installed.rules->directory);
    auto calendar = Calendar::parse(installed.catalogues["calendar"]);
    if (!calendar) throw std::runtime_error("calendar: " + calendar.error().key);
    installed.calendar = std::make_shared<Calendar const>(std::move(*calendar));
    return installed;
}

}  // namespace banyan
