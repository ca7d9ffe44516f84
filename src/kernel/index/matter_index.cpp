#include "kernel/index/matter_index.h"

#include "base/thread.h"
#include "kernel/index/terms.h"

namespace banyan::index {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostRoadTerms = 300'000;
constexpr double kCompleteWithin_s = 10;  ///< what is younger may be missing, and it is complete all the same
constexpr int kNamesShare = 100;          ///< names are made again at most a hundredth of the time

double seconds_of(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

MatterIndex::MatterIndex(store::Store& store, Engine& engine, text::Reader const& reader, IndexOptions options)
    : store_(store),
      engine_(engine),
      reader_(reader),
      options_(std::move(options)),
      folder_(options_.folder),
      names_(std::make_shared<Names const>(std::vector<Name>{}, std::vector<Name>{})) {}

MatterIndex::~MatterIndex() { stop(); }

void MatterIndex::start() {
    indexer_ = std::thread([this] {
        name_thread("indexer");
        give_way();
        serve();
    });
}

void MatterIndex::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (indexer_.joinable()) indexer_.join();
}

bool MatterIndex::wait(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [&] { return stopping_; });
    return !stopping_;
}

// ── the indexer ──────────────────────────────────────────────────────────────────────────────────────────────

void MatterIndex::serve() {
    for (bool go_on = true; go_on;) {
        try {
            if (!open_) open();
            round();
            go_on = wait(std::chrono::milliseconds(0));
        } catch (search::Error const& error) {
            open_.reset();
            if (error.kind == search::Error::Kind::damaged || error.kind == search::Error::Kind::missing)
                damaged_ = true;
            else
                fault(error.what());
            go_on = wait(options_.wait_after_fault / (damaged_ ? 10 : 1));  // a bad disk damages the next one too
        } catch (std::exception const& error) {
            open_.reset();
            fault(error.what());
            go_on = wait(options_.wait_after_fault);
        }
    }
    try {
        if (open_) commit(true);
    } catch (std::exception const& error) {
        fault(error.what());
    }
    open_.reset();
}

void MatterIndex::open() {
    std::unique_ptr<Open> before = std::move(open_);  // who would remove it sees that it is had (rebuild_index)
    auto const current = folder_.current();
    if (!current) return make_anew("there was none");
    if (damaged_.exchange(false)) return make_anew("it was damaged");
    try {
        open_ = std::make_unique<Open>(*current, store_, reader_);
        if (!open_->following.fits()) return make_anew("it was of another format, or of another journal");
    } catch (search::Error const& error) {
        if (error.kind != search::Error::Kind::damaged) throw;
        return make_anew(error.what());
    }
    search_in(*current);
    before.reset();  // now that nobody begins to search in it
    folder_.remove_others();
}

/// From now on; what was searched till now may be removed then.
void MatterIndex::search_in(std::filesystem::path const& folder) {
    std::lock_guard lock(mutex_);
    live_ = folder.string();
    searchers_.clear();
}

void MatterIndex::make_anew(std::string const& why) {
    open_.reset();
    was_whole_ = false;
    std::filesystem::path const next = folder_.next();
    open_ = std::make_unique<Open>(next, store_, reader_);
    open_->following.fits();  // it is empty
    folder_.use(next);
    search_in(next);
    folder_.remove_others(next);
    {
        std::lock_guard lock(mutex_);
        ++status_.made_anew;
        status_.complete = false;
    }
    if (options_.tell) options_.tell("index.made_anew", why);
}

void MatterIndex::round() {
    if (damaged_) {
        open_.reset();
        return;
    }
    if (folder_.current_name() != open_->folder.filename().string()) {
        open();
        if (options_.tell) options_.tell("index.switched", open_->folder.string());
    }
    EventId const now = engine_.durable();
    if (!open_->following.dirty() && busy_documents_ == 0) busy_since_ = Clock::now();
    Following::Portion const portion = open_->following.advance(engine_.procedures(), now);
    last_fault_.clear();
    busy_documents_ += portion.documents;
    renew_names(portion.nothing_left);
    note_status(portion, now);
    if (portion.nothing_left) wait(options_.look_every);
    pace_.rest([this](auto time) { return wait(time); });
}

bool MatterIndex::commit(bool now) {
    if (!open_->following.dirty()) return true;
    auto const time = Clock::now();
    if (!now && time - committed_at_ < options_.commit_every) return false;
    open_->following.commit();
    committed_at_ = Clock::now();
    std::lock_guard lock(mutex_);
    ++status_.commits;
    return true;
}

