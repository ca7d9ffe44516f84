// platform/http/connection.h: what the server knows of one client. Private to the server.
#pragma once
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "platform/http/incoming.h"
#include "platform/http/wire.h"

namespace banyan::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

enum class Phase : std::uint8_t {
    idle,       ///< between requests
    header,     ///< a request has begun
    body,       ///< its header is read
    handling,   ///< it is with its handler
    streaming,  ///< events are sent
    closing,    ///< the last reply is being written
    lingering,  ///< it is written; what the client still sends is dropped, lest a reset overtakes the reply
};

/// Lives as long as the server and serves one client after another, so that its buffers are reused.
struct Connection {
    Connection(boost::asio::io_context& io, std::uint32_t number) : socket(io), slot(number) {}

    Socket socket;
    std::uint32_t const slot;
    Phase phase = Phase::idle;
    bool open = false;
    bool reading = false, writing = false;  ///< an operation is with the operating system
    std::string remote;

    // What came in and is not parsed: in[in_begin … in_end)
    std::vector<char> in;
    std::size_t in_begin = 0, in_end = 0;
    std::optional<Incoming> incoming;
    bool told_to_continue = false;
    bool large_body = false;  ///< among those that are counted

    // What goes out: `out` (heads and small bodies), then `tail` (one large body), from `sent` on
    std::string out, tail;
    std::size_t sent = 0;

    // The request being answered
    std::uint64_t serial = 0;      ///< 0: none; what a late answer is compared with
    std::int64_t received_us = 0;  ///< when its last byte came
    std::size_t metrics = 0;       ///< of its route
    bool counted = false;          ///< among those in flight
    bool keep_alive = false, http10 = false, echo_trace = false;
    Request about;  ///< what is still known of it while the handler has it
    bool inside_handler = false;
    bool abandoned = false;
    std::optional<Reply> ready;  ///< the answer given before the handler returned
    std::shared_ptr<EventStream> events;

    std::int64_t deadline_us = 0;        ///< for the phase; 0: none
    std::int64_t write_deadline_us = 0;  ///< while writing
    std::int64_t heartbeat_us = 0;       ///< next one

    std::size_t unparsed() const { return in_end - in_begin; }
    std::size_t unsent() const { return out.size() + tail.size() - sent; }
    bool takes_requests() const { return phase == Phase::idle || phase == Phase::header || phase == Phase::body; }
};

}  // namespace banyan::http
