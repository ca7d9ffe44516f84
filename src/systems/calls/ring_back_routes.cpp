// Missed calls: the list, claiming, trying, closing.
#include "systems/calls/ring_backs.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

json::object row_of(Office const& office, RingBack const& one) {
    json::object row{{"id", std::to_string(one.id)},
                     {"missed", one.missed},
                     {"opened", rfc3339(one.opened)},
                     {"attempts", one.attempts},
                     {"number", nullptr}};
    if (auto const call = load_call(office.session, one.call)) {
        row["number"] = masked_number(office, *call);
        row["last_missed"] = rfc3339(call->abandoned);
        row["line"] = call->line;
    }
    if (one.open() && one.held(office.book, office.now)) {
        add_person(row, "by", office.directory, one.person);
        row["until"] = rfc3339(one.claimed + office.book.claim_lasts);
    }
    if (!one.open()) {
        row["outcome"] = one.outcome;
        row["closed"] = rfc3339(one.closed);
    }
    return row;
}

json::array acts_json(Office const& office, std::int64_t id) {
    json::array all;
    for (RingBackAct const& act : load_ring_back_acts(office.session, id)) {
        json::object one{{"what", act.what}, {"at", rfc3339(act.at)}};
        add_person(one, "by", office.directory, act.person);
        if (!act.outcome.empty()) one["outcome"] = act.outcome;
        if (!act.note.empty()) one["note"] = act.note;
        all.push_back(std::move(one));
    }
    return all;
}

Result<json::object> list_all(Office const& office, api::Call const& call) {
    Form const form(call.query);
    RingBacksAsked asked;
    asked.open = !form.has("open") || form.flag("open");
    if (form.flag("mine")) asked.mine = office.actor.person;
    asked.after = form.integer("after").value_or(0);
    std::size_t const limit = static_cast<std::size_t>(form.integer("limit").value_or(50));
    asked.limit = limit + 1;
    std::vector<RingBack> found = load_ring_backs(office.session, asked);
    bool const more = found.size() > limit;
    if (more) found.resize(limit);
    json::array rows;
    for (RingBack const& one : found) rows.push_back(row_of(office, one));
    json::object body{{"ring_backs", std::move(rows)},
                      {"hours", office.book.ring_back_hours.text()},
                      {"may_now", office.book.may_ring_back(office.now)}};
    if (more) body["next"] = std::to_string(found.back().id);
    return body;
}

Result<json::object> get(Office const& office, api::Call const& call) {
    auto const id = api::read_id(call.param(0));
    auto const found = id ? load_ring_back(office.session, *id) : std::nullopt;
    if (!found) return refuse("ring_back.unknown");
    return json::object{{"ring_back", row_of(office, *found)}, {"acts", acts_json(office, *id)}};
}

shape::Schema row_shape() {
    using namespace shape;
    return named(
        "ring_back",
        object({{"id", id()},
                {"missed", count("calls of this number")},
                {"opened", instant()},
                {"attempts", count()},
                {"number", or_null(text("masked"))},
                {"last_missed?", instant()},
                {"line?", code("the number that was dialled")},
                {"by?", person_shape()},
                {"until?", instant("so long it is theirs")},
                {"outcome?", one_of({"reached", "wrong_number", "not_reached", "called_again", "not_needed"})},
                {"closed?", instant()}}));
}

shape::Schema one_shape() {
    using namespace shape;
    auto act = object({{"what", one_of({"claim", "release", "unmask", "attempt", "close"})},
                       {"at", instant()},
                       {"by?", person_shape()},
                       {"outcome?", code()},
                       {"note?", text()}});
    return object({{"ring_back", row_shape()}, {"acts", list(std::move(act), "the latest first")}});
}

using Work = std::function<Result<void>(Office const&, std::int64_t, Form const&)>;

struct Route {
    std::string what, path, summary;
    std::vector<Field> body;
    Work act;
};

