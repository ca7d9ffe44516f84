#include "main/files.h"

#include "kernel/engine/backup.h"
#include "systems/desk/routes.h"

namespace banyan {
namespace {

UploadOptions upload_options(api::House& house, ServeOptions const& options) {
    UploadOptions made;
    made.most_bytes = std::int64_t{options.file_most_mb} << 20;
    made.clean = clean_elsewhere;
    made.on_failure = [&log = house.log](std::string const& what) { log.warn("files.failed", {{"what", what}}); };
    return made;
}

}  // namespace

std::unique_ptr<files::Contents> contents_of(Place const& place, store::Store& store) {
    if (store.engine() == store::Engine::postgresql) return files::contents_in_database(store);
    return files::contents_in_folder(place.data + "/" + kAttachmentsFolder);
}

FileTypes file_types() {
    return read_file_types(embedded(banyan_embedded_table, "data/files/types.csv").value_or(""));
}

FilesPart::FilesPart(api::House& house, store::Store& store, ServeOptions const& options)
    : house_(house),
      contents_(contents_of(options.place, store)),
      uploads_(house.engine, store, house.keys, *contents_, file_types(), upload_options(house, options)) {}

void FilesPart::add_operations(api::Api& api) { desk::add_file_operations(api, house_, uploads_); }

void FilesPart::measure(telemetry::Metrics& metrics) const {
    auto counter = [&](char const* name, char const* help, std::atomic<std::int64_t> const& value) {
        metrics.counter_from(name, help, {}, [&value] { return static_cast<double>(value.load()); });
    };
    Uploads::Figures const& figures = uploads_.figures();
    counter("banyan_files_taken_total", "Files taken in", figures.taken);
    counter("banyan_files_bytes_total", "Bytes of files taken in, cleaned", figures.bytes);
    counter("banyan_files_refused_total", "Files refused", figures.refused);
    counter("banyan_files_removed_total", "Files removed that no step had named", figures.removed);
}

}  // namespace banyan
