#include "kernel/engine/named_files.h"

#include <fmt/core.h>

#include <algorithm>

#include "kernel/engine/batch.h"

namespace banyan {

std::string file_owner(Actor const& actor) {
    if (actor.bound) return "m" + actor.bound.text();
    return actor.person ? "p" + actor.person.text() : std::string();
}

std::vector<NamedFile> files_in(std::vector<Field> const& fields, json::object const& form) {
    std::vector<NamedFile> all;
    for (Field const& field : fields) {
        json::value const* said = field.type == Field::Type::files ? form.if_contains(field.name) : nullptr;
        if (said == nullptr || !said->is_array()) continue;
        for (json::value const& each : said->as_array())
            if (json::object const* file = each.if_object())
                all.push_back({std::string(file->at("file").as_string()),
                               std::string(file->at("type").as_string()),
                               file->at("size").to_number<std::int64_t>()});
    }
    return all;
}

Engine::NamedUpload const* Engine::Batch::named_upload(std::string_view address) const {
    auto const found = std::ranges::find(named_files, address, &NamedUpload::address);
    return found != named_files.end() ? &*found : nullptr;
}

/// What is known of an upload: as the database says, else as a batch says that is not committed yet.
Engine::NamedUpload Engine::find_upload(Batch const& batch, std::string_view address, std::string const& owner) {
    NamedUpload found;
    reading_->query(
        "SELECT owner, type, size, matter FROM file WHERE address = $1", {address}, [&](store::Row const& row) {
            if (row.text(0) != owner) return;
            found = {std::string(address), std::string(row.text(1)), row.integer(2), MatterId(row.integer(3)), {}};
        });
    for (Batch const* before : {&batch, static_cast<Batch const*>(flight_.get())})
        if (before != nullptr && !found.address.empty() && !found.matter)
            if (NamedUpload const* upload = before->named_upload(address)) found.matter = upload->matter;
    return found;
}

/// Puts type and size into the event's form. Gives those that become the matter's with it. Refused: file.unknown
/// (or another's, or gone since), file.used (in another matter), file.too_much.
Result<std::vector<Engine::NamedUpload>> Engine::name_files(Batch const& batch, Actor const& actor, Event& event,
                                                            Procedure const& procedure) {
    std::vector<NamedUpload> named;
    std::int64_t size = 0;
    for (Field const& field : procedure.step_at(event.step).form) {
        json::value* said = field.type == Field::Type::files ? event.form.if_contains(field.name) : nullptr;
        if (said == nullptr) continue;
        int place = 0;
        for (json::value& each : said->as_array()) {
            std::string const path = fmt::format("form.{}[{}]", field.name, place++);
            NamedUpload file = find_upload(batch, std::string_view(each.as_string()), file_owner(actor));
            if (file.address.empty()) return refuse("file.unknown", path);
            if (file.matter && file.matter != event.matter) return refuse("file.used", path);
            each = {{"file", file.address}, {"type", file.type}, {"size", file.size}};
            bool const again = std::ranges::find(named, file.address, &NamedUpload::address) != named.end();
            if (file.matter || again) continue;
            size += file.size;
            named.push_back(std::move(file));
        }
    }
    if (named.empty()) return named;
    if (event.matter) {
        reading_->query("SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM file WHERE matter = $1",
                        {event.matter.value}, [&](store::Row const& row) { size += row.integer(0); });
        for (Batch const* before : {&batch, static_cast<Batch const*>(flight_.get())})
            if (before != nullptr)
                for (NamedUpload const& upload : before->named_files)
                    if (upload.matter == event.matter) size += upload.size;
    }
    if (size > options_.most_file_bytes)
        return refuse("file.too_much", {}, {{"most", std::to_string(options_.most_file_bytes >> 20)}});
    return named;
}

/// Inside the transaction of whoever commits. Throws when another node was faster: the step is decided again then.
void Engine::save_named_files(Batch const& batch) {
    for (NamedUpload const& upload : batch.named_files)
        if (session_->execute("UPDATE file SET matter = $1, event = $2 WHERE address = $3 AND matter = 0",
                              {upload.matter.value, upload.event.value, std::string_view(upload.address)}) != 1)
            throw store::Error(store::Error::Kind::other, "an upload was named elsewhere meanwhile");
}

}  // namespace banyan
