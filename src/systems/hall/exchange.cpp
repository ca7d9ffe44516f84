#include "systems/hall/exchange.h"

#include <fmt/format.h>

#include <istream>
#include <stdexcept>

#include "base/text.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kMostLine = 1 << 20;

/// How a member lies in a cell.
enum class As : std::uint8_t {
    text,
    number,
    flag,
    texts,  ///< between semicolons; as JSON where one of them holds such
    parts,  ///< JSON
};
struct Column {
    std::string_view name;  ///< `fee.basis`: a member of a member
    As as = As::text;
};
constexpr Column kColumns[] = {{"code"},
                               {"catalogue"},
                               {"name"},
                               {"name_en"},
                               {"situation"},
                               {"situation_name"},
                               {"situation_name_en"},
                               {"type"},
                               {"unit"},
                               {"unit_name"},
                               {"unit_en"},
                               {"region"},
                               {"level"},
                               {"audience", As::texts},
                               {"classes", As::texts},
                               {"scenes", As::texts},
                               {"keywords", As::texts},
                               {"kind"},
                               {"legal_days", As::number},
                               {"legal_over"},
                               {"promised_days", As::number},
                               {"pre_review_days", As::number},
                               {"receive_days", As::number},
                               {"basis", As::parts},
                               {"conditions", As::texts},
                               {"steps", As::texts},
                               {"special", As::parts},
                               {"materials", As::parts},
                               {"fee.charged", As::flag},
                               {"fee.standard"},
                               {"fee.basis"},
                               {"result.name"},
                               {"result.name_en"},
                               {"result.type"},
                               {"result.electronic", As::flag},
                               {"star", As::number},
                               {"in_person", As::number},
                               {"trips"},
                               {"delivery", As::texts},
                               {"account"},
                               {"options", As::texts},
                               {"window.place"},
                               {"window.address"},
                               {"window.traffic"},
                               {"window.hours"},
                               {"window.lat", As::number},
                               {"window.lon", As::number},
                               {"phone"},
                               {"complaint_phone"},
                               {"valid_from"}};

/// What cannot be read as what it should be stays a text: the field table then names it.
json::value value_of(std::string_view cell, As as) {
    auto parsed = [&]() -> json::value {
        boost::system::error_code error;
        json::value value = json::parse(cell, error);
        return error ? json::value(cell) : value;
    };
    switch (as) {
        case As::text:
            return json::value(cell);
        case As::flag:
            return cell == "true" || cell == "false" ? json::value(cell == "true") : json::value(cell);
        case As::number: {
            json::value value = parsed();
            return value.is_number() ? value : json::value(cell);
        }
        case As::parts:
            return parsed();
        case As::texts:
            break;
    }
    if (cell.starts_with('[')) return parsed();
    json::array all;
    for (std::string const& each : split(cell, ";")) all.emplace_back(each);
    return all;
}

std::string cell_of(json::value const& value, As as) {
    if (as == As::text) return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    if (as != As::texts) return json::serialize(value);
    std::string joined;
    for (json::value const& each : value.as_array()) {
        std::string_view const text = each.as_string();
        if (text.find_first_of(";\r\n") != std::string_view::npos || text.starts_with('['))
            return json::serialize(value);
        joined += (joined.empty() ? "" : ";") + std::string(text);
    }
    return joined;
}

void put(json::object& item, std::string_view path, json::value value) {
    std::size_t const dot = path.find('.');
    if (dot == std::string_view::npos) {
        item[path] = std::move(value);
        return;
    }
    json::value& part = item[path.substr(0, dot)];
    if (!part.is_object()) part = json::object();
    part.as_object()[path.substr(dot + 1)] = std::move(value);
}

json::value const* found(json::object const& item, std::string_view path) {
    std::size_t const dot = path.find('.');
    json::value const* value = item.if_contains(path.substr(0, dot));
    if (dot == std::string_view::npos || value == nullptr || !value->is_object()) return value;
    return value->as_object().if_contains(path.substr(dot + 1));
}

}  // namespace

Result<Item> Intake::checked(Item item) {
    std::vector<Refusal> faults = faults_of(item, around_);
    // its unit is only asked for when its code can be read
    if (faults.empty())
        if (auto const settled = units_.settle(item); !settled) faults.push_back(settled.error());
    if (faults.empty()) return item;
    Refusal first = std::move(faults.front());
    first.others.assign(std::make_move_iterator(faults.begin() + 1), std::make_move_iterator(faults.end()));
    return std::unexpected(std::move(first));
}

void Intake::count(Ledger::Put put) {
    (put == Ledger::Put::added ? added : put == Ledger::Put::changed ? changed : unchanged) += 1;
}

void Intake::take(int line, Result<json::object> const& from) {
    auto item = from ? read_item(*from) : Result<Item>(std::unexpected(from.error()));
    if (item) item = checked(std::move(*item));
    if (item)
        if (auto const [first, is_new] = lines_.try_emplace(item->code, line); !is_new)
            item = refuse("item.twice", "code", {{"code", item->code}, {"first", std::to_string(first->second)}});
    if (!item)
        bad.push_back({line, std::move(item.error())});
    else
        count(ledger_.put(*item));
}

void Intake::take(Item item) {
    std::string const name = item.code + " " + item.name;
    auto good = checked(std::move(item));
    if (!good) throw std::runtime_error(name + ": " + good.error().key + " " + good.error().field);
    count(ledger_.put(*good));
}

void Intake::write(store::Session& writing, Instant now) {
    units_.write(writing);
    ledger_.write(writing, now);
}

void read_jsonl(std::istream& file, OnLine const& on_line) {
    std::string text;
    for (int line = 1; std::getline(file, text); ++line) {
        std::string_view rest = text;
        if (line == 1 && rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
        rest = trim(rest);
        if (rest.empty()) continue;
        if (rest.size() > kMostLine)
            on_line(line, refuse("item.too_long", {}, {{"most", std::to_string(kMostLine)}}));
        else
            on_line(line, read_json_object(rest));
    }
}

Result<void> read_csv(std::string_view file, OnLine const& on_line) {
    BANYAN_TRY(Csv const table, Csv::parse(file));
    std::vector<Column> columns;
    for (std::string const& name : table.columns()) {
        auto const known = std::ranges::find(kColumns, name, &Column::name);
        if (known == std::end(kColumns)) return refuse("field.unknown", name);
        columns.push_back(*known);
    }
    for (CsvRow const& row : table.rows()) {
        if (row.cells.size() > columns.size()) {
            on_line(row.line, refuse("csv.too_many_cells"));
            continue;
        }
        json::object item;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (std::string_view const cell = trim(row.cells[i]); !cell.empty())
                put(item, columns[i].name, value_of(cell, columns[i].as));
        if (!item.empty()) on_line(row.line, std::move(item));
    }
    return {};
}

std::string jsonl_line(Item const& item) {
    json::object out = item_json(item);
    out["trips"] = code_of(trips_of(item));
    return json::serialize(out) + "\n";
}

std::string csv_header() {
    std::string line;
    for (Column const& column : kColumns) line += (line.empty() ? "" : ",") + std::string(column.name);
    return line + "\n";
}

std::string csv_line(Item const& item, bool for_spreadsheets) {
    json::object out = item_json(item);
    out["trips"] = code_of(trips_of(item));
    std::string line;
    for (Column const& column : kColumns) {
        if (&column != &kColumns[0]) line += ',';
        if (json::value const* value = found(out, column.name))
            line += csv_cell(cell_of(*value, column.as), for_spreadsheets);
    }
    return line + "\n";
}

}  // namespace banyan::hall
