#include "kernel/engine/courier.h"

#include <algorithm>
#include <utility>

#include "base/thread.h"

namespace banyan {
namespace {

Span wait_after(int attempts, CourierOptions const& options) {
    Span wait = options.first_wait;
    for (int n = 1; n < attempts && wait < options.longest_wait; ++n) wait = Span{wait.us * 2};
    return std::min(wait, options.longest_wait);
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
                if (before_look && engine_.nodes().leads()) before_look(*reading_);
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
        for (auto const& [from, to] : engine_.nodes().lanes())
            session.query(
                "SELECT id, matter, event, text, at, attempts, unit, resends, told_at, resent_at FROM outbox "
                "WHERE "
                "state = 0 AND at <= $1 AND event <= $2 AND lane >= $3 AND lane <= $4 ORDER BY at, id LIMIT $5",
                {now.us, durable, from, to, static_cast<std::int64_t>(options_.at_once - taken.size())},
                [&](store::Row const& row) {
                    taken.push_back({row.integer(0), MatterId(row.integer(1)), EventId(row.integer(2)),
                                     std::string(row.text(3)), Instant{row.integer(4)},
                                     static_cast<int>(row.integer(5)) + 1, UnitId(row.integer(6)),
                                     static_cast<int>(row.integer(7)), Instant{row.integer(8)},
                                     Instant{row.integer(9)}});
                });
        for (Message const& message : taken)
            session.execute("UPDATE outbox SET attempts = $1, at = $2 WHERE lane = $3 AND id = $4",
                            {std::int64_t{message.attempts}, (now + wait_after(message.attempts, options_)).us,
                             std::int64_t{message.event.lane()}, message.id});
    });
    return taken;
}

Delivered Courier::hand_over(Message const& message) {
    try {
        return deliver_(message, *reading_);
    } catch (std::exception const& error) {
        if (on_failure) on_failure(message, error.what());
        return Delivery::later;
    }
}

/// What became of some, in one transaction.
void Courier::settle(std::vector<Ended>& some) {
    if (some.empty()) return;
    engine_.write_now([&](store::Session& session) {
        for (Ended const& each : some)
            session.execute(
                "UPDATE outbox SET state = $1, ended_at = $2, sent_to = $3, why = $4 WHERE lane = $5 AND id = $6",
                {static_cast<std::int64_t>(each.state), each.at.us, std::string_view(each.to), each.why,
                 std::int64_t{each.message->event.lane()}, each.message->id});
    });
    for (Ended const& each : some)
        (each.state == MessageState::delivered ? figures_.delivered : figures_.given_up)
            .fetch_add(1, std::memory_order_relaxed);
    some.clear();
}

bool Courier::too_old(Message const& message) {
    Instant since = std::max(message.told_at, message.resent_at);
    if (!since) {  // said before the outbox knew when
        std::int64_t const event = message.event.value;
        reading_->load(kEventTable, "id", {&event, 1}, [&](store::Row const& row) { since = event_row(row).at; });
    }
    return engine_.now() - since > options_.oldest;
}

std::size_t Courier::run_once() {
    using Wall = std::chrono::steady_clock;
    constexpr auto kLongest = std::chrono::milliseconds(200);  // what was delivered and is not noted is sent again
    std::vector<Message> const taken = take();
    std::vector<Ended> ended;
    auto noted = Wall::now();
    for (Message const& message : taken) {
        {
            std::lock_guard lock(mutex_);
            if (stopping_) break;
        }
        bool const old = too_old(message);
        Delivered delivered = old ? Delivered(Delivery::never) : hand_over(message);
        if (delivered.what == Delivery::later) {
            figures_.failed.fetch_add(1, std::memory_order_relaxed);
        } else {
            bool const done = delivered.what == Delivery::done;
            std::string_view const why = done                                  ? ""
                                         : old                                 ? "too_old"
                                         : delivered.what == Delivery::refused ? "refused"
                                                                               : "nobody";
            ended.push_back({&message, done ? MessageState::delivered : MessageState::given_up, why,
                             std::move(delivered.to), engine_.now()});
        }
        if (Wall::now() - noted < kLongest) continue;
        settle(ended);
        noted = Wall::now();
    }
    settle(ended);
    return taken.size();
}

}  // namespace banyan
