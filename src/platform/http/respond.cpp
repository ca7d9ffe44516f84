#include <stdexcept>

#include "platform/http/answers.h"

namespace banyan::http {
namespace {

/// A Respond without a server behind it.
class Caller final : public Answers {
  public:
    explicit Caller(std::function<void(Reply&&)> to) : to_(std::move(to)) {}
    void put(Letter&& letter) override {
        if (letter.what == Letter::What::reply) to_(std::move(letter.reply));
        if (letter.what == Letter::What::abandoned) to_(plain_error(500, "http.failed", nullptr));
    }
    void put_all(std::vector<Letter>&& letters) override {
        for (auto& letter : letters) put(std::move(letter));
    }

  private:
    std::function<void(Reply&&)> to_;
};

}  // namespace

Respond::Respond(std::shared_ptr<Answers> to, Ticket ticket) : to_(std::move(to)), ticket_(ticket) {}

Respond::Respond(std::function<void(Reply&&)> to) : to_(std::make_shared<Caller>(std::move(to))) {}

Respond& Respond::operator=(Respond&& other) noexcept {
    if (this == &other) return *this;
    abandon();
    to_ = std::move(other.to_);
    ticket_ = other.ticket_;
    return *this;
}

Respond::~Respond() { abandon(); }

void Respond::abandon() noexcept {
    if (auto const to = std::move(to_)) to->put({Letter::What::abandoned, ticket_});
}

void Respond::operator()(Reply reply) {
    auto const to = std::move(to_);
    if (!to) throw std::logic_error("a request is answered once");
    to->put({Letter::What::reply, ticket_, std::move(reply)});
}

void Respond::all(std::vector<std::pair<Respond, Reply>> answers) {
    std::vector<Letter> letters;
    std::shared_ptr<Answers> to;
    for (auto& [respond, reply] : answers) {
        if (!respond.to_) throw std::logic_error("a request is answered once");
        if (to != respond.to_) {
            if (to) to->put_all(std::exchange(letters, {}));
            to = respond.to_;
        }
        respond.to_.reset();
        letters.push_back({Letter::What::reply, respond.ticket_, std::move(reply)});
    }
    if (to) to->put_all(std::move(letters));
}

}  // namespace banyan::http
