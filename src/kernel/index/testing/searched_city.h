// kernel/index/testing/searched_city.h: the small city of the kernel's tests, with an index that follows it.
#pragma once
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "kernel/engine/testing/story.h"
#include "kernel/index/find.h"
#include "kernel/index/matter_index.h"

namespace banyan::index::testing {

using namespace banyan::testing;

inline text::Reader const& reader() {
    static text::Reader const kReader;
    return kReader;
}

/// Waits until it is so: the indexer gives way to everybody, so on a busy machine that takes its time. False: not
/// within half a minute.
template <class Holds>
bool soon(Holds const& holds) {
    for (int tries = 0; tries < 3'000; ++tries) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

class SearchedCity {
  public:
    explicit SearchedCity(store::Engine engine) : city(engine) { city.set_clock(at("2026-10-12 09:00")); }

    std::filesystem::path folder() const { return city.data_folder() + "/index"; }
    std::unique_ptr<MatterIndex> make_index() {
        IndexOptions options;
        options.folder = folder();
        options.look_every = std::chrono::milliseconds(5);
        options.commit_every = std::chrono::milliseconds(10);
        options.wait_after_fault = std::chrono::milliseconds(50);
        options.names_every = std::chrono::milliseconds(1);
        options.tell = [this](std::string const& what, std::string const& why) {
            std::lock_guard lock(mutex);
            told.push_back(what + ": " + why);
        };
        return std::make_unique<MatterIndex>(*city.db(), city.engine(), reader(), std::move(options));
    }
    void start() {
        index = make_index();
        index->start();
        catch_up();
    }
    void stop() { index.reset(); }
    void catch_up() { ASSERT_TRUE(index->wait_until_whole(std::chrono::seconds(30))) << everything_told(); }
    std::string everything_told() {
        std::lock_guard lock(mutex);
        std::string all;
        for (std::string const& each : told) all += each + "\n";
        return all;
    }

    MatterId file(std::string_view title, std::string_view body, json::object more = {}) {
        more["title"] = title;
        more["body"] = body;
        if (!more.contains("channel")) more["channel"] = "phone";
        Answer answer = city.open("seat01", std::move(more));
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return answer.matter;
    }
    void take(std::string_view login, MatterId matter, std::string const& step, json::object form = {}) {
        Answer answer = city.step(login, matter, step, std::move(form));
        EXPECT_TRUE(answer.ok()) << step << ": " << describe(answer.refusal);
    }

    Result<FoundMatters> ask(Actor const& actor, std::string_view typed, std::size_t limit = 50,
                             std::optional<Cursor> cursor = {}, Order order = Order::relevance) {
        return index->search([&]() -> Result<FoundMatters> {
            auto asked = read_question(typed, reader());
            if (!asked) return std::unexpected(asked.error());
            auto const lease = index->searcher();
            auto const names = index->names();
            Viewer const viewer{actor, city.rules(), city.engine().moment(), nullptr};
            auto const session = city.db()->open_reader();
            return find({std::move(*asked), order, limit, cursor}, viewer,
                        {*session, city.engine().procedures(), city.keys(), reader(), *names, *lease});
        });
    }
    FoundMatters find_as(std::string_view login, std::string_view typed) {
        auto found = ask(city.actor(login), typed);
        if (!found) ADD_FAILURE() << typed << ": " << describe(found.error());
        return found ? std::move(*found) : FoundMatters{};
    }
    static std::vector<MatterId> ids(FoundMatters const& found) {
        std::vector<MatterId> ids;
        for (FoundMatter const& matter : found.matters)
            ids.emplace_back(std::stoll(std::string(matter.row.at("id").as_string())));
        return ids;
    }
    std::vector<MatterId> search(std::string_view login, std::string_view typed) {
        return ids(find_as(login, typed));
    }

    City city;
    std::mutex mutex;
    std::vector<std::string> told;
    std::unique_ptr<MatterIndex> index;  ///< ends first
};

}  // namespace banyan::index::testing
