#include "api/sessions.h"

#include "base/text.h"
#include "base/thread.h"
#include "platform/crypto/password.h"
#include "platform/crypto/random.h"

namespace banyan::api {
namespace {

constexpr int kWrongAllowed = 5;
constexpr std::size_t kKeyIdBytes = 8;
constexpr std::size_t kMostWaiting = 64;  ///< passwords take 0.1 s each: more would wait too long

std::string_view token_of(http::Request const& request, std::string_view cookie, bool& by_cookie) {
    std::string_view bearer = request.header("authorization");
    if (bearer.starts_with("Bearer ")) return bearer.substr(7);
    std::string_view cookies = request.header("cookie");
    std::size_t at = 0;
    for (;; ++at) {  // a cookie of a longer name may end in ours
        at = cookies.find(cookie, at);
        if (at == std::string_view::npos) return {};
        if (at == 0 || cookies[at - 1] == ' ' || cookies[at - 1] == ';') break;
    }
    std::string_view token = cookies.substr(at + cookie.size());
    by_cookie = true;
    return token.substr(0, token.find(';'));
}

/// Four groups of four, to be read from a slip and typed once: 79 bits; none of the letters that look like digits.
std::string readable_password() {
    constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstuvwxyz";
    constexpr std::size_t kGroup = 4, kLength = 4 * kGroup + 3;
    std::array<char, kLength> made{};
    for (std::size_t at = 0; at < kLength;) {
        if (at % (kGroup + 1) == kGroup) {
            made[at++] = '-';
            continue;
        }
        auto const drawn = static_cast<unsigned char>(crypto::random_bytes(1)[0]) & 31U;
        if (drawn < kLetters.size()) made[at++] = kLetters[drawn];  // each equally likely
    }
    return {made.begin(), made.end()};
}

}  // namespace

Sessions::Sessions(Engine& engine, store::Store& store, crypto::Keyring const& keys, std::string cookie)
    : engine_(engine), store_(store), keys_(keys), cookie_(std::move(cookie) + "=") {
    hear(engine_.nodes());  // before reading: what is told meanwhile is not missed
    auto session = store_.open_reader();
    auto rules = engine_.rules();
    session->query("SELECT token, person, matter, csrf, until, label FROM session WHERE until > $1",
                   {engine_.now().us}, [&](store::Row const& row) { take_in(row, *rules->directory); });
    thread_ = named_thread("sign-in", [this] { serve(); });
}

void Sessions::take_in(store::Row const& row, Directory const& directory) {
    Session known;
    known.actor.bound = MatterId(row.integer(2));
    if (Person const* person = directory.person(PersonId(row.integer(1))))
        known.actor = {person->id, person->role, person->unit, known.actor.bound, false};
    if (known.actor.bound) known.actor.role = "appellant";
    known.csrf = row.text(3);
    known.until = Instant{row.integer(4)};
    known.label = row.text(5);
    known.who = known.actor.bound ? "m" + known.actor.bound.text() : "p" + known.actor.person.text();
    std::unique_lock lock(mutex_);
    sessions_[std::string(row.bytes(0))] = std::move(known);
}

/// What another node has ended ends here; a key that began there is asked for with requests that wait for nothing.
void Sessions::hear(Nodes& nodes) {
    nodes.hear("session.begun", [this](std::string const& key) {
        if (key.empty()) return;
        add({[this, key](store::Session& session) -> Result<SignedIn> {
                 load_one(session, from_hex(key).value_or(""));
                 return SignedIn{};
             },
             [](auto const&) {}});
    });
    nodes.hear("session.ended", [this](std::string const& key) {
        if (!key.empty()) return forget_key(from_hex(key).value_or(""));
        // Anything may have ended: those that still hold are looked up again. Their streams begin again too.
        forget_where([](Session const&) { return true; });
    });
    nodes.hear("person.forgotten", [this](std::string const& who) {
        if (who.empty()) return;  // session.ended does that
        bool const keys_too = who.ends_with('k');
        forget(PersonId(std::stoll(who)), keys_too);
    });
}

Sessions::~Sessions() {
    {
        std::lock_guard lock(jobs_mutex_);
        stopping_ = true;
    }
    jobs_ready_.notify_all();
    thread_.join();
}

std::string Sessions::hash(std::string_view token) const {
    return std::string(crypto::view(crypto::tag(keys_.token_key(), token)));
}

/// Hashing it costs as much as reading the request: those that are in use are remembered.
std::string Sessions::known_hash(std::string_view token) const {
    {
        std::shared_lock lock(mutex_);
        if (auto found = hashes_.find(token); found != hashes_.end()) return found->second;
    }
    std::string key = hash(token);
    std::unique_lock lock(mutex_);
    if (!sessions_.contains(key)) return key;  // anybody may send what is no token
    if (hashes_.size() >= 2 * sessions_.size() + 64) hashes_.clear();
    hashes_.emplace(token, key);
    return key;
}

std::string Sessions::code_hash(crypto::Keyring const& keys, std::string_view code) {
    return std::string(crypto::view(crypto::tag(keys.token_key(), "query code:" + std::string(code))));
}

std::string Sessions::make_code() { return crypto::random_digits(6); }

std::string Sessions::hash_password(std::string const& password) { return crypto::hash_password(password); }

std::optional<Session> Sessions::find(http::Request const& request) const {
    bool by_cookie = false;
    std::string_view token = token_of(request, cookie_, by_cookie);
    if (token.empty() || token.size() > 128) return std::nullopt;
    std::string key = known_hash(token);
    std::shared_lock lock(mutex_);
    auto found = sessions_.find(key);
    if (found == sessions_.end() || found->second.until <= engine_.now()) return std::nullopt;
    Session session = found->second;
    session.by_cookie = by_cookie;
    return session;
}

bool Sessions::unheard_of(http::Request const& request) const {
    if (store_.engine() == store::Engine::sqlite) return false;
    constexpr std::size_t kToken = 43;  // 32 bytes as base64url
    bool by_cookie = false;
    std::string_view const token = token_of(request, cookie_, by_cookie);
    if (token.size() != kToken) return false;
    std::string const key = known_hash(token);
    std::shared_lock lock(mutex_);
    if (sessions_.contains(key)) return false;
    auto const stranger = strangers_.find(key);
    return stranger == strangers_.end() || stranger->second < engine_.now();
}

void Sessions::look_up(http::Request const& request, std::function<void()> then) {
    bool by_cookie = false;
    std::string key = hash(token_of(request, cookie_, by_cookie));
    add({[this, key = std::move(key)](store::Session& session) -> Result<SignedIn> {
             load_one(session, key);
             return SignedIn{};
         },
         [then = std::move(then)](auto const&) { then(); }});
}

void Sessions::load_one(store::Session& session, std::string const& key) {
    constexpr std::size_t kMostStrangers = 10'000;
    auto const rules = engine_.rules();
    bool found = false;
    session.query("SELECT token, person, matter, csrf, until, label FROM session WHERE token = $1 AND until > $2",
                  {store::Bytes{key}, engine_.now().us}, [&](store::Row const& row) {
                      take_in(row, *rules->directory);
                      found = true;
                  });
    std::unique_lock lock(mutex_);
    if (strangers_.size() >= kMostStrangers) strangers_.clear();
    if (!found) strangers_[key] = engine_.now() + seconds(60);
}

void Sessions::serve() {
    std::unique_ptr<store::Session> session;
    for (;;) {
        Job job;
        {
            std::unique_lock lock(jobs_mutex_);
            jobs_ready_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        Result<SignedIn> made = refuse("server.failed");
        try {
            if (!session) session = store_.open_reader();
            made = job.work(*session);
        } catch (std::exception const&) {
            session.reset();  // it may be of no more use
            made = refuse(refusal_of(std::current_exception()));
        }
        job.done(std::move(made));
    }
}

void Sessions::add(Job job) {
    {
        std::lock_guard lock(jobs_mutex_);
        if (jobs_.size() < kMostWaiting) {
            jobs_.push_back(std::move(job));
            jobs_ready_.notify_one();
            return;
        }
    }
    job.done(refuse("session.busy"));
}

void Sessions::sign_in(std::string login, std::string password, OnSignedIn done) {
    add({[this, login = std::move(login), password = std::move(password)](store::Session& session) {
             return do_sign_in(session, login, password);
         },
         std::move(done)});
}

void Sessions::sign_in_with_code(MatterId matter, std::string code, OnSignedIn done) {
    add({[this, matter, code = std::move(code)](store::Session& session) {
             return do_sign_in_with_code(session, matter, code);
         },
         std::move(done)});
}

Result<SignedIn> Sessions::do_sign_in(store::Session& session, std::string const& login,
                                      std::string const& password) {
    std::int64_t id = 0, wrong = 0, locked_until = 0;
    std::string stored;
    session.query("SELECT id, password, wrong, locked_until FROM person WHERE login = $1",
                  {std::string_view(login)}, [&](store::Row const& row) {
                      id = row.integer(0);
                      stored = row.text(1);
                      wrong = row.integer(2);
                      locked_until = row.integer(3);
                  });
    Instant now = engine_.now();
    if (locked_until > now.us)
        return refuse("session.locked", "login", {{"until", rfc3339(Instant{locked_until})}});
    // A login that does not exist takes as long as one that does.
    static std::string const kNobody = crypto::hash_password(crypto::random_bytes(16));
    bool right = crypto::verify_password(stored.empty() ? kNobody : stored, password) && !stored.empty();
    if (!right) {
        if (id != 0)
            engine_.write_now([&](store::Session& writer) {
                bool lock = wrong + 1 >= kWrongAllowed;
                writer.execute("UPDATE person SET wrong = $1, locked_until = $2 WHERE id = $3",
                               {lock ? 0 : wrong + 1, lock ? (now + minutes(15)).us : 0, id});
            });
        return refuse("session.wrong", "password");
    }
    if (wrong != 0)
        engine_.write_now([&](store::Session& writer) {
            writer.execute("UPDATE person SET wrong = 0, locked_until = 0 WHERE id = $1", {id});
        });
    auto rules = engine_.rules();
    Person const* person = rules->directory->person(PersonId(id));
    if (person == nullptr) return refuse("session.wrong", "password");
    return begin({person->id, person->role, person->unit, {}, false}, hours(12), {});
}

Result<SignedIn> Sessions::do_sign_in_with_code(store::Session& session, MatterId matter,
                                                std::string const& code) {
    std::string stored;
    std::int64_t wrong = 0;
    session.query("SELECT hash, wrong FROM query_code WHERE lane = $1 AND matter = $2",
                  {std::int64_t{matter.lane()}, matter.value}, [&](store::Row const& row) {
                      stored = row.bytes(0);
                      wrong = row.integer(1);
                  });
    if (wrong >= kWrongAllowed) return refuse("code.locked", "code");
    if (stored.empty() || !crypto::equal(stored, code_hash(keys_, code))) {
        if (!stored.empty())
            engine_.write_now([&](store::Session& writer) {
                writer.execute("UPDATE query_code SET wrong = wrong + 1 WHERE lane = $1 AND matter = $2",
                               {std::int64_t{matter.lane()}, matter.value});
            });
        return refuse("code.wrong", "code");
    }
    if (wrong != 0)
        engine_.write_now([&](store::Session& writer) {
            writer.execute("UPDATE query_code SET wrong = 0 WHERE lane = $1 AND matter = $2",
                           {std::int64_t{matter.lane()}, matter.value});
        });
    return begin({{}, "appellant", {}, matter, false}, hours(2), {});
}

SignedIn Sessions::begin(Actor actor, Span lasting, std::string label) {
    SignedIn made;
    made.token = to_base64url(crypto::random_bytes(32));
    made.csrf = to_base64url(crypto::random_bytes(18));
    Instant now = engine_.now();
    made.session.actor = actor;
    made.session.csrf = made.csrf;
    made.session.until = now + lasting;
    made.session.label = label;
    made.session.who = actor.bound ? "m" + actor.bound.text() : "p" + actor.person.text();
    std::string key = hash(made.token);
    engine_.write_now([&](store::Session& writer) {
        writer.execute("DELETE FROM session WHERE until < $1", {now.us});
        writer.execute(
            "INSERT INTO session (token, person, matter, csrf, since, until, label) VALUES ($1, $2, $3, $4, $5, "
            "$6, $7)",
            {store::Bytes{key}, actor.person.value, actor.bound.value, std::string_view(made.csrf), now.us,
             made.session.until.us, std::string_view(label)});
        if (!label.empty()) engine_.nodes().tell(writer, "session.begun", to_hex(key));
    });
    std::unique_lock lock(mutex_);
    std::erase_if(sessions_, [&](auto const& entry) { return entry.second.until <= now; });
    // Somebody may have changed the person meanwhile; follow() comes after the rules were set.
    if (Person const* person = engine_.rules()->directory->person(actor.person))
        made.session.actor = {person->id, person->role, person->unit, actor.bound, false};
    sessions_[key] = made.session;
    return made;
}

void Sessions::make_key(PersonId person_id, std::string label, OnSignedIn done) {
    add({[this, person_id, label = std::move(label)](store::Session&) -> Result<SignedIn> {
             auto rules = engine_.rules();
             Person const* person = rules->directory->person(person_id);
             if (person == nullptr || person->role != "partner") return refuse("key.not_partner", "login");
             return begin({person->id, person->role, person->unit, {}, false}, days(3650), label);
         },
         std::move(done)});
}

std::vector<Sessions::Key> Sessions::keys(store::Session& session) const {
    std::vector<Key> all;
    session.query(
        "SELECT token, person, label, since, until FROM session WHERE label <> '' AND until > $1 ORDER BY since "
        "DESC, "
        "token",
        {engine_.now().us}, [&](store::Row const& row) {
            all.push_back({to_hex(row.bytes(0).substr(0, kKeyIdBytes)), PersonId(row.integer(1)),
                           std::string(row.text(2)), Instant{row.integer(3)}, Instant{row.integer(4)}});
        });
    return all;
}

void Sessions::revoke_key(std::string_view id, std::function<void(Result<void>)> done) {
    std::string key;
    {
        std::shared_lock lock(mutex_);
        for (auto const& [hash, session] : sessions_)
            if (!session.label.empty() && to_hex(std::string_view(hash).substr(0, kKeyIdBytes)) == id) key = hash;
    }
    if (key.empty()) return done(refuse("key.not_there"));
    end(key, std::move(done));
}

void Sessions::make_password(std::function<void(Result<Password>)> done) {
    auto made = std::make_shared<Password>();
    add({[made](store::Session&) -> Result<SignedIn> {
             made->plain = readable_password();
             made->hash = crypto::hash_password(made->plain);
             return SignedIn{};
         },
         [made, done = std::move(done)](Result<SignedIn> const& worked) {
             if (!worked) return done(refuse(worked.error()));
             done(std::move(*made));
         }});
}

void Sessions::remove_rows(store::Session& writing, PersonId person, bool keys_too) const {
    engine_.nodes().tell(writing, "person.forgotten", person.text() + (keys_too ? "k" : ""));
    writing.execute(keys_too ? "DELETE FROM session WHERE person = $1"
                             : "DELETE FROM session WHERE person = $1 AND label = ''",
                    {person.value});
}

void Sessions::forget_where(std::function<bool(Session const&)> const& over) {
    std::vector<std::string> ended;
    {
        std::unique_lock lock(mutex_);
        std::erase_if(sessions_, [&](auto const& entry) {
            if (!over(entry.second)) return false;
            ended.push_back(entry.second.csrf);
            return true;
        });
    }
    if (signed_out_)
        for (std::string const& csrf : ended) signed_out_(csrf);
}

void Sessions::forget(PersonId person, bool keys_too) {
    forget_where([&](Session const& session) {
        return session.actor.person == person && (keys_too || session.label.empty());
    });
}

void Sessions::follow(Directory const& directory) {
    {
        std::unique_lock lock(mutex_);
        for (auto& [key, session] : sessions_)
            if (Person const* person = directory.person(session.actor.person)) session.actor.unit = person->unit;
    }
    forget_where([&](Session const& session) {
        Person const* person = directory.person(session.actor.person);
        return session.actor.person && (person == nullptr || person->role != session.actor.role);
    });
}

void Sessions::sign_out(http::Request const& request, std::function<void(Result<void>)> done) {
    bool by_cookie = false;
    end(hash(token_of(request, cookie_, by_cookie)), std::move(done));
}

void Sessions::end(std::string const& key, std::function<void(Result<void>)> done) {
    engine_.write(
        [this, key](store::Session& writer) {
            writer.execute("DELETE FROM session WHERE token = $1", {store::Bytes{key}});
            engine_.nodes().tell(writer, "session.ended", to_hex(key));
        },
        [this, key, done = std::move(done)](std::exception_ptr const& error) {
            if (error) return done(refuse(refusal_of(error)));
            forget_key(key);
            done({});
        });
}

void Sessions::forget_key(std::string const& key) {
    std::string csrf;
    {
        std::unique_lock lock(mutex_);
        if (auto found = sessions_.find(key); found != sessions_.end()) {
            csrf = found->second.csrf;
            sessions_.erase(found);
        }
    }
    if (signed_out_ && !csrf.empty()) signed_out_(csrf);
}

}  // namespace banyan::api
