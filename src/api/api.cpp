#include "api/api.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/engine/view.h"

namespace banyan::api {
namespace {

Language language_for(http::Request const& request) {
    std::string_view asked = request.query_value("lang");
    return language_of(asked.empty() ? request.header("accept-language") : asked);
}

/// Query parameters as the values their fields ask for: "5" is a number where the table says integer.
Result<json::object> read_query(std::vector<Field> const& fields, http::NamedValues const& given) {
    json::object values;
    for (auto const& [name, value] : given) {
        if (name == "lang") continue;
        if (values.contains(name)) return refuse("query.twice", name);
        auto field = std::ranges::find(fields, name, &Field::name);
        if (field != fields.end() && field->type == Field::Type::integer) {
            auto number = read_id(value);
            if (!number) return refuse("field.type", "query." + name, {{"type", "integer"}});
            values[name] = *number;
        } else if (field != fields.end() && field->type == Field::Type::flag) {
            if (value != "true" && value != "false")
                return refuse("field.type", "query." + name, {{"type", "flag"}});
            values[name] = value == "true";
        } else {
            values[name] = value;
        }
    }
    return read_form(fields, std::move(values), "query");
}

bool unsafe(http::Method method) {
    return method != http::Method::get && method != http::Method::head && method != http::Method::options;
}

Result<Call> admit(House& house, Operation const& operation, http::Request&& request) {
    Call call;
    call.request = std::move(request);
    call.language = language_for(call.request);
    call.session = house.sessions.find(call.request);
    if (operation.who == Who::signed_in && !call.session) return refuse("session.needed");
    if (call.session && call.session->by_cookie && unsafe(operation.method)) {
        std::string_view csrf = call.request.header("x-csrf-token");
        if (csrf.empty()) return refuse("csrf.missing");
        if (!crypto::equal(csrf, call.session->csrf)) return refuse("csrf.wrong");
    }
    if (!operation.roles.empty() &&
        std::ranges::find(operation.roles, call.session->actor.role) == operation.roles.end())
        return refuse("step.wrong_desk", {}, {{"step", operation.name}, {"role", call.session->actor.role}});
    if (operation.tag == "pages") return call;  // links people send each other carry all sorts of parameters
    BANYAN_TRY(call.query, read_query(operation.query, call.request.query));
    if (operation.takes_json()) {
        std::string_view type = call.request.header("content-type");
        if (!call.request.body.empty() && !type.empty() && !type.starts_with("application/json"))
            return refuse("http.type");
        BANYAN_TRY(json::object body,
                   read_json_object(call.request.body.empty() ? std::string_view("{}")
                                                              : std::string_view(call.request.body)));
        BANYAN_TRY(call.body, read_form(operation.body, std::move(body), ""));
    }
    return call;
}

}  // namespace

HintTokens hint_tokens(House const& house, Call const& call) {
    return {house.keys, call.session ? std::string_view(call.session->who) : std::string_view(), wall_clock()};
}

std::optional<std::int64_t> read_id(std::string_view text) {
    if (text.empty() || text.size() > 16 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return std::stoll(std::string(text));
}

std::optional<MatterId> read_matter(std::string_view text) {
    if (auto const named = read_receipt_number(text)) return named;
    if (text.starts_with('0')) return std::nullopt;  // a number that was read or typed wrongly
    auto const id = read_id(text);
    return id ? std::optional(MatterId(*id)) : std::nullopt;
}

int status_of(std::string_view key) {
    struct Rule {
        std::string_view prefix;
        int status;
    };
    static constexpr Rule kRules[] = {
        {"json.", 400},
        {"query.", 400},
        {"cursor.", 400},
        {"header.", 400},
        {"session.needed", 401},
        {"session.wrong", 401},
        {"code.wrong", 401},
        {"session.locked", 423},
        {"code.locked", 423},
        {"session.busy", 503},
        {"csrf.", 403},
        {"step.wrong_desk", 403},
        {"step.not_yours", 403},
        {"key.unknown", 403},
        {"matter.unknown", 404},
        {"assignment.unknown", 404},
        {"procedure.unknown", 404},
        {"step.unknown", 404},
        {"route.unknown", 404},
        {"topic.unknown", 404},
        {"item.unknown", 404},
        {"item.not_in_force", 409},
        {"item.version_changed", 409},
        {"item.elsewhere", 409},
        {"licence.unknown", 404},
        {"account.needed", 401},
        {"payment.", 409},
        {"rating.twice", 409},
        {"rating.too_early", 409},
        {"draft.too_many", 409},
        {"hall.loading", 503},
        {"hall.unknown", 404},
        {"appointment.unknown", 404},
        {"appointment.", 409},
        {"slot.full", 409},
        {"ticket.unknown", 404},
        {"ticket.", 409},
        {"window.unknown", 422},
        {"window.not_yours", 403},
        {"window.", 409},
        {"hall_file.unknown", 404},
        {"revision.unknown", 404},
        {"revision.stale", 412},
        {"revision.own", 403},
        {"revision.not_your_unit", 403},
        {"revision.not_drafting", 409},
        {"revision.open", 409},
        {"revision.not_published", 409},
        {"revision.changed_meanwhile", 409},
        {"revision.not_the_one", 409},
        {"catalogue.unknown", 404},
        {"unit.not_found", 404},
        {"entry.unknown", 404},
        {"entry.has_matter", 409},
        {"entry.in_review", 409},
        {"entry.overtaken", 409},
        {"entry.proposed_before", 409},
        {"mark.twice", 409},
        {"mark.no_account", 403},
        {"knowledge.staff_only", 403},
        {"law.unknown", 404},
        {"call.unknown", 404},
        {"seat.unknown", 404},
        {"seat.break_unknown", 404},
        {"ring_back.unknown", 404},
        {"month.unknown", 404},
        {"month.unreadable", 422},
        {"month.future", 422},
        {"call.not_a_telephone", 403},
        {"handover.unknown", 404},
        {"person.unknown", 404},
        {"person.login_twice", 409},
        {"person.yourself", 409},
        {"person.last", 409},
        {"person.ended", 409},
        {"person.has_keys", 409},
        {"key.not_there", 404},
        {"calendar.dating", 409},
        {"verification.running", 409},
        {"message.unknown", 404},
        {"message.", 409},
        {"rulebook.unknown_", 409},
        {"rulebook.unknown", 404},
        {"rulebook.no_check", 404},
        {"rulebook.too_many", 503},
        {"rulebook.other_name", 422},
        {"rulebook.", 409},
        {"notice.unknown", 404},
        {"notice.not_pinned", 409},
        {"call_check.unknown", 404},
        {"rota.unknown", 404},
        {"rota.no_phone", 404},
        {"call_check.own_call", 403},
        {"call_check.not_yours", 403},
        {"caller_limit.already", 409},
        {"caller_limit.not_yours", 403},
        {"version.stale", 412},
        {"step.out_of_turn", 409},
        {"close.", 409},
        {"rate.", 409},
        {"call_back.rating_open", 409},
        {"claim.", 409},
        {"assignment.out_of_turn", 409},
        {"assignment.which", 409},
        {"matter.already", 409},
        {"topic.", 409},
        {"call.answered", 409},
        {"call.abandoned", 409},
        {"call.closed", 409},
        {"call_report.other", 409},
        {"seat.break_too_long", 422},
        {"seat.", 409},
        {"ring_back.", 409},
        {"month.", 409},
        {"correction.", 409},
        {"figures.behind", 503},
        {"http.type", 415},
        {"file.type", 415},
        {"file.other_type", 415},
        {"file.too_large", 413},
        {"file.too_many", 409},
        {"file.used", 409},
        {"file.damaged", 500},
        {"server.failed", 500},
        {"server.unsure", 500},
        {"search.unavailable", 503},
        {"search.not_yours", 403},
        {"server.", 503},
        {"store.", 503},
    };
    for (auto const& rule : kRules)
        if (key.starts_with(rule.prefix)) return rule.status;
    return 422;
}

http::Reply json_text_reply(int status, std::string body) {
    return {status, "application/json; charset=utf-8", std::move(body), {{"Cache-Control", "no-store"}}, {}};
}
http::Reply json_reply(int status, json::value const& body) {
    return json_text_reply(status, json::serialize(body));
}

json::object sentence_json(Texts const& texts, std::string_view key,
                           std::vector<std::pair<std::string, std::string>> const& params) {
    return {{"zh", texts.sentence(key, Language::zh, params)}, {"en", texts.sentence(key, Language::en, params)}};
}

json::object bad_line_json(Texts const& texts, Refusal const& refusal, std::int64_t line) {
    return {{"line", line},
            {"key", refusal.key},
            {"column", refusal.field},
            {"text", sentence_json(texts, "refusal." + refusal.key, refusal.params)}};
}

shape::Schema bad_line_shape() {
    using namespace shape;
    return object({{"line", count("of the file, from 1; 0: the whole")},
                   {"key", code()},
                   {"column", text()},
                   {"text", names_shape()}});
}

http::Reply problem(Refusal const& refusal, Texts const& texts, Language language, http::Request const* request) {
    int status = status_of(refusal.key);
    auto one = [&](Refusal const& each) {
        std::string key = "refusal." + each.key;
        json::object object{{"key", each.key},
                            {"title", texts.sentence(key, language, each.params)},
                            {"text", sentence_json(texts, key, each.params)}};
        if (!each.field.empty()) object["field"] = each.field;
        if (!each.params.empty()) {
            json::object params;
            for (auto const& [name, value] : each.params)
                if (name != "what") params[name] = value;  // what a machine said is for the log
            if (!params.empty()) object["params"] = std::move(params);
        }
        return object;
    };
    json::object body = one(refusal);
    body["type"] = "/errors/" + refusal.key;
    body["status"] = status;
    if (request != nullptr) body["request"] = request->request_id;
    if (!refusal.others.empty()) {
        json::array others;
        for (Refusal const& other : refusal.others) others.push_back(one(other));
        body["others"] = std::move(others);
    }
    http::Reply reply{status,
                      "application/problem+json; charset=utf-8",
                      json::serialize(body),
                      {{"Cache-Control", "no-store"}},
                      {}};
    if (status == 503) reply.headers.emplace_back("Retry-After", "1");
    if (status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
}

Asker asker_of(Call const& call) { return {call.language, call.request.request_id}; }

http::Reply refused(House& house, Asker const& asker, Refusal const& refusal) {
    auto what = std::ranges::find(refusal.params, "what", &std::pair<std::string, std::string>::first);
    if (what == refusal.params.end()) return problem(refusal, house.texts, asker.language);
    house.log.error("request.failed", {{"key", refusal.key}, {"what", what->second}}, {asker.request_id, nullptr});
    http::Request origin;
    origin.request_id = asker.request_id;
    return problem(refusal, house.texts, asker.language, &origin);
}

shape::Schema problem_shape() {
    using namespace shape;
    auto one = object({{"key", text("stable name of the refusal")},
                       {"title", text("in the caller's language")},
                       {"text", names_shape()},
                       {"field?", text("which one is wrong: form.title")},
                       {"params?", map(text(), "what stands in the text")}});
    return named("problem",
                 extended(one, {{"type", text("/errors/ and the key")},
                                {"status", integer()},
                                {"request?", text("its id in the log")},
                                {"others?", list(named("fault", one), "further faults of the same form")}}));
}

http::ErrorReply errors_in_words(Texts const& texts) {
    return [&texts](int status, std::string_view key, http::Request const* request) {
        Language language = request != nullptr ? language_for(*request) : Language::zh;
        http::Reply reply = problem({std::string(key), {}, {}, {}}, texts, language, request);
        json::object body = json::parse(reply.body).as_object();
        body["status"] = status;
        reply.body = json::serialize(body);
        reply.status = status;
        return reply;
    };
}

namespace {

/// As long as a UUID: nobody comes upon another's by chance.
constexpr std::size_t kUnlikelyTwice = 32;

/// Whose keys these are. Somebody without a session may come back from another address (a telephone that changes
/// its network): a long key is theirs there too, a short one such as "1" belongs to the address.
std::string owner_of_key(Call const& call, std::string_view key) {
    if (call.session) return call.session->who;
    return key.size() >= kUnlikelyTwice ? "anyone" : "anyone@" + call.request.remote;
}

}  // namespace

Result<void> read_headers(Call const& call, Request& request, Command& command) {
    if (std::string_view key = call.request.header("idempotency-key"); !key.empty()) {
        if (key.size() > 128 || !is_utf8(key)) return refuse("header.idempotency_key", "Idempotency-Key");
        request.once = std::string(key);
        request.who = owner_of_key(call, key);
        request.asked = std::string(crypto::view(crypto::sm3(call.request.path + "\n" + call.request.body)));
    }
    if (std::string_view match = call.request.header("if-match"); !match.empty() && match != "*") {
        if (match.size() >= 2 && match.front() == '"') match = match.substr(1, match.size() - 2);
        if (match.empty() || match.size() > 9 || match.find_first_not_of("0123456789") != std::string_view::npos)
            return refuse("header.if_match", "If-Match");
        command.version = std::stoi(std::string(match));
    }
    return {};
}

std::string give_code(House& house, Request& request) {
    request.code = Sessions::make_code();
    request.code_hash = Sessions::code_hash(house.keys, request.code);
    return request.code;
}

std::string with_code(Answer const& answer, std::string const& code) {
    // A repeated answer has no code: it was told once, and only its hash is kept.
    if (answer.kind == Answer::Kind::repeated || answer.body.empty()) return answer.body;
    return answer.body.substr(0, answer.body.size() - 1) + ",\"code\":\"" + code + "\"}";
}

shape::Schema opened_shape() {
    return shape::named("opened",
                        shape::extended(outcome_shape(), {{"code?", shape::text("query code; told this once")}}));
}

void query(House& house, Call call, http::Respond respond,
           std::function<http::Reply(store::Session&, Call&)> job) {
    auto held = std::make_shared<std::pair<Call, http::Respond>>(std::move(call), std::move(respond));
    bool taken = house.readers.submit(
        [held, job = std::move(job)](store::Session& session) { held->second(job(session, held->first)); },
        [held, &house](std::exception const& error) {
            auto const* broken = dynamic_cast<store::Error const*>(&error);
            bool slow = broken != nullptr && broken->kind() == store::Error::Kind::timeout;
            house.log.error("query.failed", {{"what", std::string_view(error.what())}},
                            {held->first.request.request_id, &held->first.request.trace});
            held->second(problem({slow ? "server.slow" : "server.failed", {}, {}, {}}, house.texts,
                                 held->first.language, &held->first.request));
        });
    if (!taken)
        held->second(
            problem({"server.busy", {}, {}, {}}, house.texts, held->first.language, &held->first.request));
}

void command(House& house, Call const& call, Request request, http::Respond respond, int status,
             std::function<std::string(Answer const&)> body) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    request.done = [held, &house, asker = asker_of(call), status, body = std::move(body)](Answer&& answer) {
        if (answer.ok()) {
            http::Reply reply = json_text_reply(answer.kind == Answer::Kind::repeated ? 200 : status,
                                                body ? body(answer) : std::move(answer.body));
            if (answer.kind == Answer::Kind::repeated) reply.headers.emplace_back("Idempotency-Replayed", "true");
            return (*held)(std::move(reply));
        }
        (*held)(refused(house, asker, answer.refusal));
    };
    if (!house.engine.submit(std::move(request)))
        (*held)(problem({"server.busy", {}, {}, {}}, house.texts, call.language, &call.request));
}

void Api::add(Operation operation) { operations_.push_back(std::move(operation)); }

void Api::enter(Operation const& operation, http::Request&& request, http::Respond respond) {
    Language const language = language_for(request);
    std::string const request_id = request.request_id;
    Result<Call> call = admit(house_, operation, std::move(request));
    if (!call) {
        http::Request origin;
        origin.request_id = request_id;
        return respond(problem(call.error(), house_.texts, language, &origin));
    }
    operation.handle(std::move(*call), std::move(respond));
}

http::Routes Api::routes() {
    add({.method = http::Method::get,
         .pattern = "/openapi.json",
         .name = "openapi",
         .summary = "This description",
         .tag = "about",
         .who = Who::anyone,
         .replies = {{200, "OpenAPI 3.1"}},
         .reply = description_shape(),
         .handle = [this](Call&&, http::Respond respond) { respond(json_text_reply(200, *described_)); }});
    described_ = std::make_shared<std::string const>(json::serialize(describe()));
    http::Routes routes;
    for (Operation const& operation : operations_) {
        routes.add({operation.method, operation.pattern, operation.name,
                    [this, &operation](http::Request&& request, http::Respond respond) {
                        if (!house_.sessions.unheard_of(request))
                            return enter(operation, std::move(request), std::move(respond));
                        auto held = std::make_shared<std::pair<http::Request, http::Respond>>(std::move(request),
                                                                                              std::move(respond));
                        house_.sessions.look_up(held->first, [this, &operation, held] {
                            enter(operation, std::move(held->first), std::move(held->second));
                        });
                    },
                    operation.most_body, operation.even_when_busy});
    }
    return routes;
}

}  // namespace banyan::api
