// platform/http/client.h: a small blocking HTTP/1.1 client, for tests and the command line.
//
// Keeps one connection open. No TLS, no redirects, no proxies. Whatever goes wrong on the way is a
// std::runtime_error.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "platform/http/http.h"

namespace banyan::http {

/// A connected socket with a read buffer; also for bytes that are no HTTP at all.
class Wire {
  public:
    Wire(std::string const& host, std::uint16_t port, Span patience = seconds(10));
    ~Wire();
    Wire(Wire const&) = delete;
    Wire& operator=(Wire const&) = delete;

    void send(std::string_view bytes);
    /// Waits for more; false: the peer closed. Throws when `patience` is over.
    bool receive();
    std::string& buffer() { return buffer_; }  ///< received and not taken
    std::optional<std::string> line();         ///< without its end; nullopt: closed
    std::string take(std::size_t bytes);       ///< throws when closed before
    std::string all();                         ///< until the peer closes
    void finish_sending();                     ///< half-close

  private:
    int socket_ = -1;
    Span const patience_;
    std::string buffer_;
};

struct Answer {
    int status = 0;
    NamedValues headers;
    std::string body;
    std::string_view header(std::string_view name) const;  ///< in any case; empty: none
};

/// The next answer on the wire; `expects_body` false for HEAD. Interim answers (100) are skipped.
Answer read_answer(Wire& wire, bool expects_body = true);

class Client {
  public:
    Client(std::string host, std::uint16_t port, Span patience = seconds(10));
    /// A connection that the server closed between two requests is opened again, once.
    Answer request(Method method, std::string_view target, NamedValues const& headers = {},
                   std::string_view body = {});

  private:
    std::string const host_;
    std::uint16_t const port_;
    Span const patience_;
    std::unique_ptr<Wire> wire_;
};

/// Server-sent events, one connection each.
class EventReader {
  public:
    EventReader(std::string const& host, std::uint16_t port, std::string_view target,
                NamedValues const& headers = {}, Span patience = seconds(10));
    Answer const& answer() const { return answer_; }  ///< its head; the body only if it is no event stream
    std::optional<std::string> line();  ///< the stream line by line, comments included; nullopt: ended
    struct Event {
        std::string event, id, data;
    };
    std::optional<Event> next();  ///< skips comments; nullopt: ended

  private:
    Wire wire_;
    Answer answer_;
    std::string unread_;  ///< out of the chunks
    bool ended_ = false;
};

}  // namespace banyan::http
