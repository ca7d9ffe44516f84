// kernel/engine/courier.h: takes the messages of the outbox out of the house.
//
// A step that tells who asked, or a unit, leaves a row in the outbox, in the same transaction. The courier takes
// those that are due, a few at a time, and hands each to `deliver`; what fails is tried again, later each time. A
// message whose step was taken back, or that is older than a day, is not sent. It leaves only when its event is
// durable.
//
// Delivered at least once: a message is handed over again when the program was ended before it was noted. Its id
// stays the same, so that who receives it can tell.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "kernel/engine/engine.h"
#include "kernel/engine/outbox.h"

namespace banyan {

enum class Delivery {
    done,
    later,    ///< also when it throws
    never,    ///< there is nobody to tell
    refused,  ///< whoever should take it there will not
};
struct Delivered {
    Delivery what;
    std::string to;  ///< a unit's duty phone
    Delivered(Delivery became, std::string phone = {}) : what(became), to(std::move(phone)) {}
};

struct CourierOptions {
    std::size_t at_once = 50;
    Span first_wait = seconds(2), longest_wait = minutes(10);  ///< between attempts: doubled each time
    Span oldest = hours(24);
};

class Courier {
  public:
    /// On the courier's thread; may take its time.
    using Deliver = std::function<Delivered(Message const&, store::Session& reading)>;
    Courier(Engine& engine, store::Store& store, Deliver deliver, CourierOptions options = {});
    ~Courier();  ///< as stop()
    Courier(Courier const&) = delete;

    void start();  ///< looks every second
    void stop();   ///< when the message in hand is delivered
    /// Takes what is due and delivers it. How many it took.
    std::size_t run_once();

    struct Figures {
        std::atomic<std::int64_t> delivered{0}, failed{0}, given_up{0};
    };
    Figures const& figures() const { return figures_; }
    std::function<void(Message const&, std::string const& why)> on_failure;
    /// Before each look of start(), on its thread.
    std::function<void(store::Session& reading)> before_look;

  private:
    std::vector<Message> take();
    Delivered hand_over(Message const& message);
    struct Ended {
        Message const* message;
        MessageState state;
        std::string_view why;
        std::string to;
        Instant at;
    };
    void settle(std::vector<Ended>& some);
    bool too_old(Message const& message);

    Engine& engine_;
    Deliver const deliver_;
    CourierOptions const options_;
    std::unique_ptr<store::Session> reading_;
    Figures figures_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace banyan
