// systems/hall/editor_routes.h: /api/v1/hall/editor, for who writes, endorses and publishes items (editor.h); and
// the samples of what is published, for everybody.
#pragma once
#include "api/api.h"
#include "kernel/uploads/uploads.h"
#include "systems/hall/editor.h"

namespace banyan::hall {

struct EditorDesk {
    api::House& house;
    Surroundings around;
    Uploads const& uploads;
    Editor& editor;
};

void add_editor_lists(api::Api& api, EditorDesk const& desk);      ///< items, revisions, history
void add_editor_news(api::Api& api, EditorDesk const& desk);       ///< what became of one's unit's items
void add_editor_acts(api::Api& api, EditorDesk const& desk);       ///< begin, save, steps, samples
void add_sample_operation(api::Api& api, EditorDesk const& desk);  ///< a published sample, for everybody

// ── what several of them use ──────────────────────────────────────────────────────────────────────────────────

std::vector<std::string> editing_roles();  ///< who sees revisions
std::vector<std::string> writing_roles();

/// A revision the caller may see, with its matter.
struct Seen {
    Revision revision;
    Matter matter;
    Part part;
};
Result<Seen> seen_revision(EditorDesk const& desk, store::Session& session, api::Call const& call);
json::object parsed_draft(std::string_view body);
/// Faults, trips and what changed: what a page shows beside a draft.
void put_judgement(json::object& into, EditorDesk const& desk, store::Session& session, Revision const& revision,
                   json::object const& body);
json::array differences_json(json::object const& before, json::object const& after);
shape::Schema differences_shape(std::string_view about);
shape::Schema judgement_shape(std::initializer_list<shape::Member> more);
/// Steps of procedures/item.toml by the names the API gives them; empty: it has no such one.
std::string_view step_named(std::string_view said, std::string_view stage);
/// The person, in the role the rulebook knows for that step.
Actor acting(Actor actor, std::string_view step);
Field revision_field();

}  // namespace banyan::hall
