// Acting for a company: the header X-Company names it, the mandate is looked at each time, and the operation is
// the company's. So whoever's mandate was withdrawn a second ago finds nothing, and no operation has to know of
// it.
#include <algorithm>

#include "systems/hall/home/home_desk.h"

namespace banyan::hall {
namespace {

constexpr std::string_view kHeader = "x-company";

/// What is asked as oneself only: who signs in, and who looks after companies. Files are for everybody to send,
/// and whose they are matters.
bool is_for_companies(api::Operation const& operation) {
    std::string_view const name = operation.name;
    if (name.starts_with("session.") || name.starts_with("hall.compan") || name.starts_with("hall.mandate"))
        return false;
    if (operation.who == api::Who::anyone) return name.starts_with("file.");
    return operation.roles.empty() || std::ranges::find(operation.roles, "appellant") != operation.roles.end();
}

struct Passed {
    api::Call call;
    http::Respond respond;
    std::atomic<bool> answered = false;
};

struct Passage {
    HomeDesk const& desk;
    std::string name;  ///< of the operation
    bool changes = false;
    std::function<void(api::Call&&, http::Respond)> handle;

    void refuse_with(Passed& passed, Refusal const& refusal) const {
        if (!passed.answered.exchange(true))
            passed.respond(api::refused(desk.house, api::asker_of(passed.call), refusal));
    }

    /// On a reader's thread.
    void pass(store::Session& session, Passed& passed) const {
        Actor const actor = passed.call.actor();
        std::string const code(passed.call.request.header(kHeader));
        if (actor.role != "appellant" || !actor.person) return refuse_with(passed, {"mandate.none", {}, {}, {}});
        Day const today = desk.house.engine.moment().today();
        auto const acting = acting_for(session, actor.person, code, today);
        if (!acting) return refuse_with(passed, acting.error());
        if (changes && acting->scope != "act")
            return refuse_with(passed, {"mandate.only_see", {}, {{"company", acting->company.name}}, {}});
        if (changes && !name.starts_with("file.")) keep_use(acting->company.id, actor.person, passed.call);
        auto const rules = desk.house.engine.rules();
        Person const* person = rules->directory->person(actor.person);
        passed.call.session->actor.person = acting->company.account();
        passed.call.session->label = person == nullptr ? std::string() : person->login;
        if (!passed.answered.exchange(true)) handle(std::move(passed.call), std::move(passed.respond));
    }

    /// In the same queue, before what it is about.
    void keep_use(std::int64_t company, PersonId person, api::Call const& call) const {
        CompanyUse use{person, desk.house.engine.now(), name};
        for (std::string const& param : call.request.path_params) use.what += " " + param;
        desk.house.engine.write(
            [company, use = std::move(use)](store::Session& writing) { put_use(writing, company, use); },
            [](std::exception_ptr const&) {});
    }
};

}  // namespace

void add_for_companies(api::Api& into, api::Api const& from, HomeDesk const& desk) {
    for (api::Operation operation : from.operations()) {
        if (is_for_companies(operation)) {
            auto passage = std::make_shared<Passage const>(
                Passage{desk, operation.name, operation.method != http::Method::get, std::move(operation.handle)});
            operation.handle = [passage](api::Call&& call, http::Respond respond) {
                if (call.request.header(kHeader).empty())
                    return passage->handle(std::move(call), std::move(respond));
                auto passed = std::make_shared<Passed>(std::move(call), std::move(respond));
                bool const taken = passage->desk.house.readers.submit(
                    [passage, passed](store::Session& session) { passage->pass(session, *passed); },
                    [passage, passed](std::exception const& error) {
                        passage->refuse_with(*passed, {"server.failed", {}, {{"what", error.what()}}, {}});
                    });
                if (!taken) passage->refuse_with(*passed, {"server.busy", {}, {}, {}});
            };
        }
        into.add(std::move(operation));
    }
}

}  // namespace banyan::hall
