// One connection's bytes become requests, replies become bytes.
#include "platform/http/server_core.h"
// (first)
#include <fmt/format.h>
#include <boost/asio/buffer.hpp>

#include <cstring>

namespace banyan::http {
namespace {

constexpr std::size_t kBodyBuffer = 64 * 1024;
constexpr std::size_t kMostUnsent = 64 * 1024;  ///< further pipelined requests wait until it is written
constexpr std::int64_t kLinger_us = 2'000'000;

bool is_request_id(std::string_view text) {
    constexpr std::string_view kAlso = "._-";
    for (char c : text)
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              kAlso.find(c) != kAlso.npos))
            return false;
    return !text.empty() && text.size() <= 64;
}

}  // namespace

// ---- bytes come ----

void ServerCore::read(Connection& c) {
    if (c.reading) return;
    if (c.in_begin == c.in_end) c.in_begin = c.in_end = 0;
    bool const large = c.phase == Phase::body && c.incoming->content_length_remaining().value_or(0) > kLargeBody;
    auto const wanted = large ? kBodyBuffer : kSmallBuffer;
    if (c.phase == Phase::idle && c.in.size() > kLargeBody + kSmallBuffer && c.in_end == 0) c.in = {};
    if (c.in.size() < wanted) c.in.resize(wanted);
    if (c.in.size() - c.in_end < 1024 && c.in_begin > 0) {
        std::memmove(c.in.data(), c.in.data() + c.in_begin, c.unparsed());
        c.in_end -= std::exchange(c.in_begin, 0);
    }
    if (c.in_end == c.in.size()) c.in.resize(c.in.size() * 2);  // advance() sees to it that it is not endless
    c.reading = true;
    c.socket.async_read_some(asio::buffer(c.in.data() + c.in_end, c.in.size() - c.in_end),
                             [this, &c](ErrorCode ec, std::size_t bytes) { on_read(c, ec, bytes); });
}

void ServerCore::on_read(Connection& c, ErrorCode ec, std::size_t bytes) {
    c.reading = false;
    if (!c.open) return release_if_quiet(c);
    if (ec) return close(c);
    if (!c.takes_requests()) return read(c);  // streaming, lingering: dropped
    c.in_end += bytes;
    process(c);
}

/// As many requests as are here and may be answered now, then their replies in one write.
void ServerCore::process(Connection& c) {
    for (Step step = Step::again; step == Step::again;) {
        if (!flush(c)) return;
        step = Step::waits;
        while (c.takes_requests() && c.tail.empty() && c.unsent() < kMostUnsent &&
               (step = advance(c)) == Step::again) {
        }
    }
    if (!flush(c)) return;
    if (c.phase == Phase::streaming)
        pump(c);
    else if (c.takes_requests())
        read(c);
}

bool ServerCore::begin(Connection& c) {
    while (c.unparsed() > 0 && (c.in[c.in_begin] == '\r' || c.in[c.in_begin] == '\n'))
        ++c.in_begin;  // RFC 9112 2.2
    if (c.unparsed() == 0) return false;
    c.incoming.emplace(routes, Incoming::Limits{options_.most_header_bytes});
    c.told_to_continue = false;
    c.phase = Phase::header;
    c.deadline_us = steady_us() + options_.header_time.us;
    return true;
}

ServerCore::Step ServerCore::advance(Connection& c) {
    if (c.phase == Phase::idle && !begin(c)) return Step::needs_bytes;
    if (c.unparsed() == 0) return Step::needs_bytes;
    auto& incoming = *c.incoming;
    ErrorCode ec;
    c.in_begin += incoming.put({c.in.data() + c.in_begin, c.unparsed()}, ec);
    if (c.phase == Phase::header && incoming.header_done()) {
        c.phase = Phase::body;
        c.deadline_us = steady_us() + options_.body_time.us;
    }
    if (!has_room_for_body(c)) {
        busy_.add();
        refuse(c, 503, "http.busy");
        return Step::waits;
    }
    if (ec) return stopped(c, ec);
    if (incoming.is_done()) return dispatch(c);
    return stopped(c, boost::beast::http::error::need_more);
}

/// Films are taken in memory: not as many at once as there are connections.
bool ServerCore::has_room_for_body(Connection& c) {
    if (c.large_body || c.incoming->received <= kHugeBody) return true;
    if (large_bodies_ >= options_.most_large_bodies) return false;
    ++large_bodies_;
    return c.large_body = true;
}

