// Paying: the fee notice, the bank's word taken into the case, paying back. The journal is the ledger: what is due
// and paid are kept fields of the case, so a payment happens together with the step that says so, once.
#include "systems/hall/cases/case_desk.h"

namespace banyan::hall {
namespace {

std::int64_t amount_of(Matter const& matter) {
    json::value const* amount = matter.facts.if_contains("amount");
    return amount != nullptr && amount->is_int64() ? amount->as_int64() : 0;
}

std::string code_of(Matter const& matter) {
    int const year = std::stoi(iso(kBeijing.day(matter.filed_at)).substr(0, 4));
    return payment_code(matter.region, year, receipt_number(matter.id));
}

std::string_view state_of(Matter const& matter) {
    if (is_set(matter.facts, "refunded")) return "refunded";
    if (is_set(matter.facts, "paid")) return "paid";
    return is_set(matter.facts, "billed") ? "open" : "none";
}

json::object notice_json(CaseDesk const& desk, Matter const& matter) {
    json::object notice{{"state", state_of(matter)}, {"bank", desk.bank.name()}};
    if (state_of(matter) == "none") return notice;
    notice["amount"] = amount_of(matter);
    notice["code"] = code_of(matter);
    if (json::value const* transaction = matter.facts.if_contains("transaction"))
        notice["transaction"] = *transaction;
    return notice;
}

http::Reply notice(CaseDesk const& desk, store::Session& session, api::Call& call) {
    Result<Matter> const matter = case_of(desk, session, call);
    if (!matter) return api::problem(matter.error(), desk.house.texts, call.language, &call.request);
    return api::json_reply(200, notice_json(desk, *matter));
}

bool asks_for_itself(CaseDesk const& desk, api::Call const& call, Matter const& matter) {
    auto const rules = desk.house.engine.rules();
    return rules->access->tie(call.actor(), matter, *rules->directory) == Tie::asker;
}

/// A step of the case by the cashier, who is nobody's account: whoever pays stands behind it.
Request cashiers(Actor actor, MatterId matter, std::string step, json::object form) {
    actor.role = "cashier";
    actor.bound = {};
    Command command;
    command.actor = std::move(actor);
    command.matter = matter;
    command.step = std::move(step);
    command.form = std::move(form);
    Request request;
    request.what = std::move(command);
    request.deadline = wall_clock() + seconds(10);
    return request;
}

/// What the bank has taken and the case does not want goes back at once: withdrawn or decided meanwhile.
void pay(CaseDesk const& desk, store::Session& session, api::Call& call, http::Respond respond) {
    Result<Matter> const matter = case_of(desk, session, call);
    if (!matter) return refuse_with(desk, call, respond, matter.error());
    if (!asks_for_itself(desk, call, *matter))
        return refuse_with(desk, call, respond, {"step.not_yours", {}, {}, {}});
    std::string_view const state = state_of(*matter);
    if (state == "none") return refuse_with(desk, call, respond, {"payment.no_bill", {}, {}, {}});
    if (state != "open") return refuse_with(desk, call, respond, {"payment.twice", {}, {}, {}});
    std::string const code = code_of(*matter);
    std::int64_t const amount = amount_of(*matter);
    Result<std::string> const transaction = desk.bank.charge({code, amount});
    if (!transaction) return refuse_with(desk, call, respond, transaction.error());
    Request request =
        cashiers(call.actor(), matter->id, "pay",
                 {{"paid_amount", amount}, {"bank", desk.bank.name()}, {"transaction", *transaction}});
    json::object paid{{"state", "paid"},
                      {"bank", desk.bank.name()},
                      {"amount", amount},
                      {"code", code},
                      {"transaction", *transaction}};
    auto held = std::make_shared<http::Respond>(std::move(respond));
    request.done = [&desk, held, code, paid = std::move(paid), asker = api::asker_of(call)](Answer&& answer) {
        if (answer.ok()) return (*held)(api::json_reply(200, paid));
        // Twice at once: the other one has taken the same charge into the case.
        if (answer.refusal.key != "payment.twice")
            if (auto const back = desk.bank.give_back(code); !back)
                desk.house.log.error("payment.not_given_back", {{"code", code}, {"why", back.error().key}});
        (*held)(api::refused(desk.house, asker, answer.refusal));
    };
    if (!desk.house.engine.submit(std::move(request))) {
        (void)desk.bank.give_back(code);
        (*held)(api::problem({"server.busy", {}, {}, {}}, desk.house.texts, call.language, &call.request));
    }
}

/// The case says first that it is given back, so that nobody is given it twice.
void give_back(CaseDesk const& desk, store::Session& session, api::Call& call, http::Respond respond) {
    Result<Matter> const matter = case_of(desk, session, call);
    if (!matter) return refuse_with(desk, call, respond, matter.error());
    auto const rules = desk.house.engine.rules();
    bool const may = call.actor().role == "hall_manager" ||
                     rules->access->tie(call.actor(), *matter, *rules->directory) == Tie::lead;
    if (!may) return refuse_with(desk, call, respond, {"step.not_yours", {}, {}, {}});
    if (state_of(*matter) != "paid")
        return refuse_with(desk, call, respond,
                           {state_of(*matter) == "refunded" ? "payment.refunded" : "payment.nothing", {}, {}, {}});
    Result<std::string> const transaction = desk.bank.give_back(code_of(*matter));
    if (!transaction) return refuse_with(desk, call, respond, transaction.error());
    Request request =
        cashiers(call.actor(), matter->id, "refund",
                 {{"reason", std::string(Form(call.body).text("reason"))}, {"refund_transaction", *transaction}});
    api::command(desk.house, call, std::move(request), std::move(respond), 200);
}

shape::Schema notice_shape() {
    using namespace shape;
    return named("hall_payment", object({{"state", one_of({"none", "open", "paid", "refunded"})},
                                         {"bank", shape::text()},
                                         {"amount?", count("fen")},
                                         {"code?", shape::text("of non-tax revenue, 20 digits")},
                                         {"transaction?", shape::text("the bank's")}}));
}

}  // namespace

void add_payment_operations(api::Api& api, CaseDesk const& desk) {
    Field const id{.name = "id", .type = Field::Type::code, .about = "the case's id, or its receipt number"};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/applications/{id}/payment",
             .name = "hall.payment",
             .summary = "The fee notice of a case, and whether it was paid",
             .tag = "hall",
             .path = {id},
             .replies = {{200, "the notice"}},
             .reply = notice_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 api::query(
                     desk.house, std::move(call), std::move(respond),
                     [&desk](store::Session& session, api::Call& asked) { return notice(desk, session, asked); });
             }});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/hall/applications/{id}/payment",
             .name = "hall.pay",
             .summary = "Pay what the notice says, once; by who applied",
             .tag = "hall",
             .path = {id},
             .replies = {{200, "paid"}, {409, "no fee is due, or it was paid"}},
             .reply = notice_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 read_first(desk, std::move(call), std::move(respond),
                            [&desk](store::Session& session, api::Call& asked, http::Respond answer) {
                                pay(desk, session, asked, std::move(answer));
                            });
             }});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/hall/applications/{id}/refund",
             .name = "hall.refund",
             .summary = "Give a fee back; by the head of the unit that decides, or the hall's management",
             .tag = "hall",
             .roles = {"unit_head", "hall_manager"},
             .path = {id},
             .body = {{.name = "reason", .required = true, .least = 2, .most = 1000}},
             .replies = {{200, "given back"}, {409, "nothing was paid, or it is too early"}},
             .reply = api::opened_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 read_first(desk, std::move(call), std::move(respond),
                            [&desk](store::Session& session, api::Call& asked, http::Respond answer) {
                                give_back(desk, session, asked, std::move(answer));
                            });
             }});
}

}  // namespace banyan::hall
