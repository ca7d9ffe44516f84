#include "systems/brief/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/html.h"

namespace banyan::brief {
namespace {

using api::html_escaped;

constexpr std::string_view kStyle =
    "@page{size:A4;margin:12mm}"
    "body{font:8.5pt/1.35 'Noto Serif CJK SC','Songti SC',SimSun,serif;color:#000;margin:0}"
    "h1{text-align:center;font-size:16pt;letter-spacing:.2em;margin:0}"
    ".under{text-align:center;margin:0 0 3mm}"
    ".columns{column-count:2;column-gap:6mm}"
    "section{break-inside:avoid;margin:0 0 3mm}"
    "h2{font-size:9.5pt;margin:0 0 .5mm;border-bottom:1px solid #000}"
    "table{width:100%;border-collapse:collapse}"
    "th,td{padding:.3mm 1mm;text-align:right;font-weight:normal;border-bottom:1px dotted #999;white-space:nowrap}"
    "th:first-child,td:first-child{text-align:left;white-space:normal;overflow-wrap:anywhere}"
    ".said{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 2mm}"
    ".sign{margin-top:4mm;table-layout:fixed}.sign td{border:1px solid "
    "#000;height:12mm;text-align:left;vertical-align:top}"
    "footer{margin-top:2mm;font-size:7.5pt}"
    "@media screen{body{max-width:186mm;margin:10mm auto}}";

std::string value(std::optional<std::int64_t> const& n, std::optional<std::int64_t> const& of) {
    if (!n) return "";
    if (!of) return std::to_string(*n);
    auto const rate = percent(*n, *of);
    return rate ? *rate + "%" : "—";
}

}  // namespace

std::string name_of(Row const& row, Texts const& texts, Language language) {
    if (!row.key.empty()) return texts.sentence("brief.row." + row.key, language);
    return language == Language::zh ? row.zh : row.en;
}

std::string page_html(std::vector<Section> const& sections, Texts const& texts, Language language,
                      Printed const& printed) {
    auto word = [&](std::string const& key) { return html_escaped(texts.sentence(key, language)); };
    std::string html = fmt::format(
        "<!doctype html><html lang=\"{}\"><head><meta "
        "charset=\"utf-8\"><title>{}</title><style>{}</style></head><body><h1>{}</h1><p "
        "class=\"under\">{}</p>",
        language == Language::zh ? "zh" : "en", html_escaped(printed.title), kStyle, html_escaped(printed.title),
        html_escaped(printed.subtitle));
    for (auto const& [heading, said] : printed.remarks)
        html += fmt::format("<section><h2>{}</h2><p class=\"said\">{}</p></section>", html_escaped(heading),
                            html_escaped(said));
    html += "<div class=\"columns\">";
    for (Section const& section : sections) {
        html += fmt::format("<section><h2>{}</h2><table>", word("brief.section." + section.key));
        bool const compared = printed.compared && std::ranges::any_of(section.rows, [](Row const& row) {
                                  return row.before.has_value();
                              });
        if (compared)
            html +=
                fmt::format("<thead><tr><td></td><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>",
                            word("brief.that_day"), word("brief.week_before"));
        html += "<tbody>";
        for (Row const& row : section.rows) {
            html += fmt::format("<tr><td>{}</td><td>{}</td>", html_escaped(name_of(row, texts, language)),
                                value(row.now, row.of));
            if (compared) html += fmt::format("<td>{}</td>", value(row.before, row.of_before));
            html += "</tr>";
        }
        if (section.rows.empty()) html += fmt::format("<tr><td>{}</td></tr>", word("brief.nothing"));
        html += "</tbody></table></section>";
    }
    html += "</div>";
    if (!printed.signatures.empty()) {
        html += "<table class=\"sign\"><tbody><tr>";
        for (std::string const& line : printed.signatures) html += fmt::format("<td>{}</td>", html_escaped(line));
        html += "</tr></tbody></table>";
    }
    return html + fmt::format("<footer>{}</footer></body></html>\n",
                              html_escaped(texts.sentence("ui.slip.printed", language,
                                                          {{"reader", printed.reader}, {"at", printed.at}})));
}

}  // namespace banyan::brief
