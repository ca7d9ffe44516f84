// The first reading of verify(): every event's hash, its matter's chain, its lane's chain, and what was signed.
#include <algorithm>

#include "kernel/engine/verify_parts.h"

namespace banyan::verifying {
namespace {

constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();

crypto::Digest stored_hash(EventRow const& row) {
    crypto::Digest digest{};
    if (row.hash.size() == digest.size())
        std::copy(row.hash.begin(), row.hash.end(), reinterpret_cast<char*>(digest.data()));
    return digest;
}

std::int64_t total(Checkpoint const& checkpoint) {
    std::int64_t events = 0;
    for (std::int64_t count : checkpoint.counts) events += count;
    return events;
}

Finding about(Checkpoint const& checkpoint, std::string key) {
    return {std::move(key),
            -1,
            {},
            {},
            0,
            {{"checkpoint", std::to_string(checkpoint.id)}, {"at", rfc3339(checkpoint.at)}}};
}

}  // namespace

ChainCheck::ChainCheck(store::Session& session, crypto::Keyring const* keys, Findings& findings)
    : session_(session), keys_(keys), findings_(findings) {}

void ChainCheck::read(Trails& trails, Meter& meter) {
    EventCursor cursor(session_);
    compare_checkpoints();
    while (EventCursor::Entry const* entry = cursor.next()) {
        EventRow const& row = entry->row;
        auto const lane = static_cast<std::size_t>(row.id.lane());
        check_event(*entry, trails[row.matter.value]);
        heads_[lane].append(stored_hash(row));
        lasts_[lane] = last_event_ = row.id.value;
        ++events_;
        meter.add(1);
        compare_checkpoints();
    }
    while (waiting_) {  // signed over more than there is
        if (!unfit_) unfit_ = Unfit{waiting_->id, fitted_, 0};
        next_checkpoint();
        while (waiting_ && waiting_total_ == 0) next_checkpoint();
    }
}

void ChainCheck::check_event(EventCursor::Entry const& entry, Trail& trail) {
    EventRow const& row = entry.row;
    crypto::Digest const stored = stored_hash(row);
    auto doubt = [&](Finding finding) {
        trail.doubtful = true;
        findings_.add_to_chain(std::move(finding));
    };
    if (entry.lane != row.id.lane() || row.matter.lane() != row.id.lane())
        doubt(verifying::about(row, "verify.event_lane", {{"stored", std::to_string(entry.lane)}}));
    auto other = computed_.find(row.matter.value);
    if (row.before.value != trail.last) {
        EventRow as_it_was = row;
        as_it_was.before = EventId(trail.last);
        bool const only_named_wrong = row.before.value <= trail.last || hash_of(as_it_was, trail.hash) == stored;
        if (only_named_wrong)
            doubt(verifying::about(row, "verify.event_before",
                                   {{"before", row.before.text()}, {"expected", std::to_string(trail.last)}}));
        else
            doubt({"verify.event_missing",
                   row.id.lane(),
                   row.before,
                   row.matter,
                   row.no - 1,
                   {{"named_by", row.id.text()}}});
        if (other != computed_.end()) computed_.erase(other);
    } else {
        crypto::Digest const computed = hash_of(row, trail.hash);
        // An altered hash is one fault, not two: the next event was chained to the true one.
        bool const fits =
            computed == stored || (other != computed_.end() && hash_of(row, other->second) == stored);
        if (other != computed_.end()) computed_.erase(other);
        if (!fits) {
            doubt(verifying::about(row, "verify.event_hash"));
            computed_.emplace(row.matter.value, computed);
        } else if (row.no != trail.no + 1) {
            doubt(verifying::about(row, "verify.event_no",
                                   {{"no", std::to_string(row.no)}, {"expected", std::to_string(trail.no + 1)}}));
        }
    }
    trail.last = row.id.value;
    trail.no = row.no;
    trail.hash = stored;
}

// ── what was signed ──────────────────────────────────────────────────────────────────────────────────────────

/// Those that are signed over exactly what has been read; the next one waits for its last event.
void ChainCheck::compare_checkpoints() {
    if (checkpoints_ == 0) next_checkpoint();
    while (waiting_ && waiting_total_ <= events_) {
        if (waiting_total_ != 0) compare_root(*waiting_);
        next_checkpoint();
    }
}

void ChainCheck::next_checkpoint() {
    if (waiting_) before_ = std::move(waiting_);
    waiting_.reset();
    if (place_ == page_.size()) {
        page_.clear();
        place_ = 0;
        session_.query(
            "SELECT id, at, counts, root, before, hash, signer, signature FROM checkpoint WHERE id > $1 ORDER BY "
            "id LIMIT 100",
            {checkpoint_from_}, [&](store::Row const& row) { page_.push_back(checkpoint_row(row)); });
        if (page_.empty()) return;
        checkpoint_from_ = page_.back().id;
    }
    waiting_ = std::move(page_[place_++]);
    ++checkpoints_;
    // One that was altered says nothing about the events.
    waiting_total_ = check_checkpoint(*waiting_) ? total(*waiting_) : 0;
}

/// By itself, and as the one after the one before; false when it is not what was hashed.
bool ChainCheck::check_checkpoint(Checkpoint const& checkpoint) {
    crypto::Digest const nothing{};
    crypto::Digest const& before = before_ ? before_->hash : nothing;
    if (checkpoint.id != (before_ ? before_->id : 0) + 1)
        findings_.add(about(checkpoint, "verify.checkpoint_missing"));
    else if (checkpoint.before != before && (!before_ || checkpoint.before != hash_of(*before_)))
        findings_.add(about(checkpoint, "verify.checkpoint_before"));
    if (hash_of(checkpoint) != checkpoint.hash) {
        findings_.add(about(checkpoint, "verify.checkpoint_hash"));
        return false;
    }
    if (keys_ == nullptr) return true;
    crypto::SigningKey const& key = keys_->signing_key();
    if (checkpoint.signer != key.id())
        findings_.add(about(checkpoint, "verify.checkpoint_signer"));
    else if (!crypto::verify(key.kind(), key.public_key(), crypto::view(checkpoint.hash), checkpoint.signature))
        findings_.add(about(checkpoint, "verify.checkpoint_signature"));
    return true;
}

/// The events read so far are as many as it was signed over.
void ChainCheck::compare_root(Checkpoint const& checkpoint) {
    if (unfit_) return;
    bool fits = root_of(heads_) == checkpoint.root;
    for (std::size_t lane = 0; lane < heads_.size(); ++lane)
        fits = fits && heads_[lane].events == checkpoint.counts[lane];
    if (fits)
        fitted_ = last_event_;
    else
        unfit_ = Unfit{checkpoint.id, fitted_, last_event_};
}

void ChainCheck::conclude() {
    conclude_heads();
    conclude_checkpoints();
}

void ChainCheck::conclude_heads() {
    Heads const stored = load_heads(session_);
    for (std::size_t i = 0; i < stored.size(); ++i) {
        int const lane = static_cast<int>(i);
        Head const& said = stored[i];
        Head const& found = heads_[i];
        EventId const last(lasts_[i]);
        if (said.counter * kLanes + lane < last.value)
            findings_.add({"verify.head", lane, last, {}, 0, {{"what", "counter"}}});
        if (findings_.doubted(lane, kEver)) continue;
        if (said.events > found.events) {
            cut_.insert(lane);
            findings_.add({"verify.journal_cut",
                           lane,
                           last,
                           {},
                           0,
                           {{"events", std::to_string(found.events)},
                            {"expected", std::to_string(said.events)},
                            {"by", "head"}}});
        } else if (said.events != found.events || said.hash != found.hash) {
            findings_.add(
                {"verify.head", lane, last, {}, 0, {{"what", said.events != found.events ? "events" : "hash"}}});
        }
    }
}

void ChainCheck::conclude_checkpoints() {
    if (!unfit_) return;
    if (unfit_->to != 0 && findings_.doubted(-1, unfit_->to)) return;
    Checkpoint signed_;
    session_.load(kCheckpointTable, "id", {&unfit_->checkpoint, 1},
                  [&](store::Row const& row) { signed_ = checkpoint_row(row); });
    bool explained = false;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
        int const lane = static_cast<int>(i);
        if (signed_.counts[i] <= heads_[i].events) continue;
        explained = true;
        if (!findings_.doubted(lane, kEver) && cut_.insert(lane).second)
            findings_.add({"verify.journal_cut",
                           lane,
                           EventId(lasts_[i]),
                           {},
                           0,
                           {{"events", std::to_string(heads_[i].events)},
                            {"expected", std::to_string(signed_.counts[i])},
                            {"by", "checkpoint"},
                            {"checkpoint", std::to_string(signed_.id)}}});
    }
    if (explained) return;
    std::int64_t first = 0;
    session_.query("SELECT min(id) FROM event WHERE id > $1", {unfit_->from},
                   [&](store::Row const& row) { first = row.integer(0); });
    findings_.add({"verify.checkpoint_root",
                   -1,
                   EventId(first),
                   {},
                   0,
                   {{"checkpoint", std::to_string(signed_.id)},
                    {"from", std::to_string(first)},
                    {"to", std::to_string(unfit_->to)}}});
}

}  // namespace banyan::verifying
