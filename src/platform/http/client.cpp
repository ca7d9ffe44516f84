// Plain sockets: Asio's blocking reads do not end when SO_RCVTIMEO does, and a client without time-outs hangs
// tests.
#include "platform/http/client.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace banyan::http {
namespace {

[[noreturn]] void fail(std::string const& doing) {
    throw std::runtime_error(fmt::format("{}: {}", doing, std::strerror(errno)));
}

bool equal_in_any_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if ((a[i] | 0x20) != (b[i] | 0x20)) return false;
    return true;
}

std::size_t number(std::string_view text, int base) {
    std::size_t value = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (ec != std::errc{} || end == text.data()) throw std::runtime_error(fmt::format("not a length: {}", text));
    return value;
}

std::string required_line(Wire& wire) {
    auto line = wire.line();
    if (!line) throw std::runtime_error("the server closed the connection");
    return *std::move(line);
}

Answer read_head(Wire& wire) {
    Answer answer;
    auto const status_line = required_line(wire);
    if (!status_line.starts_with("HTTP/1.") || status_line.size() < 12)
        throw std::runtime_error("not an HTTP answer: " + status_line);
    answer.status = static_cast<int>(number(std::string_view(status_line).substr(9, 3), 10));
    for (;;) {
        auto const line = required_line(wire);
        if (line.empty()) break;
        auto const colon = line.find(':');
        if (colon == std::string::npos) throw std::runtime_error("not a header: " + line);
        auto const value = line.find_first_not_of(" \t", colon + 1);
        answer.headers.emplace_back(line.substr(0, colon), value == std::string::npos ? "" : line.substr(value));
    }
    return answer;
}

/// The next chunk; nullopt: it was the last.
std::optional<std::string> read_chunk(Wire& wire) {
    auto const size = number(required_line(wire), 16);
    if (size == 0) {
        while (!required_line(wire).empty()) {
        }  // trailers
        return std::nullopt;
    }
    auto bytes = wire.take(size);
    required_line(wire);
    return bytes;
}

std::string read_body(Wire& wire, Answer const& answer) {
    if (answer.header("Transfer-Encoding") == "chunked") {
        std::string body;
        while (auto chunk = read_chunk(wire)) body += *chunk;
        return body;
    }
    if (auto const length = answer.header("Content-Length"); !length.empty()) return wire.take(number(length, 10));
    return wire.all();
}

void append_request(std::string& out, Method method, std::string_view target, std::string const& host,
                    NamedValues const& headers) {
    out += fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", name(method), target, host);
    for (auto const& [header, value] : headers) out += fmt::format("{}: {}\r\n", header, value);
}

}  // namespace

Wire::Wire(std::string const& host, std::uint16_t port, Span patience) : patience_(patience) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (int const error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); error != 0)
        throw std::runtime_error(fmt::format("cannot find {}: {}", host, ::gai_strerror(error)));
    for (auto* each = found; each && socket_ < 0; each = each->ai_next) {
        socket_ = ::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (socket_ >= 0 && ::connect(socket_, each->ai_addr, each->ai_addrlen) != 0) {
            int const why = errno;
            ::close(std::exchange(socket_, -1));
            errno = why;
        }
    }
    ::freeaddrinfo(found);
    if (socket_ < 0) fail(fmt::format("cannot connect to {}:{}", host, port));
    int const yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    timeval const wait{patience.us / 1'000'000, patience.us % 1'000'000};
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

Wire::~Wire() { ::close(socket_); }

void Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) fail("cannot send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool Wire::receive() {
    pollfd waiting{socket_, POLLIN, 0};
    int const ready = ::poll(&waiting, 1, static_cast<int>(patience_.us / 1000));
    if (ready == 0) throw std::runtime_error("no answer in time");
    if (ready < 0) fail("cannot wait");
    char bytes[16 * 1024];
    auto const got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got < 0 && errno == ECONNRESET) return false;
    if (got < 0) fail("cannot receive");
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
}

