// systems/administration/desk.h: what the administrators' routes are given, and how a change is made.
#pragma once
#include <functional>
#include <optional>

#include "api/api.h"
#include "kernel/engine/verify.h"
#include "systems/administration/acts.h"
#include "systems/administration/errand.h"

namespace banyan::administration {

/// Made by main, outlives the server.
struct Desk {
    api::House& house;
    store::Store& store;
    /// Reads the installation anew and puts it in force. Called on the writer's thread, when a change is durable.
    std::function<void()> renew;
    /// Proves the whole journal; long.
    std::function<VerifyReport(OnProgress const&)> verify;
    Errand verification, dating;
    std::atomic<int> dated_again{0};  ///< by the last dating
    mutable std::mutex mutex{};
    std::shared_ptr<VerifyReport const> report = nullptr;  ///< of the last verification; under the mutex

    void stop() {
        verification.stop();
        dating.stop();
    }
};

/// What a change came to: the answer, and what the record says of it.
struct Done {
    json::object body;
    std::string act, subject;
    json::object detail;
    int status = 200;
    bool renew = true;                      ///< rules changed
    std::optional<PersonId> forget = {};    ///< signed out from everywhere
    bool keys_too = false;                  ///< … with their keys
    std::function<void()> afterwards = {};  ///< when it is in force
};
/// Refuses before it writes anything: what was written would stay.
using Change = std::function<Result<Done>(store::Session& writing, api::Call const& call)>;

/// One transaction, with its act; then in force; then answered. All changes are made one after another on the
/// writer's thread, so each sees the rules that the one before has made.
void make_change(Desk& desk, api::Call&& call, http::Respond respond, Change change);

/// A handler that answers from a snapshot.
using Look = http::Reply (*)(Desk&, store::Session&, api::Call&);
std::function<void(api::Call&&, http::Respond)> looking(Desk& desk, Look look);

http::Reply no(Desk& desk, api::Call const& call, Refusal const& refusal);
/// Each fault of a file as `bad` of the answer: line, key, column, text.
json::array faults_json(Texts const& texts, Refusal const& refusal);
shape::Schema faults_shape();
json::object unit_names(Unit const& unit);
json::object errand_json(Errand::State const& state, Directory const& directory);
shape::Schema errand_shape();

std::vector<std::string> const& administrators();  ///< roles: the three

void add_people_operations(api::Api& api, Desk& desk);
void add_unit_operations(api::Api& api, Desk& desk);
void add_key_operations(api::Api& api, Desk& desk);
void add_list_operations(api::Api& api, Desk& desk);
void add_journal_operations(api::Api& api, Desk& desk);

}  // namespace banyan::administration
