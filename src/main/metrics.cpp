// What /metrics tells of the engine, the readers, the index and the matters.
#include "main/metrics.h"

namespace banyan {

void measure(Engine& engine, store::Readers& readers, telemetry::Metrics& metrics) {
    auto& batch_size = metrics.histogram("banyan_writer_batch_commands", "Commands the writer takes at once",
                                         {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000});
    auto& commit = metrics.histogram("banyan_writer_commit_seconds", "Time of a commit",
                                     {0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1});
    engine.figures().on_batch = [&batch_size, &commit](std::size_t commands, double commit_s) {
        batch_size.observe(static_cast<double>(commands));
        commit.observe(commit_s);
    };
    metrics.gauge_from("banyan_writer_queue", "Commands that wait for the writer", {},
                       [&engine] { return static_cast<double>(engine.waiting()); });
    metrics.gauge_from("banyan_reader_queue", "Queries that wait for a reader", {},
                       [&readers] { return static_cast<double>(readers.waiting()); });
    auto counter = [&](char const* name, char const* help, std::atomic<std::int64_t>& value) {
        metrics.counter_from(name, help, {}, [&value] { return static_cast<double>(value.load()); });
    };
    EngineFigures& figures = engine.figures();
    counter("banyan_commands_total", "Commands decided", figures.commands);
    counter("banyan_events_total", "Events written", figures.events);
    counter("banyan_refused_total", "Commands refused", figures.refused);
    counter("banyan_failed_total", "Commands and jobs that failed", figures.failed);
    counter("banyan_busy_total", "Commands sent away because the queue was full", figures.busy);
    counter("banyan_timer_steps_total", "Steps the clock took", figures.timers);
    counter("banyan_checkpoints_total", "Checkpoints signed", figures.checkpoints);
    counter("banyan_clock_back_total", "Times the machine's clock was found to have gone back",
            figures.clock_backs);
    counter("banyan_events_heard_total", "Events that other nodes have written", figures.heard);
    metrics.gauge_from("banyan_nodes", "Programs on the database that live, this one included", {},
                       [&engine] { return static_cast<double>(engine.nodes().count()); });
    metrics.gauge_from("banyan_leads", "Whether the city's own work is this node's", {},
                       [&engine] { return engine.nodes().leads() ? 1.0 : 0.0; });
    metrics.gauge_from("banyan_lanes", "Lanes whose timed steps and messages are this node's", {}, [&engine] {
        double lanes = 0;
        for (auto const& [from, to] : engine.nodes().lanes()) lanes += static_cast<double>(to - from + 1);
        return lanes;
    });
}

/// Matters by stage, from the tally, asked at most every five seconds.
void measure_stages(Procedures const& procedures, telemetry::Metrics& metrics, StageLevels const& levels) {
    std::set<std::string> stages;
    for (auto const& [hash, procedure] : procedures)
        for (Stage const& stage : procedure->stages) stages.insert(stage.name);
    for (std::string const& stage : stages) {
        auto& level = (*levels)[stage];
        metrics.gauge_from("banyan_matters", "Matters by stage", {{"stage", stage}},
                           [&level] { return static_cast<double>(level.load()); });
    }
}

void add_metrics_operation(api::Api& api, telemetry::Metrics& metrics, Texts const& texts, store::Readers& readers,
                           StageLevels levels) {
    api.add({.method = http::Method::get,
             .pattern = "/metrics",
             .name = "metrics",
             .summary = "Prometheus text; on loopback, or for the system administrator",
             .tag = "about",
             .who = api::Who::anyone,
             .replies = {{200, "as Prometheus reads it"}, {404, "not from here"}},
             .reply = shape::text(),
             .reply_type = "text/plain",
             .handle =
                 [&metrics, &texts, &readers, levels](api::Call&& call, http::Respond respond) {
                     bool near = call.request.remote.starts_with("127.") || call.request.remote == "::1";
                     if (!near && !(call.session && call.session->actor.role == "system_admin"))
                         return respond(
                             api::problem({"route.unknown", {}, {}, {}}, texts, call.language, &call.request));
                     auto held = std::make_shared<http::Respond>(std::move(respond));
                     auto answer = [held, &metrics] {
                         (*held)({200, std::string(telemetry::Metrics::kContentType), metrics.text(), {}, {}});
                     };
                     bool taken = readers.submit(
                         [levels, answer](store::Session& session) {
                             for (auto& [stage, level] : *levels) level.store(0);
                             session.query("SELECT measure, SUM(n) FROM tally WHERE day = 0 GROUP BY measure", {},
                                           [&](store::Row const& row) {
                                               std::string_view measure = row.text(0);
                                               if (measure.starts_with("in."))
                                                   if (auto level = levels->find(std::string(measure.substr(3)));
                                                       level != levels->end())
                                                       level->second.store(row.integer(1));
                                           });
                             answer();
                         },
                         [answer](std::exception const&) { answer(); });
                     if (!taken) answer();
                 },
             .most_body = 1024,
             .even_when_busy = true});
}

void measure(index::MatterIndex const& index, telemetry::Metrics& metrics) {
    auto gauge = [&](char const* name, char const* help, auto value) {
        metrics.gauge_from(name, help, {}, [&index, value] { return static_cast<double>(value(index.status())); });
    };
    auto counter = [&](char const* name, char const* help, auto value) {
        metrics.counter_from(name, help, {},
                             [&index, value] { return static_cast<double>(value(index.status())); });
    };
    using Status = index::IndexStatus const&;
    gauge("banyan_index_documents", "Matters in the search index", [](Status status) { return status.documents; });
    gauge("banyan_index_complete", "1: searches find everything but the last seconds",
          [](Status status) { return status.complete ? 1 : 0; });
    gauge("banyan_index_lag_events", "Events that the index does not have yet",
          [](Status status) { return status.lag_events; });
    gauge("banyan_index_lag_seconds", "Since the oldest event that the index does not have",
          [](Status status) { return status.lag_s; });
    gauge("banyan_index_catch_up_documents_per_second", "When it last had a hundred or more to catch up with",
          [](Status status) { return status.documents_per_s; });
    counter("banyan_index_written_total", "Documents made", [](Status status) { return status.written; });
    counter("banyan_index_commits_total", "Commits of the index", [](Status status) { return status.commits; });
    counter("banyan_index_made_anew_total", "Times an index was missing or no good, and begun again",
            [](Status status) { return status.made_anew; });
    counter("banyan_index_faults_total", "Times the indexer had to stop and try again",
            [](Status status) { return status.faults; });
}

}  // namespace banyan
