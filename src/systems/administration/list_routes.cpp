// Classes, the dispatch catalogue, the calendar: the system administrator's. A file is looked through first; what
// is wrong with it is said line by line, and nothing of it is taken then.
#include "kernel/engine/redate.h"
#include "systems/administration/desk.h"
#include "systems/administration/lists.h"

namespace banyan::administration {
namespace {

using Type = Field::Type;
constexpr std::int64_t kMostText = 200'000;

Result<Difference> check(Desk const& desk, std::string_view name, std::string_view csv) {
    if (name != "classes" && name != "catalogue") return refuse("catalogue.unknown");
    auto const& catalogues = desk.house.catalogues;
    auto const before = catalogues.find(name), classes = catalogues.find("classes");
    std::string_view const was = before == nullptr ? std::string_view() : std::string_view(*before);
    if (name == "classes") return check_classes(was, csv);
    auto const rules = desk.house.engine.rules();
    return check_dispatch(was, csv, classes == nullptr ? "code,parent\n" : std::string_view(*classes),
                          *rules->directory);
}

json::object difference_json(Difference const& made) {
    return {{"rows", made.rows}, {"added", made.added}, {"changed", made.changed}, {"removed", made.removed}};
}

http::Reply try_list(Desk& desk, store::Session&, api::Call& call) {
    auto const made = check(desk, call.param(0), Form(call.body).text("csv"));
    if (!made && made.error().key == "catalogue.unknown") return no(desk, call, made.error());
    json::object body = difference_json(made ? *made : Difference{});
    body["bad"] = made ? json::array() : faults_json(desk.house.texts, made.error());
    return api::json_reply(200, body);
}

Result<Done> take_list(Desk& desk, store::Session& writing, api::Call const& call) {
    std::string const name(call.param(0)),
        csv = std::string(Form(call.body).text("csv")) + "\n";  // texts are trimmed
    BANYAN_TRY(Difference const made, check(desk, name, csv));
    put_catalogue(writing, name, csv, desk.house.engine.now());
    json::object const body = difference_json(made);
    return Done{.body = body, .act = "list.change", .subject = name, .detail = body};
}

/// What a list of days adds to the one in force.
struct Merged {
    Calendar calendar;
    int added = 0, changed = 0;
};
Result<Merged> merged(Desk const& desk, std::string_view csv) {
    BANYAN_TRY(Calendar const list, Calendar::parse(csv));
    if (list.listed().empty()) return refuse("calendar.nothing", "csv");
    auto const before = desk.house.engine.calendar();
    Merged made{before->merged_with(list), 0, 0};
    for (ListedDay const& day : list.listed()) {
        auto const was = std::ranges::find(before->listed(), day.day, &ListedDay::day);
        if (was == before->listed().end())
            ++made.added;
        else if (*was != day)
            ++made.changed;
    }
    return made;
}

json::object days_json(Merged const& made) {
    return {{"listed", made.calendar.listed().size()}, {"added", made.added}, {"changed", made.changed}};
}

http::Reply try_days(Desk& desk, store::Session&, api::Call& call) {
    auto const made = merged(desk, Form(call.body).text("csv"));
    json::object body{{"listed", 0}, {"added", 0}, {"changed", 0}};
    if (made) body = days_json(*made);
    body["bad"] = made ? json::array() : faults_json(desk.house.texts, made.error());
    return api::json_reply(200, body);
}

void date_again(Desk& desk, PersonId by) {
    desk.dating.start(by, [&desk](OnProgress const& on_progress) {
        desk.dated_again = 0;
        auto const session = desk.store.open_reader();
        desk.dated_again = redate(desk.house.engine, *session, on_progress);
    });
}

Result<Done> take_days(Desk& desk, store::Session& writing, api::Call const& call) {
    if (desk.dating.state().stage == Errand::Stage::running) return refuse("calendar.dating");
    BANYAN_TRY(Merged const made, merged(desk, Form(call.body).text("csv")));
    put_catalogue(writing, "calendar", made.calendar.csv(), desk.house.engine.now());
    json::object const body = days_json(made);
    PersonId const by = call.actor().person;
    return Done{
        .body = body, .act = "calendar.import", .subject = "calendar", .detail = body, .afterwards = [&desk, by] {
            date_again(desk, by);
        }};
}

http::Reply dating(Desk& desk, store::Session&, api::Call&) {
    json::object body = errand_json(desk.dating.state(), *desk.house.engine.rules()->directory);
    body["dated_again"] = desk.dated_again.load();
    return api::json_reply(200, body);
}

template <class Take>
auto taking(Desk& desk, Take take) {
    return [&desk, take](api::Call&& call, http::Respond respond) {
        make_change(
            desk, std::move(call), std::move(respond),
            [&desk, take](store::Session& writing, api::Call const& asked) { return take(desk, writing, asked); });
    };
}

void add_catalogues(api::Api& api, Desk& desk) {
    using namespace shape;
    Field const which{.name = "name", .type = Type::choice, .choices = {"classes", "catalogue"}};
    std::vector<Field> const body{{.name = "csv", .required = true, .most = kMostText, .about = "the whole list"}};
    auto difference = object({{"rows", count()}, {"added", count()}, {"changed", count()}, {"removed", count()}});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/lists/{name}/try",
             .name = "list.try",
             .summary = "Look a list through: what it would change, and every line that is wrong",
             .tag = "administration",
             .roles = {"system_admin"},
             .path = {which},
             .body = body,
             .replies = {{200, "nothing is changed"}, {404, "there is no such list"}},
             .reply = extended(difference, {{"bad", faults_shape()}}),
             .handle = looking(desk, try_list),
             .most_body = 1U << 20});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/lists/{name}",
             .name = "list.change",
             .summary = "Take a list in the place of the one in force; refused whole when a line is wrong",
             .tag = "administration",
             .roles = {"system_admin"},
             .path = {which},
             .body = body,
             .replies = {{200, "it is in force"}, {404, "there is no such list"}, {422, "a line is wrong"}},
             .reply = difference,
             .handle = taking(desk, take_list),
             .most_body = 1U << 20});
}

}  // namespace

void add_list_operations(api::Api& api, Desk& desk) {
    using namespace shape;
    add_catalogues(api, desk);
    std::vector<Field> const body{
        {.name = "csv", .required = true, .most = kMostText, .about = "date,name,kind: off or work"}};
    auto days = object({{"listed", count("days in all, then")}, {"added", count()}, {"changed", count()}});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/calendar/try",
             .name = "calendar.try",
             .summary = "Look a list of days off and made-up days through",
             .tag = "administration",
             .roles = {"system_admin"},
             .body = body,
             .replies = {{200, "nothing is changed"}},
             .reply = extended(days, {{"bad", faults_shape()}}),
             .handle = looking(desk, try_days),
             .most_body = 1U << 20});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/calendar",
             .name = "calendar.import",
             .summary = "Take days in; dues that were provisional are then dated again, later and never earlier",
             .tag = "administration",
             .roles = {"system_admin"},
             .body = body,
             .replies = {{200, "they hold"},
                         {409, "an earlier one is still being worked off"},
                         {422, "a line is wrong"}},
             .reply = days,
             .handle = taking(desk, take_days),
             .most_body = 1U << 20});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/calendar/dating",
             .name = "calendar.dating",
             .summary = "How far the dating anew is, or how it ended",
             .tag = "administration",
             .roles = {"system_admin"},
             .replies = {{200, "of this server, since its start"}},
             .reply = extended(errand_shape(), {{"dated_again", count("matters")}}),
             .handle = looking(desk, dating)});
}

}  // namespace banyan::administration
