#include "systems/hall/item_store.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "kernel/engine/tables.h"
#include "platform/crypto/digest.h"

namespace banyan::hall {
namespace {

using store::Type;

store::Table const kItemTable{"hall_item",
                              {{"id", store::Type::integer},
                               {"code", store::Type::text},
                               {"catalogue", store::Type::text},
                               {"unit", store::Type::text},
                               {"region", store::Type::text},
                               {"version", store::Type::integer},
                               {"state", store::Type::text},
                               {"digest", store::Type::text}},
                              {"id"}};
store::Table const kVersionTable{"hall_item_version",
                                 {{"item", store::Type::integer},
                                  {"version", store::Type::integer},
                                  {"begins", store::Type::integer},
                                  {"ends", store::Type::integer},
                                  {"body", store::Type::text}},
                                 {"item", "version"}};

constexpr std::array<std::string_view, 5> kStates{"published", "cancelled", "delegated", "merged", "revising"};
bool stands(State state) { return state == State::published || state == State::revising; }
State state_of(std::string_view code) {
    auto const found = std::ranges::find(kStates, code);
    if (found == kStates.end()) throw std::runtime_error("hall_item: no such state: " + std::string(code));
    return static_cast<State>(found - kStates.begin());
}

/// What we have written ourselves.
Item item_of(std::string_view body) {
    json::monotonic_resource memory;
    return item_written(json::parse(body, &memory).as_object());
}

/// What stored_of() reads, of an item's current version or of any; a condition follows.
constexpr std::string_view kOfVersions =
    "SELECT i.id, v.version, i.state, v.begins, v.ends, v.body, i.revising FROM hall_item i JOIN "
    "hall_item_version v ON "
    "v.item = i.id ";
std::string current(std::string_view condition) {
    return fmt::format("{}AND v.version = i.version WHERE {}", kOfVersions, condition);
}

/// id, version, state, begins, ends, body, revising.
Stored stored_of(store::Row const& row) {
    State const state = state_of(row.text(2));
    return {row.integer(0),
            static_cast<int>(row.integer(1)),
            state,
            Instant{row.integer(3)},
            Instant{row.integer(4)},
            item_of(row.text(5)),
            Instant{state == State::revising ? row.integer(6) : 0}};
}

std::string body_of(Item const& item) { return json::serialize(item_json(item)); }
std::string digest_of(std::string_view body) { return crypto::hex(crypto::Sm3().update(body).finish()); }

int each(store::Session& session, std::string_view sql, std::span<store::Cell const> args, OnItem const& on_item) {
    int many = 0;
    session.query(sql, args, [&](store::Row const& row) {
        ++many;
        on_item(stored_of(row));
    });
    return many;
}

}  // namespace

std::string_view code_of(State state) { return kStates.at(static_cast<std::size_t>(state)); }

std::optional<Stored> find_item(store::Session& session, std::string_view code, std::optional<int> version) {
    std::optional<Stored> found;
    auto take = [&](store::Row const& row) { found = stored_of(row); };
    if (version)
        session.query(fmt::format("{}WHERE i.code = $1 AND v.version = $2", kOfVersions),
                      {code, static_cast<std::int64_t>(*version)}, take);
    else
        session.query(current("i.code = $1"), {code}, take);
    return found;
}

std::vector<VersionRow> versions_of(store::Session& session, std::int64_t item) {
    std::vector<VersionRow> all;
    session.query(
        "SELECT version, begins, ends FROM hall_item_version WHERE item = $1 ORDER BY version LIMIT 1000", {item},
        [&](store::Row const& row) {
            all.push_back({static_cast<int>(row.integer(0)), Instant{row.integer(1)}, Instant{row.integer(2)}});
        });
    return all;
}

std::vector<Item> other_situations(store::Session& session, Item const& item) {
    std::vector<Item> all;
    if (item.catalogue.empty()) return all;
    session.query(
        current("i.unit = $1 AND i.catalogue = $2 AND i.state = $3 AND i.code <> $4 ORDER BY i.code LIMIT 50"),
        {std::string_view(item.unit), std::string_view(item.catalogue), code_of(State::published),
         std::string_view(item.code)},
        [&](store::Row const& row) { all.push_back(stored_of(row).item); });
    return all;
}

int each_published(store::Session& session, std::int64_t after, int most, OnItem const& on_item) {
    store::Cell const args[] = {code_of(State::published), after, static_cast<std::int64_t>(most)};
    return each(session, current("i.state = $1 AND i.id > $2 ORDER BY i.id LIMIT $3"), args, on_item);
}

int each_published_in(store::Session& session, std::string_view region, std::int64_t after, int most,
                      OnItem const& on_item) {
    store::Cell const args[] = {code_of(State::published), region, after, static_cast<std::int64_t>(most)};
    return each(session, current("i.state = $1 AND i.region = $2 AND i.id > $3 ORDER BY i.id LIMIT $4"), args,
                on_item);
}

std::int64_t count_items(store::Session& session) {
    std::int64_t many = 0;
    session.query("SELECT count(*) FROM hall_item WHERE state = $1", {code_of(State::published)},
                  [&](store::Row const& row) { many = row.integer(0); });
    return many;
}

Ledger::Ledger(store::Session& session) {
    session.query("SELECT id, code, version, state, digest FROM hall_item", {}, [&](store::Row const& row) {
        known_.emplace(row.text(1), Known{row.integer(0), static_cast<int>(row.integer(2)), state_of(row.text(3)),
                                          std::string(row.text(4))});
        last_ = std::max(last_, row.integer(0));
    });
}

Ledger::Put Ledger::put(Item const& item) {
    std::string body = body_of(item), digest = digest_of(body);
    auto const [found, is_new] = known_.try_emplace(item.code);
    Known& known = found->second;
    if (!is_new && stands(known.state) && known.digest == digest) return Put::unchanged;
    if (is_new) known.id = ++last_;
    int const ended = !is_new && stands(known.state) ? known.version : 0;
    known = {known.id, known.version + 1, State::published, std::move(digest)};
    waiting_.push_back({known, item.code, item.catalogue, item.unit, item.region, std::move(body), ended});
    return is_new ? Put::added : Put::changed;
}

void Ledger::write(store::Session& writing, Instant now) {
    RowBuffer added, changed, versions;
    for (Waiting const& each : waiting_) {
        RowBuffer& rows = each.known.version == 1 ? added : changed;
        rows.integer(each.known.id);
        rows.text_view(each.code);
        rows.text_view(each.catalogue);
        rows.text_view(each.unit);
        rows.text_view(each.region);
        rows.integer(each.known.version);
        rows.text_view(code_of(each.known.state));
        rows.text_view(each.known.digest);
        versions.integer(each.known.id);
        versions.integer(each.known.version);
        versions.integer(now.us);
        versions.null();
        versions.text_view(each.body);
        if (each.ended_version != 0)
            writing.execute("UPDATE hall_item_version SET ends = $1 WHERE item = $2 AND version = $3",
                            {now.us, each.known.id, static_cast<std::int64_t>(each.ended_version)});
    }
    if (!added.empty()) writing.append(kItemTable, added.cells());
    if (!changed.empty()) writing.write(kItemTable, changed.cells());
    if (!versions.empty()) writing.append(kVersionTable, versions.cells());
    waiting_.clear();
}

int put_item(store::Session& writing, Item const& item, Instant now) {
    std::int64_t id = 0, version = 0;
    bool stood = false;
    writing.query("SELECT id, version, state FROM hall_item WHERE code = $1", {std::string_view(item.code)},
                  [&](store::Row const& row) {
                      id = row.integer(0);
                      version = row.integer(1);
                      stood = stands(state_of(row.text(2)));
                  });
    std::string const body = body_of(item), digest = digest_of(body);
    if (stood)
        writing.execute("UPDATE hall_item_version SET ends = $1 WHERE item = $2 AND version = $3",
                        {now.us, id, version});
    bool const is_new = id == 0;
    if (is_new)
        writing.query("SELECT max(id) FROM hall_item", {},
                      [&](store::Row const& row) { id = row.integer(0) + 1; });
    ++version;
    store::Cell const cells[] = {id,
                                 std::string_view(item.code),
                                 std::string_view(item.catalogue),
                                 std::string_view(item.unit),
                                 std::string_view(item.region),
                                 version,
                                 code_of(State::published),
                                 std::string_view(digest)};
    if (is_new)
        writing.append(kItemTable, cells);
    else
        writing.write(kItemTable, cells);
    store::Cell const row[] = {id, version, now.us, std::monostate{}, std::string_view(body)};
    writing.append(kVersionTable, row);
    return static_cast<int>(version);
}

void withdraw_item(store::Session& writing, std::string_view code, Instant since) {
    writing.execute("UPDATE hall_item SET state = $1, revising = $2 WHERE code = $3 AND state = $4",
                    {code_of(State::revising), since.us, code, code_of(State::published)});
}

void restore_item(store::Session& writing, std::string_view code) {
    writing.execute("UPDATE hall_item SET state = $1, revising = 0 WHERE code = $2 AND state = $3",
                    {code_of(State::published), code, code_of(State::revising)});
}

}  // namespace banyan::hall
