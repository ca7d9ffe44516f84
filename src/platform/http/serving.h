// platform/http/serving.h: the real server on a loopback port for as long as a test lasts.
#pragma once
#include <thread>

#include "platform/http/client.h"
#include "platform/http/http.h"

namespace banyan::http {

/// Fast deadlines, no access log, any port.
inline Options for_tests() {
    Options options;
    options.listen = "127.0.0.1:0";
    options.access_log = false;
    options.drain_idle_time = Span{100'000};
    return options;
}

class Serving {
  public:
    explicit Serving(Routes routes, Options options = for_tests())
        : server(std::move(options), std::move(routes), log, metrics), thread_([this] { server.run(); }) {}
    ~Serving() { stop(); }
    void stop() {
        server.stop();
        if (thread_.joinable()) thread_.join();
    }
    Client client() const { return Client("127.0.0.1", server.port()); }
    /// What comes back for these bytes, until the server closes.
    std::string raw(std::string_view bytes) const {
        Wire wire("127.0.0.1", server.port());
        try {
            wire.send(bytes);
            wire.finish_sending();
        } catch (std::runtime_error const&) {
        }  // it may have answered and closed already
        return wire.all();
    }
    double metric(std::string_view sample) const {
        auto const text = metrics.text();
        auto const at = text.find("\n" + std::string(sample) + " ");
        return at == std::string::npos ? -1 : std::stod(text.substr(at + sample.size() + 2));
    }

    telemetry::Log log{telemetry::Level::off};
    telemetry::Metrics metrics;
    Server server;

  private:
    std::thread thread_;
};

inline Reply text_reply(std::string body, int status = 200) { return {status, "text/plain", std::move(body), {}}; }

/// hello, an echo of the body, of parameters and query, a failing handler.
inline Routes usual_routes() {
    Routes routes;
    routes.add({Method::get, "/hello", "hello", [](Request&&, Respond respond) { respond(text_reply("hello")); }});
    routes.add({Method::post, "/echo", "echo",
                [](Request&& request, Respond respond) { respond(text_reply(std::move(request.body))); },
                64 * 1024});
    routes.add({Method::get, "/matters/{id}/steps/{step}", "step.get", [](Request&& request, Respond respond) {
                    std::string out = request.path_params[0] + "|" + request.path_params[1];
                    for (auto const& [key, value] : request.query) out += "|" + key + "=" + value;
                    respond(text_reply(std::move(out)));
                }});
    routes.add({Method::get, "/fails", "fails",
                [](Request&&, Respond) { throw std::runtime_error("secret of the house"); }});
    routes.add({Method::get, "/forgets", "forgets", [](Request&&, Respond) {}});
    routes.add({Method::get, "/ids", "ids", [](Request&& request, Respond respond) {
                    respond(
                        text_reply(request.request_id + " " + request.trace.traceparent() + " " + request.remote));
                }});
    return routes;
}

}  // namespace banyan::http
