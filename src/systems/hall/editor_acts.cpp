// What is done to items: a revision begun, its draft saved, the steps of procedures/item.toml, samples of
// materials.
#include <algorithm>

#include "base/text.h"
#include "systems/hall/editor_routes.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

/// An answer that comes later.
struct Waiting {
    EditorDesk const& desk;
    std::shared_ptr<http::Respond> respond;
    std::shared_ptr<api::Call> call;
    api::Asker asker;
    void refused(Refusal const& refusal) const { (*respond)(api::refused(desk.house, asker, refusal)); }
    void said(int status, json::object const& body) const { (*respond)(api::json_reply(status, body)); }
    Form form() const { return Form(call->body); }
};

using Act = void (*)(Waiting const&, store::Session&);

/// Looked at on a reader's thread first.
auto looked_at(EditorDesk const& desk, Act act) {
    return [&desk, act](api::Call&& call, http::Respond respond) {
        auto const asker = api::asker_of(call);
        Waiting const waiting{desk, std::make_shared<http::Respond>(std::move(respond)),
                              std::make_shared<api::Call>(std::move(call)), asker};
        bool const taken =
            desk.house.readers.submit([waiting, act](store::Session& session) { act(waiting, session); },
                                      [waiting](std::exception const& error) {
                                          waiting.refused({"server.failed", {}, {{"what", error.what()}}, {}});
                                      });
        if (!taken) waiting.refused({"server.busy", {}, {}, {}});
    };
}

/// Takes the step, puts what it means into the tables, shows it to who searches, then answers.
void take(Waiting const& waiting, Command command, int status) {
    api::House& house = waiting.desk.house;
    Request request;
    request.what = std::move(command);
    request.deadline = wall_clock() + seconds(10);
    request.done = [waiting, &house, status](Answer&& answer) {
        if (!answer.ok()) return waiting.refused(answer.refusal);
        auto const kept = std::make_shared<Answer>(std::move(answer));
        auto const codes = std::make_shared<std::set<std::string>>();
        auto respond = [waiting, kept, status] {
            (*waiting.respond)(api::json_text_reply(status, std::move(kept->body)));
        };
        house.engine.write(
            [&house, kept, codes](store::Session& writing) {
                auto const matter = load_matter(writing, kept->matter, house.engine.procedures());
                if (!matter) return;
                for (EventRow const& event : load_history(writing, *matter))
                    if (std::string code = take_event(writing, *house.engine.rules()->directory,
                                                      house.engine.procedures(), event);
                        !code.empty())
                        codes->insert(std::move(code));
                for (std::string const& code : *codes) house.engine.nodes().tell(writing, kItemsTiding, code);
            },
            [waiting, codes, respond](std::exception_ptr const& failed) {
                if (failed) return waiting.refused(refusal_of(failed));
                if (codes->empty()) return respond();
                // the follower shows it too, when it comes to it
                Editor& editor = waiting.desk.editor;
                bool const taken = waiting.desk.house.readers.submit(
                    [&editor, codes, respond](store::Session& session) {
                        editor.show(session, *codes);
                        respond();
                    },
                    [respond](std::exception const&) { respond(); });
                if (!taken) respond();
            });
    };
    if (!house.engine.submit(std::move(request))) waiting.refused({"server.busy", {}, {}, {}});
}

/// What somebody wants to know of the writer's own before it goes on; what it refuses is the answer.
void write_first(Waiting const& waiting, std::function<Result<void>(store::Session&)> work,
                 std::function<void()> then) {
    auto const refused = std::make_shared<std::optional<Refusal>>();
    waiting.desk.house.engine.write(
        [work = std::move(work), refused](store::Session& writing) {
            if (auto const done = work(writing); !done) *refused = done.error();
        },
        [waiting, refused, then = std::move(then)](std::exception_ptr const& failed) {
            if (failed) return waiting.refused(refusal_of(failed));
            if (*refused) return waiting.refused(**refused);
            then();
        });
}

Command step_of(Waiting const& waiting, Seen const& seen, std::string_view step) {
    Command command;
    command.actor = acting(waiting.call->actor(), step);
    command.matter = seen.matter.id;
    command.step = step;
    return command;
}

bool is_drafting(Matter const& matter) { return matter.procedure->at(matter.stage).name == "item_drafting"; }

