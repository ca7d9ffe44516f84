// platform/store/testing/stores.h: the same test on SQLite and on a real PostgreSQL.
//
//     class Worklist : public store::testing::OnBothEngines {
//       protected:
//         TestStore db = fresh(kMigrations);   // empty, migrated; gone after the test
//     };
//     BANYAN_ON_BOTH_ENGINES(Worklist);
//     TEST_P(Worklist, BeginsWithTheOldest) { auto writer = db->open_writer(); … }
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "platform/store/store.h"

namespace banyan::store::testing {

/// A folder under /tmp, or in BANYAN_TEST_MEMORY where ./test names a folder in memory; removed with its content.
class TestFolder {
  public:
    TestFolder();
    ~TestFolder();
    TestFolder(TestFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    std::filesystem::path const& path() const { return path_; }
    std::string operator/(std::string_view name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

/// An empty database of one test. REQUIRES: its sessions end before it does.
class TestStore {
  public:
    explicit TestStore(Engine engine);
    ~TestStore();
    TestStore(TestStore&&) noexcept = default;

    Store& operator*() const { return *store_; }
    Store* operator->() const { return store_.get(); }
    Store& get() const { return *store_; }
    Engine engine() const { return store_->engine(); }
    /// The same database as another process would open it.
    std::unique_ptr<Store> again() const;

    std::string file() const;                        ///< SQLite: the database file
    std::string const& url() const { return url_; }  ///< PostgreSQL: the database

  private:
    TestFolder folder_;  ///< for the test's other files too
    std::string url_;
    std::unique_ptr<Store> store_;
};

TestStore fresh_store(Engine engine, std::span<Migration const> migrations = {});

class OnBothEngines : public ::testing::TestWithParam<Engine> {
  protected:
    bool sqlite() const { return GetParam() == Engine::sqlite; }
    static TestStore fresh(std::span<Migration const> migrations = {}) {
        return fresh_store(GetParam(), migrations);
    }
};

inline std::string engine_name(::testing::TestParamInfo<Engine> const& info) {
    return info.param == Engine::sqlite ? "SQLite" : "PostgreSQL";
}

/// The kind of store::Error that `act` throws; fails the test when it throws none.
template <class Act>
Error::Kind kind_thrown_by(Act const& act) {
    try {
        act();
    } catch (Error const& error) {
        return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return Error::Kind::other;
}

}  // namespace banyan::store::testing

#define BANYAN_ON_BOTH_ENGINES(Suite)                                                                     \
    INSTANTIATE_TEST_SUITE_P(                                                                             \
        , Suite, ::testing::Values(::banyan::store::Engine::sqlite, ::banyan::store::Engine::postgresql), \
        ::banyan::store::testing::engine_name)
