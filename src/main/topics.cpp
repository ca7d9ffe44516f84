#include "main/topics.h"

#include <stdexcept>

#include "systems/hints/alike.h"

namespace banyan {
namespace {

template <class Value>
Value read(Result<Value> value, std::string_view file) {
    if (!value) throw std::runtime_error(std::string(file) + ": " + value.error().key + " " + value.error().field);
    return std::move(*value);
}

constexpr std::string_view kAlike = "data/alike.toml", kTopics = "data/topics.toml";

}  // namespace

TopicsPart::TopicsPart(api::House& house, store::Store& store, EmbeddedTable files)
    : sketcher_(reader_, read(alike::read_words(embedded(files, kAlike).value_or("")), kAlike)),
      neighbours_(sketcher_.words()),
      learner_(house.engine, store, sketcher_, neighbours_),
      topics_(house.engine, store, sketcher_,
              read(topics::read_numbers(embedded(files, kTopics).value_or("")), kTopics)),
      desk_{house, topics_} {
    auto warn = [&log = house.log](std::string_view name) {
        return [&log, name](std::string const& why) { log.warn(name, {{"why", why}}); };
    };
    learner_.on_failure = warn("alike.failed");
    topics_.on_failure = warn("topics.failed");
}

void TopicsPart::add_operations(api::Api& api) {
    topics::add_topic_operations(api, desk_);
    topics::add_act_operations(api, desk_);
    topics::add_mood_operations(api, desk_);
    hints::add_alike_operation(api, desk_.house, neighbours_, sketcher_);
}

void TopicsPart::measure(telemetry::Metrics& metrics) const {
    metrics.gauge_from("banyan_alike_matters", "Matters whose texts are compared with new ones", {},
                       [this] { return static_cast<double>(neighbours_.size()); });
    metrics.gauge_from("banyan_alike_bytes", "Memory they take", {},
                       [this] { return static_cast<double>(neighbours_.bytes()); });
    metrics.gauge_from("banyan_alike_caught_up", "1: what is durable has been learned", {},
                       [this] { return learner_.caught_up() ? 1.0 : 0.0; });
}

void TopicsPart::start() {
    learner_.start();
    topics_.start();
}

void TopicsPart::stop() {
    topics_.stop();
    learner_.stop();
}

}  // namespace banyan