// ── begun ─────────────────────────────────────────────────────────────────────────────────────────────────────
Result<Command> begin_command(Waiting const& waiting, store::Session& session) {
    auto const rules = waiting.desk.house.engine.rules();
    Form const asked = waiting.form();
    std::string const kind(asked.text("kind"));
    Command command;
    command.actor = acting(waiting.call->actor(), "begin_item");
    command.procedure = "item";
    command.step = "begin_item";
    std::string name(trim(asked.text("name"))), unit = unit_of_writer(waiting.call->actor(), *rules->directory);
    if (kind == "new") {
        if (name.empty()) return refuse("revision.no_name", "name");
    } else {
        if (!asked.has("item")) return refuse("revision.no_item", "item");
        auto const found = find_item(session, asked.text("item"));
        if (!found) return refuse("item.unknown", "item", {{"code", std::string(asked.text("item"))}});
        if (!part_of(waiting.call->actor(), found->item.unit, *rules->directory).writes)
            return refuse("revision.not_your_unit", "item");
        if (found->state != State::published) return refuse("revision.not_published", "item");
        name = shown_name(item_json(found->item));
        unit = found->item.unit;
        command.form["item_code"] = found->item.code;
        command.form["item_version"] = found->version;
        command.form["withdraws"] = asked.has("withdraw") ? asked.flag("withdraw") : kind == "revise";
    }
    if (unit.empty()) return refuse("revision.not_your_unit");
    command.form["title"] = first_characters(name, 60);
    command.form["item_unit"] = unit;
    command.form["revision"] = kind;
    return command;
}

void begin(Waiting const& waiting, store::Session& session) {
    Result<Command> command = begin_command(waiting, session);
    if (!command) return waiting.refused(command.error());
    if (!command->form.contains("item_code")) return take(waiting, std::move(*command), 201);
    std::string const item(command->form.at("item_code").as_string());
    Instant const now = waiting.desk.house.engine.now();
    write_first(
        waiting, [item, now](store::Session& writing) { return claim_item(writing, item, now); },
        [waiting, command = std::move(*command)] { take(waiting, command, 201); });
}

// ── a draft ───────────────────────────────────────────────────────────────────────────────────────────────────
Result<Seen> written_by(Waiting const& waiting, store::Session& session) {
    BANYAN_TRY(Seen seen, seen_revision(waiting.desk, session, *waiting.call));
    if (!seen.part.writes) return refuse("revision.not_your_unit");
    if (!is_drafting(seen.matter)) return refuse("revision.not_drafting");
    return seen;
}

void save(Waiting const& waiting, store::Session& session) {
    api::House& house = waiting.desk.house;
    auto const seen = written_by(waiting, session);
    if (!seen) return waiting.refused(seen.error());
    Form const asked = waiting.form();
    json::object const& body = asked.values().at("body").as_object();
    auto const answer = std::make_shared<json::object>();
    put_judgement(*answer, waiting.desk, session, seen->revision, body);
    std::string name = seen->revision.writes_item() ? shown_name(body) : std::string();
    if (name.empty()) name = seen->revision.name;
    auto const draft = static_cast<int>(*asked.integer("draft"));
    Instant const now = house.engine.now();
    write_first(
        waiting,
        [&house, answer, draft, now, name, id = seen->matter.id, text = json::serialize(body),
         by = waiting.call->actor().person](store::Session& writing) -> Result<void> {
            auto const matter = load_matter(writing, id, house.engine.procedures());
            if (!matter || !is_drafting(*matter)) return refuse("revision.not_drafting");
            BANYAN_TRY(int const saved, save_draft(writing, id, draft, text, name, by, now));
            (*answer)["draft"] = saved;
            (*answer)["saved_at"] = rfc3339(now);
            return {};
        },
        [waiting, answer] { waiting.said(200, *answer); });
}

// ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────
/// All that is wrong with it, as one refusal.
Result<void> is_sound(EditorDesk const& desk, store::Session& session, Revision const& revision,
                      std::string const& body) {
    auto const rules = desk.house.engine.rules();
    Checked checked = check_draft(session, *rules->directory, desk.around, revision, parsed_draft(body),
                                  desk.house.engine.moment().today());
    if (!checked.faults.empty()) {
        Refusal first = std::move(checked.faults.front());
        first.others.assign(std::make_move_iterator(checked.faults.begin() + 1),
                            std::make_move_iterator(checked.faults.end()));
        return std::unexpected(std::move(first));
    }
    if (revision.kind != "revise") return {};
    auto const before = find_item(session, revision.item, revision.base);
    if (before && checked.item && item_json(before->item) == item_json(*checked.item))
        return refuse("revision.no_change");
    return {};
}

