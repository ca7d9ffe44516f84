// The second reading of verify(): every matter rebuilt from its events, against what is stored; the personal parts
// against what the events commit to; the tally against what they count.
#include <algorithm>

#include "base/text.h"
#include "kernel/engine/event_body.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/verify_parts.h"

namespace banyan::verifying {
namespace {

constexpr std::size_t kMattersAtOnce = 1000;
constexpr std::size_t kProcedureColumn = 2;  ///< of kMatterTable

StoredRow own(store::Row const& row, store::Table const& table) {
    StoredRow cells;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        int const column = static_cast<int>(i);
        if (row.null(column))
            cells.emplace_back(std::monostate{});
        else if (table.columns[i].type == store::Type::integer)
            cells.emplace_back(row.integer(column));
        else
            cells.emplace_back(std::string(row.text(column)));
    }
    return cells;
}

std::int64_t integer(StoredRow const& row, std::size_t column) {
    auto const* n = std::get_if<std::int64_t>(&row[column]);
    return n != nullptr ? *n : 0;
}

bool same(OwnCell const& stored, store::Cell const& rebuilt) {
    if (auto const* text = std::get_if<std::string>(&stored)) {
        auto const* other = std::get_if<std::string_view>(&rebuilt);
        if (other == nullptr) return false;
        if (*text == *other) return true;
        if (!text->starts_with('{')) return false;  // JSON says the same in another order too
        json::error_code error, other_error;
        json::value const a = json::parse(*text, error), b = json::parse(*other, other_error);
        return !error && !other_error && a == b;
    }
    if (auto const* n = std::get_if<std::int64_t>(&stored)) {
        auto const* other = std::get_if<std::int64_t>(&rebuilt);
        return other != nullptr && *n == *other;
    }
    return std::holds_alternative<std::monostate>(rebuilt);
}

/// The name of the first column that differs.
std::optional<std::string> difference(StoredRow const& stored, RowBuffer const& rebuilt,
                                      store::Table const& table) {
    std::span<store::Cell const> cells = rebuilt.cells();
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (!same(stored[i], cells[i])) return std::string(table.columns[i].name);
    return std::nullopt;
}

/// As the stored state says.
EventId last_event_of(StoredRow const& matter) {
    json::error_code error;
    json::value const state = json::parse(std::get<std::string>(matter.back()), error);
    if (error || !state.is_object()) return {};
    json::value const* known = state.as_object().if_contains("last_event");
    return known != nullptr && known->is_int64() ? EventId(known->as_int64()) : EventId{};
}

/// Of the matter as a whole: pinned to its last event.
Finding of_matter(Matter const& matter, std::string key,
                  std::vector<std::pair<std::string, std::string>> params = {}) {
    return {std::move(key), matter.id.lane(), matter.last_event, matter.id, matter.version, std::move(params)};
}

}  // namespace

/// Some matters with all that is stored of them.
struct StateCheck::Chunk {
    std::vector<std::int64_t> ids;
    std::unordered_map<std::int64_t, StoredRow> rows;
    std::unordered_map<std::int64_t, std::vector<StoredRow>> shares;
    std::unordered_map<std::int64_t, std::vector<EventRow>> histories;
};

StateCheck::StateCheck(store::Session& session, Procedures const& procedures, crypto::Keyring const* keys,
                       files::Contents* contents, Findings& findings)
    : session_(session),
      procedures_(procedures),
      keys_(keys),
      findings_(findings),
      files_(session, keys, contents, findings) {
    session_.query("SELECT lane, event FROM tally_position", {}, [&](store::Row const& row) {
        if (std::int64_t lane = row.integer(0); lane >= 0 && lane < kLanes)
            counted_until_[static_cast<std::size_t>(lane)] = row.integer(1);
    });
}

void StateCheck::read(Trails& trails, Meter& meter) {
    std::vector<std::int64_t> all;
    all.reserve(trails.size());
    for (auto const& [id, trail] : trails) all.push_back(id);
    std::ranges::sort(all);
    for (std::size_t from = 0; from < all.size(); from += kMattersAtOnce) {
        Chunk chunk;
        std::size_t const until = std::min(all.size(), from + kMattersAtOnce);
        chunk.ids.assign(all.begin() + static_cast<std::ptrdiff_t>(from),
                         all.begin() + static_cast<std::ptrdiff_t>(until));
        load_rows(chunk);
        std::vector<std::int64_t> last;
        for (std::int64_t id : chunk.ids)
            if (!trails.at(id).doubtful) last.push_back(trails.at(id).last);
        chunk.histories = load_histories(session_, std::move(last));
        for (std::int64_t id : chunk.ids) {
            meter.add(trails.at(id).no);
            if (!trails.at(id).doubtful) check_matter(id, chunk);
        }
        check_personal(chunk);
        files_.compare(chunk.ids);
    }
}

