// platform/store/postgres_connection.h: libpq's handles, with owners, and SQLSTATE as store::Error.
#pragma once
#include <libpq-fe.h>

#include <memory>
#include <string>

#include "platform/store/store.h"

namespace banyan::store {

struct FinishPostgres {
    void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using PgHandle = std::unique_ptr<PGconn, FinishPostgres>;
using PgResult = std::unique_ptr<PGresult, FinishPostgres>;

PgHandle open_postgres_connection(std::string const& url);

/// Hands the result on when it is a good one. `doing` is for the message; it is cut short.
PgResult checked(PGconn* connection, PGresult* result, std::string_view doing);

/// A statement, or several, without arguments; the last result.
PgResult run_postgres(PGconn* connection, std::string const& sql);

/// Error::unsafe when the server may forget what it has committed.
void refuse_unsafe(PGconn* connection);

}  // namespace banyan::store
