// verify(): the files that the journal names: the row that says whose they are, and the content, by its address.
#include "kernel/engine/named_files.h"
#include "kernel/engine/tables.h"
#include "kernel/engine/verify_parts.h"

namespace banyan::verifying {
namespace {

store::Table const kFileOfMatter{
    "file", {{"address", store::Type::text}, {"matter", store::Type::integer}}, {"address"}};

}  // namespace

/// Which files a matter's events name. REQUIRES: events that can be read.
void FileCheck::note(std::vector<EventRow> const& history, Procedure const& procedure) {
    for (EventRow const& row : history) {
        if (row.body.find("\"file\":\"") == std::string::npos) continue;
        Index const step = procedure.step(row.step);
        json::value const body = json::parse(row.body);
        json::value const* form = body.as_object().if_contains("form");
        if (step < 0 || form == nullptr) continue;
        for (NamedFile const& file : files_in(procedure.step_at(step).form, form->as_object()))
            named_.emplace(file.address, about(row, {}));
    }
}

/// Those of the matters that were noted since the last time.
void FileCheck::compare(std::span<std::int64_t const> matters) {
    if (!present_) return;
    std::unordered_map<std::string, std::int64_t> rows;
    session_.load(kFileOfMatter, "matter", matters,
                  [&](store::Row const& row) { rows.emplace(std::string(row.text(0)), row.integer(1)); });
    auto say = [&](Finding const& where, char const* key) {
        Finding finding = where;
        finding.key = key;
        findings_.add(std::move(finding));
    };
    for (auto const& [address, where] : named_) {
        auto const row = rows.find(address);
        if (row == rows.end() || row->second != where.matter.value) {
            say(where, "verify.file_missing");
            continue;
        }
        rows.erase(row);
        if (contents_ == nullptr) continue;
        auto const sealed = contents_->get(session_, address);
        if (!sealed)
            say(where, "verify.file_missing");
        else if (keys_ != nullptr && !files::open(*keys_, address, *sealed))
            say(where, "verify.file_differs");
    }
    for (auto const& [address, matter] : rows) {
        MatterId const id(matter);
        findings_.add({"verify.file_unexpected", id.lane(), {}, id, 0, {}});
    }
    named_.clear();
}

FileCheck::FileCheck(store::Session& session, crypto::Keyring const* keys, files::Contents* contents,
                     Findings& findings)
    : session_(session), keys_(keys), contents_(contents), findings_(findings) {
    constexpr std::int64_t kWithFiles = 7;  // an earlier program's database has no such table yet
    session_.query("SELECT count(*) FROM migration WHERE number = $1", {kWithFiles},
                   [&](store::Row const& row) { present_ = row.integer(0) > 0; });
}

}  // namespace banyan::verifying
