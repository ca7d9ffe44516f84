// shards: how evenly a city's matters lie on the shards of a distributed engine (docs/scale.md). Deterministic: no
// clock, no random number that differs between two runs.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "arguments.h"
#include "platform/store/store.h"

namespace banyan::bench {
namespace {

std::vector<Argument> const kArguments{
    {"appeals", "439000", "a year's, of as many people as Fuzhou's 2017 had (8 million)"},
    {"batch", "83", "new matters that come together: a batch gives all of its own one lane"},
    {"nodes", "4", "workers, each with the same number of shards"},
    {"check", "", "postgresql://…: compare the hash with the one of that server and do nothing else"},
};

constexpr int kLanes = 256;

/// hash_bytes_uint32() and hashint8() of PostgreSQL's src/common/hashfn.c and hashfunc.c (Bob Jenkins's lookup3).
std::int32_t hash_of(std::int64_t number) {
    auto low = static_cast<std::uint32_t>(number);
    auto const high = static_cast<std::uint32_t>(number >> 32);
    low ^= number >= 0 ? high : ~high;
    std::uint32_t a = 0x9e3779b9U + sizeof(std::uint32_t) + 3923095U, b = a, c = a;
    a += low;
    auto const rotated = [](std::uint32_t x, int k) { return (x << k) | (x >> (32 - k)); };
    c ^= b, c -= rotated(b, 14);
    a ^= c, a -= rotated(c, 11);
    b ^= a, b -= rotated(a, 25);
    c ^= b, c -= rotated(b, 16);
    a ^= c, a -= rotated(c, 4);
    b ^= a, b -= rotated(a, 14);
    c ^= b, c -= rotated(b, 24);
    return static_cast<std::int32_t>(c);
}

/// Census of 2020, residents of Fujian's nine cities: together 41,540,086.
struct Division {
    int code;
    std::int64_t people;
};
constexpr std::array<Division, 9> kDivisions{{{350100, 8'291'268},
                                              {350200, 5'163'970},
                                              {350300, 3'210'714},
                                              {350400, 2'486'450},
                                              {350500, 8'782'285},
                                              {350600, 5'054'328},
                                              {350700, 2'680'645},
                                              {350800, 2'723'637},
                                              {350900, 3'146'789}}};
constexpr double kFuzhouThen = 8e6;  ///< people the year's appeals are of

/// The shard of a hash where the whole range is cut into equal pieces, as create_distributed_table() does.
std::size_t equal_piece(std::int32_t hash, std::size_t shards) {
    auto const width = (std::uint64_t{1} << 32) / shards;
    auto const at = static_cast<std::uint64_t>(std::int64_t{hash} - INT32_MIN);
    return std::min<std::size_t>(at / width, shards - 1);
}

struct Spread {
    double least = 0, mean = 0, most = 0;
};
Spread spread(std::vector<double> const& loads) {
    auto const [least, most] = std::ranges::minmax(loads);
    return {least, std::accumulate(loads.begin(), loads.end(), 0.0) / static_cast<double>(loads.size()), most};
}

/// Shards one after another on nodes by turns, as Citus places them.
Spread by_node(std::vector<double> const& loads, std::size_t nodes) {
    std::vector<double> sums(nodes);
    for (std::size_t i = 0; i < loads.size(); ++i) sums[i % nodes] += loads[i];
    return spread(sums);
}

void say(std::string const& what, std::size_t shards, std::vector<double> const& loads, std::size_t nodes) {
    Spread const shard = spread(loads), node = by_node(loads, nodes);
    auto const empty = std::ranges::count(loads, 0.0);
    fmt::print("| {} | {} | {:.0f} | {:.0f} | {:.0f} | {:.2f} | {} | {:.2f} |\n", what, shards, shard.least,
               shard.mean, shard.most, shard.most / shard.mean, empty, node.most / node.mean);
}

/// Matters of each lane: batch after batch takes the next lane, over the whole province.
std::vector<double> matters_of_lanes(std::int64_t matters, std::int64_t batch) {
    std::vector<double> lanes(kLanes);
    // Batches are larger and smaller than their mean: between nothing and twice it, by a hash.
    for (std::int64_t made = 0, turn = 0; made < matters; ++turn) {
        std::int64_t const taken = 1 + static_cast<std::uint32_t>(hash_of(turn)) % (2 * batch - 1);
        lanes[static_cast<std::size_t>(turn % kLanes)] += static_cast<double>(std::min(taken, matters - made));
        made += taken;
    }
    return lanes;
}

/// The highest hash of each shard but the last when each has as many lanes as any other.
std::vector<std::int32_t> even_cuts(std::size_t shards) {
    std::vector<std::int32_t> hashes;
    for (int lane = 0; lane < kLanes; ++lane) hashes.push_back(hash_of(lane));
    std::ranges::sort(hashes);
    std::vector<std::int32_t> cuts;
    for (std::size_t i = 1; i < shards; ++i) cuts.push_back(hashes[i * kLanes / shards - 1]);
    return cuts;
}

int check(std::string const& url) {
    auto const store = store::open_postgresql(url, true);
    auto const session = store->open_reader();
    int wrong = 0;
    for (std::int64_t number = -300; number < 100'000; number += number < 300 ? 1 : 997)
        session->query("SELECT CAST(hashint8($1) AS BIGINT)", {number * (number > 1000 ? 1'000'003 : 1)},
                       [&](store::Row const& row) {
                           if (row.integer(0) != hash_of(number * (number > 1000 ? 1'000'003 : 1))) ++wrong;
                       });
    fmt::print("{}\n", wrong == 0 ? "the hash is PostgreSQL's" : "the hash is ANOTHER than PostgreSQL's");
    return wrong == 0 ? 0 : 1;
}

void run(std::int64_t appeals, std::int64_t batch, std::size_t nodes) {
    std::int64_t matters = 0;
    std::vector<std::int64_t> of_division;
    for (Division const& division : kDivisions) {
        of_division.push_back(static_cast<std::int64_t>(static_cast<double>(appeals) *
                                                        static_cast<double>(division.people) / kFuzhouThen));
        matters += of_division.back();
    }
    auto const lanes = matters_of_lanes(matters, batch);
    Spread const lane = spread(lanes);
    fmt::print("A year of the province: {} matters; a lane has {:.0f} to {:.0f}, {:.0f} on average ({:.3f})\n\n",
               matters, lane.least, lane.most, lane.mean, lane.most / lane.mean);
    fmt::print("| distributed by | shards | least | mean | most | most / mean | empty | node: most / mean |\n");
    fmt::print("|---|---|---|---|---|---|---|---|\n");
    for (std::size_t const shards : {32UL, 64UL, 128UL}) {
        std::vector<double> cities(shards), hashed(shards), even(shards);
        for (std::size_t i = 0; i < kDivisions.size(); ++i)
            cities[equal_piece(hash_of(kDivisions[i].code), shards)] += static_cast<double>(of_division[i]);
        auto const cuts = even_cuts(shards);
        for (int i = 0; i < kLanes; ++i) {
            std::int32_t const hash = hash_of(i);
            hashed[equal_piece(hash, shards)] += lanes[static_cast<std::size_t>(i)];
            even[static_cast<std::size_t>(std::ranges::lower_bound(cuts, hash) - cuts.begin())] +=
                lanes[static_cast<std::size_t>(i)];
        }
        say("the city's code", shards, cities, nodes);
        say("lane, equal pieces", shards, hashed, nodes);
        say("lane, cut evenly", shards, even, nodes);
    }
    fmt::print("\nCuts of 32 shards with 8 lanes each:\n{}\n", fmt::join(even_cuts(32), " "));
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    Arguments const given("shards: how evenly matters lie on the shards of a distributed engine", kArguments, argc,
                          argv);
    if (given.given("check")) return check(given.text("check"));
    run(static_cast<std::int64_t>(given.number("appeals")), static_cast<std::int64_t>(given.number("batch")),
        given.number("nodes"));
    return 0;
}
