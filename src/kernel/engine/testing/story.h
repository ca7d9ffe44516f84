// kernel/engine/testing/story.h: matters with a past, for tests that look at the record afterwards.
#pragma once
#include <functional>

#include "kernel/engine/testing/city.h"

namespace banyan::testing {

/// Twenty matters: straight through, rated, returned and designated, held and extended, redone, assisted and
/// delegated, withdrawn, answered on the spot, sent back, still open. Some have personal parts. Throws when a step
/// that should work is refused.
std::vector<MatterId> tell_story(City& city);

/// Takes steps that somebody may take, whichever `pick` chooses (a number below its argument), each with the least
/// its form asks and now and then more; opens matters and lets days pass in between.
class Walk {
  public:
    using Pick = std::function<std::uint32_t(std::uint32_t below)>;
    Walk(City& city, Pick pick) : city_(city), pick_(std::move(pick)) {}
    void go(int steps);
    std::vector<MatterId> const& matters() const { return matters_; }
    int taken() const { return taken_; }
    int refused() const { return refused_; }
    int taken_back() const { return taken_back_; }

  private:
    void open();
    void pass_time();
    void step();
    json::object form_for(std::vector<Field> const& fields, Procedure const& procedure);
    json::value value_for(Field const& field, Procedure const& procedure);
    std::string unit();

    City& city_;
    Pick pick_;
    std::vector<MatterId> matters_;
    int taken_ = 0, refused_ = 0, taken_back_ = 0;
};

/// A step written from outside: the database as a stranger with its password would change it.
void tamper(store::testing::TestStore& db, std::string const& sql, std::vector<store::Cell> const& args = {});

/// Every event, oldest first.
std::vector<EventRow> all_events(store::Store& store);

}  // namespace banyan::testing
