#include "systems/hotline/history.h"

#include <condition_variable>
#include <mutex>

#include "kernel/engine/view.h"
#include "systems/hotline/rows.h"

namespace banyan::hotline {
namespace {

constexpr std::size_t kUnderWay = 4'000;  ///< rows whose steps go through the writer together

/// A row on its way in: each of its steps follows on the one before.
struct Going {
    int line = 0;
    OldMatter old;
    std::size_t next = 0;
    MatterId matter;
    Answer answer;
};

class Importing {
  public:
    Importing(Engine& engine, store::Store& store, std::string const& source)
        : engine_(engine), source_(source), reading_(store.open_reader()) {}

    /// Takes all of them as far as they go.
    void take(std::vector<Going>& rows, ImportedHistory& result) {
        std::vector<Going*> going;
        for (Going& row : rows) going.push_back(&row);
        while (!going.empty()) {
            for (Going* row : going) submit(*row);
            wait_for(going.size());
            std::vector<Going*> further;
            for (Going* row : going)
                if (goes_on(*row, result)) further.push_back(row);
            going = std::move(further);
        }
    }

  private:
    void submit(Going& row) {
        OldStep const& step = row.old.steps[row.next];
        Request request;
        if (row.next == 0)
            request.what = Command{step.actor, row.old.procedure, {},      {},        step.step, step.form,
                                   {},         step.at,           source_, row.old.id};
        else
            request.what = Command{step.actor, {}, row.matter, {}, step.step, step.form, {}, step.at, {}, {}};
        request.done = [this, &row](Answer&& answer) {
            std::lock_guard const lock(mutex_);
            row.answer = std::move(answer);
            ++answered_;
            came_.notify_one();
        };
        while (!engine_.submit(request)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    void wait_for(std::size_t answers) {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [&] { return answered_ == answers; });
        answered_ = 0;
    }

    bool goes_on(Going& row, ImportedHistory& result) {
        if (row.next == 0 && row.answer.refusal.key == "matter.already") {
            row.matter = row.answer.matter;
            row.next = left_at(row);
            if (row.next < row.old.steps.size()) return true;
            ++result.already;
            return false;
        }
        if (!row.answer.ok()) {
            result.bad.push_back({row.line, row.answer.refusal});
            return false;
        }
        row.matter = row.answer.matter;
        if (++row.next < row.old.steps.size()) return true;
        ++result.taken;
        return false;
    }

    /// Where an import of this row was broken off; its end when it was not, or when others work on it by now.
    std::size_t left_at(Going const& row) {
        std::size_t const end = row.old.steps.size();
        auto const matter = load_matter(*reading_, row.matter, engine_.procedures());
        if (!matter || !matter->open() || matter->procedure->name != row.old.procedure) return end;
        bool const others = row.old.procedure == "appeal";
        Assignment const* lead = matter->lead();
        for (std::size_t next = 1; next < end; ++next) {
            OldStep const& step = row.old.steps[next];
            bool const of_share =
                step.progress ? lead != nullptr && lead->progress == *step.progress : lead == nullptr;
            if (of_share && matter->procedure->at(matter->stage).name == step.stage)
                return others && static_cast<std::size_t>(matter->version) != next ? end : next;
        }
        return end;
    }

    Engine& engine_;
    std::string const& source_;
    std::unique_ptr<store::Session> reading_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::size_t answered_ = 0;
};

}  // namespace

Checks import_only() {
    return {{"import_only", [](Matter const*, Form const&, Moment const&) -> Result<void> {
                 return refuse("past.import_only");
             }}};
}

Result<ImportedHistory> import_history(Engine& engine, store::Store& store, std::string_view text,
                                       std::string const& source, OldCity const& city,
                                       std::function<void(int, int)> const& progress) {
    BANYAN_TRY(Csv const table, open_appeals(text, {"id", "state", "created"}));
    ImportedHistory result;
    Importing importing(engine, store, source);
    auto const of = static_cast<int>(table.rows().size());
    std::vector<Going> rows;
    std::unordered_map<std::string, int> lines;  ///< by id
    int done = 0;
    auto take = [&] {
        importing.take(rows, result);
        rows.clear();
        if (progress) progress(done, of);
    };
    for (CsvRow const& row : table.rows()) {
        ++done;
        auto old = read_old_matter(table, row, city);
        if (old)
            if (auto const [before, is_new] = lines.emplace(old->id, row.line); !is_new)
                old = refuse("past.id_twice", "id", {{"first", std::to_string(before->second)}});
        if (old)
            rows.push_back({row.line, std::move(*old), 0, {}, {}});
        else
            result.bad.push_back({row.line, old.error()});
        if (rows.size() == kUnderWay) take();
    }
    take();
    std::ranges::stable_sort(result.bad, {}, &BadRow::line);
    return result;
}

}  // namespace banyan::hotline