void add(api::Api& api, Desk& desk, Route route) {
    api.add({.method = http::Method::post,
             .pattern = route.path,
             .name = "ring_back." + route.what,
             .summary = std::move(route.summary),
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Field::Type::code}},
             .body = std::move(route.body),
             .replies = {{200, "it is kept, with who and when"},
                         {404, "there is none"},
                         {409, "over, somebody else's, or not now"}},
             .reply = shape::object({{"ring_back", row_shape()}}),
             .handle = [&desk, act = std::move(route.act)](api::Call&& call, http::Respond respond) {
                 write(
                     desk, std::move(call), std::move(respond),
                     [act](Office const& office, api::Call const& asked) -> Result<json::object> {
                         auto const id = api::read_id(asked.param(0));
                         if (!id) return refuse("ring_back.unknown");
                         BANYAN_CHECK(act(office, *id, Form(asked.body)));
                         return json::object{{"ring_back", row_of(office, *load_ring_back(office.session, *id))}};
                     });
             }});
}

void add_acts(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    Field const note{.name = "note", .most = 500};
    add(api, desk,
        {"claim",
         "/api/v1/ring_backs/{id}/claim",
         "Make it one's own for a while",
         {},
         [](Office const& office, std::int64_t id, Form const&) { return claim(office, id); }});
    add(api, desk,
        {"release",
         "/api/v1/ring_backs/{id}/release",
         "Give it back",
         {},
         [](Office const& office, std::int64_t id, Form const&) { return release(office, id); }});
    add(api, desk,
        {"attempt",
         "/api/v1/ring_backs/{id}/attempt",
         "Somebody rang; reached and wrong_number end it",
         {{.name = "outcome",
           .type = Type::choice,
           .required = true,
           .choices = {"reached", "no_answer", "busy", "wrong_number"}},
          note},
         [](Office const& office, std::int64_t id, Form const& form) {
             return attempt(office, id, form.text("outcome"), form.text("note"));
         }});
    add(api, desk,
        {"close",
         "/api/v1/ring_backs/{id}/close",
         "Not reached after enough attempts, or not needed (by a shift leader)",
         {{.name = "outcome", .type = Type::choice, .required = true, .choices = {"not_reached", "not_needed"}},
          note},
         [](Office const& office, std::int64_t id, Form const& form) {
             return close(office, id, form.text("outcome"), form.text("note"));
         }});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/ring_backs/{id}/unmask",
             .name = "ring_back.unmask",
             .summary = "The number, whole, for who claimed it; kept",
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Type::code}},
             .replies = {{200, "the number"}, {404, "there is none"}, {409, "not one's own"}},
             .reply = shape::object({{"number", shape::text()}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 write(desk, std::move(call), std::move(respond),
                       [](Office const& office, api::Call const& asked) -> Result<json::object> {
                           auto const id = api::read_id(asked.param(0));
                           if (!id) return refuse("ring_back.unknown");
                           BANYAN_TRY(std::string const number, unmask(office, *id));
                           return json::object{{"number", number}};
                       });
             }});
}

}  // namespace

void add_ring_back_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/ring_backs",
         .name = "ring_back.list",
         .summary = "Missed calls to ring back, the longest waiting first; those that are over, the newest first",
         .tag = "calls",
         .roles = calling_roles(),
         .query = {{.name = "open", .type = Type::flag, .about = "left out: true"},
                   {.name = "mine", .type = Type::flag, .about = "that one claimed"},
                   {.name = "limit", .type = Type::integer, .least = 1, .most = 100, .about = "left out: 50"},
                   {.name = "after",
                    .type = Type::integer,
                    .least = 1,
                    .most = std::int64_t{1} << 53,
                    .about = "`next` of the page before"}},
         .replies = {{200, "a page"}},
         .reply = shape::object({{"ring_backs", shape::list(row_shape())},
                                 {"hours", shape::text("when people may be rung")},
                                 {"may_now", shape::flag()},
                                 {"next?", shape::id("`after` of the next page; left out on the last")}}),
         .handle = [&desk](api::Call&& call, http::Respond respond) {
             look(desk, std::move(call), std::move(respond), list_all);
         }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/ring_backs/{id}",
             .name = "ring_back.get",
             .summary = "One, and what was done about it",
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Type::code}},
             .replies = {{200, "one"}, {404, "there is none"}},
             .reply = one_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond), get);
             }});
    add_acts(api, desk);
}

}  // namespace banyan::calls
