// api/sessions.h: who is asking.
//
// Staff sign in with a password (argon2id, computed on a thread of its own), appellants without an account with
// receipt number and query code; partner systems have keys. A token is 256 random bits, stored as a keyed hash.
// Pages carry it in a cookie and prove themselves with the CSRF token; programs send `Authorization: Bearer`.
//
// Those that are in use are in memory. One that began at another node is looked up when it first comes here; one
// that ends anywhere ends everywhere.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "base/text.h"
#include "kernel/engine/engine.h"
#include "platform/http/http.h"
#include "platform/store/flat_map.h"

namespace banyan::api {

struct Session {
    Actor actor;
    std::string csrf, who;  ///< who: whose Idempotency-Keys these are
    Instant until;
    bool by_cookie = false;
    std::string label;  ///< of a partner's key
};

struct SignedIn {
    std::string token, csrf;
    Session session;
};

class Sessions {
  public:
    /// `cookie`: its name. Two cities on one host need two: a cookie is of the host, whatever the port.
    Sessions(Engine& engine, store::Store& store, crypto::Keyring const& keys,
             std::string cookie = "banyan_session");
    ~Sessions();

    /// From Authorization or the cookie. Nothing: not signed in, or over.
    std::optional<Session> find(http::Request const& request) const;
    /// It may have begun at another node: look_up() first. Never where there is one node.
    bool unheard_of(http::Request const& request) const;
    /// `then` on a thread of its own, whatever was found; find() finds it then.
    void look_up(http::Request const& request, std::function<void()> then);

    using OnSignedIn = std::function<void(Result<SignedIn>)>;
    /// These answer on a thread of its own. Refused, each: session.busy, store.full, server.failed.
    /// Refused: session.wrong, session.locked.
    void sign_in(std::string login, std::string password, OnSignedIn done);
    /// Refused: code.wrong, code.locked (after five wrong).
    void sign_in_with_code(MatterId matter, std::string code, OnSignedIn done);
    /// A key for a partner system: acts as `person`; valid until revoked. Refused: key.not_partner.
    void make_key(PersonId person, std::string label, OnSignedIn done);
    /// A key that holds, as lists show it: never the key itself.
    struct Key {
        std::string id;  ///< of its keyed hash: names it, opens nothing
        PersonId person;
        std::string label;
        Instant since, until;
    };
    std::vector<Key> keys(store::Session& session) const;  ///< the newest first
    /// Answers as sign_out(). Refused: key.not_there.
    void revoke_key(std::string_view id, std::function<void(Result<void>)> done);
    /// A password that nobody chose, and its argon2id hash. Answers as sign_in().
    struct Password {
        std::string plain, hash;
    };
    void make_password(std::function<void(Result<Password>)> done);
    /// Whoever is signed in acts for the unit of today; who has another role now, or none, is signed out here.
    /// Their rows are removed by whoever changed the person. Call it after the rules were set.
    void follow(Directory const& directory);
    /// Signed out here, from everywhere, in memory; `keys_too`: so are the keys. As follow(): rows are the
    /// caller's.
    void forget(PersonId person, bool keys_too);
    void remove_rows(store::Session& writing, PersonId person, bool keys_too) const;

    /// Answers when the session is gone for good, on the writer's thread. Refused, the session still there:
    /// store.full, server.failed.
    void sign_out(http::Request const& request, std::function<void(Result<void>)> done);
    /// Told of each session that signs out, by its CSRF token. REQUIRES: set before the server runs.
    void on_sign_out(std::function<void(std::string const& csrf)> call) { signed_out_ = std::move(call); }

    std::string cookie() const { return cookie_.substr(0, cookie_.size() - 1); }

    static std::string hash_password(std::string const& password);
    /// Stored beside the matter it opens.
    static std::string code_hash(crypto::Keyring const& keys, std::string_view code);
    static std::string make_code();

  private:
    struct Job {
        std::function<Result<SignedIn>(store::Session&)> work;
        OnSignedIn done;
    };
    void serve();
    void add(Job job);
    Result<SignedIn> do_sign_in(store::Session& session, std::string const& login, std::string const& password);
    Result<SignedIn> do_sign_in_with_code(store::Session& session, MatterId matter, std::string const& code);
    SignedIn begin(Actor actor, Span lasting, std::string label);
    void end(std::string const& key, std::function<void(Result<void>)> done);
    /// A row of: token, person, matter, csrf, until, label.
    void take_in(store::Row const& row, Directory const& directory);
    void load_one(store::Session& session, std::string const& key);
    void hear(Nodes& nodes);
    void forget_key(std::string const& key);
    void forget_where(std::function<bool(Session const&)> const& over);
    std::string hash(std::string_view token) const;
    std::string known_hash(std::string_view token) const;
    void forget_ended();

    Engine& engine_;
    store::Store& store_;
    crypto::Keyring const& keys_;
    std::string const cookie_;  ///< its name and "="
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, Session> sessions_;                  ///< by hash of the token
    mutable store::FlatMap<std::string, std::string, HashText> hashes_;  ///< by token
    std::unordered_map<std::string, Instant> strangers_;  ///< hashes that were looked up in vain, until when
    std::function<void(std::string const&)> signed_out_;
    std::mutex jobs_mutex_;
    std::condition_variable jobs_ready_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace banyan::api
