#include "kernel/engine/courier.h"

#include <algorithm>
#include <utility>

#include "base/thread.h"

namespace banyan {
namespace {

enum State : std::int64_t { kWaiting = 0, kDelivered = 1, kGivenUp = 2 };  // 3: its step was taken back. Stored.

Span wait_after(int attempts, CourierOptions const& options) {
    Span wait = options.first_wait;
    for (int n = 1; n < attempts && wait < options.longest_wait; ++n) wait = Span{wait.us * 2};
    return std::min(wait, options.longest_wait);
}

void set_state(store::Session& session, Message const& message, State state) {
    session.execute("UPDATE outbox SET state = $1 WHERE lane = $2 AND id = $3",
                    {std::int64_t{state}, std::int64_t{message.event.lane()}, message.id});
}

}  // namespace

Courier::Courier(Engine& engine, store::Store& store, Deliver deliver, CourierOptions options)
    : engine_(engine), deliver_(std::move(deliver)), options_(options), reading_(store.open_reader()) {}

Courier::~Courier() { stop(); }

void Courier::start() {
    thread_ = named_thread("courier", [this] {
        for (;;) {
            {
                std::unique_lock lock(mutex_);
                if (stopped_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_; })) return;
            }
            try {
                while (run_once() == options_.at_once) {
                }
            } catch (std::exception const& error) {  // the database: the next look may find it
                figures_.failed.fetch_add(1, std::memory_order_relaxed);
                if (on_failure) on_failure({}, error.what());
            }
        }
    });
}

void Courier::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

/// Each is put off before it is handed over: should the program end meanwhile, it is due again then. Whoever takes
/// back its step from now on takes it for sent.
std::vector<Message> Courier::take() {
    std::vector<Message> taken;
    Instant const now = engine_.now();
    std::int64_t const durable = engine_.durable().value;
    bool due = false;
    reading_->query("SELECT id FROM outbox WHERE state = 0 AND at <= $1 ORDER BY at LIMIT 1", {now.us},
                    [&](store::Row const&) { due = true; });
    if (!due) return taken;
    engine_.write_now([&](store::Session& session) {
        session.query(
            "SELECT id, matter, event, text, at, attempts FROM outbox WHERE state = 0 AND at <= $1 AND event <= "
            "$2 "
            "ORDER BY at, id LIMIT $3",
            {now.us, durable, static_cast<std::int64_t>(options_.at_once)}, [&](store::Row const& row) {
                taken.push_back({row.integer(0), MatterId(row.integer(1)), EventId(row.integer(2)),
                                 std::string(row.text(3)), Instant{row.integer(4)},
                                 static_cast<int>(row.integer(5)) + 1});
            });
        for (Message const& message : taken)
            session.execute("UPDATE outbox SET attempts = $1, at = $2 WHERE lane = $3 AND id = $4",
                            {std::int64_t{message.attempts}, (now + wait_after(message.attempts, options_)).us,
                             std::int64_t{message.event.lane()}, message.id});
    });
    return taken;
}

Delivery Courier::hand_over(Message const& message) {
    Instant recorded;
    std::int64_t const event = message.event.value;
    reading_->load(kEventTable, "id", {&event, 1}, [&](store::Row const& row) { recorded = event_row(row).at; });
    if (engine_.now() - recorded > options_.oldest) return Delivery::never;
    try {
        return deliver_(message, *reading_);
    } catch (std::exception const& error) {
        if (on_failure) on_failure(message, error.what());
        return Delivery::later;
    }
}

std::size_t Courier::run_once() {
    std::vector<Message> const taken = take();
    for (Message const& message : taken) {
        {
            std::lock_guard lock(mutex_);
            if (stopping_) break;
        }
        Delivery const delivery = hand_over(message);
        if (delivery == Delivery::later) {
            figures_.failed.fetch_add(1, std::memory_order_relaxed);
            continue;
        }
        bool const done = delivery == Delivery::done;
        engine_.write_now(
            [&](store::Session& session) { set_state(session, message, done ? kDelivered : kGivenUp); });
        (done ? figures_.delivered : figures_.given_up).fetch_add(1, std::memory_order_relaxed);
    }
    return taken.size();
}

}  // namespace banyan
