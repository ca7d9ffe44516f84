// platform/http/http.h: requests in, replies out; the route table; the server.
//
// One thread, the one that calls Server::run, does all input and output and calls the handlers. A handler answers
// at once or keeps its Respond and answers later from any thread; it must not block. HTTP/1.1 (RFC 9112) without
// TLS: a proxy in front brings that. Everything has a limit (Options).
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "platform/telemetry/log.h"
#include "platform/telemetry/metrics.h"
#include "platform/telemetry/trace.h"

namespace banyan::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };
inline constexpr std::size_t kMethods = 7;
std::string_view name(Method method);  ///< "GET"
std::optional<Method> method_named(std::string_view name);

using NamedValues = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::get;
    std::string path;   ///< percent-decoded UTF-8, begins with '/', without `.` and `..`
    NamedValues query;  ///< percent-decoded UTF-8, in the order sent
    std::string body;
    std::vector<std::string> path_params;  ///< what stood for `{…}` in the pattern, in its order
    std::string remote;                    ///< the peer's address, without port
    std::string request_id;                ///< the caller's X-Request-Id if it is sane, else made
    telemetry::Trace trace;                ///< a child of the caller's, or a new one
    std::string_view route_name;           ///< lives as long as the server; empty: no route

    /// The first field of that name in any case; empty: not sent. Bytes as sent, without spaces around.
    std::string_view header(std::string_view name) const;
    std::string_view query_value(std::string_view name) const;  ///< the first of that name; empty: not sent
    void add_header(std::string_view name, std::string_view value);

  private:
    struct Field {
        std::uint32_t name_at, name_size, value_at, value_size;
    };
    std::string head_;  ///< names and values one after another
    std::vector<Field> fields_;
};

/// A body of application/x-www-form-urlencoded, in the order sent. Nothing: bad percent-encoding, U+0000, no
/// UTF-8.
std::optional<NamedValues> parse_form(std::string_view body);

class EventStream;

struct Reply {
    int status = 200;
    std::string content_type;  ///< empty: none is sent
    std::string body;
    NamedValues headers;                    ///< Content-Length, Date and the like are the server's
    std::shared_ptr<EventStream> events{};  ///< instead of a body: a stream of server-sent events
};

class Answers;   // where replies go; private to the server
struct Ticket {  ///< whose reply it is; private to the server
    std::uint32_t slot = 0;
    std::uint64_t serial = 0;
};

/// Answers one request, once, from any thread. Destroyed without an answer: 500. What comes after the client or
/// the server is gone is dropped.
class Respond {
  public:
    Respond(std::shared_ptr<Answers> to, Ticket ticket);
    /// For tests of handlers without a server.
    explicit Respond(std::function<void(Reply&&)> to);
    Respond(Respond&& other) noexcept = default;
    Respond& operator=(Respond&& other) noexcept;
    ~Respond();

    /// Throws std::logic_error when called twice.
    void operator()(Reply reply);
    /// Many answers at the price of one wake-up of the I/O thread.
    static void all(std::vector<std::pair<Respond, Reply>> answers);

  private:
    void abandon() noexcept;
    std::shared_ptr<Answers> to_;
    Ticket ticket_;
};

/// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) to one client. Hand it over
/// in Reply::events; send from any thread. A client that reads more slowly than `most_waiting` bytes is dropped:
/// it comes back by itself with Last-Event-ID.
class EventStream {
  public:
    explicit EventStream(std::size_t most_waiting_bytes = 64 * 1024);
    /// False: the client is gone. `event` and `id` may be empty; line ends in them are left out.
    bool send(std::string_view event, std::string_view id, std::string_view data);
    void close();  ///< after what was sent
    bool open() const;
    /// Called once, on the I/O thread, when nothing can be sent any more; at once, on this thread, if that is so
    /// already.
    void on_close(std::function<void()> call);

  private:
    friend class ServerCore;
    struct Taken {
        std::string bytes;
        bool ended;
    };
    void attach(std::shared_ptr<Answers> to, Ticket ticket);
    Taken take();
    bool too_slow() const;
    void finish();
    void wake(std::unique_lock<std::mutex> lock);

    std::size_t const most_waiting_bytes_;
    mutable std::mutex mutex_;
    std::string waiting_;
    bool open_ = true, too_slow_ = false, finished_ = false;
    std::function<void()> on_close_;
    std::shared_ptr<Answers> to_;
    Ticket ticket_;
};

