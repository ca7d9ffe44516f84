// platform/http/server_core.h: the server behind http.h. Included by server.cpp (connections come and go) and
// exchange.cpp (requests and replies), which are all of Beast and Asio.
//
// One thread, the one in run(), touches connections; others only put letters into the Mailbox.
#pragma once
#include "platform/http/connection.h"
// (first: it decides how Beast asserts)
#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <thread>

#include "platform/http/answers.h"

namespace banyan::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

inline constexpr std::size_t kSmallBuffer = 4 * 1024;
inline constexpr std::size_t kLargeBody = 16 * 1024;   ///< is moved, not copied, to the network
inline constexpr std::size_t kHugeBody = 1024 * 1024;  ///< only so many at a time

inline std::int64_t steady_us() {
    auto const now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

class ServerCore;

/// A wake-up costs a system call and a turn of the loop, so only a letter into an empty box causes one.
class Mailbox final : public Answers {
  public:
    explicit Mailbox(ServerCore& server, asio::io_context& io) : server_(server), io_(io) {}
    void put(Letter&& letter) override;
    void put_all(std::vector<Letter>&& letters) override;
    void collect(std::vector<Letter>& into) {
        std::lock_guard lock(mutex_);
        into.swap(letters_);
    }
    void close();
    std::atomic<std::thread::id> io_thread{};

  private:
    void wake();
    ServerCore& server_;
    asio::io_context& io_;
    std::mutex mutex_;
    std::vector<Letter> letters_;
    bool closed_ = false;
};

class ServerCore {
  public:
    ServerCore(Options options, Routes routes, telemetry::Log& log, telemetry::Metrics& metrics);
    ~ServerCore();
    void run();
    void stop();
    void collect();                        ///< letters of other threads
    static void give_up(Letter& letter) {  ///< nobody is there to read it
        if (letter.reply.events) letter.reply.events->finish();
    }
    bool answer_inside(Letter& letter);  ///< the handler that is running answers its own request

    Routes const routes;
    tcp::endpoint where;

  private:
    enum class Step : std::uint8_t { again, needs_bytes, waits };

    void listen();
    void accept();
    void on_accept(ErrorCode ec);
    void adopt(Socket&& socket);
    Connection& free_connection();

    void read(Connection& c);
    void on_read(Connection& c, ErrorCode ec, std::size_t bytes);
    void process(Connection& c);
    Step advance(Connection& c);
    bool begin(Connection& c);
    Step stopped(Connection& c, ErrorCode ec);
    bool has_room_for_body(Connection& c);
    void body_is_over(Connection& c) { large_bodies_ -= std::exchange(c.large_body, false) ? 1 : 0; }
    void identify(Connection& c, Incoming& incoming);
    Step dispatch(Connection& c);
    void hand_over(Connection& c, Route const& route);

    void deliver(Letter& letter);
    void refuse(Connection& c, int status, std::string_view key);
    Reply error(int status, std::string_view key, Request const* request);
    void finish(Connection& c, Reply reply);
    void record(Connection& c, int status, std::size_t bytes);
    bool flush(Connection& c);
    void write_rest(Connection& c);
    void on_written(Connection& c, ErrorCode ec, std::size_t bytes);
    void pump(Connection& c);
    void append_event_bytes(Connection& c, std::string_view bytes);
    void linger(Connection& c);
    void close(Connection& c);
    void release_if_quiet(Connection& c);

    void tick();
    void check(Connection& c, std::int64_t now);
    void begin_drain();
    void stop_if_empty();

    Options options_;
    telemetry::Log& log_;
    asio::io_context io_{
        BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};  // posts come from any thread, sockets belong to one
    asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor_{io_};
    Socket arriving_{io_};
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               asio::io_context::executor_type>
        timer_{io_};
    std::shared_ptr<Mailbox> mailbox_;
    std::vector<Letter> collected_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<std::uint32_t> free_;
    std::size_t open_ = 0, in_flight_ = 0, large_bodies_ = 0;
    std::uint64_t serials_ = 0, answered_ = 0;
    telemetry::RandomIds ids_;
    std::string date_;
    std::int64_t date_second_ = 0;
    Span tick_;
    std::atomic<bool> stopping_{false};
    bool accepting_ = false, draining_ = false;
    std::int64_t drain_deadline_us_ = 0;

    std::vector<telemetry::RouteMetrics> route_metrics_;  ///< as routes, then one for no route
    telemetry::Gauge& open_gauge_;
    telemetry::Gauge& in_flight_gauge_;
    telemetry::Gauge& streams_gauge_;
    telemetry::Counter& accepted_;
    telemetry::Counter& surplus_;
    telemetry::Counter& busy_;
    telemetry::Counter& malformed_;
    telemetry::Counter& timed_out_;
    telemetry::Counter& slow_streams_;
    telemetry::Counter& wakeups_;
};

}  // namespace banyan::http
