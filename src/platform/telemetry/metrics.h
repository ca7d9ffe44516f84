// platform/telemetry/metrics.h: what is counted while the program runs, in Prometheus' text format.
//
// A metric with its labels is looked up once, at start; what it returns is kept and is a few atomic additions
// from then on. Label values come from closed lists (route names, classes), never from what people send: each
// combination lives for ever. References stay valid as long as the Metrics.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"

namespace banyan::telemetry {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
  public:
    void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
  public:
    void set(std::int64_t n) { value_.store(n, std::memory_order_relaxed); }
    void add(std::int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_{0};
};

class Histogram {
  public:
    /// REQUIRES: bounds ascend. A value equal to a bound is counted under it.
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);
    std::uint64_t count() const;

  private:
    friend class Metrics;
    std::vector<double> const bounds_;
    std::vector<std::atomic<std::uint64_t>> buckets_;  ///< one more than bounds: up to +Inf
    std::atomic<double> sum_{0};
};

class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(Metrics const&) = delete;
    Metrics& operator=(Metrics const&) = delete;

    /// The same name and labels give the same metric. Throws std::logic_error for a name or label Prometheus would
    /// not take, and for a name that is another kind already.
    Counter& counter(std::string_view name, std::string_view help, Labels const& labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, Labels const& labels = {});
    Histogram& histogram(std::string_view name, std::string_view help, std::vector<double> const& bounds,
                         Labels const& labels = {});
    /// Asked at each scrape, by the scraping thread. REQUIRES: `value` may be called as long as the Metrics lives,
    /// and does not come back to them.
    void gauge_from(std::string_view name, std::string_view help, Labels const& labels,
                    std::function<double()> value);
    void counter_from(std::string_view name, std::string_view help, Labels const& labels,
                      std::function<double()> value);

    /// The text exposition format 0.0.4; its content type is kContentType.
    std::string text() const;
    static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

  private:
    struct Family;
    struct Cell;
    Cell& cell(std::string_view name, std::string_view help, std::string_view kind, Labels const& labels);

    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Family>> families_;  ///< by name
};

/// Rate, errors and duration of one route.
class RouteMetrics {
  public:
    RouteMetrics(Metrics& metrics, std::string const& route);
    void record(int status, Span took);

  private:
    Counter* by_class_[5];
    Histogram* duration_;
};

}  // namespace banyan::telemetry
