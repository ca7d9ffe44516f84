#include "bare.h"

#include <algorithm>
#include <chrono>

#include "forms.h"

namespace banyan::bench {

using Steady = std::chrono::steady_clock;

Bare::Bare(store::Store& store, std::vector<Story> stories, std::size_t open)
    : store_(store), session_(store.open_writer()), stories_(std::move(stories)), items_(open) {
    for (std::size_t slot = open; slot > 0; --slot) empty_.push_back(slot - 1);
    for (std::size_t t = 0; t < kTables; ++t) meanings_[t] = meanings(static_cast<Rows>(t));
}

Bare::Meanings Bare::meanings(Rows rows) {
    Meanings all;
    for (store::Column const& column : table(rows).columns) {
        std::string_view name = column.name;
        Meaning meaning = Meaning::as_is;
        if (name == "lane")
            meaning = Meaning::lane;
        else if (name == "id")
            meaning = Meaning::id;
        else if (name == "matter")
            meaning = Meaning::matter;
        else if (name == "event")
            meaning = Meaning::event;
        else if (name == "before")
            meaning = Meaning::before;
        else if (name == "at" || name == "recorded" || name == "filed_at")
            meaning = Meaning::instant;
        else if (name == "wakes")
            meaning = Meaning::wakes;
        else if (name == "key")
            meaning = Meaning::key;
        else if (name == "token")
            meaning = Meaning::token;
        all.push_back(meaning);
    }
    return all;
}

void Bare::put(Item& item) {
    if (item.next == 0) {
        item.id = next_id(batch_lane_);
        item.story = random_() % stories_.size();
        ++filed_;
    }
    std::int64_t const lane = item.id % kLanes;
    StepRows const& rows = stories_[item.story][item.next];
    if (!rows[static_cast<std::size_t>(Rows::assignment)].empty() && item.share == 0) item.share = next_id(lane);
    std::int64_t const event = next_id(lane);
    ++events_[static_cast<std::size_t>(lane)];
    if (std::ranges::find(lanes_, lane) == lanes_.end()) lanes_.push_back(lane);
    auto id_in = [&](Rows in, std::int64_t place) {
        return in == Rows::matter       ? item.id
               : in == Rows::assignment ? item.share
               : in == Rows::outbox     ? event * 16 + place
                                        : event;
    };
    for (std::size_t t = 0; t < kTables; ++t) {
        std::int64_t place = 0;
        for (Row const& row : rows[t]) {
            for (std::size_t c = 0; c < row.size(); ++c) {
                switch (meanings_[t][c]) {
                    case Meaning::lane:
                        cells_[t].emplace_back(lane);
                        break;
                    case Meaning::id:
                        cells_[t].emplace_back(id_in(static_cast<Rows>(t), place));
                        break;
                    case Meaning::matter:
                        cells_[t].emplace_back(item.id);
                        break;
                    case Meaning::event:
                        cells_[t].emplace_back(event);
                        break;
                    case Meaning::before:
                        cells_[t].emplace_back(item.last_event);
                        break;
                    case Meaning::instant:
                        cells_[t].emplace_back((began_ + (item.next == 0 ? hours(24) : minutes(30))).us +
                                               counter_ * 10);
                        break;
                    case Meaning::wakes:  // of the first two stages some hours from now, of the others the end of
                                          // a day
                        if (item.next < 2)
                            cells_[t].emplace_back((began_ + (item.next == 0 ? hours(24) : minutes(30))).us +
                                                   counter_ * 10);
                        else
                            cells_[t].push_back(row[c].cell());
                        break;
                    case Meaning::key:
                        append_key(kept_.emplace_back(), random_),
                            cells_[t].emplace_back(std::string_view(kept_.back()));
                        break;
                    case Meaning::token: {
                        std::string& token = kept_.emplace_back(std::get<std::string>(row[c].value));
                        for (std::size_t i = 0; i + 8 <= token.size(); i += 8) {
                            std::uint64_t const bits = random_();
                            std::copy_n(reinterpret_cast<char const*>(&bits), 8, token.data() + i);
                        }
                        cells_[t].emplace_back(store::Bytes{token});
                        break;
                    }
                    default:
                        cells_[t].push_back(row[c].cell());
                }
            }
            ++place;
        }
    }
    item.last_event = event;
    ++item.next;
}

void Bare::write_batch(std::size_t commands, Times& commits) {
    batch_lane_ = (batch_lane_ + 1) % kLanes;
    std::vector<std::size_t> slots;
    for (; slots.size() < commands && !empty_.empty(); empty_.pop_back()) slots.push_back(empty_.back());
    while (slots.size() < commands && !ready_.empty()) {
        std::swap(ready_[random_() % ready_.size()], ready_.back());
        slots.push_back(ready_.back());
        ready_.pop_back();
    }
    session_->begin_write();
    if (store_.engine() == store::Engine::postgresql)
        session_->query(
            "SELECT lane, counter, events, hash, batch FROM head WHERE lane >= 0 ORDER BY lane FOR UPDATE", {},
            [](store::Row const&) {});
    for (std::size_t slot : slots) put(items_[slot]);

    std::string const hash(32, 'h'), id(16, 'b');
    std::vector<store::Cell> heads;
    for (std::int64_t lane : lanes_)
        heads.insert(heads.end(), {lane, counter_, events_[static_cast<std::size_t>(lane)], store::Bytes{hash},
                                   store::Bytes{id}});
    session_->write(kHeadTable, heads);
    for (std::size_t t = 0; t < kTables; ++t) {
        if (cells_[t].empty()) continue;
        auto const rows = static_cast<Rows>(t);
        if (replaces(rows))
            session_->write(table(rows), cells_[t]);
        else
            session_->append(table(rows), cells_[t]);
        cells_[t].clear();
    }
    auto const committing = Steady::now();
    session_->commit();
    commits.add(std::chrono::duration<double, std::micro>(Steady::now() - committing).count());

    lanes_.clear();
    kept_.clear();
    for (std::size_t slot : slots) {
        if (items_[slot].next < kSteps) {
            ready_.push_back(slot);
        } else {
            items_[slot] = {};
            empty_.push_back(slot);
        }
    }
}

void Bare::take(std::size_t steps, std::size_t batch, Times& commits) {
    for (std::size_t done = 0; done < steps;) {
        std::size_t const now = std::min(batch, steps - done);
        write_batch(now, commits);
        done += now;
    }
}

}  // namespace banyan::bench
