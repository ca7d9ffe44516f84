// A sheet is a file that others can read: its parts are looked at with Python's own zip and XML.
#include "platform/sheet/sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace banyan::sheet {
namespace {

/// Every cell as "A1=t:words" or "B2=n:1.5", a line each.
constexpr char const* kReader = R"py(
import re, sys, zipfile
import xml.etree.ElementTree as tree
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
space = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
words = []
if 'xl/sharedStrings.xml' in book.namelist():
    for item in tree.fromstring(book.read('xl/sharedStrings.xml')):
        words.append(''.join(t.text or '' for t in item.iter(space + 't')))
print('sheet=' + re.search('sheet name="([^"]*)"', book.read('xl/workbook.xml').decode()).group(1))
for cell in tree.fromstring(book.read('xl/worksheets/sheet1.xml')).iter(space + 'c'):
    assert cell.find(space + 'f') is None, 'a formula'
    value = cell.find(space + 'v').text
    print(cell.get('r') + ('=t:' + words[int(value)] if cell.get('t') == 's' else '=n:' + value))
for foot in tree.fromstring(book.read('xl/worksheets/sheet1.xml')).iter(space + 'oddFooter'):
    print('foot=' + foot.text)
)py";

std::string read_back(std::string const& bytes) {
    std::string folder = testing::TempDir() + "sheet-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder");
    std::string const file = folder + "/sheet.xlsx", script = folder + "/read.py";
    std::ofstream(file, std::ios::binary) << bytes;
    std::ofstream(script) << kReader;
    std::FILE* pipe = popen(("python3 " + script + " " + file + " 2>&1").c_str(), "r");
    std::string said;
    std::array<char, 4096> part{};
    while (std::size_t const n = std::fread(part.data(), 1, part.size(), pipe)) said.append(part.data(), n);
    EXPECT_EQ(pclose(pipe), 0) << said;
    std::filesystem::remove_all(folder);
    return said;
}

TEST(Xlsx, IsReadByOthers) {
    Table const table{"2026-10",
                      {{std::string("单位"), std::string("及时办理率")},
                       {std::string("城市管理局 <&\"'>"), 98.25},
                       {std::string("=1+1"), std::int64_t{42}, std::monostate(), std::string("+8613900000000")}},
                      {}};
    EXPECT_EQ(read_back(xlsx(table)),
              "sheet=2026-10\nA1=t:单位\nB1=t:及时办理率\nA2=t:城市管理局 <&\"'>\nB2=n:98.25\nA3=t:=1+1\nB3=n:42\n"
              "D3=t:+8613900000000\n");
}

TEST(Xlsx, SaysAtItsFootWhoTookItOut) {
    EXPECT_EQ(read_back(xlsx({"2026-10", {{std::string("n")}}, "R&D 林静 review01"})),
              "sheet=2026-10\nA1=t:n\nfoot=&LR&&D 林静 review01\n");
}

TEST(Xlsx, OfManyRowsIsWhole) {
    Table table{"many", {{std::string("n")}}, {}};
    for (std::int64_t n = 1; n <= 1300; ++n) table.rows.push_back({n});
    std::string const said = read_back(xlsx(table));
    EXPECT_EQ(std::ranges::count(said, '\n'), 1302);
    EXPECT_NE(said.find("A1301=n:1300\n"), std::string::npos);
}

TEST(Xlsx, WithANameItCannotHaveIsRefused) {
    EXPECT_THROW(xlsx({"a/b", {}, {}}), std::runtime_error);
    EXPECT_THROW(xlsx({std::string(32, 'x'), {}, {}}), std::runtime_error);
}

}  // namespace
}  // namespace banyan::sheet
