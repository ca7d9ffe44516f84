// Contents as rows, on a connection of their own.
#include <mutex>

#include "kernel/files/contents.h"

namespace banyan::files {
namespace {

class Database final : public Contents {
  public:
    explicit Database(store::Store& store) : store_(store) {}

    void put(Sealed const& sealed, Instant now) override {
        write([&](store::Session& session) {
            session.execute("INSERT INTO file_content (address, at, sealed) VALUES ($1, $2, $3)",
                            {std::string_view(sealed.address), now.us, store::Bytes{sealed.bytes}});
        });
    }
    std::optional<std::string> get(store::Session& session, std::string_view address) override {
        std::optional<std::string> found;
        session.query("SELECT sealed FROM file_content WHERE address = $1", {address},
                      [&](store::Row const& row) { found = row.bytes(0); });
        return found;
    }
    void remove(std::string_view address) override {
        write([&](store::Session& session) {
            session.execute("DELETE FROM file_content WHERE address = $1", {address});
        });
    }
    std::vector<std::string> older(Instant then, std::string_view after) override {
        std::vector<std::string> found;
        store_.open_reader()->query(
            "SELECT address FROM file_content WHERE at < $1 AND address > $2 ORDER BY address LIMIT 5000",
            {then.us, after}, [&](store::Row const& row) { found.emplace_back(row.text(0)); });
        return found;
    }

  private:
    template <class Work>
    void write(Work const& work) {
        std::lock_guard lock(mutex_);
        if (!session_) session_ = store_.open_writer();
        try {
            session_->begin_write();
            work(*session_);
            session_->commit();
        } catch (store::Error const&) {
            session_->rollback();
            session_.reset();  // the connection may be gone: another one next time
            throw;
        }
    }

    store::Store& store_;
    std::mutex mutex_;
    std::unique_ptr<store::Session> session_;
};

}  // namespace

std::unique_ptr<Contents> contents_in_database(store::Store& store) { return std::make_unique<Database>(store); }

}  // namespace banyan::files