ServerCore::Step ServerCore::stopped(Connection& c, ErrorCode ec) {
    namespace beast = boost::beast::http;
    auto const& incoming = *c.incoming;
    if (incoming.broken.status) {
        refuse(c, incoming.broken.status, incoming.broken.key);
    } else if (ec == beast::error::header_limit ||
               (!incoming.header_done() && c.unparsed() > options_.most_header_bytes + kSmallBuffer)) {
        refuse(c, 431, "http.header_too_large");
    } else if (ec == beast::error::need_more && c.unparsed() <= options_.most_header_bytes + kSmallBuffer) {
        if (c.phase == Phase::body && incoming.expects_continue && !c.told_to_continue && incoming.received == 0) {
            c.told_to_continue = true;
            c.out += "HTTP/1.1 100 Continue\r\n\r\n";
        }
        return Step::needs_bytes;
    } else if (ec == beast::error::bad_version) {
        refuse(c, 505, "http.version");
    } else {
        refuse(c, 400, "http.malformed");
    }
    return Step::waits;
}

// ---- requests ----

void ServerCore::identify(Connection& c, Incoming& incoming) {
    auto& request = incoming.request;
    request.remote = c.remote;
    if (auto const id = request.header("x-request-id"); is_request_id(id))
        request.request_id = id;
    else
        request.request_id = ids_.request_id();
    auto const caller = telemetry::parse_traceparent(incoming.traceparent);
    request.trace = caller ? ids_.child_of(*caller) : ids_.begin();

    c.serial = ++serials_;
    c.received_us = steady_us();
    c.echo_trace = caller.has_value();
    c.http10 = incoming.http10;
    c.metrics = incoming.found.route ? incoming.found.index : routes.size();
    c.about = Request{};
    c.about.method = request.method;
    c.about.request_id = request.request_id;
    c.about.trace = request.trace;
    c.about.route_name = request.route_name;
    if (auto const language = request.header("accept-language"); !language.empty())
        c.about.add_header("Accept-Language", language);
}

ServerCore::Step ServerCore::dispatch(Connection& c) {
    auto& incoming = *c.incoming;
    identify(c, incoming);
    body_is_over(c);
    c.keep_alive = incoming.keep_alive();
    c.phase = Phase::handling;
    c.deadline_us = 0;
    auto const& found = incoming.found;
    if (auto const refused = incoming.refused; refused.status) {
        Reply reply =
            refused.status == 204 ? Reply{204, {}, {}, {}} : error(refused.status, refused.key, &incoming.request);
        if (found.methods) reply.headers.emplace_back("Allow", allow(found.methods));
        finish(c, std::move(reply));
    } else if (in_flight_ >= options_.most_in_flight && !found.route->even_when_busy) {
        busy_.add();
        Reply reply = error(503, "http.busy", &incoming.request);
        reply.headers.emplace_back("Retry-After", "1");
        finish(c, std::move(reply));
    } else {
        hand_over(c, *found.route);
    }
    return c.open && c.phase == Phase::idle ? Step::again : Step::waits;
}

void ServerCore::hand_over(Connection& c, Route const& route) {
    c.counted = true;
    in_flight_gauge_.set(static_cast<std::int64_t>(++in_flight_));
    c.inside_handler = true;
    try {
        route.handle(std::move(c.incoming->request), Respond(mailbox_, {c.slot, c.serial}));
    } catch (std::exception const& e) {  // the edge of a request; its Respond has said 500 on the way out
        log_.error("http.handler_failed", {{"route", route.name}, {"what", e.what()}},
                   {c.about.request_id, &c.about.trace});
    } catch (...) {
        log_.error("http.handler_failed", {{"route", route.name}}, {c.about.request_id, &c.about.trace});
    }
    c.inside_handler = false;
    if (auto ready = std::exchange(c.ready, std::nullopt))
        finish(c, std::move(*ready));
    else if (std::exchange(c.abandoned, false))
        finish(c, error(500, "http.failed", &c.about));
}

