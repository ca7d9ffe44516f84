#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "base/time.h"
#include "platform/telemetry/log.h"
#include "platform/telemetry/metrics.h"
#include "platform/telemetry/trace.h"

namespace banyan::telemetry {
namespace {

class TemporaryFile {
  public:
    explicit TemporaryFile(std::string const& name)
        : path_((std::filesystem::temp_directory_path() / (name + std::to_string(::getpid()))).string()) {}
    ~TemporaryFile() { std::filesystem::remove(path_); }
    std::string const& path() const { return path_; }
    std::vector<std::string> lines() const {
        std::ifstream in(path_);
        std::vector<std::string> all;
        for (std::string line; std::getline(in, line);) all.push_back(line);
        return all;
    }

  private:
    std::string path_;
};

constexpr auto kCaller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(Log, WritesOneJsonObjectALine) {
    TemporaryFile file("banyan_log_");
    {
        Log log(file.path(), Level::info);
        auto const trace = *parse_traceparent(kCaller);
        log.info("matter.accepted", {{"matter", 513}, {"weight", 0.5}, {"late", false}, {"said", "a\"b\\c\n\x01"}},
                 {"request-1", &trace});
        log.debug("never.seen");
        log.warn("bytes.of.a.stranger", {{"sent", "\xff\xfe"}, {"chinese", "举报"}});
    }
    auto const lines = file.lines();
    ASSERT_EQ(lines.size(), 2u);
    auto const first = boost::json::parse(lines[0]).as_object();
    EXPECT_EQ(first.at("event"), "matter.accepted");
    EXPECT_EQ(first.at("level"), "info");
    EXPECT_EQ(first.at("request"), "request-1");
    EXPECT_EQ(first.at("trace"), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(first.at("matter"), 513);
    EXPECT_EQ(first.at("weight"), 0.5);
    EXPECT_EQ(first.at("late"), false);
    EXPECT_EQ(first.at("said"), "a\"b\\c\n\x01");
    EXPECT_TRUE(parse_rfc3339(std::string_view(first.at("time").as_string())));
    auto const second = boost::json::parse(lines[1]).as_object();
    EXPECT_EQ(second.at("sent"), "??");
    EXPECT_EQ(second.at("chinese"), "举报");
}

TEST(Log, LinesOfManyThreadsDoNotMix) {
    TemporaryFile file("banyan_log_threads_");
    {
        Log log(file.path(), Level::debug);
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&log, t] {
                for (int i = 0; i < 500; ++i) log.debug("tick", {{"thread", t}, {"i", i}});
            });
    }
    auto const lines = file.lines();
    EXPECT_EQ(lines.size(), 2000u);
    for (auto const& line : lines) EXPECT_NO_THROW(boost::json::parse(line)) << line;
}

TEST(Log, SaysWhichFileItCannotWrite) {
    EXPECT_THROW(Log("/proc/no/such/folder/log", Level::info), std::runtime_error);
}

TEST(Traceparent, IsReadAsTheSpecificationSays) {
    auto const trace = parse_traceparent(kCaller);
    ASSERT_TRUE(trace);
    EXPECT_EQ(trace->trace_text(), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(trace->span_text(), "00f067aa0ba902b7");
    EXPECT_TRUE(trace->sampled);
    EXPECT_EQ(trace->traceparent(), kCaller);
    EXPECT_FALSE(parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")->sampled);
}

TEST(Traceparent, OfALaterVersionGivesThePartWeKnow) {
    EXPECT_TRUE(parse_traceparent("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    EXPECT_TRUE(parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later"));
    EXPECT_FALSE(parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.not-so"));
}

TEST(Traceparent, IsRefusedWhen) {
    struct {
        char const* what;
        char const* text;
    } const rows[] = {
        {"empty", ""},
        {"version ff", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
        {"upper case", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"},
        {"trace all zero", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"},
        {"span all zero", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"},
        {"too short", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0"},
        {"version 00 goes on", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x"},
        {"no hex", "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"},
        {"other separators", "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"},
        {"flags no hex", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x"},
        {"version no hex", "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
    };
    for (auto const& row : rows) EXPECT_FALSE(parse_traceparent(row.text)) << row.what;
}

TEST(Traceparent, AChildKeepsTheTraceAndNamesItsParent) {
    RandomIds ids;
    auto const caller = *parse_traceparent(kCaller);
    auto const child = ids.child_of(caller);
    EXPECT_EQ(child.trace_id, caller.trace_id);
    EXPECT_EQ(child.parent_id, caller.span_id);
    EXPECT_NE(child.span_id, caller.span_id);
    EXPECT_TRUE(child.sampled);
    EXPECT_FALSE(child.begun_here());
    EXPECT_TRUE(ids.begin().begun_here());
    EXPECT_TRUE(parse_traceparent(ids.begin().traceparent()));
}

TEST(RandomIds, DoNotRepeat) {
    RandomIds one, other;
    std::set<std::string> seen;
    for (int i = 0; i < 5000; ++i) {
        seen.insert(one.request_id());
        seen.insert(other.request_id());
        seen.insert(one.begin().trace_text());
    }
    EXPECT_EQ(seen.size(), 15000u);
}

TEST(Metrics, TheSameLabelsGiveTheSameCounter) {
    Metrics metrics;
    auto& a = metrics.counter("banyan_steps_total", "Steps.", {{"kind", "appeal"}});
    auto& b = metrics.counter("banyan_steps_total", "Steps.", {{"kind", "appeal"}});
    auto& c = metrics.counter("banyan_steps_total", "Steps.", {{"kind", "other"}});
    a.add(2);
    EXPECT_EQ(&a, &b);
    EXPECT_NE(&a, &c);
    EXPECT_NE(metrics.text().find("banyan_steps_total{kind=\"appeal\"} 2\n"), std::string::npos);
}

TEST(Metrics, ANameIsOneKindOnlyAndMustBeAName) {
    Metrics metrics;
    metrics.counter("banyan_x_total", "x");
    EXPECT_THROW(metrics.gauge("banyan_x_total", "x"), std::logic_error);
    EXPECT_THROW(metrics.counter("1x", "x"), std::logic_error);
    EXPECT_THROW(metrics.counter("x", "x", {{"le", "1"}}), std::logic_error);
    EXPECT_THROW(metrics.counter("x", "x", {{"a-b", "1"}}), std::logic_error);
    EXPECT_THROW(metrics.histogram("h", "x", {2, 1}), std::logic_error);
}

TEST(Metrics, AHistogramCountsUpTo) {
    Metrics metrics;
    auto& histogram = metrics.histogram("banyan_wait_seconds", "Wait.", {1, 2});
    for (double value : {0.5, 1.0, 1.5, 9.0}) histogram.observe(value);
    EXPECT_EQ(
        metrics.text(),
        "# HELP banyan_wait_seconds Wait.\n# TYPE banyan_wait_seconds histogram\n"
        "banyan_wait_seconds_bucket{le=\"1\"} 2\nbanyan_wait_seconds_bucket{le=\"2\"} 3\n"
        "banyan_wait_seconds_bucket{le=\"+Inf\"} 4\nbanyan_wait_seconds_sum 12\nbanyan_wait_seconds_count 4\n");
}

TEST(Metrics, AddUpOverThreads) {
    Metrics metrics;
    auto& counter = metrics.counter("banyan_n_total", "n");
    auto& histogram = metrics.histogram("banyan_h_seconds", "h", {1, 2, 3});
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 10000; ++i) {
                    counter.add();
                    histogram.observe(i % 5);
                }
            });
    }
    EXPECT_EQ(counter.value(), 40000u);
    EXPECT_EQ(histogram.count(), 40000u);
}

TEST(Metrics, PromtoolAcceptsThem) {
    if (std::system("command -v promtool >/dev/null") != 0) GTEST_SKIP() << "promtool is not installed";
    Metrics metrics;
    RouteMetrics route(metrics, "matter.get");
    route.record(200, seconds(1));
    route.record(503, seconds(0));
    metrics.counter("banyan_odd_total", "Back\\slash and\nline end", {{"what", "a\"b\\c\nd"}}).add();
    metrics.gauge("banyan_open_matters", "Matters not final.").set(-3);
    metrics.gauge_from("banyan_queue_length", "Commands that wait.", {}, [] { return 1.5; });
    metrics.counter_from("banyan_wal_frames_total", "Frames.", {}, [] { return 1e18; });
    TemporaryFile file("banyan_metrics_"), said("banyan_promtool_");
    std::ofstream(file.path()) << metrics.text();
    auto const command = "promtool check metrics < " + file.path() + " > " + said.path() + " 2>&1";
    int const status = std::system(command.c_str());
    std::string all;
    for (auto const& line : said.lines()) all += line + "\n";
    EXPECT_EQ(status, 0) << all << metrics.text();
    EXPECT_EQ(all, "");
}

}  // namespace
}  // namespace banyan::telemetry
