#include "systems/hall/revision.h"

#include <fmt/core.h>

#include <algorithm>

#include "systems/hall/code.h"
#include "systems/hall/units.h"

namespace banyan::hall {
namespace {

constexpr char const* kColon = "\xEF\xBC\x9A";  // full width, as the change log has it
constexpr std::string_view kHead =
    "SELECT matter, item, unit, kind, name, base, withdraws, draft, saved_by, saved_at, begun, ended, published";

Revision revision_of(store::Row const& row) {
    Revision one;
    one.matter = MatterId(row.integer(0));
    one.item = row.text(1);
    one.unit = row.text(2);
    one.kind = row.text(3);
    one.name = row.text(4);
    one.base = static_cast<int>(row.integer(5));
    one.withdraws = row.integer(6) != 0;
    one.draft = static_cast<int>(row.integer(7));
    one.saved_by = PersonId(row.integer(8));
    one.saved_at = Instant{row.integer(9)};
    one.begun = Instant{row.integer(10)};
    one.ended = Instant{row.integer(11)};
    one.published = static_cast<int>(row.integer(12));
    return one;
}

std::vector<Revision> several(store::Session& session, std::string const& rest,
                              std::vector<store::Cell> const& args) {
    std::vector<Revision> all;
    session.query(fmt::format("{} FROM hall_revision {}", kHead, rest), args,
                  [&](store::Row const& row) { all.push_back(revision_of(row)); });
    return all;
}

Result<void> is_current(store::Session& session, MatterId matter, int draft) {
    auto const found = find_revision(session, matter);
    if (!found) return refuse("revision.unknown");
    if (found->draft != draft) return refuse("revision.stale", "draft", {{"draft", std::to_string(found->draft)}});
    return {};
}

json::object object_in(std::string_view body) {
    boost::system::error_code error;
    json::value const value = json::parse(body, error);
    return !error && value.is_object() ? value.as_object() : json::object();
}

std::string text_in(json::object const& body, std::string_view member) {
    json::value const* value = body.if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// Its files are everybody's from now on.
int publish(store::Session& writing, Directory const& directory, Item item, Instant at) {
    std::string const given = item.code;
    auto const code = read_code(given);
    Units units(writing, directory, item.unit, code ? code->credit : std::string_view());
    // what was handed in was held against all rules; a unit that has ended meanwhile keeps the name that was given
    if (auto const settled = units.settle(item); settled) units.write(writing);
    for (std::string const& address : files_of(item))
        writing.execute("UPDATE hall_file SET open = 1 WHERE address = $1", {std::string_view(address)});
    return put_item(writing, item, at);
}

/// The change log's line, and what it means for the item. Returns the version that came of it; 0: none.
int put_ending(store::Session& writing, Directory const& directory, Revision const& revision, Instant at) {
    json::object const body = object_in(revision.handed);
    auto const found = find_item(writing, revision.item);
    if (!found || !found->stands()) return 0;
    Change change;
    change.kind = revision.kind;
    change.code = revision.item;
    change.name = found->item.name;
    change.basis = text_in(body, "basis");
    change.day = parse_day(text_in(body, "day")).value_or(kBeijing.day(at));
    change.zh = text_in(body, "zh");
    change.en = text_in(body, "en");
    int version = 0;
    if (revision.kind == "struck") {
        Item item = found->item;
        auto const material = std::ranges::find(item.materials, text_in(body, "material"), &Material::code);
        if (material == item.materials.end()) return 0;
        change.name += kColon + material->name;
        item.materials.erase(material);
        version = publish(writing, directory, std::move(item), at);
    }
    auto const put = put_change(writing, std::move(change), at);
    return put ? version : 0;
}

}  // namespace

std::optional<Revision> find_revision(store::Session& session, MatterId matter) {
    std::optional<Revision> found;
    session.query(fmt::format("{}, body, handed FROM hall_revision WHERE matter = $1", kHead), {matter.value},
                  [&](store::Row const& row) {
                      found = revision_of(row);
                      found->body = row.text(13);
                      found->handed = row.text(14);
                  });
    return found;
}

std::vector<Revision> open_revisions(store::Session& session, std::string_view unit) {
    if (unit.empty()) return several(session, "WHERE ended = 0 ORDER BY matter DESC LIMIT 500", {});
    return several(session, "WHERE ended = 0 AND unit = $1 ORDER BY matter DESC LIMIT 500", {unit});
}

std::vector<Revision> recent_revisions(store::Session& session, std::string_view unit, Instant since) {
    return several(session, "WHERE (ended = 0 OR ended >= $2) AND unit = $1 ORDER BY matter DESC LIMIT 500",
                   {unit, since.us});
}

std::vector<Revision> revisions_of(store::Session& session, std::string_view item) {
    return several(session, "WHERE item = $1 ORDER BY matter DESC LIMIT 200", {item});
}

Result<void> claim_item(store::Session& writing, std::string_view item, Instant now) {
    bool taken = false;
    writing.query("SELECT matter FROM hall_revision WHERE item = $1 AND ended = 0 LIMIT 1", {item},
                  [&](store::Row const&) { taken = true; });
    constexpr Span kLong = minutes(1);
    writing.query("SELECT at FROM hall_revision_claim WHERE item = $1", {item},
                  [&](store::Row const& row) { taken = taken || now - Instant{row.integer(0)} < kLong; });
    if (taken) return refuse("revision.open", "item");
    writing.execute(
        "INSERT INTO hall_revision_claim (item, at) VALUES ($1, $2) ON CONFLICT (item) DO UPDATE SET at = "
        "excluded.at",
        {item, now.us});
    return {};
}

void begin_revision(store::Session& writing, Revision const& one) {
    auto const rows = writing.execute(
        "INSERT INTO hall_revision (matter, item, unit, kind, name, base, withdraws, draft, body, handed, "
        "saved_by, "
        "saved_at, begun, ended, published) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, '', $9, $10, $10, 0, 0) ON "
        "CONFLICT (matter) DO NOTHING",
        {one.matter.value, std::string_view(one.item), std::string_view(one.unit), std::string_view(one.kind),
         std::string_view(one.name), std::int64_t{one.base}, std::int64_t{one.withdraws ? 1 : 0},
         std::string_view(one.body), one.saved_by.value, one.begun.us});
    if (rows == 0) return;
    if (one.withdraws) withdraw_item(writing, one.item, one.begun);
    writing.execute("DELETE FROM hall_revision_claim WHERE item = $1", {std::string_view(one.item)});
}

Result<int> save_draft(store::Session& writing, MatterId matter, int draft, std::string const& body,
                       std::string const& name, PersonId by, Instant now) {
    BANYAN_CHECK(is_current(writing, matter, draft));
    writing.execute(
        "UPDATE hall_revision SET body = $1, name = $2, draft = draft + 1, saved_by = $3, saved_at = $4 WHERE "
        "matter "
        "= $5",
        {std::string_view(body), std::string_view(name), by.value, now.us, matter.value});
    return draft + 1;
}

Result<void> keep_handed(store::Session& writing, MatterId matter, int draft) {
    BANYAN_CHECK(is_current(writing, matter, draft));
    writing.execute("UPDATE hall_revision SET handed = body WHERE matter = $1", {matter.value});
    return {};
}

void put_file(store::Session& writing, std::string_view address, MatterId matter, std::string_view type) {
    writing.execute(
        "INSERT INTO hall_file (address, matter, type, open) VALUES ($1, $2, $3, 0) ON CONFLICT (address) DO "
        "NOTHING",
        {address, matter.value, type});
}

std::string end_revision(store::Session& writing, Directory const& directory, MatterId matter, bool published,
                         Instant at) {
    auto one = find_revision(writing, matter);
    if (!one || one->ended) return one ? one->item : std::string();
    int version = 0;
    if (!published) {
        if (one->withdraws) restore_item(writing, one->item);
    } else if (one->writes_item()) {
        json::object const body = object_in(one->handed);
        auto read = read_item(body);
        Item item = read ? std::move(*read) : item_written(body);
        one->item = item.code;
        version = publish(writing, directory, std::move(item), at);
    } else {
        version = put_ending(writing, directory, *one, at);
    }
    writing.execute("UPDATE hall_revision SET ended = $1, published = $2, item = $3 WHERE matter = $4",
                    {at.us, std::int64_t{version}, std::string_view(one->item), matter.value});
    return one->item;
}

std::vector<Stored> items_of_unit(store::Session& session, std::string_view unit, std::string_view after,
                                  int most) {
    std::vector<Stored> all;
    std::vector<std::string> codes;
    session.query("SELECT code FROM hall_item WHERE unit = $1 AND code > $2 ORDER BY code LIMIT $3",
                  {unit, after, static_cast<std::int64_t>(most)},
                  [&](store::Row const& row) { codes.emplace_back(row.text(0)); });
    for (std::string const& code : codes)
        if (auto found = find_item(session, code)) all.push_back(std::move(*found));
    return all;
}

}  // namespace banyan::hall
