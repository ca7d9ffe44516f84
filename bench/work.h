// bench/work.h: who does what next. An honest load: tens of thousands of matters are open, the next one is picked
// at random, and no request holds two steps of one matter.
#pragma once
#include "forms.h"

namespace banyan::bench {

struct Load {
    std::size_t open = 36'000;  ///< matters kept open
    std::size_t batch = 0;      ///< commands in one request to /api/v1/commands; 0: a request for each step
    std::size_t connections = 256;
};

class Work {
  public:
    /// `tokens`: of logins(), in their order.
    Work(Load load, std::vector<std::string> const& tokens);

    /// So many steps from now on; then there is nothing to do.
    void allow(std::size_t steps) { allowed_ = steps; }
    /// Appends the connection's next request. False: nothing to do, or all matters are under way.
    bool write_next(std::size_t connection, std::string& out);
    /// What came back for it. Returns the steps taken; throws for anything but success.
    std::size_t answered(std::size_t connection, int status, std::string_view body);

    std::size_t filed() const { return filed_; }  ///< answered
    std::size_t open() const { return open_; }
    Forms const& forms() const { return forms_; }

  private:
    using Slot = std::uint32_t;
    struct Item {
        std::int64_t id = 0;
        Step next = Step::file;
        std::uint8_t unit = 0;
    };
    bool choose(std::vector<Slot>& slots);
    void append_step(std::string& out, Item const& item);
    void append_command(std::string& out, Item const& item);
    void taken(Slot slot, std::int64_t id);

    Load const load_;
    Random random_{20261123};
    std::random_device seed_;
    Random keys_{seed_()};  ///< another run on the same database has other keys
    Forms const forms_;
    std::vector<std::string> heads_;  ///< Authorization and what else does not change, for each account
    std::vector<Item> items_;
    std::vector<Slot> unused_;
    std::vector<std::vector<Slot>> ready_;      ///< for each account: what waits for it
    std::vector<std::vector<Slot>> under_way_;  ///< for each connection
    std::size_t waiting_ = 0, open_ = 0, allowed_ = 0, filed_ = 0;
};

}  // namespace banyan::bench
