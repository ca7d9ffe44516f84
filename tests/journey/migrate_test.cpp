// A city moves from its folder to PostgreSQL: killed in the middle, it goes on; then a server there says the same.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "journey/caller.h"
#include "journey/program.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

/// What the program of the city says of everything open, in words that no clock moves.
std::vector<std::string> said_by(std::uint16_t port) {
    Caller lead = Caller::of(port, "review01");
    std::vector<std::string> said;
    Heard const list = lead.get("/api/v1/matters?limit=30");
    EXPECT_EQ(list.status, 200) << list.text;
    for (json::value const& matter : list.body.at("matters").as_array()) {
        std::string const id(matter.at("id").as_string());
        said.push_back(id + " " + std::string(matter.at("title").as_string()));
        Heard const receipt = lead.get("/api/v1/matters/" + id + "/receipt");
        if (receipt.status == 200) said.push_back(json::serialize(receipt.body.at("events")));
    }
    std::ranges::sort(said);
    return said;
}

/// Killed as soon as it says a line that begins so.
void migrate_until(std::string const& line, std::string const& from, std::string const& to) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    std::string const program = program_path();
    pid_t const pid = ::fork();
    if (pid == 0) {
        ::dup2(ends[1], 1);
        ::execl(program.c_str(), "banyan", "migrate", "--from", from.c_str(), "--to", to.c_str(),
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string said;
    for (char c = 0; ::read(ends[0], &c, 1) == 1;) {
        said += c;
        if (said.ends_with("\n" + line)) break;
    }
    ::kill(pid, SIGKILL);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(pid, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << said;
}

TEST(Migrate, ACityIsTheSameOnPostgresql) {
    store::testing::TestFolder scratch;
    std::string const data = scratch / "city";
    copy_demo(data);
    store::testing::TestStore const target(store::Engine::postgresql);
    auto const migrate = [&] { return run({"migrate", "--from", data, "--to", target.url()}); };

    std::vector<std::string> before;
    {
        Server server("demo", data);
        before = said_by(server.port());
        Ended const locked = migrate();
        EXPECT_EQ(locked.status, 1);
        EXPECT_NE(locked.err.find("another banyan works on this folder"), std::string::npos) << locked.err;
        server.kill();  // what was answered is there, some of it in the log beside the file
    }
    EXPECT_GT(before.size(), 30U);

    migrate_until("event", data, target.url());
    Ended const closed = run({"serve", "--data", data, "--db", target.url(), "--listen", "127.0.0.1:0"});
    EXPECT_EQ(closed.status, 1);
    EXPECT_NE(closed.err.find("the database was migrated to"), std::string::npos)
        << "half a city was served: " << closed.err;

    Ended const moved = migrate();
    ASSERT_EQ(moved.status, 0) << moved.out << moved.err;
    EXPECT_NE(moved.out.find("everything fits"), std::string::npos) << moved.out;
    EXPECT_EQ(migrate().status, 1) << "a city was moved over another";

    std::filesystem::rename(data + "/banyan.db", scratch / "away.db");
    {
        Server server("demo", data, {"--db", target.url()});
        EXPECT_EQ(said_by(server.port()), before);
        Caller::of(server.port(), "citizen").file({{"title", "路灯不亮"}, {"body", "请来修"}, {"channel", "web"}});
        server.kill();
    }
    EXPECT_FALSE(std::filesystem::exists(data + "/banyan.db"));
    Ended const verified = run({"verify", "--data", data, "--db", target.url()});
    EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
}

TEST(Migrate, SaysWhatItDoesNotTake) {
    store::testing::TestFolder scratch;
    Ended const none = run({"migrate", "--from", scratch / "nothing", "--to", "postgresql:///x"});
    EXPECT_EQ(none.status, 1);
    EXPECT_NE(none.err.find("migrate.no_city"), std::string::npos) << none.err;
    EXPECT_FALSE(std::filesystem::exists(scratch / "nothing"));
    std::string const data = scratch / "city";
    copy_demo(data);
    Ended const other = run({"migrate", "--from", data, "--to", "mysql://x"});
    EXPECT_NE(other.err.find("migrate.not_postgresql"), std::string::npos) << other.err;
    Ended const nobody = run({"migrate", "--from", data, "--to", "postgresql:///x?host=/nowhere"});
    EXPECT_EQ(nobody.status, 1);
    EXPECT_NE(nobody.err.find("migrate.no_connection"), std::string::npos) << nobody.err;
}

}  // namespace
}  // namespace banyan::journey