void MatterIndex::note_status(Following::Portion const& portion, EventId durable_then) {
    Following const& following = open_->following;
    bool const committed = commit(false);
    bool const whole = portion.nothing_left && committed;
    {
        std::lock_guard lock(mutex_);
        status_.written += static_cast<std::int64_t>(portion.documents);
        status_.documents = open_->index.count();
        events_done_ = following.events_done();
        events_there_ = following.events_there();
        Instant const next = following.oldest_waiting();
        status_.lag_s = next ? std::max(0.0, static_cast<double>((engine_.now() - next).us) / 1e6) : 0;
        if (portion.nothing_left && busy_documents_ > 0) {
            if (busy_documents_ >= 100)
                status_.documents_per_s =
                    static_cast<double>(busy_documents_) / seconds_of(Clock::now() - busy_since_);
            busy_documents_ = 0;
        }
        if (whole) whole_through_ = durable_then;
        status_.complete = !following.walking() && (was_whole_ || whole) && status_.lag_s < kCompleteWithin_s;
    }
    changed_.notify_all();
    if (whole && !std::exchange(was_whole_, true) && options_.tell)
        options_.tell("index.whole", std::to_string(open_->index.count()) + " documents");
}

/// Units are known before anything is found, and from the first moment there are others; roads when there is time.
void MatterIndex::renew_names(bool idle) {
    auto const time = Clock::now();
    auto const directory = engine_.rules()->directory;
    bool const others = directory != named_directory_;
    if (!others && (!idle || time - names_at_ < names_wait_)) return;
    if (others) unit_names_ = Names::units_of(*directory, reader_);
    named_directory_ = directory;
    search::Searcher const searcher(open_->folder);
    std::vector<search::TermCount> roads = searcher.terms_with(kRoad, kMostRoadTerms);
    for (search::TermCount& road : roads) road.text.erase(0, kRoad.size());
    auto made = std::make_shared<Names const>(unit_names_, Names::roads_of(roads, reader_));
    names_at_ = Clock::now();
    names_wait_ =
        std::max(was_whole_ ? options_.names_every : options_.look_every,
                 std::chrono::duration_cast<std::chrono::milliseconds>((names_at_ - time) * kNamesShare));
    std::lock_guard lock(mutex_);
    names_ = std::move(made);
}

void MatterIndex::fault(std::string const& why) {
    {
        std::lock_guard lock(mutex_);
        ++status_.faults;
        status_.complete = false;
    }
    if (options_.tell && why != last_fault_) options_.tell("index.failed", why);
    last_fault_ = why;
}

// ── those who ask ────────────────────────────────────────────────────────────────────────────────────────────

IndexStatus MatterIndex::status() const {
    std::int64_t there = 0;  // by this node; another's are seen when the journal is looked at
    for (Head const& head : engine_.committed()) there += head.events;
    std::lock_guard lock(mutex_);
    IndexStatus status = status_;
    status.lag_events = std::max<std::int64_t>(0, std::max(there, events_there_) - events_done_);
    return status;
}

std::shared_ptr<Names const> MatterIndex::names() const {
    std::lock_guard lock(mutex_);
    return names_;
}

std::string MatterIndex::searched_folder() const {
    std::lock_guard lock(mutex_);
    return live_;
}

MatterIndex::Lease MatterIndex::searcher() {
    std::unique_ptr<search::Searcher> searcher;
    std::string folder;
    {
        std::lock_guard lock(mutex_);
        folder = live_;
        if (!searchers_.empty()) {
            searcher = std::move(searchers_.back());
            searchers_.pop_back();
        }
    }
    if (folder.empty()) throw search::Error(search::Error::Kind::missing, "search index: not open yet");
    if (searcher)
        searcher->refresh();
    else
        searcher = std::make_unique<search::Searcher>(folder);
    return {*this, std::move(searcher), std::move(folder)};
}

MatterIndex::Lease::~Lease() {
    std::lock_guard lock(index_.mutex_);
    if (folder_ == index_.live_) index_.searchers_.push_back(std::move(searcher_));
}

bool MatterIndex::wait_until_whole(std::chrono::milliseconds patience) {
    EventId const wanted = engine_.durable();
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return whole_through_ >= wanted && status_.complete; });
}

}  // namespace banyan::index
