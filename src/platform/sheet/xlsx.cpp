#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/text.h"
#include "platform/sheet/sheet.h"

namespace banyan::sheet {
namespace {

constexpr double kTitleWidth = 14;

/// The library writes to a name: a folder that only we can read, gone afterwards.
class Folder {
  public:
    Folder() : path_((std::filesystem::temp_directory_path() / "banyan-XXXXXX").string()) {
        if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no folder for a sheet: " + path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(Folder const&) = delete;
    std::string file() const { return path_ + "/sheet.xlsx"; }
    std::string const& path() const { return path_; }

  private:
    std::string path_;
};

void need(lxw_error error) {
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("sheet: ") + lxw_strerror(error));
}

struct Formats {
    lxw_format *title = nullptr, *decimal = nullptr;
};

void write(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, Cell const& cell, Formats const& formats) {
    if (auto const* text = std::get_if<std::string>(&cell))
        need(worksheet_write_string(sheet, row, column, text->c_str(), row == 0 ? formats.title : nullptr));
    if (auto const* number = std::get_if<std::int64_t>(&cell))
        need(worksheet_write_number(sheet, row, column, static_cast<double>(*number), nullptr));
    if (auto const* number = std::get_if<double>(&cell))
        need(worksheet_write_number(sheet, row, column, *number, formats.decimal));
}

/// In a footer & begins a word of its own.
std::string footer(std::string_view mark) {
    std::string text = "&L";
    for (char c : first_characters(mark, 60)) text += c == '&' ? std::string("&&") : std::string(1, c);
    return text;
}

}  // namespace

std::string xlsx(Table const& table) {
    Folder const folder;
    std::string temporary = folder.path();
    lxw_workbook_options options{};
    options.constant_memory = LXW_FALSE;
    options.tmpdir = temporary.data();
    lxw_workbook* book = workbook_new_opt(folder.file().c_str(), &options);
    if (book == nullptr) throw std::runtime_error("sheet: no workbook");
    Formats formats{workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.title);
    format_set_num_format(formats.decimal, "0.00");
    lxw_worksheet* sheet = workbook_add_worksheet(book, table.name.c_str());
    if (sheet == nullptr) {
        workbook_close(book);
        throw std::runtime_error("sheet: a name it cannot have");
    }
    std::size_t columns = 0;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        columns = std::max(columns, table.rows[row].size());
        for (std::size_t column = 0; column < table.rows[row].size(); ++column)
            write(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), table.rows[row][column],
                  formats);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    if (!table.mark.empty()) need(worksheet_set_footer(sheet, footer(table.mark).c_str()));
    if (columns > 0) worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(columns - 1), kTitleWidth, nullptr);
    need(workbook_close(book));
    std::ifstream in(folder.file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace banyan::sheet
