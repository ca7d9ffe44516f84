#include "kernel/engine/verify.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "kernel/engine/verify_parts.h"

namespace banyan {
namespace verifying {

Finding about(EventRow const& row, std::string key, std::vector<std::pair<std::string, std::string>> params) {
    return {std::move(key), row.id.lane(), row.id, row.matter, row.no, std::move(params)};
}

void Findings::add(Finding finding) {
    ++count_;
    if (kept_.size() < 2 * kMostFindings) kept_.push_back(std::move(finding));
}

void Findings::add_to_chain(Finding finding) {
    auto [first, fresh] = lanes_.emplace(finding.lane, finding.event.value);
    if (!fresh) first->second = std::min(first->second, finding.event.value);
    add(std::move(finding));
}

bool Findings::doubted(int lane, std::int64_t through) const {
    return std::ranges::any_of(
        lanes_, [&](auto const& doubt) { return (lane < 0 || doubt.first == lane) && doubt.second <= through; });
}

void Findings::put_into(VerifyReport& report) {
    std::ranges::stable_sort(kept_, {}, [](Finding const& finding) {
        return finding.event ? finding.event.value : std::numeric_limits<std::int64_t>::max();
    });
    if (kept_.size() > kMostFindings) kept_.resize(kMostFindings);
    report.findings = std::move(kept_);
    report.faults = count_;
    report.ok = count_ == 0;
}

namespace {

struct Line {
    int number = 0;
    std::int64_t checkpoint = 0, events = 0;
    json::object said;
};

void compare_lines(store::Session& session, std::vector<Line> const& lines, ChainCheck const& chain,
                   Findings& findings) {
    std::vector<std::int64_t> ids;
    for (Line const& line : lines) ids.push_back(line.checkpoint);
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    std::unordered_map<std::int64_t, json::object> stored;
    session.load(kCheckpointTable, "id", ids, [&](store::Row const& row) {
        Checkpoint const checkpoint = checkpoint_row(row);
        stored.emplace(checkpoint.id, to_json(checkpoint));
    });
    for (Line const& line : lines) {
        auto found = stored.find(line.checkpoint);
        if (found != stored.end() && found->second == line.said) continue;
        Finding finding{"verify.heads_log",
                        -1,
                        {},
                        {},
                        0,
                        {{"line", std::to_string(line.number)},
                         {"checkpoint", std::to_string(line.checkpoint)},
                         {"what", found == stored.end() ? "missing" : "differs"},
                         {"events", std::to_string(line.events)}}};
        if (line.events > chain.events())
            finding.event = EventId(chain.last_event());  // the last one before the cut
        findings.add(std::move(finding));
    }
}

}  // namespace

void check_heads_log(store::Session& session, std::string const& file, std::int64_t size, ChainCheck const& chain,
                     Findings& findings) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        if (chain.checkpoints() > 0) findings.add({"verify.heads_log_missing", -1, {}, {}, 0, {{"file", file}}});
        return;
    }
    std::vector<Line> lines;
    std::string text;
    std::int64_t read = 0;
    for (int number = 1; std::getline(in, text); ++number) {
        read += static_cast<std::int64_t>(text.size()) + 1;
        if (read > size) break;  // younger than the snapshot, or not written to its end
        json::error_code error;
        json::value value = json::parse(text, error);
        bool const fits =
            !error && value.is_object() && value.as_object().contains("id") && value.at("id").is_int64();
        if (!fits) {
            findings.add({"verify.heads_log_unreadable", -1, {}, {}, 0, {{"line", std::to_string(number)}}});
            continue;
        }
        json::object& said = value.as_object();
        json::value const* events = said.if_contains("events");
        lines.push_back({number, said.at("id").as_int64(),
                         events != nullptr && events->is_int64() ? events->as_int64() : 0, std::move(said)});
        if (lines.size() == 500) compare_lines(session, lines, chain, findings), lines.clear();
    }
    compare_lines(session, lines, chain, findings);
}

}  // namespace verifying

VerifyReport verify(store::Store& store, Procedures const& procedures, crypto::Keyring const* keys,
                    std::string const& heads_log, OnProgress const& on_progress, files::Contents* contents) {
    using namespace verifying;
    // Before the snapshot: a line is written after its checkpoint, so all of these lines have theirs in it.
    std::error_code none;
    auto const log_size =
        heads_log.empty() ? 0 : static_cast<std::int64_t>(std::filesystem::file_size(heads_log, none));
    std::unique_ptr<store::Session> session = store.open_reader();
    session->begin_read();
    Findings findings;
    Trails trails;
    Meter meter{on_progress};
    session->query("SELECT CAST(coalesce(sum(events), 0) AS BIGINT) FROM head", {},
                   [&](store::Row const& row) { meter.of = 2 * row.integer(0); });
    ChainCheck chain(*session, keys, findings);
    chain.read(trails, meter);
    StateCheck state(*session, procedures, keys, contents, findings);
    state.read(trails, meter);
    state.conclude(trails);
    chain.conclude();
    if (!heads_log.empty()) check_heads_log(*session, heads_log, none ? 0 : log_size, chain, findings);
    session->commit();
    if (on_progress) on_progress(meter.of, meter.of);
    VerifyReport report;
    report.events = chain.events();
    report.matters = static_cast<std::int64_t>(trails.size());
    report.checkpoints = chain.checkpoints();
    findings.put_into(report);
    return report;
}

}  // namespace banyan
