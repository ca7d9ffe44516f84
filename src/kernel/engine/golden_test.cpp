// A journal written by an earlier program, read by this one: the format is read for ever. Never write a golden
// file again; a new version of the format gets a new file beside it.
//
//     BANYAN_WRITE_GOLDEN=tests/golden/journal-N.json banyan_engine_test --gtest_filter='Golden.*'
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/testing.h"
#include "base/text.h"
#include "kernel/engine/journal.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/testing/story.h"

namespace banyan {
namespace {

using namespace banyan::testing;

std::string bytes_of(json::value const& hex) { return from_hex(std::string_view(hex.as_string())).value(); }

crypto::Digest digest_of(json::value const& hex) {
    crypto::Digest digest{};
    std::string const bytes = bytes_of(hex);
    if (bytes.size() != digest.size()) throw std::runtime_error("no digest");
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

json::object to_golden(EventRow const& row) {
    return {{"id", row.id.value}, {"matter", row.matter.value}, {"no", row.no},    {"before", row.before.value},
            {"step", row.step},   {"person", row.person.value}, {"at", row.at.us}, {"recorded", row.recorded.us},
            {"body", row.body},   {"hash", to_hex(row.hash)}};
}

EventRow from_golden(json::object const& object) {
    auto number = [&](char const* name) { return object.at(name).as_int64(); };
    auto text = [&](char const* name) { return std::string(object.at(name).as_string()); };
    return {EventId(number("id")),
            EventId(number("before")),
            MatterId(number("matter")),
            static_cast<int>(number("no")),
            text("step"),
            text("body"),
            bytes_of(object.at("hash")),
            PersonId(number("person")),
            Instant{number("at")},
            Instant{number("recorded")}};
}

/// A journal, all that is needed to read it, and what it must say.
json::object golden_of(City& city) {
    auto const reader = city.db()->open_reader();
    Procedure const& procedure = *city.rules().procedures.find("appeal")->second;
    json::array events, matters, heads, checkpoints, personal;
    for (EventRow const& row : all_events(*city.db())) {
        events.push_back(to_golden(row));
        if (row.no != 1) continue;
        json::array shares;
        Matter const matter = *city.matter(row.matter);
        for (Assignment const& share : matter.assignments)
            shares.push_back(json::parse(state_text(share, procedure)));
        matters.push_back(
            {{"id", matter.id.value}, {"state", json::parse(state_text(matter))}, {"shares", std::move(shares)}});
    }
    Heads const stored = load_heads(*reader);
    for (std::size_t lane = 0; lane < stored.size(); ++lane)
        if (stored[lane].events != 0)
            heads.push_back(
                {{"lane", lane}, {"events", stored[lane].events}, {"hash", crypto::hex(stored[lane].hash)}});
    reader->query("SELECT id, at, counts, root, before, hash, signer, signature FROM checkpoint ORDER BY id", {},
                  [&](store::Row const& row) {
                      Checkpoint const checkpoint = checkpoint_row(row);
                      json::object object = to_json(checkpoint);
                      object["counts"] = to_hex(counts_text(checkpoint));
                      object["at_us"] = checkpoint.at.us;
                      checkpoints.push_back(std::move(object));
                  });
    reader->query("SELECT event, sealed FROM personal ORDER BY event", {}, [&](store::Row const& row) {
        personal.push_back({{"event", row.integer(0)},
                            {"plain", to_hex(*city.keys().open(crypto::place("personal", row.integer(0), "plain"),
                                                               row.bytes(1)))}});
    });
    crypto::SigningKey const& key = city.keys().signing_key();
    return {{"about", "a journal of format 1, as an early program wrote it; see golden_test.cpp"},
            {"rulebook", source_text("procedures/appeal.toml")},
            {"signer", {{"kind", crypto::text(key.kind())}, {"public_key", to_hex(key.public_key())}}},
            {"events", std::move(events)},
            {"personal", std::move(personal)},
            {"matters", std::move(matters)},
            {"heads", std::move(heads)},
            {"checkpoints", std::move(checkpoints)}};
}

TEST(Golden, IsWrittenWhenAsked) {
    char const* file = std::getenv("BANYAN_WRITE_GOLDEN");
    if (file == nullptr) GTEST_SKIP() << "only when a format is born";
    City city(store::Engine::sqlite);
    std::vector<MatterId> const story = tell_story(city);
    city.engine().make_checkpoint_now();
    ASSERT_TRUE(
        city.step("seat01", story[3], "supplement", {{"text", "补充说明：\"引号\"、emoji 🌳 与换行\n都在。"}})
            .ok());
    city.engine().make_checkpoint_now();
    std::ofstream out(source_file(file));
    char const* before = "{\n";
    for (auto const& member : golden_of(city)) {  // one row a line, so that it can be looked at
        out << std::exchange(before, ",\n") << json::serialize(json::string(member.key())) << ":";
        if (!member.value().is_array()) {
            out << json::serialize(member.value());
            continue;
        }
        char const* comma = "[\n";
        for (auto const& element : member.value().as_array())
            out << std::exchange(comma, ",\n") << json::serialize(element);
        out << "]";
    }
    out << "}\n";
}

class Golden1 : public ::testing::Test {
  protected:
    json::object const golden = json::parse(source_text("tests/golden/journal-1.json")).as_object();
    std::shared_ptr<Procedure const> const procedure = rulebook(std::string(golden.at("rulebook").as_string()));
    std::vector<EventRow> events() const {
        std::vector<EventRow> rows;
        for (auto const& event : golden.at("events").as_array()) rows.push_back(from_golden(event.as_object()));
        return rows;
    }
};

TEST_F(Golden1, EveryHashIsComputedAgain) {
    std::map<MatterId, crypto::Digest> last;
    for (EventRow const& row : events()) {
        crypto::Digest const hash = hash_of(row, last[row.matter]);
        ASSERT_EQ(crypto::view(hash), row.hash) << row.id.text();
        last[row.matter] = hash;
    }
    EXPECT_EQ(last.size(), 20U);
}

TEST_F(Golden1, EveryLanesChainAndEverySignatureHold) {
    Heads heads{};
    auto const& checkpoints = golden.at("checkpoints").as_array();
    std::size_t next = 0;
    std::int64_t count = 0;
    Checkpoint before;
    auto const kind = golden.at("signer").at("kind") == "sm2" ? crypto::SigningKey::Kind::sm2
                                                              : crypto::SigningKey::Kind::ed25519;
    for (EventRow const& row : events()) {
        crypto::Digest hash{};
        std::copy(row.hash.begin(), row.hash.end(), hash.begin());
        heads[static_cast<std::size_t>(row.id.lane())].append(hash);
        if (++count != checkpoints.at(next).at("events").as_int64()) continue;
        json::object const& said = checkpoints.at(next++).as_object();
        Checkpoint checkpoint;
        checkpoint.id = said.at("id").as_int64();
        checkpoint.at = Instant{said.at("at_us").as_int64()};
        for (std::size_t lane = 0; lane < heads.size(); ++lane) checkpoint.counts[lane] = heads[lane].events;
        checkpoint.root = root_of(heads);
        checkpoint.before = before.hash;
        EXPECT_EQ(to_hex(counts_text(checkpoint)), said.at("counts").as_string());
        EXPECT_EQ(checkpoint.root, digest_of(said.at("root")));
        checkpoint.hash = hash_of(checkpoint);
        EXPECT_EQ(checkpoint.hash, digest_of(said.at("hash")));
        EXPECT_TRUE(crypto::verify(kind, bytes_of(golden.at("signer").at("public_key")),
                                   crypto::view(checkpoint.hash), bytes_of(said.at("signature"))));
        EXPECT_EQ(crypto::key_id(bytes_of(golden.at("signer").at("public_key"))), said.at("signer").as_string());
        before = checkpoint;
        if (next == checkpoints.size()) break;
    }
    EXPECT_EQ(next, 2U);
    for (auto const& head : golden.at("heads").as_array()) {
        Head const& found = heads.at(static_cast<std::size_t>(head.at("lane").as_int64()));
        EXPECT_EQ(found.events, head.at("events").as_int64());
        EXPECT_EQ(found.hash, digest_of(head.at("hash")));
    }
}

TEST_F(Golden1, EveryStateIsRebuilt) {
    std::map<MatterId, std::vector<EventRow>> histories;
    for (EventRow& row : events()) histories[row.matter].push_back(std::move(row));
    for (auto const& said : golden.at("matters").as_array()) {
        MatterId const id(said.at("id").as_int64());
        EXPECT_EQ(procedure_of(histories.at(id).front()), procedure->hash);
        std::optional<Matter> const matter = rebuild(histories.at(id), procedure);
        ASSERT_TRUE(matter) << id.text();
        json::object state = json::parse(state_text(*matter)).as_object();
        state.erase("last_at");  // which that program's rows had not
        EXPECT_EQ(state, said.at("state").as_object()) << state_text(*matter);
        json::array shares;
        for (Assignment const& share : matter->assignments)
            shares.push_back(json::parse(state_text(share, *procedure)));
        EXPECT_EQ(shares, said.at("shares").as_array());
    }
}

TEST_F(Golden1, EveryPersonalPartIsWhatWasCommittedTo) {
    std::map<std::int64_t, EventRow> rows;
    for (EventRow& row : events()) rows.emplace(row.id.value, std::move(row));
    auto const& personal = golden.at("personal").as_array();
    EXPECT_GE(personal.size(), 4U);
    for (auto const& part : personal) {
        std::string const plain = bytes_of(part.at("plain"));
        EXPECT_EQ(crypto::hex(crypto::sm3(plain)), commitment_of(rows.at(part.at("event").as_int64())));
        EXPECT_TRUE(json::parse(std::string_view(plain).substr(16)).as_object().contains("phone"));
    }
}

}  // namespace
}  // namespace banyan