std::optional<std::string> Wire::line() {
    for (std::size_t from = 0;;) {
        if (auto const end = buffer_.find('\n', from); end != std::string::npos) {
            auto line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            if (line.ends_with('\r')) line.pop_back();
            return line;
        }
        from = buffer_.size();
        if (!receive()) return std::nullopt;
    }
}

std::string Wire::take(std::size_t bytes) {
    while (buffer_.size() < bytes)
        if (!receive()) throw std::runtime_error("the server closed the connection within a body");
    auto taken = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return taken;
}

std::string Wire::all() {
    while (receive()) {
    }
    return std::exchange(buffer_, {});
}

void Wire::finish_sending() { ::shutdown(socket_, SHUT_WR); }

std::string_view Answer::header(std::string_view name) const {
    for (auto const& [each, value] : headers)
        if (equal_in_any_case(each, name)) return value;
    return {};
}

Answer read_answer(Wire& wire, bool expects_body) {
    auto answer = read_head(wire);
    while (answer.status / 100 == 1) answer = read_head(wire);
    if (expects_body && answer.status != 204 && answer.status != 304) answer.body = read_body(wire, answer);
    return answer;
}

Client::Client(std::string host, std::uint16_t port, Span patience)
    : host_(std::move(host)), port_(port), patience_(patience) {}

Answer Client::request(Method method, std::string_view target, NamedValues const& headers, std::string_view body) {
    std::string out;
    append_request(out, method, target, host_, headers);
    if (!body.empty() || method == Method::post || method == Method::put || method == Method::patch)
        out += fmt::format("Content-Length: {}\r\n", body.size());
    out += "\r\n";
    out += body;
    bool const kept = wire_ != nullptr;
    try {
        if (!wire_) wire_ = std::make_unique<Wire>(host_, port_, patience_);
        wire_->send(out);
        if (kept && wire_->buffer().empty() && !wire_->receive()) throw std::runtime_error("closed meanwhile");
    } catch (std::runtime_error const&) {
        if (!kept) throw;
        wire_ = std::make_unique<Wire>(host_, port_, patience_);
        wire_->send(out);
    }
    auto answer = read_answer(*wire_, method != Method::head);
    if (answer.header("Connection") == "close") wire_.reset();
    return answer;
}

EventReader::EventReader(std::string const& host, std::uint16_t port, std::string_view target,
                         NamedValues const& headers, Span patience)
    : wire_(host, port, patience) {
    std::string out;
    append_request(out, Method::get, target, host, headers);
    wire_.send(out + "Accept: text/event-stream\r\n\r\n");
    answer_ = read_head(wire_);
    if (answer_.header("Content-Type").starts_with("text/event-stream")) return;
    answer_.body = read_body(wire_, answer_);
    ended_ = true;
}

std::optional<std::string> EventReader::line() {
    for (;;) {
        if (auto const end = unread_.find('\n'); end != std::string::npos) {
            auto line = unread_.substr(0, end);
            unread_.erase(0, end + 1);
            return line;
        }
        if (ended_) return std::nullopt;
        try {
            if (auto chunk = read_chunk(wire_))
                unread_ += *chunk;
            else
                ended_ = true;
        } catch (std::runtime_error const& e) {
            if (std::string_view(e.what()) == "no answer in time") throw;
            ended_ = true;  // cut off
        }
    }
}

std::optional<EventReader::Event> EventReader::next() {
    Event event;
    bool some = false;
    while (auto const text = line()) {
        if (text->empty()) {
            if (some) return event;
            continue;
        }
        auto value = [&](std::string_view field) -> std::optional<std::string> {
            if (!text->starts_with(field)) return std::nullopt;
            return text->substr(field.size());
        };
        if (auto v = value("event: ")) event.event = *v;
        if (auto v = value("id: ")) event.id = *v;
        if (auto v = value("data: ")) {
            if (some) event.data += '\n';
            event.data += *v;
            some = true;
        }
    }
    return std::nullopt;
}

}  // namespace banyan::http
