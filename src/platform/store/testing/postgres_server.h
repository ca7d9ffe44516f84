// platform/store/testing/postgres_server.h: a real PostgreSQL for tests, thrown away afterwards.
//
// BANYAN_TEST_POSTGRES names a server to use instead; `testing/with_postgres ctest …` starts one for all test
// programs. Otherwise each program starts its own when a test first asks for it.
#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

namespace banyan::store::testing {

/// A server of one's own, with `settings` ("fsync=off") over the usual ones; gone with the object, and when
/// the program dies.
class PostgresServer {
  public:
    explicit PostgresServer(std::vector<std::string> const& settings = {});
    ~PostgresServer();
    PostgresServer(PostgresServer const&) = delete;
    std::string const& url() const { return url_; }

  private:
    std::string url_;
    pid_t process_ = -1;
    int lifeline_ = -1;  ///< the server lives until this end is closed
};

/// An empty database on the program's server, nobody else's; its url.
std::string fresh_database();
/// Ends its connections, empties it and keeps it for the next test.
void give_back_database(std::string const& url);
/// One statement on a connection of its own, as the server's owner: to break things from outside.
void run_on_postgres(std::string const& url, std::string const& sql);

}  // namespace banyan::store::testing