void StateCheck::load_rows(Chunk& chunk) {
    session_.load(kMatterTable, "id", chunk.ids, [&](store::Row const& row) {
        chunk.rows.emplace(row.integer(1), own(row, kMatterTable));
        ++matters_;
    });
    session_.load(kAssignmentTable, "matter", chunk.ids, [&](store::Row const& row) {
        chunk.shares[row.integer(2)].push_back(own(row, kAssignmentTable));
        ++shares_;
    });
}

std::shared_ptr<Procedure const> StateCheck::procedure_for(StoredRow const& row,
                                                           std::vector<EventRow> const& history) {
    auto const& stored = std::get<std::string>(row[kProcedureColumn]);
    std::string const began_with = procedure_of(history.front());
    auto found = procedures_.find(stored);
    if (found != procedures_.end() && (began_with.empty() || began_with == stored)) return found->second;
    findings_.add(
        about(history.front(), "verify.matter_procedure", {{"stored", stored}, {"began_with", began_with}}));
    return nullptr;
}

void StateCheck::say_unreadable(std::vector<EventRow> const& history, Procedure const& procedure) {
    for (EventRow const& event : history)
        if (Result<Event> read = readable_event(event, procedure); !read)
            return findings_.add_to_chain(about(event, "verify.event_unreadable", {{"what", read.error().key}}));
    findings_.add_to_chain(about(history.back(), "verify.event_unreadable", {{"what", "history"}}));
}

void StateCheck::check_matter(std::int64_t id, Chunk& chunk) {
    std::vector<EventRow> const& history = chunk.histories[id];
    EventRow const& last = history.back();
    auto row = chunk.rows.find(id);
    bool const counted = std::exchange(all_counted_, false);  // until it is
    if (row == chunk.rows.end()) return findings_.add(about(last, "verify.matter_missing"));
    std::shared_ptr<Procedure const> procedure = procedure_for(row->second, history);
    if (!procedure) return;

    std::int64_t const counted_until = counted_until_[static_cast<std::size_t>(last.id.lane())];
    std::optional<Matter> const matter = rebuild(
        history, procedure, [&](Event const& event, std::string const& kind, std::string const& kind_before) {
            if (event.id.value <= counted_until) tally_.add(event, *procedure, kind, kind_before);
        });
    if (!matter) return say_unreadable(history, *procedure);
    all_counted_ = counted;
    files_.note(history, *procedure);

    RowBuffer rebuilt;
    put_matter(rebuilt, *matter);
    if (auto column = difference(row->second, rebuilt, kMatterTable)) {
        // A state that knows a later event than there is: the journal was cut, and here is which one is gone.
        if (EventId const later = last_event_of(row->second);
            later > matter->last_event && later.lane() == matter->id.lane())
            return findings_.add_to_chain({"verify.event_missing",
                                           later.lane(),
                                           later,
                                           matter->id,
                                           matter->version + 1,
                                           {{"named_by", "matter"}}});
        findings_.add(of_matter(*matter, "verify.matter_differs", {{"column", *column}}));
    }
    check_shares(*matter, chunk.shares[id]);
}

void StateCheck::check_shares(Matter const& matter, std::vector<StoredRow> const& stored) {
    for (Assignment const& share : matter.assignments) {
        auto row = std::ranges::find_if(
            stored, [&](StoredRow const& cells) { return integer(cells, 1) == share.id.value; });
        if (row == stored.end()) {
            findings_.add(of_matter(matter, "verify.assignment_missing", {{"assignment", share.id.text()}}));
            continue;
        }
        RowBuffer rebuilt;
        put_assignment(rebuilt, share, matter);
        if (auto column = difference(*row, rebuilt, kAssignmentTable))
            findings_.add(of_matter(matter, "verify.assignment_differs",
                                    {{"assignment", share.id.text()}, {"column", *column}}));
    }
    for (StoredRow const& cells : stored)
        if (AssignmentId const id(integer(cells, 1)); matter.assignment(id) == nullptr)
            findings_.add(of_matter(matter, "verify.assignment_unexpected", {{"assignment", id.text()}}));
}

void StateCheck::check_personal(Chunk const& chunk) {
    struct Committed {
        EventRow const* event;
        std::string commitment;
        bool found = false;
    };
    std::unordered_map<std::int64_t, Committed> committed;
    std::vector<std::int64_t> ids;
    for (auto const& [matter, history] : chunk.histories)
        for (EventRow const& row : history)
            if (std::string commitment = commitment_of(row); !commitment.empty()) {
                ids.push_back(row.id.value);
                committed.emplace(row.id.value, Committed{&row, std::move(commitment)});
            }
    session_.load(kPersonalTable, "event", ids, [&](store::Row const& row) {
        ++personal_;
        auto& [event, commitment, found] = committed.at(row.integer(1));
        found = true;
        if (row.integer(2) != event->matter.value) findings_.add(about(*event, "verify.personal_differs"));
        if (bool const erased = row.null(3); erased || keys_ == nullptr) return;
        auto const plain = keys_->open(crypto::place("personal", event->id.value, "plain"), row.bytes(3));
        if (!plain)
            findings_.add(about(*event, "verify.personal_unreadable"));
        else if (to_hex(crypto::view(crypto::sm3(*plain))) != commitment)
            findings_.add(about(*event, "verify.personal_differs"));
    });
    for (auto const& [id, entry] : committed)
        if (!entry.found) findings_.add(about(*entry.event, "verify.personal_missing"));
}