using Handle = std::function<void(Request&&, Respond)>;

struct Route {
    Method method = Method::get;
    std::string pattern;  ///< "/api/v1/matters/{id}"; a last `{rest*}` takes all that follows
    std::string name;     ///< "matter.get": the key in logs and metrics
    Handle handle;
    std::size_t most_body = 1024 * 1024;  ///< bytes; more is 413
    bool even_when_busy = false;          ///< answered although most_in_flight is reached: health, metrics
};

/// Words go before `{…}`, `{…}` before `{…*}`. GET answers HEAD too, OPTIONS is answered by the table.
class Routes {
  public:
    Routes();
    /// Throws std::logic_error for a pattern that cannot be read or is taken by the same method.
    void add(Route route);
    template <class Each>
    void for_each(Each each) const {
        for (auto const& route : routes_) each(*route);
    }

    struct Segment {
        std::uint32_t at, size;
    };
    struct Found {
        Route const* route = nullptr;
        std::size_t index = 0;     ///< in the order added
        std::uint8_t methods = 0;  ///< bit = Method: what the path allows; 0: no such path
        std::vector<std::string> params;
    };
    /// `path` decoded, `segments` the parts between its slashes ("/" has none).
    Found find(Method method, std::string_view path, std::vector<Segment> const& segments) const;
    std::size_t size() const { return routes_.size(); }

  private:
    struct Node;
    struct Search;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<Node> nodes_;
    bool search(Search& search, std::size_t node, std::size_t at) const;
    std::size_t child(std::size_t node, std::string_view segment, std::string const& pattern);

  public:
    Routes(Routes&&) noexcept;
    Routes& operator=(Routes&&) noexcept;
    ~Routes();
};

/// The server's own refusals in the words of texts/*.json. The request is null where none could be read; of one
/// that a handler has taken only method, route, ids and Accept-Language are there. Keys: http.malformed,
/// http.version, http.not_found, http.method_not_allowed, http.method_unknown, http.timeout, http.body_too_large,
/// http.header_too_large, http.expectation, http.encoding, http.busy, http.too_many_connections, http.failed.
using ErrorReply = std::function<Reply(int status, std::string_view key, Request const* request)>;
Reply plain_error(int status, std::string_view key,
                  Request const* request);  ///< application/problem+json in English

struct Options {
    std::string listen = "127.0.0.1:12345";  ///< address:port, [v6 address]:port; port 0: any free one
    std::size_t most_connections = 4096;     ///< one more is told 503 and closed
    std::size_t most_in_flight = 4096;  ///< requests handed out and not answered; one more is 503 with Retry-After
    std::size_t most_large_bodies = 32;  ///< of more than 1 MiB that come in at a time; one more is 503
    std::size_t most_header_bytes = 16 * 1024;
    Span header_time = seconds(10);     ///< from the first byte of a request to the end of its header
    Span body_time = seconds(30);       ///< and then for the body; one second more for each 16 KiB received
    Span idle_time = seconds(75);       ///< between requests
    Span write_time = seconds(30);      ///< without the peer taking a byte
    Span drain_time = seconds(30);      ///< at stop: for requests in flight
    Span drain_idle_time = seconds(1);  ///< at stop: for a request that is under way on an idle connection
    Span heartbeat_time = seconds(15);  ///< of event streams
    bool access_log = true;
    std::uint64_t access_log_every = 1;  ///< every n-th request; answers of 500 and more always
    NamedValues headers = {{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "same-origin"}};
    ErrorReply errors = plain_error;
};

class Server {
  public:
    /// Listens at once. Throws std::runtime_error that names the address and why it cannot.
    Server(Options options, Routes routes, telemetry::Log& log, telemetry::Metrics& metrics);
    ~Server();  ///< REQUIRES: run() is not running
    std::uint16_t port() const;
    Routes const& routes() const;
    /// Serves on the calling thread until stop() has drained. Once.
    void run();
    /// From any thread, not from a signal handler: no new connections, requests in flight are finished, further
    /// ones on open connections are answered with `Connection: close`, event streams end.
    void stop();

  private:
    std::unique_ptr<class ServerCore> core_;
};

}  // namespace banyan::http
