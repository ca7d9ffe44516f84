// Files: sent first, named in a step's form then, read through the matter (docs/files.md).
#include <algorithm>

#include "kernel/engine/named_files.h"
#include "kernel/engine/view.h"
#include "kernel/uploads/uploads.h"
#include "systems/desk/loading.h"

namespace banyan::desk {
namespace {

void take_file(House& house, Uploads& uploads, Call&& call, http::Respond respond) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    std::string said(call.request.header("content-type"));
    auto done = [&house, held, asker = asker_of(call), kept = uploads.options().kept](Result<Uploaded>&& made) {
        if (!made) return (*held)(refused(house, asker, made.error()));
        (*held)(json_reply(201, json::object{{"file", made->file},
                                             {"type", made->type},
                                             {"size", made->size},
                                             {"until", rfc3339(house.engine.now() + kept)}}));
    };
    if (!uploads.take(std::move(call.request.body), std::move(said), call.actor(), std::move(done)))
        (*held)(problem({"server.busy", {}, {}, {}}, house.texts, call.language, &call.request));
}

/// The file as the viewer's view of the matter names it; what is not in the view is not there.
std::optional<NamedFile> find_in(json::object const& view, Procedure const& procedure, std::string_view address) {
    for (json::value const& entry : view.at("timeline").as_array()) {
        json::value const* form = entry.as_object().if_contains("form");
        Index const step = procedure.step(std::string_view(entry.at("step").as_string()));
        if (form == nullptr || step < 0) continue;
        for (NamedFile& file : files_in(procedure.step_at(step).form, form->as_object()))
            if (file.address == address) return std::move(file);
    }
    return std::nullopt;
}

/// Nothing in it is run: a file is only what it says it is, in a page of its own that may do nothing.
http::Reply file_reply(NamedFile const& file, FileType const& type, std::string content) {
    std::string const name = "file-" + file.address.substr(0, 8) + "." + type.extension;
    return {200,
            file.type,
            std::move(content),
            {{"Content-Disposition",
              std::string(type.shown ? "inline" : "attachment") + "; filename=\"" + name + "\""},
             {"Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"},
             {"Cross-Origin-Resource-Policy", "same-origin"},
             {"Cache-Control", "private, no-store"}},
            {}};
}

http::Reply get_file(House& house, Uploads const& uploads, store::Session& session, Call& call) {
    auto const loaded = load(house, session, call.param(0));
    if (!loaded) return unknown(house, call);
    auto const rules = house.engine.rules();
    auto const view =
        view_of(&session, loaded->matter, loaded->history, {call.actor(), *rules, house.engine.moment(), nullptr});
    auto const file = view ? find_in(*view, *loaded->matter.procedure, call.param(1)) : std::nullopt;
    if (!file) return unknown(house, call);
    note_reading(house, call.actor(), loaded->matter, kReadFile);
    auto content = uploads.content(session, file->address);
    auto const type = uploads.types().find(file->type);
    if (!content || type == uploads.types().end())
        return refused(house, asker_of(call),
                       {"file.damaged", {}, {{"what", content ? "type" : "content missing or changed"}}, {}});
    return file_reply(*file, type->second, std::move(*content));
}

std::string all_types(FileTypes const& types) {
    std::string all;
    for (auto const& [type, about] : types) all += (all.empty() ? "" : ",") + type;
    return all;
}

}  // namespace

void add_file_operations(Api& api, House& house, Uploads& uploads) {
    using namespace shape;
    using Type = Field::Type;
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/files",
             .name = "file.upload",
             .summary = "Send a picture, sound, film or PDF; then name it in a step's form. The body is the file",
             .tag = "files",
             .who = Who::anyone,
             .replies = {{201, "kept until a step names it, for a day"},
                         {409, "too many wait to be named"},
                         {415, "a type that is not taken, or another than is said"}},
             .reply = object({{"file", code("what a form of type `files` says")},
                              {"type", text("what it is, by its content")},
                              {"size", integer("of what is kept: without EXIF and the like")},
                              {"until", instant("then it is removed, if nobody has named it")}}),
             .body_type = all_types(uploads.types()),
             .handle =
                 [&house, &uploads](Call&& call, http::Respond respond) {
                     take_file(house, uploads, std::move(call), std::move(respond));
                 },
             .most_body = static_cast<std::size_t>(uploads.options().most_bytes)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/matters/{id}/files/{file}",
             .name = "matter.file",
             .summary = "A file of a matter, for who may read the field that names it; reading is recorded",
             .tag = "files",
             .path = {{.name = "id",
                       .type = Type::code,
                       .about = "the matter's id, or its receipt number (12 to 14 digits)"},
                      {.name = "file", .about = "`file` of an entry of the timeline"}},
             .replies = {{200, "the file"}, {500, "it is damaged"}},
             .reply = shape::text(),
             .reply_type = all_types(uploads.types()),
             .handle = [&house, &uploads](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house, &uploads](store::Session& session, Call& c) {
                           return get_file(house, uploads, session, c);
                       });
             }});
}

}  // namespace banyan::desk
