#include <fmt/core.h>

#include "base/text.h"
#include "kernel/engine/timed.h"
#include "systems/hotline/rows.h"

namespace banyan::hotline {

void install_plain_city(store::Session& session) {
    std::int64_t units = 0;
    session.query("SELECT COUNT(*) FROM unit", {}, [&](store::Row const& row) { units = row.integer(0); });
    if (units != 0) return;
    Unit centre;
    centre.id = UnitId(1);
    centre.code = "centre";
    centre.zh = "12345";
    centre.en = "12345";
    centre.level = 1;
    centre.group = "centre";
    put_units(session, {centre});
}

Result<Csv> open_appeals(std::string_view text, std::vector<std::string_view> const& columns) {
    BANYAN_TRY(Csv table, Csv::parse(text));
    BANYAN_CHECK(table.needs(columns));
    return table;
}

Result<Row> read_row(Csv const& table, CsvRow const& row, std::string const& kind_otherwise) {
    Row made;
    if (row.cells.size() > table.columns().size()) return refuse("csv.too_many_cells");
    made.id = std::string(trim(table.at(row, "id")));
    if (made.id.empty()) return refuse("field.required", "id");
    if (made.id.size() > 64) return refuse("field.too_long", "id", {{"most", "64"}});
    auto created = parse_local(trim(table.at(row, "created")));
    if (!created) created = parse_rfc3339(trim(table.at(row, "created")));
    if (!created) return refuse("field.format", "created", {{"type", "instant"}});
    made.created = *created;
    if (std::string_view replied = trim(table.at(row, "replied")); !replied.empty()) {
        auto at = parse_local(replied);
        if (!at) at = parse_rfc3339(replied);
        if (!at) return refuse("field.format", "replied", {{"type", "instant"}});
        if (*at < made.created) return refuse("row.replied_before_created", "replied");
        made.replied = *at;
    }
    made.kind = std::string(trim(table.at(row, "kind")));
    if (made.kind.empty()) made.kind = kind_otherwise;
    static std::map<std::string, std::string, std::less<>> const kNames{
        {"\u54a8\u8be2", "consult"},    {"\u6c42\u52a9", "help"},   {"\u6295\u8bc9", "complaint"},
        {"\u5efa\u8bae", "suggestion"}, {"\u4e3e\u62a5", "report"}, {"\u8868\u626c", "praise"}};
    if (auto named = kNames.find(made.kind); named != kNames.end()) made.kind = named->second;
    bool known = made.kind.empty();
    for (auto const& [zh, code] : kNames) known = known || made.kind == code;
    if (!known)
        return refuse("field.choice", "kind",
                      {{"value", std::string(first_characters(made.kind, 40))},
                       {"choices", "consult, help, complaint, suggestion, report, praise"}});
    std::string title(trim(table.at(row, "title")));
    made.body = std::string(trim(table.at(row, "body")));
    if (made.body.empty()) made.body = title;
    if (title.empty()) title = std::string(first_characters(made.body, 30));
    if (count_characters(title) < 2) return refuse("field.too_short", "title", {{"least", "2"}});
    if (count_characters(made.body) > 5000) return refuse("field.too_long", "body", {{"most", "5000"}});
    made.form = {{"title", first_characters(title, 60)}, {"body", made.body}, {"channel", "web"}};
    for (std::string_view column : {"channel", "class", "region", "place", "name", "phone"})
        if (std::string_view value = trim(table.at(row, column)); !value.empty()) made.form[column] = value;
    made.reply = std::string(trim(table.at(row, "reply")));
    made.title = title;
    return made;
}

Result<Imported> import_appeals(Engine& engine, std::string_view text, std::string const& source,
                                std::function<void(int, int)> const& progress) {
    BANYAN_TRY(Csv table, open_appeals(text, {"id", "title", "created"}));
    Imported imported;
    Actor seat{{}, "seat", engine.rules()->directory->city_centre(), {}, false};
    // Many at once: the writer takes them in batches. Bad rows are told in the order of their lines.
    struct Waiting {
        int line;
        std::promise<Answer> promise;
    };
    std::deque<Waiting> waiting;
    int done = 0, of = static_cast<int>(table.rows().size());
    auto take_first = [&] {
        Answer answer = waiting.front().promise.get_future().get();
        if (answer.ok())
            ++imported.accepted;
        else if (answer.refusal.key == "matter.already")
            ++imported.already;
        else
            imported.bad.push_back({waiting.front().line, answer.refusal});
        waiting.pop_front();
        if (++done % 1000 == 0 && progress) progress(done, of);
    };
    for (CsvRow const& row : table.rows()) {
        auto read = read_row(table, row, "");
        if (!read) {
            imported.bad.push_back({row.line, read.error()});
            ++done;
            continue;
        }
        if (!read->kind.empty()) read->form["kind"] = read->kind;
        Request request;
        request.what =
            Command{seat, "appeal", {}, {}, "file", std::move(read->form), {}, read->created, source, read->id};
        Waiting& slot = waiting.emplace_back(row.line, std::promise<Answer>());
        request.done = [&slot](Answer&& answer) { slot.promise.set_value(std::move(answer)); };
        while (!engine.submit(request)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (waiting.size() >= 2000) take_first();
    }
    while (!waiting.empty()) take_first();
    std::ranges::stable_sort(imported.bad, {}, &BadRow::line);
    return imported;
}

}  // namespace banyan::hotline
