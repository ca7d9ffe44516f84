#include "connections.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace banyan::bench {
namespace {

constexpr int kPatience_ms = 30'000;

[[noreturn]] void fail(std::string const& what) { throw std::runtime_error(what + ": " + std::strerror(errno)); }

int connect_to(std::uint16_t port) {
    int const made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (made < 0 || ::connect(made, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        fail("connect");
    int const on = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

/// Bytes of the first answer in `in`, its head's included; 0: more must come.
std::size_t size_of_answer(std::string_view in, std::size_t& head) {
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    std::size_t const end = in.find("\r\n\r\n");
    if (end == std::string_view::npos) return 0;
    head = end + 4;
    std::size_t const at = in.substr(0, end).find(kLength);
    if (at == std::string_view::npos)
        throw std::runtime_error("an answer without Content-Length: " + std::string(in.substr(0, end)));
    std::size_t length = 0;
    std::from_chars(in.data() + at + kLength.size(), in.data() + end, length);
    return in.size() >= head + length ? head + length : 0;
}

}  // namespace

Connections::Connections(std::span<std::uint16_t const> ports, std::size_t count)
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)), all_(count) {
    for (std::size_t i = 0; i < count; ++i) {
        all_[i].socket = connect_to(ports[i % ports.size()]);
        epoll_event event{EPOLLIN, {.u64 = i}};
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, all_[i].socket, &event);
    }
}

Connections::~Connections() {
    for (Connection const& connection : all_) ::close(connection.socket);
    ::close(epoll_);
}

void Connections::watch(std::size_t connection, bool writing) {
    if (all_[connection].waits_to_write == writing) return;
    all_[connection].waits_to_write = writing;
    epoll_event event{static_cast<std::uint32_t>(writing ? EPOLLIN | EPOLLOUT : EPOLLIN), {.u64 = connection}};
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, all_[connection].socket, &event);
}

void Connections::send(std::size_t connection) {
    ++under_way_;
    all_[connection].sent = 0;
    write(connection);
}

void Connections::write(std::size_t connection) {
    Connection& c = all_[connection];
    while (c.sent < c.out.size()) {
        ssize_t const n =
            ::send(c.socket, c.out.data() + c.sent, c.out.size() - c.sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return watch(connection, true);
        if (n < 0) fail("send");
        c.sent += static_cast<std::size_t>(n);
    }
    watch(connection, false);
}

void Connections::read(std::size_t connection, OnAnswer const& on_answer) {
    Connection& c = all_[connection];
    char buffer[64 * 1024];
    ssize_t const n = ::recv(c.socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (n < 0) fail("recv");
    if (n == 0) throw std::runtime_error("the server closed a connection");
    std::string_view in(buffer, static_cast<std::size_t>(n));
    if (!c.in.empty()) in = c.in.append(in);  // mostly an answer comes in one piece and is not copied
    std::size_t head = 0;
    std::size_t const size = size_of_answer(in, head);
    if (size == 0) {
        if (c.in.empty()) c.in = in;
        return;
    }
    int status = 0;
    std::from_chars(in.data() + 9, in.data() + 12, status);  // "HTTP/1.1 200"
    --under_way_;
    std::string const kept = std::move(c.in);
    c.in.clear();
    if (!kept.empty()) in = kept;
    on_answer(connection, status, in.substr(head, size - head));
}

void Connections::wait(OnAnswer const& on_answer) {
    epoll_event events[256];
    int const n = ::epoll_wait(epoll_, events, 256, kPatience_ms);
    if (n == 0) throw std::runtime_error("the server has said nothing for half a minute");
    for (int i = 0; i < n; ++i) {
        if (events[i].events & EPOLLOUT) write(events[i].data.u64);
        if (events[i].events & ~static_cast<std::uint32_t>(EPOLLOUT)) read(events[i].data.u64, on_answer);
    }
}

}  // namespace banyan::bench
