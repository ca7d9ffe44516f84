#include "platform/telemetry/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace banyan::telemetry {

struct Metrics::Cell {
    std::string labels;  ///< as written: `route="x",class="2xx"`
    std::unique_ptr<Counter> counter;
    std::unique_ptr<Gauge> gauge;
    std::unique_ptr<Histogram> histogram;
    std::function<double()> asked;
};

struct Metrics::Family {
    std::string name, help, kind;
    std::vector<std::unique_ptr<Cell>> cells;  ///< by labels
};

namespace {

bool is_name(std::string_view name, bool colon_allowed) {
    auto starts = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (colon_allowed && c == ':');
    };
    auto goes_on = [&](char c) { return starts(c) || (c >= '0' && c <= '9'); };
    return !name.empty() && starts(name[0]) && std::ranges::all_of(name, goes_on);
}

void append_escaped(std::string& out, std::string_view text, bool quotes) {
    for (char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '"' && quotes)
            out += "\\\"";
        else
            out += c;
    }
}

std::string written(Labels const& labels) {
    std::string out;
    for (auto const& [name, value] : labels) {
        if (!is_name(name, false) || name.starts_with("__") || name == "le")
            throw std::logic_error(fmt::format("not a label: {}", name));
        if (!out.empty()) out += ',';
        out += name;
        out += "=\"";
        append_escaped(out, value, true);
        out += '"';
    }
    return out;
}

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return fmt::format("{}", value);
}

/// `name{labels,more} value`
void append_sample(std::string& out, std::string_view name, std::string_view labels, std::string_view more,
                   std::string_view value) {
    out += name;
    if (!labels.empty() || !more.empty()) {
        out += '{';
        out += labels;
        if (!labels.empty() && !more.empty()) out += ',';
        out += more;
        out += '}';
    }
    out += ' ';
    out += value;
    out += '\n';
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)), buckets_(bounds_.size() + 1) {
    if (!std::ranges::is_sorted(bounds_)) throw std::logic_error("the bounds of a histogram must ascend");
}

void Histogram::observe(double value) {
    std::size_t bucket = 0;
    while (bucket < bounds_.size() && value > bounds_[bucket]) ++bucket;
    buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const {
    std::uint64_t all = 0;
    for (auto const& bucket : buckets_) all += bucket.load(std::memory_order_relaxed);
    return all;
}

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

/// REQUIRES: mutex_ is held.
Metrics::Cell& Metrics::cell(std::string_view name, std::string_view help, std::string_view kind,
                             Labels const& labels) {
    if (!is_name(name, true)) throw std::logic_error(fmt::format("not a metric: {}", name));
    auto const text = written(labels);
    auto family =
        std::ranges::lower_bound(families_, name, {}, [](auto const& f) -> std::string_view { return f->name; });
    if (family == families_.end() || (*family)->name != name)
        family = families_.insert(
            family, std::make_unique<Family>(std::string(name), std::string(help), std::string(kind)));
    if ((*family)->kind != kind) throw std::logic_error(fmt::format("{} is a {} already", name, (*family)->kind));
    auto& cells = (*family)->cells;
    auto found =
        std::ranges::lower_bound(cells, text, {}, [](auto const& c) -> std::string const& { return c->labels; });
    if (found == cells.end() || (*found)->labels != text) {
        found = cells.insert(found, std::make_unique<Cell>());
        (*found)->labels = text;
    }
    return **found;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels const& labels) {
    std::lock_guard lock(mutex_);
    auto& found = cell(name, help, "counter", labels);
    if (!found.counter) found.counter = std::make_unique<Counter>();
    return *found.counter;
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, Labels const& labels) {
    std::lock_guard lock(mutex_);
    auto& found = cell(name, help, "gauge", labels);
    if (!found.gauge) found.gauge = std::make_unique<Gauge>();
    return *found.gauge;
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, std::vector<double> const& bounds,
                              Labels const& labels) {
    std::lock_guard lock(mutex_);
    auto& found = cell(name, help, "histogram", labels);
    if (!found.histogram) found.histogram = std::make_unique<Histogram>(bounds);
    return *found.histogram;
}

void Metrics::gauge_from(std::string_view name, std::string_view help, Labels const& labels,
                         std::function<double()> value) {
    std::lock_guard lock(mutex_);
    cell(name, help, "gauge", labels).asked = std::move(value);
}

void Metrics::counter_from(std::string_view name, std::string_view help, Labels const& labels,
                           std::function<double()> value) {
    std::lock_guard lock(mutex_);
    cell(name, help, "counter", labels).asked = std::move(value);
}

std::string Metrics::text() const {
    std::lock_guard lock(mutex_);
    std::string out;
    for (auto const& family : families_) {
        out += fmt::format("# HELP {} ", family->name);
        append_escaped(out, family->help, false);
        out += fmt::format("\n# TYPE {} {}\n", family->name, family->kind);
        for (auto const& each : family->cells) {
            if (each->asked) append_sample(out, family->name, each->labels, {}, number(each->asked()));
            if (each->counter)
                append_sample(out, family->name, each->labels, {}, std::to_string(each->counter->value()));
            if (each->gauge)
                append_sample(out, family->name, each->labels, {}, std::to_string(each->gauge->value()));
            if (!each->histogram) continue;
            auto const& histogram = *each->histogram;
            std::uint64_t up_to = 0;
            for (std::size_t i = 0; i <= histogram.bounds_.size(); ++i) {
                up_to += histogram.buckets_[i].load(std::memory_order_relaxed);
                auto const bound = i < histogram.bounds_.size() ? number(histogram.bounds_[i]) : "+Inf";
                append_sample(out, family->name + "_bucket", each->labels, fmt::format("le=\"{}\"", bound),
                              std::to_string(up_to));
            }
            append_sample(out, family->name + "_sum", each->labels, {}, number(histogram.sum_.load()));
            append_sample(out, family->name + "_count", each->labels, {}, std::to_string(up_to));
        }
    }
    return out;
}

RouteMetrics::RouteMetrics(Metrics& metrics, std::string const& route) {
    static constexpr char const* kClasses[5] = {"1xx", "2xx", "3xx", "4xx", "5xx"};
    for (int i = 0; i < 5; ++i)
        by_class_[i] =
            &metrics.counter("banyan_http_requests_total", "Requests answered, by route and class of status.",
                             {{"route", route}, {"class", kClasses[i]}});
    duration_ = &metrics.histogram("banyan_http_request_duration_seconds",
                                   "From the last byte of a request to its reply handed to the network.",
                                   {.001, .002, .005, .01, .02, .05, .1, .25, 1, 5}, {{"route", route}});
}

void RouteMetrics::record(int status, Span took) {
    by_class_[std::clamp(status / 100, 1, 5) - 1]->add();
    duration_->observe(static_cast<double>(took.us) * 1e-6);
}

}  // namespace banyan::telemetry
