// hall: how fast an item of the service hall is found among all of a province's, how fast what is found is
// counted, and what it takes in memory. The items are the generator's (systems/hall/plausible.h): those of the
// demo city and all that is beside them. Questions are asked of one thread, in process, as the route asks them:
// words understood, items found, a page of them written as JSON.
#include <fmt/core.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "arguments.h"
#include "base/embedded.h"
#include "figures.h"
#include "systems/hall/find_routes.h"
#include "systems/hall/plausible.h"

extern "C" banyan::EmbeddedFile const banyan_embedded_table[];

namespace banyan::bench {
namespace {

using Steady = std::chrono::steady_clock;

std::vector<Argument> const kArguments{
    {"items", "127531", "so many at most; the demo city's 820 come first"},
    {"times", "300", "so often each question is asked"},
    {"json", "", "one JSON object", true},
};

double ms_since(Steady::time_point from) {
    return std::chrono::duration<double, std::milli>(Steady::now() - from).count();
}

/// Of this thread: what it took where others want the machine too.
double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

std::string_view file(std::string_view path) {
    auto const bytes = embedded(banyan_embedded_table, path);
    if (!bytes) throw std::runtime_error(std::string(path) + " is not embedded");
    return *bytes;
}

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key + " " + result.error().field);
    return std::move(*result);
}

/// Kinds of questions, with questions of each; \u so that no text for people stands in a source.
struct Kind {
    std::string name;
    std::vector<hall::Wanted> questions;
};

std::vector<hall::Wanted> texts(std::vector<std::string> const& all, hall::Wanted const& like = {}) {
    std::vector<hall::Wanted> wanted;
    for (std::string const& text : all) {
        wanted.push_back(like);
        wanted.back().text = text;
    }
    return wanted;
}

std::vector<Kind> kinds() {
    hall::Wanted const city{.region = "3501"}, around{.region = "3501", .within = true};
    // 社保 身份 户口 登记 许可
    std::vector<std::string> const two{"\u793e\u4fdd", "\u8eab\u4efd", "\u6237\u53e3", "\u767b\u8bb0",
                                       "\u8bb8\u53ef"};
    // 社会保险 食品经营 户口迁移 异地就医 不动产登记
    std::vector<std::string> const four{"\u793e\u4f1a\u4fdd\u9669", "\u98df\u54c1\u7ecf\u8425",
                                        "\u6237\u53e3\u8fc1\u79fb", "\u5f02\u5730\u5c31\u533b",
                                        "\u4e0d\u52a8\u4ea7\u767b\u8bb0"};
    // 孩子上学 开店 身份证丢了 家里老人去世了户口怎么销 想开个小饭馆要办什么证
    std::vector<std::string> const own{"\u5b69\u5b50\u4e0a\u5b66", "\u5f00\u5e97",
                                       "\u8eab\u4efd\u8bc1\u4e22\u4e86",
                                       "\u5bb6\u91cc\u8001\u4eba\u53bb\u4e16\u4e86\u6237\u53e3\u600e\u4e48\u9500",
                                       "\u60f3\u5f00\u4e2a\u5c0f\u996d\u9986\u8981\u529e\u4ec0\u4e48\u8bc1"};
    std::vector<std::string> const initials{"shbx", "sfz", "gjj", "hk", "spjyxk"};
    std::vector<std::string> const pinyin{"shehuibaoxian", "jiehun", "gongjijin", "huzhao", "shehbx"};
    // 火锅好吃吗 qqxx 下雨
    std::vector<std::string> const nothing{"\u660e\u5929\u4e0b\u96e8\u5417", "qqxx", "zzzqw"};
    hall::Wanted with_all = around;
    with_all.audience = "person";
    with_all.item_class = "social-insurance";
    with_all.trips = hall::Trips::one;
    hall::Wanted unit;
    unit.unit = "rs";
    return {{"two signs", texts(two)},
            {"two signs, a place", texts(two, city)},
            {"two signs, a place and all below", texts(two, around)},
            {"four signs", texts(four)},
            {"own words", texts(own)},
            {"own words, a place", texts(own, city)},
            {"initials", texts(initials)},
            {"pinyin", texts(pinyin)},
            {"English", texts({"passport", "marriage registration", "licence"})},
            {"nothing", texts(nothing)},
            {"a unit by its name", texts({"\u5e02\u573a\u76d1\u7ba1\u5c40"})},  // 市场监管局
            {"no words", {{}, city, around, with_all, unit}}};
}

struct Figure {
    std::string name;
    std::vector<double> wall, cpu;
    std::uint64_t found = 0, answers = 0;
    double at(std::vector<double> const& sorted, double share) const {
        return std::round(sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))] *
                          1000) /
               1000;
    }
    void sort() {
        std::ranges::sort(wall);
        std::ranges::sort(cpu);
    }
};

template <class Ask>
Figure measure(std::string name, std::vector<hall::Wanted> const& questions, std::size_t times, Ask const& ask) {
    Figure figure{std::move(name), {}, {}, 0, 0};
    for (hall::Wanted const& wanted : questions) (void)ask(wanted);
    for (std::size_t turn = 0; turn < times; ++turn)
        for (hall::Wanted const& wanted : questions) {
            auto const begun = Steady::now();
            double const before = cpu_ms();
            figure.found += ask(wanted);
            figure.cpu.push_back(cpu_ms() - before);
            figure.wall.push_back(ms_since(begun));
            ++figure.answers;
        }
    figure.sort();
    return figure;
}

std::uint64_t ask_items(hall::Finder const& finder, hall::Wanted const& wanted) {
    auto const page = must(finder.find(wanted, "", 20));
    json::array rows;
    for (hall::Finder::Number const item : page.items) rows.push_back(hall::row_json(finder, item));
    return json::serialize(rows).empty() ? 0 : page.count;
}