void hand_in(Waiting const& waiting, store::Session& session, Seen const& seen) {
    if (!seen.part.writes) return waiting.refused({"revision.not_your_unit", {}, {}, {}});
    if (!is_drafting(seen.matter)) return waiting.refused({"revision.not_drafting", {}, {}, {}});
    Form const asked = waiting.form();
    if (!asked.has("draft")) return waiting.refused({"field.required", "draft", {}, {}});
    auto const draft = static_cast<int>(*asked.integer("draft"));
    if (draft != seen.revision.draft)
        return waiting.refused({"revision.stale", "draft", {{"draft", std::to_string(seen.revision.draft)}}, {}});
    if (auto const sound = is_sound(waiting.desk, session, seen.revision, seen.revision.body); !sound)
        return waiting.refused(sound.error());
    Command command = step_of(waiting, seen, "hand_in_item");
    command.form["title"] = first_characters(seen.revision.name, 60);
    command.form["digest"] = digest_of_draft(seen.revision.body);
    write_first(
        waiting, [id = seen.matter.id, draft](store::Session& writing) { return keep_handed(writing, id, draft); },
        [waiting, command = std::move(command)] { take(waiting, command, 200); });
}

/// What was handed in is what is in the table, and still sound: the city may have changed meanwhile.
Result<void> may_be_published(Waiting const& waiting, store::Session& session, Seen const& seen) {
    json::value const* digest = seen.matter.facts.if_contains("digest");
    if (digest == nullptr || digest_of_draft(seen.revision.handed) != std::string_view(digest->as_string()))
        return refuse("revision.not_the_one");
    return is_sound(waiting.desk, session, seen.revision, seen.revision.handed);
}

void step(Waiting const& waiting, store::Session& session) {
    auto const found = seen_revision(waiting.desk, session, *waiting.call);
    if (!found) return waiting.refused(found.error());
    Seen const& seen = *found;
    Form const asked = waiting.form();
    std::string_view const said = asked.text("step");
    if (said == "hand_in") return hand_in(waiting, session, seen);
    std::string_view const stage = seen.matter.procedure->at(seen.matter.stage).name;
    bool const by_hall = said == "publish" || (said == "send_back" && stage == "item_publishing");
    bool const may = by_hall ? seen.part.publishes : said == "give_up" ? seen.part.writes : seen.part.endorses;
    if (!may) return waiting.refused({"step.wrong_desk", {}, {}, {}});
    if ((said == "endorse" || said == "publish") && stage == (by_hall ? "item_publishing" : "item_endorsing"))
        if (auto const sound = may_be_published(waiting, session, seen); !sound)
            return waiting.refused(sound.error());
    Command command = step_of(waiting, seen, step_named(said, stage));
    for (char const* member : {"reason", "note"})
        if (asked.has(member)) command.form[member] = asked.text(member);
    take(waiting, std::move(command), 200);
}

void attach(Waiting const& waiting, store::Session& session) {
    auto const seen = written_by(waiting, session);
    if (!seen) return waiting.refused(seen.error());
    Command command = step_of(waiting, *seen, "attach_item_file");
    command.form["samples"] = json::array{waiting.form().text("file")};
    take(waiting, std::move(command), 200);
}

api::Operation acted(EditorDesk const& desk, char const* path, char const* name, char const* summary, Act act) {
    api::Operation one{.method = http::Method::post};
    one.pattern = std::string("/api/v1/hall/editor/revisions") + path;
    one.name = std::string("hall.editor.") + name;
    one.summary = summary;
    one.tag = "hall";
    one.handle = looked_at(desk, act);
    return one;
}

// ── samples, for everybody ────────────────────────────────────────────────────────────────────────────────────
/// Of what is published; of a draft for who writes and reviews it.
std::optional<std::string> type_of_sample(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    std::optional<std::string> type;
    bool is_open = false;
    MatterId matter;
    session.query("SELECT type, open, matter FROM hall_file WHERE address = $1", {call.param(0)},
                  [&](store::Row const& row) {
                      type = row.text(0);
                      is_open = row.integer(1) != 0;
                      matter = MatterId(row.integer(2));
                  });
    if (!type || is_open) return type;
    auto const revision = find_revision(session, matter);
    auto const rules = desk.house.engine.rules();
    if (!revision || !call.session || !part_of(call.actor(), revision->unit, *rules->directory).any())
        return std::nullopt;
    return type;
}

