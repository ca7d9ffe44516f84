// api/description.h: /openapi.json, and what was heard held against it: each answer must be of an operation that
// is described, with a status and a type that it names, and of the shape that it says.
#pragma once
#include "api/schema.h"
#include "journey/caller.h"

namespace banyan::api_test {

class Description {
  public:
    explicit Description(json::value all) : all_(std::move(all)), check_(all_) {}

    /// Fails the test when the answer is not as described. What is no operation at all is passed over.
    void hold(http::Method method, std::string const& target, journey::Heard const& heard);
    /// One event's data of a stream of events.
    void hold_event(std::string const& target, json::value const& data);

    std::set<std::string> operations() const;  ///< pointers
    std::vector<std::string> paths() const;
    std::set<std::string> const& answered() const { return answered_; }  ///< with a 2xx that was held
    /// Members of answers that are described and that no answer has had.
    std::set<std::string> never_seen() const;

  private:
    std::string operation_at(http::Method method, std::string const& target) const;  ///< a pointer; empty: none
    json::value const* find(std::string const& pointer) const;
    std::vector<std::string> reply_schemas() const;

    json::value const all_;
    SchemaCheck check_;
    std::set<std::string> answered_;
};

}  // namespace banyan::api_test
