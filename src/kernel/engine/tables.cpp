#include "kernel/engine/tables.h"

#include <algorithm>
#include <charconv>

#include "kernel/engine/event_body.h"

namespace banyan {

using store::Type;

namespace {

store::Table with_fixed(store::Table table, std::initializer_list<std::string_view> more) {
    table.fixed.insert(table.fixed.end(), more);
    return table;
}

}  // namespace

store::Table const kMatterTable{"matter",
                                {{"lane", Type::integer},
                                 {"id", Type::integer},
                                 {"procedure", Type::text},
                                 {"stage", Type::text},
                                 {"open", Type::integer},
                                 {"kind", Type::text},
                                 {"class", Type::text},
                                 {"region", Type::text},
                                 {"channel", Type::text},
                                 {"asker", Type::integer},
                                 {"about", Type::integer},
                                 {"filed_at", Type::integer},
                                 {"due", Type::integer},
                                 {"wakes", Type::integer},
                                 {"version", Type::integer},
                                 {"state", Type::text}},
                                {"id"},
                                {"procedure", "filed_at"}};
store::Table const kMatterStayedTable = with_fixed(kMatterTable, {"open", "asker"});
store::Table const kAssignmentTable{"assignment",
                                    {{"lane", Type::integer},
                                     {"id", Type::integer},
                                     {"matter", Type::integer},
                                     {"unit", Type::integer},
                                     {"share", Type::integer},
                                     {"progress", Type::integer},
                                     {"due", Type::integer},
                                     {"state", Type::text},
                                     {"open", Type::integer}},
                                    {"id"},
                                    {"matter", "unit"}};
store::Table const kEventTable{"event",
                               {{"lane", Type::integer},
                                {"id", Type::integer},
                                {"matter", Type::integer},
                                {"no", Type::integer},
                                {"before", Type::integer},
                                {"step", Type::text},
                                {"person", Type::integer},
                                {"at", Type::integer},
                                {"recorded", Type::integer},
                                {"body", Type::text},
                                {"hash", Type::bytes},
                                {"packed", Type::bytes}},
                               {"id"}};
store::Table const kPersonalTable{
    "personal",
    {{"lane", Type::integer}, {"event", Type::integer}, {"matter", Type::integer}, {"sealed", Type::bytes}},
    {"event"}};
store::Table const kBlindTable{
    "blind", {{"lane", Type::integer}, {"token", Type::bytes}, {"matter", Type::integer}}, {}};
store::Table const kQueryCodeTable{"query_code",
                                   {{"lane", Type::integer},
                                    {"matter", Type::integer},
                                    {"hash", Type::bytes},
                                    {"wrong", Type::integer},
                                    {"sealed", Type::bytes}},
                                   {"matter"}};
store::Table const kExternalTable{
    "external", {{"source", Type::text}, {"number", Type::text}, {"matter", Type::integer}}, {"source", "number"}};
store::Table const kIdempotencyTable{"idempotency",
                                     {{"lane", Type::integer},
                                      {"event", Type::integer},
                                      {"at", Type::integer},
                                      {"who", Type::text},
                                      {"key", Type::text},
                                      {"request", Type::bytes},
                                      {"answer", Type::text}},
                                     {"event"}};
store::Table const kOutboxTable{"outbox",
                                {{"lane", Type::integer},
                                 {"id", Type::integer},
                                 {"matter", Type::integer},
                                 {"event", Type::integer},
                                 {"text", Type::text},
                                 {"whom", Type::text},
                                 {"at", Type::integer},
                                 {"state", Type::integer},
                                 {"attempts", Type::integer},
                                 {"unit", Type::integer},
                                 {"told_at", Type::integer}},
                                {"id"}};
store::Table const kTallyTable{"tally",
                               {{"day", Type::integer},
                                {"unit", Type::integer},
                                {"kind", Type::text},
                                {"measure", Type::text},
                                {"n", Type::integer}},
                               {"day", "unit", "kind", "measure"}};
store::Table const kTallyPositionTable{
    "tally_position", {{"lane", Type::integer}, {"event", Type::integer}}, {"lane"}};
store::Table const kHeadTable{"head",
                              {{"lane", Type::integer},
                               {"counter", Type::integer},
                               {"events", Type::integer},
                               {"hash", Type::bytes},
                               {"batch", Type::bytes}},
                              {"lane"}};
store::Table const kCheckpointTable{"checkpoint",
                                    {{"id", Type::integer},
                                     {"at", Type::integer},
                                     {"counts", Type::bytes},
                                     {"root", Type::bytes},
                                     {"before", Type::bytes},
                                     {"hash", Type::bytes},
                                     {"signer", Type::text},
                                     {"signature", Type::bytes}},
                                    {"id"}};

store::Table const kReadLogTable{"read_log",
                                 {{"at", Type::integer},
                                  {"person", Type::integer},
                                  {"role", Type::text},
                                  {"matter", Type::integer},
                                  {"what", Type::text}},
                                 {}};

std::vector<store::Migration> migrations(EmbeddedTable embedded) {
    std::vector<store::Migration> all;
    for (EmbeddedFile const& file : embedded_under(embedded, "src/")) {
        std::string_view path = file.path;
        std::size_t folder = path.find("/schema/");
        if (folder == std::string_view::npos || !path.ends_with(".sql")) continue;
        std::string_view name = path.substr(folder + 8);
        int number = 0;
        std::from_chars(name.data(), name.data() + name.size(), number);
        all.push_back({number, name, file.bytes()});
    }
    std::ranges::sort(all, {}, &store::Migration::number);
    return all;
}

void put_matter(RowBuffer& rows, Matter const& m) {
    Stage const& stage = m.procedure->at(m.stage);
    rows.integer(m.id.lane());
    rows.integer(m.id.value);
    rows.text_view(m.procedure->hash);
    rows.text_view(stage.name);
    rows.integer(stage.final ? 0 : 1);
    rows.text_view(m.kind < 0 ? std::string_view()
                              : std::string_view(m.procedure->kinds[static_cast<std::size_t>(m.kind)]));
    rows.text(m.class_code);
    rows.text(m.region);
    rows.text(m.channel);
    rows.integer(m.asker.value);
    rows.integer(m.about.value);
    rows.integer(m.filed_at.us);
    rows.integer_or_null(m.clock == Clock::running && m.due ? m.due->instant.us : 0);
    rows.integer_or_null(m.wakes().us);
    rows.integer(m.version);
    rows.text(state_text(m));
}

void put_assignment(RowBuffer& rows, Assignment const& share, Matter const& matter) {
    rows.integer(share.id.lane());
    rows.integer(share.id.value);
    rows.integer(matter.id.value);
    rows.integer(share.unit.value);
    rows.integer(static_cast<int>(share.share));
    rows.integer(static_cast<int>(share.progress));
    rows.integer_or_null(share.due ? share.due->instant.us : 0);
    rows.text(state_text(share, *matter.procedure));
    rows.integer(share.open() ? 1 : 0);
}

std::vector<Matter> load_matters(store::Session& session, std::span<std::int64_t const> ids,
                                 Procedures const& procedures) {
    std::vector<Matter> matters;
    std::unordered_map<std::int64_t, std::size_t> places;
    matters.reserve(ids.size());
    session.load(kMatterTable, "id", ids, [&](store::Row const& row) {
        auto procedure = procedures.find(std::string(row.text(2)));
        if (procedure == procedures.end())
            throw std::runtime_error("matter " + std::to_string(row.integer(1)) + " has an unknown procedure");
        MatterId id(row.integer(1));
        places[id.value] = matters.size();
        matters.push_back(matter_from(id, json::parse(row.text(15)).as_object(), procedure->second));
    });
    session.load(kAssignmentTable, "matter", ids, [&](store::Row const& row) {
        Matter& m = matters[places.at(row.integer(2))];
        m.assignments.push_back(assignment_from(json::parse(row.text(7)).as_object(), *m.procedure));
    });
    for (Matter& m : matters)
        if (m.assignments.size() > 1) std::ranges::sort(m.assignments, {}, &Assignment::id);
    return matters;
}

std::optional<Matter> load_matter(store::Session& session, MatterId id, Procedures const& procedures) {
    std::int64_t key = id.value;
    std::vector<Matter> found = load_matters(session, {&key, 1}, procedures);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

EventRow event_row(store::Row const& row) {
    return {EventId(row.integer(1)),          EventId(row.integer(4)),  MatterId(row.integer(2)),
            static_cast<int>(row.integer(3)), std::string(row.text(5)), body_of(row, 9, 11),
            std::string(row.bytes(10)),       PersonId(row.integer(6)), Instant{row.integer(7)},
            Instant{row.integer(8)}};
}

void go_back(store::Session& session, std::vector<std::int64_t> events,
             std::function<bool(EventRow&& event)> const& take) {
    while (!events.empty()) {
        std::vector<std::int64_t> earlier;
        session.load(kEventTable, "id", events, [&](store::Row const& row) {
            EventRow event = event_row(row);
            std::int64_t const before = event.before.value;
            if (take(std::move(event)) && before != 0) earlier.push_back(before);
        });
        events = std::move(earlier);
    }
}

std::unordered_map<std::int64_t, std::vector<EventRow>> load_histories(store::Session& session,
                                                                       std::vector<std::int64_t> last_events) {
    std::unordered_map<std::int64_t, std::vector<EventRow>> histories;
    go_back(session, std::move(last_events), [&](EventRow&& event) {
        histories[event.matter.value].push_back(std::move(event));
        return true;
    });
    for (auto& [matter, history] : histories) std::ranges::reverse(history);
    return histories;
}

std::vector<EventRow> load_history(store::Session& session, Matter const& matter) {
    if (!matter.last_event) return {};
    auto histories = load_histories(session, {matter.last_event.value});
    return histories.empty() ? std::vector<EventRow>() : std::move(histories.begin()->second);
}

Result<Event> event_from(EventRow const& row, Procedure const& procedure) {
    BANYAN_TRY(Event event, event_from(row.body, procedure));
    event.id = row.id;
    event.before = row.before;
    event.matter = row.matter;
    event.no = row.no;
    event.step = procedure.step(row.step);
    event.by = row.person;
    event.at = row.at;
    event.recorded = row.recorded;
    if (event.step < 0) return refuse("event.unknown_step", {}, {{"step", row.step}});
    return event;
}

}  // namespace banyan