http::Reply sample(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    auto const type = type_of_sample(desk, session, call);
    if (!type) return api::problem({"hall_file.unknown", {}, {}, {}}, desk.house.texts, call.language);
    auto content = desk.uploads.content(session, call.param(0));
    auto const about = desk.uploads.types().find(*type);
    if (!content || about == desk.uploads.types().end())
        return api::refused(desk.house, api::asker_of(call),
                            {"file.damaged", {}, {{"what", "content missing or changed"}}, {}});
    std::string const name = "sample-" + std::string(call.param(0).substr(0, 8)) + "." + about->second.extension;
    return {200,
            *type,
            std::move(*content),
            {{"Content-Disposition",
              std::string(about->second.shown ? "inline" : "attachment") + "; filename=\"" + name + "\""},
             {"Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"},
             {"Cross-Origin-Resource-Policy", "same-origin"},
             {"Cache-Control", "no-cache"}},
            {}};
}

}  // namespace

void add_editor_acts(api::Api& api, EditorDesk const& desk) {
    using Type_ = Field::Type;
    Field draft{.name = "draft", .type = Type_::integer, .least = 1, .most = 1'000'000, .about = "that was read"};
    api::Operation one = acted(
        desk, "", "begin", "Begins a revision: of a new item, of one that is published, of how one ends", begin);
    one.roles = writing_roles();
    one.body = {{.name = "kind",
                 .type = Type_::choice,
                 .required = true,
                 .choices = {std::begin(kRevisionKinds), std::end(kRevisionKinds)}},
                {.name = "item", .type = Type_::code, .about = "all kinds but `new`"},
                {.name = "name", .most = 200, .about = "of a new one"},
                {.name = "withdraw",
                 .type = Type_::flag,
                 .about = "nobody applies for the item meanwhile; left out: of a revision true, else false"}};
    one.replies = {{201, "the matter"}, {404, "no such item"}, {409, "it is not published, or is being revised"}};
    one.reply = outcome_shape();
    api.add(std::move(one));

    one = acted(desk, "/{id}/draft", "save", "Saves a draft as it was typed; says what is wrong with it", save);
    one.roles = writing_roles();
    one.path = {revision_field()};
    draft.required = true;
    one.body = {draft,
                {.name = "body",
                 .type = Type_::object,
                 .required = true,
                 .open = true,
                 .about = "the whole draft, whatever it lacks"}};
    one.replies = {
        {200, "saved"}, {409, "it is being reviewed, or over"}, {412, "somebody has saved a newer one"}};
    one.reply = judgement_shape({{"draft", shape::count("its number now")}, {"saved_at", shape::instant()}});
    api.add(std::move(one));

    one = acted(desk, "/{id}/steps", "step",
                "Hands a draft in, endorses it, publishes it, sends it back, gives it up", step);
    one.roles = editing_roles();
    one.path = {revision_field()};
    draft.required = false;
    one.body = {{.name = "step",
                 .type = Type_::choice,
                 .required = true,
                 .choices = {"hand_in", "endorse", "publish", "send_back", "give_up"}},
                draft,
                {.name = "reason", .least = 2, .most = 500, .about = "of sending back and giving up"},
                {.name = "note", .most = 500, .about = "of endorsing and publishing"}};
    one.replies = {{200, "the matter as it is now"},
                   {409, "not its turn, or it is not what was handed in"},
                   {412, "handed in: somebody has saved a newer one"},
                   {422, "every rule that the draft breaks"}};
    one.reply = outcome_shape();
    api.add(std::move(one));

    one = acted(desk, "/{id}/files", "file", "A file that was sent before becomes a sample or an empty form",
                attach);
    one.roles = writing_roles();
    one.path = {revision_field()};
    one.body = {
        {.name = "file", .required = true, .least = 64, .most = 64, .about = "as POST /api/v1/files gave it"}};
    one.replies = {{200, "materials may name it: /api/v1/hall/files/FILE"},
                   {409, "it is being reviewed, or over"}};
    one.reply = outcome_shape();
    api.add(std::move(one));
}

void add_sample_operation(api::Api& api, EditorDesk const& desk) {
    std::string types;
    for (auto const& [type, about] : desk.uploads.types()) types += (types.empty() ? "" : ",") + type;
    api.add({.method = http::Method::get,
             .pattern = std::string(kHallFiles) + "{file}",
             .name = "hall.file",
             .summary = "A sample or an empty form of a material of a published item",
             .tag = "hall",
             .who = api::Who::anyone,
             .path = {{.name = "file", .about = "as the material names it"}},
             .replies = {{200, "the file"}, {404, "there is none, or it is not published"}},
             .reply = shape::text(),
             .reply_type = types,
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 api::query(
                     desk.house, std::move(call), std::move(respond),
                     [&desk](store::Session& session, api::Call& asked) { return sample(desk, session, asked); });
             }});
}

}  // namespace banyan::hall