void StateCheck::conclude(Trails const& trails) {
    check_strays(trails);
    check_tally();
}

/// Rows that no event accounts for; looked for one by one only when there are more than were met.
void StateCheck::check_strays(Trails const& trails) {
    std::int64_t matters = 0, shares = 0, personal = 0;
    session_.query(
        "SELECT (SELECT count(*) FROM matter), (SELECT count(*) FROM assignment), (SELECT count(*) FROM personal)",
        {}, [&](store::Row const& row) {
            matters = row.integer(0), shares = row.integer(1), personal = row.integer(2);
        });
    auto each = [&](std::string_view sql, auto on_row) {
        for (std::int64_t from = 0, before = -1; from != before;) {
            before = from;
            session_.query(sql, {from}, [&](store::Row const& row) { from = row.integer(0), on_row(row); });
        }
    };
    auto lane = [](std::int64_t id) { return MatterId(id).lane(); };
    if (matters != matters_)
        each("SELECT id, id FROM matter WHERE id > $1 ORDER BY id LIMIT 5000", [&](store::Row const& row) {
            MatterId const id(row.integer(0));
            if (!trails.contains(id.value))
                findings_.add({"verify.matter_unexpected", lane(id.value), {}, id, 0, {}});
        });
    if (shares != shares_)
        each("SELECT id, matter FROM assignment WHERE id > $1 ORDER BY id LIMIT 5000", [&](store::Row const& row) {
            if (MatterId const id(row.integer(1)); !trails.contains(id.value))
                findings_.add({"verify.assignment_unexpected",
                               lane(id.value),
                               {},
                               id,
                               0,
                               {{"assignment", std::to_string(row.integer(0))}}});
        });
    if (personal != personal_ && !findings_.any_doubt())
        each(
            "SELECT p.event, p.matter, coalesce(e.body, ''), e.packed FROM personal p "
            "LEFT JOIN event e ON e.lane = p.lane AND e.id = p.event "
            "WHERE p.event > $1 ORDER BY p.event LIMIT 1000",
            [&](store::Row const& row) {
                EventRow event;
                event.body = body_of(row, 2, 3);
                EventId const id(row.integer(0));
                if (commitment_of(event).empty())
                    findings_.add({"verify.personal_unexpected", id.lane(), id, MatterId(row.integer(1)), 0, {}});
            });
}

void StateCheck::check_tally() {
    std::int64_t counter = 0;
    session_.query("SELECT max(counter) FROM head", {}, [&](store::Row const& row) { counter = row.integer(0); });
    for (std::size_t lane = 0; lane < counted_until_.size(); ++lane)
        if (counted_until_[lane] / kLanes > counter) {
            findings_.add({"verify.tally_ahead",
                           static_cast<int>(lane),
                           {},
                           {},
                           0,
                           {{"position", std::to_string(counted_until_[lane])}}});
            return;
        }
    if (findings_.any_doubt() || !all_counted_) return;
    std::map<Tally::Key, std::int64_t> counted = tally_.waiting();
    std::map<Tally::Key, std::int64_t> const stored = tally_as_stored(session_);
    std::int64_t schema = 0;
    session_.query("SELECT max(number) FROM migration", {},
                   [&](store::Row const& row) { schema = row.integer(0); });
    constexpr std::int64_t kWithSums = 3;  // an earlier program's database has none yet
    if (schema < kWithSums)
        std::erase_if(counted, [](auto const& entry) { return std::get<3>(entry.first).starts_with("all."); });
    for (auto const& [key, n] : stored) counted.try_emplace(key, 0);
    for (auto const& [key, n] : counted) {
        auto found = stored.find(key);
        std::int64_t const was = found == stored.end() ? 0 : found->second;
        if (was == n) continue;
        auto const& [day, unit, kind, measure] = key;
        findings_.add({"verify.tally",
                       -1,
                       {},
                       {},
                       0,
                       {{"day", iso(Day{day})},
                        {"unit", std::to_string(unit)},
                        {"kind", kind},
                        {"measure", measure},
                        {"stored", std::to_string(was)},
                        {"counted", std::to_string(n)}}});
    }
}

}  // namespace banyan::verifying
