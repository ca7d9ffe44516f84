#include "systems/calls/views.h"

namespace banyan::calls {

std::int64_t whole_seconds(Span span) { return span.us / seconds(1).us; }

std::map<MatterId, json::object> matter_rows(Desk const& desk, Office const& office,
                                             std::vector<MatterId> const& matters) {
    std::vector<std::int64_t> ids;
    for (MatterId const matter : matters) ids.push_back(matter.value);
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    std::map<MatterId, json::object> rows;
    auto const rules = desk.house.engine.rules();
    Viewer const viewer{office.actor, *rules, desk.house.engine.moment(), nullptr};
    for (Matter const& matter : load_matters(office.session, ids, desk.house.engine.procedures()))
        if (auto row = view_of(nullptr, matter, {}, viewer)) rows.emplace(matter.id, std::move(*row));
    return rows;
}

void add_person(json::object& row, std::string_view member, Directory const& directory, PersonId id) {
    if (Person const* person = directory.person(id))
        row[member] = {{"login", person->login}, {"zh", person->zh}, {"en", person->en}};
}

json::value masked_number(Office const& office, Call const& call) {
    std::string const number = number_of(office.keys, call);
    if (number.empty()) return nullptr;
    return json::string(masked("phone", number));
}

json::object call_json(Office const& office, Call const& call) {
    Times const times = times_of(call, office.now);
    json::object row{{"id", call.id.text()},
                     {"line", call.line},
                     {"number", masked_number(office, call)},
                     {"state", name(state_of(call))},
                     {"offered", rfc3339(call.offered)},
                     {"waiting_s", whole_seconds(times.waiting)},
                     {"recorded", !call.recording.empty()}};
    add_person(row, "seat", office.directory, call.seat);
    struct At {
        char const* name;
        Instant at;
    };
    for (At const& one :
         {At{"ringing", call.ringing}, At{"answered", call.answered}, At{"abandoned", call.abandoned},
          At{"ended", call.ended}, At{"asked", call.asked}, At{"closed", call.closed}})
        if (one.at) row[one.name] = rfc3339(one.at);
    if (times.answering) row["answering_s"] = whole_seconds(*times.answering);
    if (times.talking) row["talking_s"] = whole_seconds(*times.talking);
    if (times.after) row["after_s"] = whole_seconds(*times.after);
    if (!call.language.empty()) row["language"] = call.language;
    if (!call.closing.empty()) row["closing"] = call.closing;
    if (!call.rating.empty()) row["rating"] = call.rating;
    return row;
}

json::array calls_json(Desk const& desk, Office const& office, std::vector<Call> const& calls) {
    std::map<CallId, std::vector<MatterId>> attached;
    std::vector<MatterId> all;
    for (Call const& call : calls) {
        attached[call.id] = load_matters_of(office.session, call.id);
        all.insert(all.end(), attached[call.id].begin(), attached[call.id].end());
    }
    auto const found = matter_rows(desk, office, all);
    json::array rows;
    for (Call const& call : calls) {
        json::object row = call_json(office, call);
        json::array matters;
        for (MatterId const matter : attached[call.id])
            if (found.contains(matter))
                matters.push_back({{"id", matter.text()}, {"number", receipt_number(matter)}});
        row["matters"] = std::move(matters);
        rows.push_back(std::move(row));
    }
    return rows;
}

shape::Schema person_shape() {
    using namespace shape;
    return named("seat_person", object({{"login", text()}, {"zh", text()}, {"en", text()}}));
}

shape::Schema call_shape() {
    using namespace shape;
    return named("call", object({{"id", id()},
                                 {"line", code("the number that was dialled")},
                                 {"number", or_null(text("the caller's, masked; null: withheld"))},
                                 {"state", one_of(State::waiting, State::abandoned)},
                                 {"offered", instant()},
                                 {"ringing?", instant("the first time")},
                                 {"answered?", instant()},
                                 {"abandoned?", instant("the caller gave up")},
                                 {"ended?", instant()},
                                 {"asked?", instant("to rate it")},
                                 {"closed?", instant()},
                                 {"seat?", person_shape()},
                                 {"waiting_s", count("until the answer, or until the caller gave up")},
                                 {"answering_s?", count("from the first ringing")},
                                 {"talking_s?", count()},
                                 {"after_s?", count("after-call work")},
                                 {"recorded", flag("there is a recording")},
                                 {"language?", code()},
                                 {"closing?", code()},
                                 {"rating?", one_of({"satisfied", "fair", "unsatisfied"}, "of the service")},
                                 {"matters", list(object({{"id", id()}, {"number", id("receipt number")}}),
                                                  "attached; those the viewer may find")}}));
}

}  // namespace banyan::calls
