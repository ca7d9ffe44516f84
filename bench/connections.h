// bench/connections.h: keep-alive HTTP/1.1 connections of a load generator: one thread, epoll, as little work as
// can be.
//
// One request is under way on each connection. Knows only answers with Content-Length, which is all the server
// sends to commands.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::bench {

class Connections {
  public:
    /// To each port as many as to the others.
    Connections(std::span<std::uint16_t const> ports, std::size_t count);
    Connections(std::uint16_t port, std::size_t count) : Connections(std::span(&port, 1), count) {}
    ~Connections();
    Connections(Connections const&) = delete;

    std::size_t count() const { return all_.size(); }
    /// Where the next request of a connection is written; empty it first. REQUIRES: none is under way on it.
    std::string& request(std::size_t connection) { return all_[connection].out; }
    void send(std::size_t connection);
    std::size_t under_way() const { return under_way_; }

    /// Waits for answers and hands on each: connection, status, body. The next request may be sent from inside.
    using OnAnswer = std::function<void(std::size_t connection, int status, std::string_view body)>;
    void wait(
        OnAnswer const& on_answer);  ///< throws when a connection is closed, or nothing comes for half a minute

  private:
    struct Connection {
        int socket = -1;
        std::string out, in;
        std::size_t sent = 0;
        bool waits_to_write = false;
    };
    void watch(std::size_t connection, bool writing);
    void write(std::size_t connection);
    void read(std::size_t connection, OnAnswer const& on_answer);

    int epoll_ = -1;
    std::vector<Connection> all_;
    std::size_t under_way_ = 0;
};

}  // namespace banyan::bench
