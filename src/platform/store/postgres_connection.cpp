#include "platform/store/postgres_connection.h"

#include <array>

#include "platform/store/table_sql.h"

namespace banyan::store {
namespace {

Error::Kind kind_of(std::string_view state) {
    if (state == "53100") return Error::Kind::full;
    if (state == "25006") return Error::Kind::read_only;
    if (state == "57014") return Error::Kind::timeout;
    if (state == "40001" || state == "40P01") return Error::Kind::serialisation;
    if (state == "55P03" || state == "55006") return Error::Kind::busy;
    if (state == "22021") return Error::Kind::constraint;  // text with a NUL, or not UTF-8
    if (state.starts_with("23")) return Error::Kind::constraint;
    if (state == "08P01") return Error::Kind::other;  // a wrong number of arguments
    if (state.starts_with("08") || state.starts_with("57P0")) return Error::Kind::connection;
    if (state == "XX001" || state == "XX002") return Error::Kind::corrupt;
    return Error::Kind::other;
}

std::string without_line_end(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

}  // namespace

PgHandle open_postgres_connection(std::string const& url) {
    // What stands before dbname may be said otherwise by the url, what stands behind may not. Of several hosts the
    // primary, wherever it is now. A server that is cut off is noticed within ten seconds.
    std::array const names = {"connect_timeout",      "fallback_application_name",
                              "target_session_attrs", "keepalives_idle",
                              "keepalives_interval",  "keepalives_count",
                              "tcp_user_timeout",     "dbname",
                              "client_encoding",      static_cast<char const*>(nullptr)};
    std::array const values = {"5", "banyan", "primary",   "5",    "2",
                               "2", "10000",  url.c_str(), "UTF8", static_cast<char const*>(nullptr)};
    PgHandle connection(PQconnectdbParams(names.data(), values.data(), 1));
    if (!connection) throw std::bad_alloc();
    if (PQstatus(connection.get()) != CONNECTION_OK)
        throw Error(Error::Kind::connection, without_line_end(PQerrorMessage(connection.get())));
    PQsetNoticeProcessor(connection.get(), [](void*, char const*) {}, nullptr);
    // Compiling a statement costs more than ours take.
    run_postgres(connection.get(), "SET jit = off; SET TIME ZONE 'UTC'");
    return connection;
}

PgResult checked(PGconn* connection, PGresult* raw, std::string_view doing) {
    PgResult result(raw);
    auto const status = PQresultStatus(raw);
    if (raw && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)) return result;
    char const* const state = raw ? PQresultErrorField(raw, PG_DIAG_SQLSTATE) : nullptr;
    // Only the first line of the server's: its DETAIL holds values, and those may be personal.
    char const* const primary = raw ? PQresultErrorField(raw, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    bool const lost = PQstatus(connection) == CONNECTION_BAD;
    auto const kind = lost ? Error::Kind::connection : kind_of(state ? state : "");
    throw Error(kind, without_line_end(primary ? primary : PQerrorMessage(connection)) + " (" +
                          (state ? std::string(state) + ": " : std::string()) + shortened(doing) + ")");
}

PgResult run_postgres(PGconn* connection, std::string const& sql) {
    return checked(connection, PQexec(connection, sql.c_str()), sql);
}

void refuse_unsafe(PGconn* connection) {
    auto const settings =
        run_postgres(connection, "SELECT current_setting('fsync'), current_setting('synchronous_commit')");
    for (int const column : {0, 1})
        if (std::string_view(PQgetvalue(settings.get(), 0, column)) == "off")
            throw Error(Error::Kind::unsafe, std::string(column == 0 ? "fsync" : "synchronous_commit") +
                                                 " is off: the server may forget what it has committed");
}

}  // namespace banyan::store
