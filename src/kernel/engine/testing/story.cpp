#include "kernel/engine/testing/story.h"

#include <set>

#include "kernel/engine/event_cursor.h"
#include "kernel/engine/rebuild.h"

namespace banyan::testing {
namespace {

/// One matter on its way, a minute a step.
class Told {
  public:
    Told(City& city, json::object form, std::string_view by = "seat01") : city_(city) {
        Answer const answer = city.open(by, std::move(form));
        if (!answer.ok()) throw std::runtime_error("file: " + describe(answer.refusal));
        id_ = answer.matter;
    }
    Told& step(std::string_view who, std::string const& name, json::object form = {}, std::string_view unit = {}) {
        city_.go_to(city_.engine().now() + minutes(1));
        AssignmentId on;
        std::optional<Matter> const matter = unit.empty() ? std::nullopt : city_.matter(id_);
        if (matter)
            for (Assignment const& share : matter->assignments)
                if (city_.rules().directory->unit(share.unit)->code == unit) on = share.id;
        Answer const answer = city_.step(who, id_, name, std::move(form), on);
        if (!answer.ok()) throw std::runtime_error(name + ": " + describe(answer.refusal));
        return *this;
    }
    MatterId id() const { return id_; }

  private:
    City& city_;
    MatterId id_;
};

json::object appeal(std::string_view channel = "phone") {
    return {{"title", "路灯不亮"}, {"body", "整排不亮，晚上很黑"}, {"channel", channel}, {"class", "road.lamp"}};
}
json::object of_person(int n) {
    json::object form = appeal();
    form["name"] = "林先生";
    form["phone"] = "0591-8765" + std::to_string(4000 + n);
    form["address"] = "齐安路 1 号";
    return form;
}
json::object const kAccept{{"kind", "complaint"}};
json::object const kReply{{"account", "已更换"}, {"public_reply", "已修复，恢复正常。"}, {"solved", true}};
json::object const kWhy{{"reason", "按规定"}};
json::object const kClose{{"outcome", "solved"}, {"final", "satisfied"}};

std::vector<MatterId> half_a_story(City& city, int n) {
    std::vector<MatterId> ids;
    auto with = [&](Told const& told) { ids.push_back(told.id()); };
    auto dispatched = [&](json::object form, json::object how = {{"lead", "cg"}}) {
        return Told(city, std::move(form))
            .step("seat01", "accept", kAccept)
            .step("disp01", "dispatch", std::move(how));
    };
    with(dispatched(of_person(n))
             .step("unit-cg", "sign")
             .step("unit-cg", "contact", {{"reached", true}})
             .step("unit-cg-head", "reply", kReply)
             .step("review01", "approve")
             .step("callback01", "call_back", kClose));
    with(Told(city, appeal("app"), "citizen")
             .step("seat01", "accept", kAccept)
             .step("disp01", "dispatch", {{"lead", "water"}})
             .step("unit-water", "sign")
             .step("unit-water-head", "reply", kReply)
             .step("review01", "approve")
             .step("citizen", "rate", {{"rating", "satisfied"}}));
    with(dispatched(of_person(n + 1))
             .step("unit-cg-head", "ask_return", {{"ground", "not_our_duty"}, {"reason", "不归我们管"}})
             .step("review01", "grant_return", kWhy)
             .step("review01", "designate", {{"lead", "cg"}, {"as", "lead"}, {"basis", "职责清单"}})
             .step("unit-cg", "sign"));
    with(dispatched(appeal())
             .step("unit-cg-head", "ask_return", {{"ground", "not_our_area"}, {"reason", "区里管"}})
             .step("review01", "refuse_return", kWhy)
             .step("unit-cg", "sign")
             .step("unit-cg-head", "reply", kReply));
    with(dispatched(of_person(n + 2))
             .step("unit-cg", "sign")
             .step("unit-cg-head", "ask_extension", {{"days", 2}, {"reason", "等配件"}})
             .step("review01", "grant_extension", kWhy)
             .step("review01", "hold", {{"ground", "weather"}, {"hold_until", "2026-10-30"}})
             .step("review01", "resume"));
    with(dispatched(appeal())
             .step("unit-cg", "sign")
             .step("unit-cg-head", "reply", kReply)
             .step("review01", "approve")
             .step("callback01", "redo", {{"cause", "not_solved"}})
             .step("unit-cg-head", "reply", kReply));
    with(dispatched(appeal(), {{"lead", "zj"}, {"assist", {"cg", "350111-centre"}}, {"assist_days", 2}})
             .step("jinan-centre", "sign")
             .step("jinan-centre", "delegate",
                   {{"unit", "350111-zj"}, {"days", 1}, {"summary", "路灯不亮，请到场查看"}})
             .step("review01", "waive", kWhy, "cg"));
    with(dispatched(of_person(n + 3)).step("seat01", "withdraw", kWhy));
    with(Told(city, appeal()).step("seat01", "answer", {{"answer", "请拨打抢修电话。"}}));
    with(dispatched(appeal())
             .step("unit-cg", "sign")
             .step("unit-cg-head", "reply", kReply)
             .step("review01", "send_back", kWhy));
    return ids;
}

}  // namespace

std::vector<MatterId> tell_story(City& city) {
    std::vector<MatterId> ids = half_a_story(city, 0);
    city.go_to(city.engine().now() + days(3));
    for (MatterId id : half_a_story(city, 100)) ids.push_back(id);
    return ids;
}

void Walk::go(int steps) {
    for (int i = 0; i < steps; ++i) {
        std::uint32_t const what = pick_(20);
        if (matters_.empty() || (what == 0 && matters_.size() < 12))
            open();
        else if (what < 3)
            pass_time();
        else
            step();
    }
}

void Walk::open() {
    Procedure const& procedure = *city_.rules().procedures.find("appeal")->second;
    static constexpr std::string_view kWho[] = {"seat01", "seat02", "citizen", "citizen2", "lead01"};
    Answer const answer =
        city_.open(kWho[pick_(5)], form_for(procedure.step_at(procedure.step("file")).form, procedure));
    if (answer.ok())
        matters_.push_back(answer.matter), ++taken_;
    else
        ++refused_;
}

void Walk::pass_time() {
    static constexpr std::int64_t kMinutes[] = {1, 30, 240, 1440, 4320};
    city_.go_to(city_.engine().now() + minutes(kMinutes[pick_(5)]));
}

void Walk::step() {
    MatterId const id = matters_[pick_(static_cast<std::uint32_t>(matters_.size()))];
    std::optional<Matter> const matter = city_.matter(id);
    if (!matter) throw std::runtime_error("a matter is gone");
    Result<Event> const last = readable_event(load_history(city_.reader(), *matter).back(), *matter->procedure);
    std::vector<std::pair<std::string, Offer>> offered;
    for (Person const& person : city_.rules().directory->people())
        for (Offer const& offer :
             offers(city_.actor(person.login), *matter, city_.rules(), city_.engine().moment(), &*last))
            offered.emplace_back(person.login, offer);
    // What ends a matter, or may always be done, is done seldom: or no walk would come far.
    static std::set<std::string, std::less<>> const kSeldom{"unmask",    "supplement",     "urge",   "withdraw",
                                                            "void",      "hand_over",      "answer", "refuse",
                                                            "terminate", "propose_refusal"};
    if (pick_(16) != 0)
        std::erase_if(offered, [&](auto const& one) {
            return kSeldom.contains(matter->procedure->step_at(one.second.step).name);
        });
    if (offered.empty()) return;
    std::set<Index> steps;
    for (auto const& one : offered) steps.insert(one.second.step);
    Index const chosen = *std::next(steps.begin(), pick_(static_cast<std::uint32_t>(steps.size())));
    std::erase_if(offered, [&](auto const& one) { return one.second.step != chosen; });
    auto const& [who, offer] = offered[pick_(static_cast<std::uint32_t>(offered.size()))];
    Step const& step = matter->procedure->step_at(offer.step);
    Answer const answer =
        city_.step(who, id, step.name, form_for(step.form, *matter->procedure), offer.assignment);
    ++(answer.ok() ? taken_ : refused_);
    if (answer.ok() && step.name == kUndo) ++taken_back_;
    if (answer.kind == Answer::Kind::failed) throw std::runtime_error(step.name + ": " + describe(answer.refusal));
}

json::object Walk::form_for(std::vector<Field> const& fields, Procedure const& procedure) {
    json::object form;
    for (Field const& field : fields) {
        if (!field.shown_when.empty()) continue;
        if (field.required || pick_(4) == 0) form[field.name] = value_for(field, procedure);
    }
    return form;
}

std::string Walk::unit() {
    auto const& units = city_.rules().directory->units();
    return units[pick_(static_cast<std::uint32_t>(units.size()))].code;
}

json::value Walk::value_for(Field const& field, Procedure const& procedure) {
    using Type = Field::Type;
    std::vector<std::string> const& choices = field.name == "kind" ? procedure.kinds : field.choices;
    switch (field.type) {
        case Type::choice:
            return json::string(choices.at(pick_(static_cast<std::uint32_t>(choices.size()))));
        case Type::flag:
            return pick_(2) == 0;
        case Type::integer:
            return std::max<std::int64_t>(field.least, 1) + pick_(3);
        case Type::day:
            return json::string(iso(city_.engine().moment().today() + static_cast<int>(pick_(15))));
        case Type::code:
            return json::string(pick_(2) == 0 ? "road.lamp" : "other");
        case Type::unit:
            return json::string(unit());
        case Type::units:
            return json::array{json::string(unit())};
        case Type::list:
            return json::array{form_for(field.inner, procedure)};
        case Type::files:
            return json::array{};
        case Type::region:
            return "350111";
        case Type::phone:
            return "0591-87654321";
        case Type::matter:
            return json::string(receipt_number(
                matters_.empty() ? MatterId(1) : matters_[pick_(static_cast<std::uint32_t>(matters_.size()))]));
        case Type::identity:
            return "11010519491231002X";
        case Type::point:
            return json::object{{"lat", 26.07}, {"lon", 119.3}};
        case Type::instant:
            return json::string(rfc3339(city_.engine().now()));
        default:
            return "说明文字";
    }
}

void tamper(store::testing::TestStore& db, std::string const& sql, std::vector<store::Cell> const& args) {
    auto const writer = db.again()->open_writer();
    writer->begin_write();
    writer->execute(sql, args);
    writer->commit();
}

std::vector<EventRow> all_events(store::Store& store) {
    auto const reader = store.open_reader();
    std::vector<EventRow> events;
    EventCursor cursor(*reader);
    while (auto const* entry = cursor.next()) events.push_back(entry->row);
    return events;
}

}  // namespace banyan::testing
