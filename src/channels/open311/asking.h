// channels/open311/asking.h: one question on its way, and everything that answers have in common.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "api/api.h"
#include "channels/open311/services.h"
#include "channels/open311/settings.h"
#include "channels/open311/wire.h"

namespace banyan::open311 {

/// All the endpoint knows; lives as long as the server.
struct Endpoint {
    api::House& house;
    Settings settings;
    Services services;
    std::set<std::string, std::less<>> regions;  ///< that an address_id may name
};

struct Asking {
    Format format = Format::xml;
    Language language = Language::zh;
    http::NamedValues given;  ///< of the query, or of the form that was posted
    std::string named;        ///< what the address ends in: a service, a request, a token
    std::string base;         ///< "https://host/open311/v2"
    std::string request_id;   ///< of the log
    std::string once;         ///< Idempotency-Key
    Jurisdiction const* jurisdiction = nullptr;
    std::optional<api::Session> partner;  ///< whose api_key it is

    /// Empty: not given, which is the same as given and empty.
    std::string_view value(std::string_view field) const;
    /// Parts between its commas; of a list that is given several times, all.
    std::vector<std::string> list(std::string_view field) const;
};

/// Who asks, for which jurisdiction, whether it is their turn. Refused: georeport.twice, georeport.too_many,
/// georeport.key_wrong, georeport.jurisdiction_needed, georeport.jurisdiction_unknown.
Result<void> admit(Endpoint& endpoint, http::Request const& request, Asking& asking);

/// The protocol's status: 404 what is not there, 403 a key, 429 too many, 503 and 500 ours, 400 all else.
int status_of(Refusal const& refusal);
http::Reply refusal_reply(Endpoint const& endpoint, Asking const& asking, Refusal const& refusal);

/// Runs on a reader's thread and answers what it returns.
using Read = std::function<Result<http::Reply>(store::Session&, Asking const&)>;
void read(Endpoint& endpoint, Asking asking, http::Respond respond, Read job);
/// Hands the step to the engine; `told` makes the answer of what was done.
using Told = std::function<http::Reply(Answer const&)>;
void submit(Endpoint& endpoint, Asking const& asking, Request request, std::pair<http::Respond, Told> answer);

/// "2026-10-09T09:00:00+08:00": without fractions, which some readers do not know.
std::string when(Instant at);
/// [from, until) of start_date and end_date, which may be missing. Refused: georeport.date, georeport.span.
struct Dates {
    std::optional<Instant> from, until;
};
Result<Dates> read_dates(Endpoint const& endpoint, Asking const& asking);

// What answers, in files of their names.
http::Reply discovery(Endpoint const& endpoint, Asking const& asking);           // listing.cpp
http::Reply services(Endpoint const& endpoint, Asking const& asking);            // listing.cpp
Result<http::Reply> definition(Endpoint const& endpoint, Asking const& asking);  // listing.cpp
void file_request(Endpoint& endpoint, Asking asking, http::Respond respond);     // filing.cpp
void get_requests(Endpoint& endpoint, Asking asking, http::Respond respond);     // requests.cpp
void get_request(Endpoint& endpoint, Asking asking, http::Respond respond);      // requests.cpp
void get_token(Endpoint& endpoint, Asking asking, http::Respond respond);        // requests.cpp
void get_updates(Endpoint& endpoint, Asking asking, http::Respond respond);      // updates.cpp
void file_update(Endpoint& endpoint, Asking asking, http::Respond respond);      // updates.cpp

/// The matter and its events, if it is the partner's own. Reading it is theirs by data/roles.toml.
struct Own {
    Matter matter;
    std::vector<EventRow> history;
};
std::optional<Own> load_own(Endpoint const& endpoint, store::Session& session, Asking const& asking, MatterId id);

}  // namespace banyan::open311
