#include "platform/store/testing/stores.h"

#include <cstdlib>
#include <stdexcept>

#include "platform/store/testing/postgres_server.h"

namespace banyan::store::testing {

TestFolder::TestFolder() {
    char const* const memory = std::getenv("BANYAN_TEST_MEMORY");
    std::filesystem::path const parent = memory && *memory ? memory : std::filesystem::temp_directory_path();
    std::string name = parent / "banyan-test-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
    path_ = name;
}

TestFolder::~TestFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

TestStore::TestStore(Engine engine) {
    if (engine == Engine::postgresql) url_ = fresh_database();
    store_ = again();
}

TestStore::~TestStore() {
    store_.reset();
    if (!url_.empty()) give_back_database(url_);
}

std::unique_ptr<Store> TestStore::again() const {
    char const* const shards = std::getenv("BANYAN_TEST_SHARDS");
    if (!url_.empty()) return open_postgresql(url_, false, shards ? std::atoi(shards) : 0);
    SqliteOptions options;
    options.file = file();
    options.cache_kib = 8'192;
    return open_sqlite(std::move(options));
}

std::string TestStore::file() const { return folder_ / "banyan.db"; }

TestStore fresh_store(Engine engine, std::span<Migration const> migrations) {
    TestStore made(engine);
    made->migrate(migrations);
    return made;
}

}  // namespace banyan::store::testing