bool ServerCore::answer_inside(Letter& letter) {
    auto& c = *connections_[letter.ticket.slot];
    if (!c.inside_handler || c.serial != letter.ticket.serial) return false;
    if (letter.what == Letter::What::reply)
        c.ready = std::move(letter.reply);
    else if (letter.what == Letter::What::abandoned)
        c.abandoned = true;
    return true;
}

void ServerCore::collect() {
    wakeups_.add();
    std::vector<Letter> letters = std::move(collected_);
    mailbox_->collect(letters);
    for (auto& letter : letters) deliver(letter);
    letters.clear();
    collected_ = std::move(letters);  // its memory is used again
}

void ServerCore::deliver(Letter& letter) {
    auto& c = *connections_[letter.ticket.slot];
    bool const there = c.open && c.serial == letter.ticket.serial;
    if (letter.what == Letter::What::events_wait) {
        if (there && c.phase == Phase::streaming) pump(c);
        return;
    }
    if (!there || c.phase != Phase::handling) {  // the client is gone
        give_up(letter);
        return;
    }
    if (letter.what == Letter::What::reply)
        finish(c, std::move(letter.reply));
    else
        finish(c, error(500, "http.failed", &c.about));
    process(c);
}

// ---- replies ----

Reply ServerCore::error(int status, std::string_view key, Request const* request) {
    try {
        return options_.errors(status, key, request);
    } catch (std::exception const& e) {
        log_.error("http.error_text_failed", {{"key", key}, {"what", e.what()}});
        return plain_error(status, key, request);
    }
}

/// What cannot be read is answered and the connection closed: where the next request begins is unknown.
void ServerCore::refuse(Connection& c, int status, std::string_view key) {
    body_is_over(c);
    bool const some = c.incoming && c.takes_requests() && c.phase != Phase::idle;
    if (some)
        identify(c, *c.incoming);
    else
        c.about = Request{}, c.metrics = routes.size(), c.received_us = steady_us(),
        c.about.request_id = ids_.request_id();
    if (status == 400) malformed_.add();
    Reply reply = error(status, key, some ? &c.incoming->request : nullptr);
    if (status == 503) reply.headers.emplace_back("Retry-After", "1");
    if (status == 405 || status == 204) reply.headers.emplace_back("Allow", allow(c.incoming->found.methods));
    c.keep_alive = false;
    c.phase = Phase::handling;
    finish(c, std::move(reply));
}

void ServerCore::finish(Connection& c, Reply reply) {
    if (std::exchange(c.counted, false)) in_flight_gauge_.set(static_cast<std::int64_t>(--in_flight_));
    if (!is_sendable(reply)) {
        log_.error("http.reply_unsendable", {{"route", c.about.route_name}}, {c.about.request_id, &c.about.trace});
        if (reply.events) reply.events->finish();
        reply = error(500, "http.failed", &c.about);
    }
    bool const streams = reply.events && c.about.method != Method::head;
    bool const bodiless = reply.status == 204 || reply.status == 304;
    bool const close_after = draining_ || !c.keep_alive || (streams && c.http10);
    HeadFrame frame{.close = close_after, .http10 = c.http10, .date = date_, .request_id = c.about.request_id};
    if (c.echo_trace) frame.traceparent = c.about.trace.traceparent();
    if (reply.events)
        frame.framing = c.http10 ? Framing::to_the_end : Framing::chunked;
    else if (bodiless)
        frame.framing = Framing::none;
    append_head(c.out, reply, frame, options_.headers);

    std::size_t const bytes = reply.events || bodiless || c.about.method == Method::head ? 0 : reply.body.size();
    if (bytes >= kLargeBody && c.tail.empty())
        c.tail = std::move(reply.body);
    else if (bytes > 0)
        c.out += reply.body;
    record(c, reply.status, bytes);

    if (streams) {
        c.phase = Phase::streaming;
        c.events = std::move(reply.events);
        c.events->attach(mailbox_, {c.slot, c.serial});
        c.heartbeat_us = steady_us() + options_.heartbeat_time.us;
        streams_gauge_.add(1);
        if (draining_) c.events->close();
        return;
    }
    if (reply.events) reply.events->finish();
    c.phase = close_after ? Phase::closing : Phase::idle;
    c.deadline_us = steady_us() + options_.idle_time.us;
}

