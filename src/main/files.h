// main/files.h: files that come with matters, put together: where they lie, who takes them in.
#pragma once
#include "api/api.h"
#include "kernel/uploads/uploads.h"
#include "main/app.h"
#include "platform/telemetry/metrics.h"

namespace banyan {

/// Beside SQLite the folder `attachments`; on PostgreSQL rows, which every node sees.
std::unique_ptr<files::Contents> contents_of(Place const& place, store::Store& store);

FileTypes file_types();

/// A process of its own for each file: what reads bytes of strangers has little memory and time, and no key. The
/// program itself, with the verb `clean`. Throws std::runtime_error when none can be started.
Result<media::Clean> clean_elsewhere(std::string_view bytes);

class FilesPart {
  public:
    FilesPart(api::House& house, store::Store& store, ServeOptions const& options);
    void add_operations(api::Api& api);
    void measure(telemetry::Metrics& metrics) const;
    Uploads const& uploads() const { return uploads_; }
    void start() { uploads_.start(); }
    void stop() { uploads_.stop(); }  ///< before the engine stops

  private:
    api::House& house_;
    std::unique_ptr<files::Contents> contents_;
    Uploads uploads_;
};

}  // namespace banyan
