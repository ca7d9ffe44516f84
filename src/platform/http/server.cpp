// Connections come and go; letters of other threads are fetched.
#include "platform/http/server_core.h"
// (first)
#include <sys/resource.h>
#include <boost/asio/post.hpp>

namespace banyan::http {
namespace {

constexpr std::size_t kRoomForRefusals = 64;  ///< connections above the limit that are told so
constexpr std::int64_t kBodyBytesPerSecond = 16 * 1024;

tcp::endpoint parse_listen(std::string const& listen) {
    auto const colon = listen.rfind(':');
    if (colon == std::string::npos) throw std::runtime_error("cannot listen on " + listen + ": no port");
    auto host = listen.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host == "localhost") host = "127.0.0.1";
    ErrorCode ec;
    auto const address = asio::ip::make_address(host, ec);
    auto const port_text = listen.substr(colon + 1);
    bool const digits = !port_text.empty() && port_text.size() <= 5 &&
                        port_text.find_first_not_of("0123456789") == std::string::npos;
    auto const port = digits ? std::stoi(port_text) : -1;
    if (ec || port < 0 || port > 65535)
        throw std::runtime_error("cannot listen on " + listen + ": not ADDRESS:PORT");
    return {address, static_cast<std::uint16_t>(port)};
}

/// Room for the files of a full house; what the system refuses shows as failed accepts.
void raise_file_limit(std::size_t files) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= files) return;
    limit.rlim_cur = std::min<rlim_t>(files, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

void Mailbox::put(Letter&& letter) {
    if (std::this_thread::get_id() == io_thread.load(std::memory_order_relaxed) && server_.answer_inside(letter))
        return;
    {
        std::lock_guard lock(mutex_);
        if (!closed_) {
            letters_.push_back(std::move(letter));
            if (letters_.size() == 1) wake();
            return;
        }
    }
    ServerCore::give_up(letter);
}

void Mailbox::put_all(std::vector<Letter>&& letters) {
    {
        std::lock_guard lock(mutex_);
        if (!closed_ && !letters.empty()) {
            bool const first = letters_.empty();
            for (auto& letter : letters) letters_.push_back(std::move(letter));
            if (first) wake();
            return;
        }
    }
    for (auto& letter : letters) ServerCore::give_up(letter);
}

/// REQUIRES: mutex_ is held, so that io_ is still there.
void Mailbox::wake() {
    asio::post(io_, [this] { server_.collect(); });
}

void Mailbox::close() {
    io_thread = std::thread::id{};
    std::vector<Letter> left;
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
        left.swap(letters_);
    }
    for (auto& letter : left) ServerCore::give_up(letter);
}

ServerCore::ServerCore(Options options, Routes table, telemetry::Log& log, telemetry::Metrics& metrics)
    : routes(std::move(table)),
      where(parse_listen(options.listen)),
      options_(std::move(options)),
      log_(log),
      mailbox_(std::make_shared<Mailbox>(*this, io_)),
      open_gauge_(metrics.gauge("banyan_http_connections", "Connections open.")),
      in_flight_gauge_(metrics.gauge("banyan_http_requests_in_flight", "Requests handed out and not answered.")),
      streams_gauge_(metrics.gauge("banyan_http_event_streams", "Browsers that listen to events.")),
      accepted_(metrics.counter("banyan_http_connections_total", "Connections accepted.")),
      surplus_(metrics.counter("banyan_http_connections_refused_total", "Connections above the limit.")),
      busy_(metrics.counter("banyan_http_busy_total", "Requests refused because too many were in flight.")),
      malformed_(metrics.counter("banyan_http_malformed_total", "Requests that could not be read.")),
      timed_out_(
          metrics.counter("banyan_http_timeouts_total", "Connections closed because the client was too slow.")),
      slow_streams_(metrics.counter("banyan_http_slow_streams_total",
                                    "Event streams dropped because the client was too slow.")),
      wakeups_(metrics.counter("banyan_http_wakeups_total", "Times other threads woke the I/O thread.")) {
    for (auto const* limit : {&options_.header_time, &options_.body_time, &options_.idle_time,
                              &options_.write_time, &options_.heartbeat_time})
        tick_ = tick_.us == 0 ? *limit : std::min(tick_, *limit);
    tick_ = std::clamp(Span{tick_.us / 4}, Span{10'000}, Span{250'000});
    routes.for_each([&](Route const& route) { route_metrics_.emplace_back(metrics, route.name); });
    route_metrics_.emplace_back(metrics, "none");
    raise_file_limit(options_.most_connections + 256);
    listen();
}

ServerCore::~ServerCore() {
    mailbox_->close();
    for (auto& c : connections_)
        if (c->open) close(*c);
}

void ServerCore::listen() {
    ErrorCode ec;
    acceptor_.open(where.protocol(), ec);
    if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor_.bind(where, ec);
    if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
    if (!ec) acceptor_.non_blocking(true, ec);
    if (!ec) where = acceptor_.local_endpoint(ec);
    if (ec) throw std::runtime_error("cannot listen on " + options_.listen + ": " + ec.message());
}