void ServerCore::record(Connection& c, int status, std::size_t bytes) {
    Span const took{steady_us() - c.received_us};
    route_metrics_[c.metrics].record(status, took);
    if (!options_.access_log) return;
    if (++answered_ % std::max<std::uint64_t>(options_.access_log_every, 1) != 0 && status < 500) return;
    log_.info("http.request",
              {{"method", name(c.about.method)},
               {"route", c.about.route_name},
               {"status", status},
               {"us", took.us},
               {"bytes", bytes}},
              {c.about.request_id, &c.about.trace});
}

/// True: all is written and the connection goes on.
bool ServerCore::flush(Connection& c) {
    if (c.writing) return false;
    while (c.unsent() > 0) {
        auto const from_out = std::min(c.sent, c.out.size());
        auto const from_tail = c.sent - from_out;
        std::array<asio::const_buffer, 2> const buffers = {
            asio::buffer(c.out.data() + from_out, c.out.size() - from_out),
            asio::buffer(c.tail.data() + from_tail, c.tail.size() - from_tail)};
        ErrorCode ec;
        auto const bytes = c.tail.empty() ? c.socket.write_some(asio::const_buffer(buffers[0]), ec)
                                          : c.socket.write_some(buffers, ec);
        if (ec == asio::error::would_block || ec == asio::error::try_again) {
            write_rest(c);
            return false;
        }
        if (ec) {
            close(c);
            return false;
        }
        c.sent += bytes;
    }
    c.sent = 0;
    c.out.clear();
    if (c.out.capacity() > kMostUnsent * 2) c.out = {};
    if (!c.tail.empty()) c.tail = {};
    if (c.phase == Phase::closing) linger(c);
    return c.open && c.phase != Phase::lingering;
}

void ServerCore::write_rest(Connection& c) {
    c.writing = true;
    c.write_deadline_us = steady_us() + options_.write_time.us;
    c.socket.async_wait(tcp::socket::wait_write, [this, &c](ErrorCode ec) { on_written(c, ec, 0); });
}

void ServerCore::on_written(Connection& c, ErrorCode ec, std::size_t) {
    c.writing = false;
    if (!c.open) return release_if_quiet(c);
    if (ec) return close(c);
    process(c);
}

// ---- event streams ----

void ServerCore::append_event_bytes(Connection& c, std::string_view bytes) {
    if (bytes.empty()) return;
    if (c.http10) {
        c.out += bytes;
        return;
    }
    c.out += fmt::format("{:x}\r\n", bytes.size());
    c.out += bytes;
    c.out += "\r\n";
}

void ServerCore::pump(Connection& c) {
    if (c.events->too_slow()) {
        slow_streams_.add();
        return close(c);
    }
    if (!c.writing) {
        auto const taken = c.events->take();
        append_event_bytes(c, taken.bytes);
        if (taken.ended) {
            if (!c.http10) c.out += "0\r\n\r\n";
            streams_gauge_.add(-1);
            std::exchange(c.events, nullptr)->finish();
            c.phase = Phase::closing;
        }
        if (!flush(c)) return;
    }
    read(c);  // to notice when the client goes
}

// ---- connections go ----

void ServerCore::linger(Connection& c) {
    c.phase = Phase::lingering;
    c.serial = 0;
    c.deadline_us = steady_us() + (draining_ ? std::min(kLinger_us, options_.drain_idle_time.us) : kLinger_us);
    ErrorCode ec;
    c.socket.shutdown(tcp::socket::shutdown_send, ec);
    c.in_begin = c.in_end = 0;
    read(c);
}

void ServerCore::close(Connection& c) {
    body_is_over(c);
    c.open = false;
    c.serial = 0;
    c.inside_handler = false;
    if (std::exchange(c.counted, false)) in_flight_gauge_.set(static_cast<std::int64_t>(--in_flight_));
    ErrorCode ec;
    c.socket.close(ec);
    open_gauge_.set(static_cast<std::int64_t>(--open_));
    if (auto const events = std::exchange(c.events, nullptr)) {
        streams_gauge_.add(-1);
        events->finish();
    }
    release_if_quiet(c);
}

void ServerCore::release_if_quiet(Connection& c) {
    if (c.reading || c.writing) return;
    c.incoming.reset();
    if (c.in.size() > kLargeBody) c.in = {};
    free_.push_back(c.slot);
    stop_if_empty();
}

}  // namespace banyan::http
