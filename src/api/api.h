// api/api.h: operations: a route, the field tables that parse what comes in, and its description, in one.
//
// Handlers get values that were read by the tables; /openapi.json is made from the same tables, so what is
// described is what is checked. Refusals leave as application/problem+json (RFC 9457) with a stable key and both
// languages.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/class_names.h"
#include "api/hints.h"
#include "api/sessions.h"
#include "kernel/engine/engine.h"
#include "kernel/engine/installation.h"
#include "kernel/procedure/shape.h"
#include "kernel/procedure/texts.h"
#include "platform/http/http.h"
#include "platform/store/readers.h"

namespace banyan::api {

/// What a system is given to work with. Made by main, outlives the server.
struct House {
    Engine& engine;
    store::Readers& readers;
    Sessions& sessions;
    crypto::Keyring const& keys;
    Texts const& texts;
    telemetry::Log& log;
    std::string name;  ///< of the city
    bool demo = false;
    Catalogues catalogues;
    bool practice = false;  ///< nothing of it is real: said on every page
};

/// One request on its way: parsed, and who asks.
struct Call {
    http::Request request;
    json::object query, body;  ///< as the tables allow
    std::optional<Session> session;
    Language language = Language::zh;
    std::string_view param(std::size_t n) const {
        return n < request.path_params.size() ? std::string_view(request.path_params[n]) : "";
    }
    Actor actor() const { return session ? session->actor : Actor{}; }
};

enum class Who { anyone, signed_in };

struct Operation {
    http::Method method;
    std::string pattern, name, summary, tag;
    Who who = Who::signed_in;
    std::vector<std::string> roles;  ///< empty: every role
    std::vector<Field> path;         ///< what stands for {…}: described, read by the handler
    std::vector<Field> query, body;
    std::vector<std::pair<int, std::string>> replies;  ///< status → what it means; the usual refusals go without
    shape::Schema reply;                               ///< of each 2xx but 204
    std::string reply_type = "application/json";       ///< or several, between commas
    std::string body_type;  ///< as reply_type; empty: JSON, read by `body`; else the handler reads request.body
    std::function<void(Call&&, http::Respond)> handle;
    bool takes_key = false;  ///< an Idempotency-Key: read_headers()
    std::size_t most_body = 256 * 1024;
    bool even_when_busy = false;

    /// A POST has a body, if only an empty object: what is in it and not known is refused.
    bool takes_body() const { return method == http::Method::post || !body.empty(); }
    bool takes_json() const { return takes_body() && body_type.empty(); }
};

class Api {
  public:
    explicit Api(House& house) : house_(house) {}
    void add(Operation operation);
    http::Routes routes();          ///< with /openapi.json
    json::object describe() const;  ///< OpenAPI 3.1
    std::vector<Operation> const& operations() const { return operations_; }

  private:
    void enter(Operation const& operation, http::Request&& request, http::Respond respond);

    House& house_;
    std::vector<Operation> operations_;
    std::shared_ptr<std::string const> described_;
};

http::Reply json_reply(int status, json::value const& body);
http::Reply json_text_reply(int status, std::string body);
/// Refusal → problem+json; the status follows from the key.
http::Reply problem(Refusal const& refusal, Texts const& texts, Language language,
                    http::Request const* request = nullptr);
/// Who gets an answer that comes later.
struct Asker {
    Language language;
    std::string request_id;
};
Asker asker_of(Call const& call);
/// As problem(); what a machine said goes to the log.
http::Reply refused(House& house, Asker const& asker, Refusal const& refusal);
shape::Schema problem_shape();
/// A sentence of texts/ in both languages: {zh, en}.
json::object sentence_json(Texts const& texts, std::string_view key,
                           std::vector<std::pair<std::string, std::string>> const& params = {});
/// What is wrong with a line of a file (0: with the whole): line, key, column, text.
json::object bad_line_json(Texts const& texts, Refusal const& refusal, std::int64_t line);
shape::Schema bad_line_shape();
shape::Schema description_shape();  ///< of /openapi.json itself
int status_of(std::string_view key);
/// Proposals for who asks (hints.h).
HintTokens hint_tokens(House const& house, Call const& call);
/// An id as JSON carries it: a text of at most 16 digits.
std::optional<std::int64_t> read_id(std::string_view text);
/// A receipt number, or an id: no id reads as a receipt number.
std::optional<MatterId> read_matter(std::string_view text);
/// The server's own refusals (http::Options::errors).
http::ErrorReply errors_in_words(Texts const& texts);

/// Runs a query on a reader thread and answers; a full pool is 503, a slow query 503 with its key.
void query(House& house, Call call, http::Respond respond, std::function<http::Reply(store::Session&, Call&)> job);
/// What a step that opens a matter gives: its outcome and, this once, the query code.
shape::Schema opened_shape();
/// Idempotency-Key and If-Match, for an operation with `takes_key`; refused: header.idempotency_key,
/// header.if_match.
Result<void> read_headers(Call const& call, Request& request, Command& command);
/// Gives what is to be opened a query code of its own, which the answer tells this once.
std::string give_code(House& house, Request& request);
std::string with_code(Answer const& answer, std::string const& code);
/// Submits a command and answers 200/201 after its commit.
void command(House& house, Call const& call, Request request, http::Respond respond, int status,
             std::function<std::string(Answer const&)> body = {});

}  // namespace banyan::api