void ServerCore::run() {
    mailbox_->io_thread = std::this_thread::get_id();
    tick();
    while (!io_.stopped()) {
        try {
            io_.run();
        } catch (std::exception const& e) {  // the edge: one connection suffers, its deadline closes it
            log_.error("http.io_failed", {{"what", e.what()}});
        }
    }
    mailbox_->close();
    for (auto& c : connections_)
        if (c->open) close(*c);
}

void ServerCore::stop() {
    if (stopping_.exchange(true)) return;
    asio::post(io_, [this] { begin_drain(); });
}

// ---- connections come ----

void ServerCore::accept() {
    accepting_ = true;
    acceptor_.async_accept(arriving_, [this](ErrorCode ec) { on_accept(ec); });
}

void ServerCore::on_accept(ErrorCode ec) {
    accepting_ = false;
    if (!ec) adopt(std::move(arriving_));
    if (draining_) return stop_if_empty();
    if (!ec || ec == asio::error::connection_aborted) return accept();
    log_.error("http.accept_failed", {{"why", ec.message()}});  // no more files: tick() tries again
}

Connection& ServerCore::free_connection() {
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(connections_.size()));
        connections_.push_back(std::make_unique<Connection>(io_, free_.back()));
    }
    auto& c = *connections_[free_.back()];
    free_.pop_back();
    return c;
}

void ServerCore::adopt(Socket&& socket) {
    accepted_.add();
    bool const surplus = open_ >= options_.most_connections;
    if (surplus) surplus_.add();
    ErrorCode ec;
    auto const peer = socket.remote_endpoint(ec);
    if (ec || open_ >= options_.most_connections + kRoomForRefusals) return;
    socket.set_option(tcp::no_delay(true), ec);
    socket.non_blocking(true, ec);
    auto& c = free_connection();
    c.socket = std::move(socket);
    c.remote = peer.address().to_string();
    c.phase = Phase::idle;
    c.open = true;
    c.reading = c.writing = c.counted = c.keep_alive = c.http10 = c.echo_trace = false;
    c.in_begin = c.in_end = c.sent = 0;
    c.out.clear();
    c.tail.clear();
    c.deadline_us = steady_us() + (draining_ ? options_.drain_idle_time.us : options_.idle_time.us);
    open_gauge_.set(static_cast<std::int64_t>(++open_));
    if (surplus) {
        refuse(c, 503, "http.too_many_connections");
        flush(c);
    } else {
        read(c);
    }
}

void ServerCore::stop_if_empty() {
    if (draining_ && open_ == 0 && !accepting_) io_.stop();
}

/// One coarse clock for all deadlines: four times as fine as the shortest, and no timer per operation.
void ServerCore::tick() {
    auto const now = steady_us();
    auto const second = wall_clock().us / 1'000'000;
    if (second != date_second_) {
        date_ = http_date(second);
        date_second_ = second;
        log_.flush();
    }
    for (std::size_t i = 0; i < connections_.size(); ++i)
        if (connections_[i]->open) check(*connections_[i], now);
    if (draining_ && now > drain_deadline_us_) return io_.stop();
    if (!draining_ && !accepting_) accept();
    timer_.expires_after(
        std::chrono::microseconds(draining_ ? std::min<std::int64_t>(tick_.us, 20'000) : tick_.us));
    timer_.async_wait([this](ErrorCode ec) {
        if (!ec) tick();
    });
}

void ServerCore::check(Connection& c, std::int64_t now) {
    if (c.writing) {
        if (now > c.write_deadline_us) timed_out_.add(), close(c);
        return;
    }
    if (c.phase == Phase::streaming) {
        if (now < c.heartbeat_us) return;
        c.heartbeat_us = now + options_.heartbeat_time.us;
        append_event_bytes(c, ":\n\n");
        flush(c);
        return;
    }
    auto const grace = c.phase == Phase::body
                           ? static_cast<std::int64_t>(c.incoming->received) * 1'000'000 / kBodyBytesPerSecond
                           : 0;
    if (c.deadline_us == 0 || now <= c.deadline_us + grace) return;
    if (c.phase == Phase::header || c.phase == Phase::body) {
        timed_out_.add();
        refuse(c, 408, "http.timeout");
        flush(c);
    } else {
        close(c);
    }
}

void ServerCore::begin_drain() {
    auto const now = steady_us();
    ErrorCode ec;
    for (;;) {  // who was let in by the operating system is served once
        Socket socket(io_);
        acceptor_.accept(socket, ec);
        if (ec) break;
        adopt(std::move(socket));
    }
    draining_ = true;
    drain_deadline_us_ = now + options_.drain_time.us;
    acceptor_.close(ec);
    log_.info("http.draining", {{"connections", open_}, {"in_flight", in_flight_}});
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        auto& c = *connections_[i];
        if (!c.open) continue;
        if (c.phase == Phase::idle) c.deadline_us = std::min(c.deadline_us, now + options_.drain_idle_time.us);
        if (c.phase == Phase::streaming) c.events->close();
    }
    timer_.cancel();
    tick();
    stop_if_empty();
}

// ---- the public face ----

Server::Server(Options options, Routes routes, telemetry::Log& log, telemetry::Metrics& metrics)
    : core_(std::make_unique<ServerCore>(std::move(options), std::move(routes), log, metrics)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return core_->where.port(); }
Routes const& Server::routes() const { return core_->routes; }
void Server::run() { core_->run(); }
void Server::stop() { core_->stop(); }

}  // namespace banyan::http
