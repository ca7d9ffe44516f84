#include "kernel/engine/journal.h"

#include "base/text.h"
#include "platform/crypto/random.h"

namespace banyan {
namespace {

std::int64_t from_big_endian(std::string_view bytes) {
    std::uint64_t n = 0;
    for (char c : bytes.substr(0, 8)) n = n << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(n);
}

crypto::Digest digest_from(std::string_view bytes) {
    crypto::Digest digest{};
    if (bytes.size() == digest.size())
        std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(digest.data()));
    return digest;
}

constexpr std::string_view kEventFormat = "banyan event 1";
constexpr std::string_view kCheckpointFormat = "banyan checkpoint 1";

}  // namespace

crypto::Digest hash_of(EventRow const& row, crypto::Digest const& before) {
    crypto::Sm3 sm3;
    sm3.update_field(kEventFormat).update_field(crypto::view(before));
    for (std::int64_t n : {row.id.value, row.matter.value, std::int64_t{row.no}, row.before.value,
                           row.person.value, row.at.us, row.recorded.us})
        sm3.update_field(crypto::big_endian(n));
    sm3.update_field(row.step).update_field(row.body);
    return sm3.finish();
}

void Head::append(crypto::Digest const& event) {
    crypto::Sm3 sm3;
    sm3.update_field(crypto::view(hash)).update_field(crypto::view(event));
    hash = sm3.finish();
    ++events;
}

Heads load_heads(store::Session& session) {
    Heads heads;
    session.query("SELECT lane, counter, events, hash FROM head", {}, [&](store::Row const& row) {
        heads.at(static_cast<std::size_t>(row.integer(0))) = {row.integer(1), row.integer(2),
                                                              digest_from(row.bytes(3))};
    });
    return heads;
}

Instant last_recorded(store::Session& session) {
    std::int64_t newest = 0;
    session.query("SELECT counter, lane FROM head WHERE events > 0 ORDER BY counter DESC LIMIT 1", {},
                  [&](store::Row const& row) { newest = row.integer(0) * kLanes + row.integer(1); });
    Instant recorded;
    session.load(kEventTable, "id", {&newest, 1},
                 [&](store::Row const& row) { recorded = event_row(row).recorded; });
    return recorded;
}

crypto::Digest root_of(Heads const& heads) {
    std::vector<crypto::Digest> leaves;
    leaves.reserve(heads.size());
    for (Head const& head : heads) leaves.push_back(head.hash);
    return crypto::merkle_root(leaves);
}

std::string counts_text(Checkpoint const& checkpoint) {
    std::string bytes;
    bytes.reserve(kLanes * 8);
    for (std::int64_t count : checkpoint.counts) bytes += crypto::big_endian(count);
    return bytes;
}

crypto::Digest hash_of(Checkpoint const& checkpoint) {
    crypto::Sm3 sm3;
    sm3.update_field(kCheckpointFormat)
        .update_field(crypto::big_endian(checkpoint.id))
        .update_field(crypto::big_endian(checkpoint.at.us));
    sm3.update_field(counts_text(checkpoint))
        .update_field(crypto::view(checkpoint.root))
        .update_field(crypto::view(checkpoint.before));
    return sm3.finish();
}

Checkpoint make_checkpoint(Heads const& heads, Checkpoint const* before, Instant at,
                           crypto::SigningKey const& key) {
    Checkpoint made;
    made.id = before != nullptr ? before->id + 1 : 1;
    made.at = at;
    for (std::size_t lane = 0; lane < heads.size(); ++lane) made.counts[lane] = heads[lane].events;
    made.root = root_of(heads);
    if (before != nullptr) made.before = before->hash;
    made.hash = hash_of(made);
    made.signer = key.id();
    made.signature = key.sign(crypto::view(made.hash));
    return made;
}

void put_checkpoint(RowBuffer& rows, Checkpoint const& c) {
    rows.integer(c.id);
    rows.integer(c.at.us);
    rows.bytes(counts_text(c));
    rows.bytes(std::string(crypto::view(c.root)));
    rows.bytes(std::string(crypto::view(c.before)));
    rows.bytes(std::string(crypto::view(c.hash)));
    rows.text(c.signer);
    rows.bytes(c.signature);
}

Checkpoint checkpoint_row(store::Row const& row) {
    Checkpoint c;
    c.id = row.integer(0);
    c.at = Instant{row.integer(1)};
    std::string_view counts = row.bytes(2);
    for (std::size_t lane = 0; lane < c.counts.size() && counts.size() >= (lane + 1) * 8; ++lane)
        c.counts[lane] = from_big_endian(counts.substr(lane * 8, 8));
    c.root = digest_from(row.bytes(3));
    c.before = digest_from(row.bytes(4));
    c.hash = digest_from(row.bytes(5));
    c.signer = row.text(6);
    c.signature = row.bytes(7);
    return c;
}

std::optional<Checkpoint> last_checkpoint(store::Session& session) {
    std::optional<Checkpoint> last;
    session.query(
        "SELECT id, at, counts, root, before, hash, signer, signature FROM checkpoint ORDER BY id DESC LIMIT 1",
        {}, [&](store::Row const& row) { last = checkpoint_row(row); });
    return last;
}

json::object to_json(Checkpoint const& c) {
    std::int64_t events = 0;
    for (std::int64_t count : c.counts) events += count;
    return {{"id", c.id},
            {"at", rfc3339(c.at)},
            {"events", events},
            {"root", to_hex(crypto::view(c.root))},
            {"before", to_hex(crypto::view(c.before))},
            {"hash", to_hex(crypto::view(c.hash))},
            {"signer", c.signer},
            {"signature", to_hex(c.signature)}};
}

shape::Schema checkpoint_shape() {
    using namespace shape;
    return named("checkpoint", object({{"id", count()},
                                       {"at", instant()},
                                       {"events", count("that it covers")},
                                       {"root", hex("Merkle root over the heads of the lanes")},
                                       {"before", hex("hash of the checkpoint before")},
                                       {"hash", hex("what is signed")},
                                       {"signer", hex("id of the key")},
                                       {"signature", hex()}}));
}

Committed commit_to(json::object const& personal) {
    Committed committed;
    committed.plain = crypto::random_bytes(16) + json::serialize(personal);
    committed.commitment = to_hex(crypto::view(crypto::sm3(committed.plain)));
    return committed;
}

}  // namespace banyan
