// systems/hall/revision.h: what is being written of an item: its drafts, as tables have them. The procedure is
// procedures/item.toml; who may do what: editor.h.
//
// A revision makes a new item, a new version of one, or says how one ends. Its draft is JSON as somebody typed it
// and need not be an item yet. Rules: docs/systems/hall.md, "How an item comes about".
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "kernel/people/directory.h"
#include "systems/hall/item_store.h"
#include "systems/hall/rules.h"

namespace banyan::hall {

struct Revision {
    MatterId matter;
    std::string item;  ///< code; of a new one: empty until it is published
    std::string unit;
    std::string kind;  ///< new, revise; cancelled, delegated, merged, struck: as the change log has them
    std::string name;
    int base = 0;  ///< version it is a revision of; 0: none
    bool withdraws = false;
    int draft = 1;             ///< how often it was saved
    std::string body, handed;  ///< JSON: as it is, as it was handed in last
    PersonId saved_by;
    Instant saved_at, begun, ended;
    int published = 0;  ///< version that came of it
    bool writes_item() const { return kind == "new" || kind == "revise"; }
};

inline constexpr std::string_view kRevisionKinds[] = {"new",       "revise", "cancelled",
                                                      "delegated", "merged", "struck"};
inline constexpr std::string_view kHallFiles =
    "/api/v1/hall/files/";  ///< where a sample is read, its address follows

std::optional<Revision> find_revision(store::Session& session, MatterId matter);
/// Those that go on, without bodies; of one unit, or of all. The newest first, at most 500.
std::vector<Revision> open_revisions(store::Session& session, std::string_view unit);
/// Of a unit, those that go on or ended since then.
std::vector<Revision> recent_revisions(store::Session& session, std::string_view unit, Instant since);
/// Of one item, without bodies, the newest first, at most 200.
std::vector<Revision> revisions_of(store::Session& session, std::string_view item);

/// Items of a unit, published or not, by code, after one; at most so many.
std::vector<Stored> items_of_unit(store::Session& session, std::string_view unit, std::string_view after,
                                  int most);

// ── what is wrong with a draft ────────────────────────────────────────────────────────────────────────────────

struct Checked {
    std::optional<Item> item;  ///< that would be published; nothing where it cannot be read, or the item ends
    std::vector<Refusal> faults;
};
/// A draft of this revision, held against every rule; fields as paths of its body.
Checked check_draft(store::Session& session, Directory const& directory, Surroundings const& around,
                    Revision const& revision, json::object const& body, Day today);
/// Name and situation of a draft or an item, as lists show it; empty: it has none yet.
std::string shown_name(json::object const& body);
/// SM3 in hex.
std::string digest_of_draft(std::string_view body);
/// Addresses of files of ours that the item's materials name.
std::vector<std::string> files_of(Item const& item);

/// One member of an item that is not as it was.
struct Difference {
    std::string field;
    json::value before, after;  ///< null: it is not there
};
std::vector<Difference> differences(json::object const& before, json::object const& after);

// ── writing: inside a transaction of the writer's ─────────────────────────────────────────────────────────────

/// One who begins keeps others away for a minute. Refused: revision.open.
Result<void> claim_item(store::Session& writing, std::string_view item, Instant now);
/// Once a matter; withdraws the item where that is wanted.
void begin_revision(store::Session& writing, Revision const& revision);
/// Refused: revision.unknown, revision.stale (`draft` is not the one that is there). Returns the number it has
/// now.
Result<int> save_draft(store::Session& writing, MatterId matter, int draft, std::string const& body,
                       std::string const& name, PersonId by, Instant now);
/// What is reviewed from now on. Refused as save_draft() is.
Result<void> keep_handed(store::Session& writing, MatterId matter, int draft);
void put_file(store::Session& writing, std::string_view address, MatterId matter, std::string_view type);
/// It was given up, or published: what that means for the item, once. Returns its code; empty: it never got one.
std::string end_revision(store::Session& writing, Directory const& directory, MatterId matter, bool published,
                         Instant at);

}  // namespace banyan::hall
