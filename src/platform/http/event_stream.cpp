#include "platform/http/answers.h"

namespace banyan::http {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += name;
    for (char c : value)
        if (c != '\r' && c != '\n' && c != '\0') out += c;  // an id with NUL is ignored by browsers
    out += '\n';
}

/// Each line of the data is a line of its own: no data can end an event or begin a field.
void append_data(std::string& out, std::string_view data) {
    for (;;) {
        auto const end = data.find_first_of("\r\n");
        out += "data: ";
        out += data.substr(0, end);
        out += '\n';
        if (end == std::string_view::npos) return;
        data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
    }
}

}  // namespace

EventStream::EventStream(std::size_t most_waiting_bytes) : most_waiting_bytes_(most_waiting_bytes) {}

bool EventStream::send(std::string_view event, std::string_view id, std::string_view data) {
    std::unique_lock lock(mutex_);
    if (!open_) return false;
    bool const first = waiting_.empty();
    append_field(waiting_, "event: ", event);
    append_field(waiting_, "id: ", id);
    append_data(waiting_, data);
    waiting_ += '\n';
    if (waiting_.size() > most_waiting_bytes_) {
        open_ = false;
        too_slow_ = true;
        waiting_ = {};
        wake(std::move(lock));
        return false;
    }
    if (first) wake(std::move(lock));
    return true;
}

void EventStream::close() {
    std::unique_lock lock(mutex_);
    if (!open_) return;
    open_ = false;
    wake(std::move(lock));
}

bool EventStream::open() const {
    std::lock_guard lock(mutex_);
    return open_;
}

void EventStream::on_close(std::function<void()> call) {
    {
        std::lock_guard lock(mutex_);
        if (!finished_) {
            on_close_ = std::move(call);
            return;
        }
    }
    call();
}

void EventStream::attach(std::shared_ptr<Answers> to, Ticket ticket) {
    std::lock_guard lock(mutex_);
    to_ = std::move(to);
    ticket_ = ticket;
}

EventStream::Taken EventStream::take() {
    std::lock_guard lock(mutex_);
    return {std::exchange(waiting_, {}), !open_};
}

bool EventStream::too_slow() const {
    std::lock_guard lock(mutex_);
    return too_slow_;
}

void EventStream::finish() {
    std::function<void()> call;
    {
        std::lock_guard lock(mutex_);
        open_ = false;
        if (std::exchange(finished_, true)) return;
        call = std::move(on_close_);
        on_close_ = nullptr;
        to_.reset();
    }
    if (call) call();
}

void EventStream::wake(std::unique_lock<std::mutex> lock) {
    auto const to = to_;
    auto const ticket = ticket_;
    lock.unlock();
    if (to) to->put({Letter::What::events_wait, ticket});
}

}  // namespace banyan::http
