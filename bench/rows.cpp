#include "rows.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "forms.h"
#include "platform/crypto/random.h"

namespace banyan::bench {
namespace {

std::string columns_of(store::Table const& table) {
    std::string text;
    for (store::Column const& column : table.columns)
        text += (text.empty() ? "" : ", ") + std::string(column.name);
    return text;
}

Row row_of(store::Table const& table, store::Row const& from) {
    Row row;
    for (int i = 0; i < static_cast<int>(table.columns.size()); ++i) {
        Value value{table.columns[static_cast<std::size_t>(i)].type, {}};
        if (from.null(i))
            value.value = std::monostate();
        else if (value.type == store::Type::integer)
            value.value = from.integer(i);
        else
            value.value = std::string(value.type == store::Type::text ? from.text(i) : from.bytes(i));
        row.push_back(std::move(value));
    }
    return row;
}

/// What lies in a table about the matter, as texts of all its values: to see what a step has added or changed.
struct Seen {
    Row row;
    bool operator==(Seen const& other) const {
        return std::ranges::equal(row, other.row, {}, &Value::value, &Value::value);
    }
};

std::vector<Seen> look(store::Session& session, Rows rows, MatterId matter, std::string const& key) {
    store::Table const& in = table(rows);
    std::string_view by = rows == Rows::matter ? "id" : "matter";
    std::vector<Seen> seen;
    auto keep = [&](store::Row const& row) { seen.push_back({row_of(in, row)}); };
    if (rows == Rows::idempotency)
        session.query(fmt::format("SELECT {} FROM {} WHERE key = $1", columns_of(in), in.name),
                      {std::string_view(key)}, keep);
    else
        session.query(fmt::format("SELECT {} FROM {} WHERE {} = $1", columns_of(in), in.name, by), {matter.value},
                      keep);
    return seen;
}

class Teller {
  public:
    Teller(Opened& city, std::uint64_t seed)
        : city_(city), random_(seed), forms_(random_), session_(city.store->open_reader()) {}

    Story tell(std::size_t unit) {
        Story story;
        MatterId matter;
        std::array<std::vector<Seen>, kTables> before;
        for (std::size_t i = 0; i < kSteps; ++i) {
            std::string key;
            append_key(key, random_);
            matter = take(static_cast<Step>(i), unit, matter, key);
            for (std::size_t t = 0; t < kTables; ++t) {
                auto now = look(*session_, static_cast<Rows>(t), matter, key);
                for (Seen const& seen : now)
                    if (std::ranges::find(before[t], seen) == before[t].end()) story[i][t].push_back(seen.row);
                before[t] = std::move(now);
            }
        }
        return story;
    }

  private:
    MatterId take(Step step, std::size_t unit, MatterId matter, std::string const& key) {
        std::string form, login = logins()[account_for(step, unit)];
        forms_.append(form, step, unit, random_);
        Person const* person = city_.installed.rules->directory->person(login);
        Command command;
        command.actor = {person->id, person->role, person->unit, {}, false};
        command.matter = matter;
        command.step = std::string(name(step));
        command.form = boost::json::parse(form).as_object();
        Request request;
        if (!matter) {
            command.procedure = "appeal";
            request.code_hash = crypto::random_bytes(32);
        }
        request.what = std::move(command);
        request.who = "p" + person->id.text();
        request.once = key;
        request.asked = crypto::random_bytes(32);
        Answer answer = city_.engine->run(std::move(request));
        if (!answer.ok())
            throw std::runtime_error(
                fmt::format("{}: {} {}", name(step), answer.refusal.key, answer.refusal.field));
        return answer.matter;
    }

    Opened& city_;
    Random random_;
    Forms forms_;
    std::unique_ptr<store::Session> session_;
};

}  // namespace

store::Table const& table(Rows rows) {
    static store::Table const* const kAll[kTables] = {&kMatterTable,      &kAssignmentTable, &kEventTable,
                                                      &kPersonalTable,    &kBlindTable,      &kQueryCodeTable,
                                                      &kIdempotencyTable, &kOutboxTable};
    return *kAll[static_cast<std::size_t>(rows)];
}

bool replaces(Rows rows) { return rows == Rows::matter || rows == Rows::assignment; }

store::Cell Value::cell() const {
    if (auto const* number = std::get_if<std::int64_t>(&value)) return *number;
    auto const* text = std::get_if<std::string>(&value);
    if (text == nullptr) return std::monostate();
    if (type == store::Type::bytes) return store::Bytes{*text};
    return std::string_view(*text);
}

std::vector<Story> stories(std::string const& folder, std::size_t count) {
    Place place{folder, {}};
    prepare_city(place);
    EngineOptions quiet;
    quiet.timers = quiet.checkpoints = false;
    Opened city(place, quiet);
    city.engine->start();
    Teller teller(city, 12345);
    std::vector<Story> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(teller.tell(i % kUnits));
    city.engine->stop();
    return all;
}

}  // namespace banyan::bench