/// Pages of 20, one after another, to the end of what a question finds.
std::size_t pages(hall::Finder const& finder, hall::Wanted const& wanted) {
    std::string cursor;
    std::size_t items = 0;
    do {
        auto const page = must(finder.find(wanted, cursor, 20));
        items += page.items.size();
        cursor = page.next;
    } while (!cursor.empty());
    return items;
}

struct Stock {
    std::shared_ptr<hall::Finder const> finder;
    double made_ms = 0, built_ms = 0, memory_mb = 0, words_mb = 0;
};

Stock stock_of(Arguments const& given) {
    Stock stock;
    double const empty = rss_mb(getpid());
    auto const regions = std::make_shared<hall::Regions const>(file("data/divisions/fujian.csv"));
    auto const words = std::make_shared<hall::Words const>(
        must(hall::Words::read({file("data/knowledge/stopwords.txt"), file("data/knowledge/synonyms.csv"),
                                file("data/hall/said.csv"), file("data/hall/situations.csv")},
                               std::make_shared<text::Reader const>())));
    stock.words_mb = rss_mb(getpid()) - empty;
    Texts const all_texts = Texts::of(banyan_embedded_table);
    hall::Plausible const plausible(
        {must(hall::read_subjects(file("data/hall/subjects.csv"), file("data/hall/materials.csv"))),
         must(read_units(file("data/demo/units.csv"))), must(hall::read_offices(file("data/hall.toml"))), *regions,
         all_texts, "3501"});
    std::size_t const most = given.number("items");
    std::vector<hall::Listing> listings;
    listings.reserve(most);
    auto take = [&](hall::Item const& item) {
        if (listings.size() < most) listings.push_back(hall::listing_of(item, 1));
    };
    auto const begun = Steady::now();
    plausible.city(hall::kDemoQuota, take);
    if (listings.size() < most) plausible.rest(hall::kWholeQuota, hall::kDemoQuota, take);
    stock.made_ms = ms_since(begun);
    double const before = rss_mb(getpid());
    auto const made = Steady::now();
    hall::Finder::Builder builder(
        {must(hall::read_classes(file("data/hall/classes.csv"), file("data/hall/scenes.csv"))), regions, words});
    for (hall::Listing const& one : listings) builder.add(one);
    stock.finder = builder.finish();
    stock.built_ms = ms_since(made);
    stock.memory_mb = rss_mb(getpid()) - before;
    return stock;
}

int run(Arguments const& given) {
    std::size_t const times = std::max<std::size_t>(1, given.number("times"));
    Stock const stock = stock_of(given);
    hall::Finder const& finder = *stock.finder;
    std::vector<Figure> figures;
    for (Kind const& kind : kinds()) {
        figures.push_back(measure("items: " + kind.name, kind.questions, times,
                                  [&](hall::Wanted const& wanted) { return ask_items(finder, wanted); }));
        figures.push_back(measure("facets: " + kind.name, kind.questions, times, [&](hall::Wanted const& wanted) {
            hall::Facets const facets = finder.facets(wanted);
            return json::serialize(hall::facets_json(facets)).empty() ? 0 : facets.count;
        }));
    }
    hall::Shelf shelf(stock.finder);
    hall::Listing changed = finder.listing(0);
    ++changed.version;
    auto const begun = Steady::now();
    shelf.change({changed}, {});
    double const change_ms = ms_since(begun);
    std::size_t const paged = pages(finder, {.region = "3501", .within = true, .level = hall::Level::county});

    if (given.flag("json")) {
        json::object asked;
        for (Figure const& one : figures)
            asked[one.name] = {{"p50_ms", one.at(one.wall, 0.5)},
                               {"p99_ms", one.at(one.wall, 0.99)},
                               {"p99_cpu_ms", one.at(one.cpu, 0.99)},
                               {"found", one.found / one.answers}};
        fmt::print("{}\n", json::serialize(json::object{{"items", finder.size()},
                                                        {"titles", finder.titles()},
                                                        {"made_ms", std::round(stock.made_ms)},
                                                        {"built_ms", std::round(stock.built_ms)},
                                                        {"change_ms", std::round(change_ms)},
                                                        {"memory_mb", std::round(stock.memory_mb)},
                                                        {"words_mb", std::round(stock.words_mb)},
                                                        {"paged", paged},
                                                        {"asked", std::move(asked)}}));
        return 0;
    }
    fmt::print("{} items of {} titles, made by the generator in {:.0f} ms; to be found after {:.0f} ms more\n",
               finder.size(), finder.titles(), stock.made_ms, stock.built_ms);
    fmt::print("memory: {:.0f} MB for them, {:.0f} MB for words and divisions; one item changed: {:.0f} ms\n",
               stock.memory_mb, stock.words_mb, change_ms);
    fmt::print("{:<44}{:>10}{:>10}{:>14}{:>10}\n", "asked", "p50 ms", "p99 ms", "p99 CPU ms", "found");
    for (Figure const& one : figures)
        fmt::print("{:<44}{:>10.3f}{:>10.3f}{:>14.3f}{:>10}\n", one.name, one.at(one.wall, 0.5),
                   one.at(one.wall, 0.99), one.at(one.cpu, 0.99), one.found / one.answers);
    fmt::print("{} items in pages of 20\n", paged);
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    Arguments const given("hall: items of the service hall found and counted", kArguments, argc, argv);
    try {
        return run(given);
    } catch (std::exception const& error) {
        fmt::print(stderr, "hall: {}\n", error.what());
        return 1;
    }
}
