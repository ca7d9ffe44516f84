// A month by unit for spreadsheets: CSV and XLSX.
#include "systems/figures/routes.h"
#include "systems/figures/tables.h"

namespace banyan::figures {
namespace {

using namespace api;

Result<http::Reply> exported(Desk& desk, store::Session& session, Call const& call, bool csv) {
    BANYAN_TRY(Shown const shown, shown_to(desk, session, call));
    sheet::Table table = table_of(shown, classes_of(session, shown), desk.house.texts, call.language);
    Person const* reader = shown.directory->person(call.actor().person);
    std::string const login = reader == nullptr ? std::string() : reader->login;
    std::string const now = rfc3339(desk.house.engine.now());
    table.mark = desk.house.texts.sentence(
        "ui.figures.exported", call.language,
        {{"reader",
          reader == nullptr ? "" : (call.language == Language::zh ? reader->zh : reader->en) + " " + login},
         {"at", now.substr(0, 10) + " " + now.substr(11, 5)}});
    // A line more in the CSV would be a row to who reads it: there the name of the file says whose it is.
    std::string const file = "figures-" + shown.month.text() + "-" + login + (csv ? ".csv" : ".xlsx");
    return http::Reply{
        200,
        csv ? "text/csv; charset=utf-8" : std::string(sheet::kXlsxType),
        csv ? csv_of(table) : sheet::xlsx(table),
        {{"Cache-Control", "no-store"}, {"Content-Disposition", "attachment; filename=\"" + file + "\""}},
        {}};
}

}  // namespace

void add_export_operations(Api& api, Desk& desk) {
    auto export_as = [&desk](bool csv) {
        return [&desk, csv](Call&& call, http::Respond respond) {
            look(desk, std::move(call), std::move(respond),
                 [&desk, csv](store::Session& session, Call const& asked) {
                     return exported(desk, session, asked, csv);
                 });
        };
    };
    std::vector<std::pair<int, std::string>> const replies{{200, "a line of titles, then a unit a line"},
                                                           {404, "nothing was counted so long ago"}};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/figures/months/{month}/units.csv",
             .name = "figure.by_unit_csv",
             .summary = "A month's indicators by unit as CSV",
             .tag = "figures",
             .roles = desk.readers.every(),
             .path = {month_field()},
             .query = {units_field()},
             .replies = replies,
             .reply = shape::text(),
             .reply_type = "text/csv",
             .handle = export_as(true)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/figures/months/{month}/units.xlsx",
             .name = "figure.by_unit_xlsx",
             .summary = "A month's indicators by unit as XLSX",
             .tag = "figures",
             .roles = desk.readers.every(),
             .path = {month_field()},
             .query = {units_field()},
             .replies = replies,
             .reply = shape::text(),
             .reply_type = std::string(sheet::kXlsxType),
             .handle = export_as(false)});
}

}  // namespace banyan::figures
