#include "drive.h"

#include <boost/json.hpp>
#include <chrono>

#include "platform/http/client.h"

namespace banyan::bench {

using Steady = std::chrono::steady_clock;

namespace {

std::vector<std::uint16_t> ports_of(std::vector<Server*> const& servers) {
    std::vector<std::uint16_t> ports;
    for (Server const* server : servers) ports.push_back(server->port());
    return ports;
}

}  // namespace

std::vector<std::string> sign_in_all(std::uint16_t port) {
    http::Client client("127.0.0.1", port);
    std::vector<std::string> tokens;
    for (std::string const& login : logins()) {
        std::string body = boost::json::serialize(boost::json::object{{"login", login}, {"password", kPassword}});
        http::Answer answer =
            client.request(http::Method::post, "/api/v1/sessions", {{"Content-Type", "application/json"}}, body);
        if (answer.status != 201) throw std::runtime_error("signing in as " + login + ": " + answer.body);
        tokens.emplace_back(boost::json::parse(answer.body).at("token").as_string());
    }
    return tokens;
}

Drive::Drive(std::vector<Server*> servers, Load load, PostgresCost const* postgres)
    : servers_(std::move(servers)),
      postgres_(postgres),
      work_(load, sign_in_all(servers_.front()->port())),
      connections_(ports_of(servers_), load.connections) {}

double Drive::cpu_us() const {
    double sum = 0;
    for (Server const* server : servers_) sum += bench::cpu_us(server->pid()).value_or(0);
    return sum;
}

double Drive::written_kb() const {
    double sum = 0;
    for (Server const* server : servers_) sum += bench::written_kb(server->pid());
    return sum;
}

double Drive::batches() const {
    constexpr std::string_view kName = "\nbanyan_writer_batch_commands_count ";
    double sum = 0;
    for (Server const* server : servers_) {
        std::string const text =
            http::Client("127.0.0.1", server->port()).request(http::Method::get, "/metrics").body;
        std::size_t const at = text.find(kName);
        if (at != std::string::npos) sum += std::stod(text.substr(at + kName.size()));
    }
    return sum;
}

Measured Drive::take(std::size_t steps) {
    Measured measured;
    std::size_t const filed = work_.filed();
    double const batches_before = batches(), server_before = cpu_us(), written_before = written_kb();
    auto const postgres_before = postgres_ != nullptr ? postgres_->cpu_us() : std::nullopt;
    double const client_before = own_cpu_us();
    auto const began = Steady::now();

    std::vector<Steady::time_point> sent(connections_.count());
    std::vector<std::size_t> idle;
    auto send_next = [&](std::size_t connection, Steady::time_point now) {
        std::string& request = connections_.request(connection);
        request.clear();
        if (!work_.write_next(connection, request)) return idle.push_back(connection);
        sent[connection] = now;
        connections_.send(connection);
        ++measured.requests;
    };
    work_.allow(steps);
    for (std::size_t i = 0; i < connections_.count(); ++i) send_next(i, Steady::now());
    while (connections_.under_way() > 0) {
        connections_.wait([&](std::size_t connection, int status, std::string_view body) {
            auto const now = Steady::now();
            measured.latencies.add(std::chrono::duration<double, std::micro>(now - sent[connection]).count());
            measured.steps += work_.answered(connection, status, body);
            send_next(connection, now);
        });
        for (std::vector<std::size_t> again = std::exchange(idle, {}); std::size_t connection : again)
            send_next(connection, Steady::now());
    }

    measured.seconds = std::chrono::duration<double>(Steady::now() - began).count();
    measured.client_cpu_us = own_cpu_us() - client_before;
    measured.server_cpu_us = cpu_us() - server_before;
    measured.written_kb = written_kb() - written_before;
    if (postgres_before) measured.postgres_cpu_us = postgres_->cpu_us().value_or(0) - *postgres_before;
    measured.batches = batches() - batches_before;
    measured.filed = work_.filed() - filed;
    if (measured.steps != steps) throw std::runtime_error("steps are missing");
    return measured;
}

}  // namespace banyan::bench
