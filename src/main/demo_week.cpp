#include "main/demo_week.h"

#include <stdexcept>

#include "base/csv.h"
#include "main/calls.h"
#include "systems/calls/call_checks.h"
#include "systems/calls/caller_limits.h"
#include "systems/notices/readings.h"
#include "systems/rota/duty.h"

namespace banyan {
namespace {

constexpr std::string_view kNotices = "data/demo/notices.csv", kChecks = "data/demo/call_checks.csv",
                           kRota = "data/demo/rota.csv";

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

Command command_on(Actor actor, MatterId matter, std::string step, json::object form, Instant at) {
    Command command;
    command.actor = std::move(actor);
    command.matter = matter;
    command.step = std::move(step);
    command.form = std::move(form);
    command.at = at;
    return command;
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
    Command writing = command_on(actor_of(*rules->directory, at("by")), {}, "write_notice", std::move(form),
                                 time_of(at("written")));
    writing.procedure = "notice";
    MatterId const notice = take(engine, std::move(writing)).matter;
    if (at("checked").empty()) return;
    auto then = [&](std::string_view login, std::string step, json::object said, Instant when) {
        take(engine,
             command_on(actor_of(*rules->directory, login), notice, std::move(step), std::move(said), when));
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

/// Marks that look drawn by lot and are the same each time; every ninth call is a bad one.
json::object marks_of(calls::ScoreCard const& card, std::size_t place, int more) {
    json::array marks;
    std::size_t lot = place * 31 + 7;
    for (calls::CardItem const& item : card.items) {
        lot = lot * 1103515245 + 12345;
        int const lost = static_cast<int>(lot / 65536 % 4);
        int const points = place % 9 == 4 && item.floor > 0 ? item.floor - 1 + more
                           : item.floor == item.points      ? item.points
                                                            : std::max(item.points - lost, item.floor);
        marks.push_back({{"item", item.code}, {"points", std::min(points, item.points)}});
    }
    calls::Score const score = calls::score(card, marks).value();
    return {{"marks", std::move(marks)}, {"points", score.points}, {"passed", score.passed}};
}

/// The first are marked, the last wait; what else happens is in the table.
void check_call(Engine& engine, calls::ScoreCard const& card, Csv const& story, MatterId check, std::size_t place,
                Instant at) {
    constexpr std::size_t kMarked = 18;
    auto const rules = engine.rules();
    auto then = [&](std::string_view login, char const* role, char const* step, json::object form) {
        Actor actor = actor_of(*rules->directory, login);
        actor.role = role;
        if (actor.role == "call_taker") actor.person = {};
        at = at + minutes(1);
        take(engine, command_on(std::move(actor), check, step, std::move(form), at));
    };
    bool fit = place < kMarked;
    for (CsvRow const& row : story.rows())
        if (story.at(row, "place") == std::to_string(place) && story.at(row, "step") == "leave_out") fit = false;
    if (fit) then("lead01", "examiner", "mark_call", marks_of(card, place, 0));
    for (CsvRow const& row : story.rows()) {
        if (story.at(row, "place") != std::to_string(place)) continue;
        std::string_view const step = story.at(row, "step");
        json::object form = step == "change" ? marks_of(card, place, 1) : json::object{};
        form["reason"] = story.at(row, "reason");
        if (step == "leave_out")
            then("lead01", "examiner", "leave_out", std::move(form));
        else if (step == "object")
            then("seat01", "call_taker", "object_to_mark", std::move(form));
        else
            then("check01", "examiner", "change_mark", std::move(form));
    }
}

}  // namespace

int seed_demo_notices(Engine& engine, EmbeddedTable files) {
    Csv const csv = table(files, kNotices);
    for (CsvRow const& row : csv.rows()) tell(engine, csv, row);
    return static_cast<int>(csv.rows().size());
}

int seed_demo_checks(Engine& engine, store::Store& store, crypto::Keyring const& keys, EmbeddedTable files) {
    constexpr std::size_t kDrawn = 24;
    calls::Handbook const book = read_handbook(files);
    calls::ScoreCard const card = read_score_card(files);
    Csv const story = table(files, kChecks);
    Texts const texts = Texts::of(files);
    auto const rules = engine.rules();
    auto const session = store.open_reader();
    Day const yesterday = *parse_day("2026-10-08");
    Instant const began = kBeijing.start_of(yesterday + 1) + hours(8);
    calls::Office const office{*session, book, keys, *rules->directory, actor_of(*rules->directory, "lead01"),
                               began};
    auto const drawn = calls::drawn(yesterday, calls::load_answered(office, yesterday), kDrawn);
    for (std::size_t place = 0; place < drawn.size(); ++place) {
        Command opening = calls::drawing(texts, {drawn[place], yesterday, {}, {}}, "lead01");
        opening.at = began;
        check_call(engine, card, story, take(engine, std::move(opening)).matter, place, began);
    }
    return static_cast<int>(drawn.size());
}

int seed_demo_rota(Engine& engine, EmbeddedTable files) {
    auto const rules = engine.rules();
    auto const read = rota::read_rota(embedded(files, kRota).value_or(""), *rules->directory);
    if (!read || !read->bad.empty()) throw std::runtime_error(std::string(kRota) + " cannot be read");
    Person const* leader = rules->directory->person("lead01");
    engine.write_now([&](store::Session& writing) {
        rota::take_in(writing, read->duties, leader->id, *parse_rfc3339("2026-10-07T16:00:00+08:00"));
    });
    return static_cast<int>(read->duties.size());
}

int seed_demo_limits(Engine& engine, store::Store& store, crypto::Keyring const& keys, EmbeddedTable files) {
    calls::Handbook const book = read_handbook(files);
    Texts const texts = Texts::of(files);
    auto const rules = engine.rules();
    auto const session = store.open_reader();
    Instant const proposed = *parse_rfc3339("2026-10-09T08:10:00+08:00");
    calls::Office const office{*session, book, keys, *rules->directory, actor_of(*rules->directory, "lead01"),
                               proposed};
    calls::CallsAsked asked;
    asked.scope = calls::scope_of(office.actor, office.directory);
    asked.day = kBeijing.day(proposed) - 1;
    asked.closing = "harassing";
    asked.limit = 2;
    int limits = 0;
    for (calls::Call const& call : calls::load_calls(*session, asked)) {
        auto command = calls::proposing(
            office, texts, engine.procedures(),
            {call.id, "nuisance_calls", texts.sentence("choice.harassment.nuisance_calls", Language::zh)});
        if (!command) continue;  // the same number twice
        command->at = proposed;
        MatterId const matter = take(engine, std::move(*command)).matter;
        if (limits++ == 0)
            take(engine,
                 command_on(actor_of(*rules->directory, "sup01"), matter, "set_limit",
                            {{"limited_until", "2026-10-16"}, {"handling", "shortened"}, {"calls_a_day", 2}},
                            proposed + minutes(20)));
    }
    return limits;
}

}  // namespace banyan
