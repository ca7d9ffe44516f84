// main/metrics.h: what /metrics tells.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "api/api.h"
#include "kernel/index/matter_index.h"
#include "platform/store/readers.h"
#include "platform/telemetry/metrics.h"

namespace banyan {

/// Matters by stage, from the tally, asked when /metrics is.
using StageLevels = std::shared_ptr<std::map<std::string, std::atomic<std::int64_t>>>;

void measure(Engine& engine, store::Readers& readers, telemetry::Metrics& metrics);
void measure(index::MatterIndex const& index, telemetry::Metrics& metrics);
void measure_stages(Procedures const& procedures, telemetry::Metrics& metrics, StageLevels const& levels);
void add_metrics_operation(api::Api& api, telemetry::Metrics& metrics, Texts const& texts, store::Readers& readers,
                           StageLevels levels);

}  // namespace banyan
