#include "main/week.h"

#include <stdexcept>

#include "base/csv.h"
#include "systems/notices/readings.h"

namespace banyan {
namespace {

constexpr std::string_view kNotices = "data/demo/notices.csv";

Csv table(EmbeddedTable files, std::string_view path) {
    auto csv = Csv::parse(embedded(files, path).value_or(""));
    if (!csv || csv->rows().empty()) throw std::runtime_error(std::string(path) + " cannot be read");
    return std::move(*csv);
}

Actor actor_of(Directory const& directory, std::string_view login) {
    Person const* person = directory.person(login);
    if (person == nullptr) throw std::runtime_error("the demo has nobody called " + std::string(login));
    return {person->id, person->role, person->unit, {}, false};
}

Answer take(Engine& engine, Command command) {
    std::string const step = command.step;
    Request request;
    request.what = std::move(command);
    Answer answer = engine.run(std::move(request));
    if (!answer.ok())
        throw std::runtime_error("demo: " + step + ": " + answer.refusal.key + " " + answer.refusal.field);
    return answer;
}

Instant time_of(std::string_view text) { return parse_rfc3339(text).value(); }

/// Seats that were at work when it was pinned have mostly read it; the same ones each time.
void read_it(Engine& engine, MatterId notice, Instant pinned, bool urgent) {
    Instant const now = engine.now();
    auto const rules = engine.rules();
    engine.write_now([&](store::Session& writing) {
        for (Person const* person : notices::readers(*rules->directory, rules->directory->city_centre())) {
            std::int64_t const lot = (person->id.value * 7919 + notice.value) % 100;
            Instant const at = pinned + minutes(urgent ? 1 + lot / 10 : 5 + lot * 3);
            if (lot < (urgent ? 90 : 60) && at < now) notices::put_reading(writing, notice, person->id, at);
        }
    });
}

void tell(Engine& engine, Csv const& csv, CsvRow const& row) {
    auto at = [&](std::string_view column) { return std::string(csv.at(row, column)); };
    auto const rules = engine.rules();
    json::object form{{"sort", at("sort")}, {"title", at("title")}, {"text", at("text")}, {"basis", at("basis")}};
    bool const urgent = at("urgent") == "1";
    if (urgent) form["urgent"] = true;
    if (!at("class").empty()) form["class"] = at("class");
    Command writing;
    writing.actor = actor_of(*rules->directory, at("by"));
    writing.procedure = "notice";
    writing.step = "write_notice";
    writing.form = std::move(form);
    writing.at = time_of(at("written"));
    MatterId const notice = take(engine, std::move(writing)).matter;
    if (at("checked").empty()) return;
    auto then = [&](std::string_view login, std::string step, json::object said, Instant when) {
        Command command;
        command.actor = actor_of(*rules->directory, login);
        command.matter = notice;
        command.step = std::move(step);
        command.form = std::move(said);
        command.at = when;
        take(engine, std::move(command));
    };
    Instant const pinned = time_of(at("checked"));
    then(at("checked_by"), "pin", {{"pin_until", at("until")}}, pinned);
    read_it(engine, notice, pinned, urgent);
    if (at("then") == "unpin") then("lead01", "unpin", {{"reason", at("text")}}, pinned + hours(26));
    if (at("then") == "lapse") {
        Request wake;
        wake.what = Wake{notice, engine.now(), true};
        engine.run(std::move(wake));
    }
}

}  // namespace

int seed_demo_notices(Engine& engine, EmbeddedTable files) {
    Csv const csv = table(files, kNotices);
    for (CsvRow const& row : csv.rows()) tell(engine, csv, row);
    return static_cast<int>(csv.rows().size());
}

}  // namespace banyan
