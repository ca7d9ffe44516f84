#include "systems/hall/cases/form_drafts.h"

namespace banyan::hall {
namespace {

std::string place_of(PersonId person, std::string_view item) {
    return crypto::place("hall_form_draft", person.value, item);
}

}  // namespace

std::optional<FormDraft> find_draft(store::Session& session, crypto::Keyring const& keys, PersonId person,
                                    std::string_view item) {
    std::optional<FormDraft> found;
    session.query("SELECT version, saved_at, body FROM hall_form_draft WHERE person = $1 AND item = $2",
                  {person.value, item}, [&](store::Row const& row) {
                      auto plain = keys.open(place_of(person, item), row.bytes(2));
                      if (plain)
                          found = FormDraft{std::string(item), static_cast<int>(row.integer(0)),
                                            Instant{row.integer(1)}, std::move(*plain)};
                  });
    return found;
}

std::vector<FormDraft> drafts_of(store::Session& session, PersonId person) {
    std::vector<FormDraft> all;
    session.query(
        "SELECT item, version, saved_at FROM hall_form_draft WHERE person = $1 ORDER BY saved_at DESC, item",
        {person.value}, [&](store::Row const& row) {
            all.push_back(
                {std::string(row.text(0)), static_cast<int>(row.integer(1)), Instant{row.integer(2)}, {}});
        });
    return all;
}

bool put_draft(store::Session& writing, crypto::Keyring const& keys, PersonId person, FormDraft const& draft) {
    drop_draft(writing, person, draft.item);
    std::int64_t have = 0;
    writing.query("SELECT count(*) FROM hall_form_draft WHERE person = $1", {person.value},
                  [&](store::Row const& row) { have = row.integer(0); });
    if (have >= static_cast<std::int64_t>(kMostDrafts)) return false;
    std::string const sealed = keys.seal(place_of(person, draft.item), draft.body);
    writing.execute(
        "INSERT INTO hall_form_draft (person, item, version, saved_at, body) VALUES ($1, $2, $3, $4, $5)",
        {person.value, std::string_view(draft.item), std::int64_t{draft.version}, draft.saved_at.us,
         store::Bytes{sealed}});
    return true;
}

void drop_draft(store::Session& writing, PersonId person, std::string_view item) {
    writing.execute("DELETE FROM hall_form_draft WHERE person = $1 AND item = $2", {person.value, item});
}

std::int64_t drop_old_drafts(store::Session& writing, Instant before) {
    return writing.execute("DELETE FROM hall_form_draft WHERE saved_at < $1", {before.us});
}

}  // namespace banyan::hall
