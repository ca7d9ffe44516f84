#include "systems/desk/slip.h"

#include <fmt/format.h>

#include "api/html.h"
#include "base/time.h"

namespace banyan::desk {
namespace {

namespace json = boost::json;
using api::html_escaped;

constexpr std::string_view kStyle =
    "@page{size:A4;margin:18mm}"
    "body{font:11pt/1.5 'Noto Serif CJK SC','Songti SC',SimSun,serif;color:#000;margin:0}"
    "h1{text-align:center;font-size:18pt;letter-spacing:.2em;margin:0 0 6mm}"
    "table{width:100%;border-collapse:collapse;table-layout:fixed}"
    "th,td{border:1px solid #000;padding:2mm;vertical-align:top;text-align:left;overflow-wrap:anywhere}"
    "th{width:26mm;font-weight:normal;background:#eee}"
    ".text{white-space:pre-wrap;min-height:30mm}"
    ".sign{margin-top:6mm}.sign th{width:14mm}.sign td{height:14mm}"
    ".mark{position:fixed;inset:0;overflow:hidden;z-index:-1;color:#000;opacity:.08;font-size:14pt}"
    ".mark span{display:inline-block;padding:14mm 10mm;transform:rotate(-24deg)}"
    "footer{margin-top:4mm;font-size:9pt}"
    "@media screen{body{max-width:174mm;margin:10mm auto}}";
constexpr int kMarks = 40;

/// Chinese time, as clocks on the wall show it.
std::string clock_time(std::string_view instant) {
    auto const at = parse_rfc3339(instant);
    if (!at) return std::string(instant);
    std::string const text = rfc3339(*at);  // 2026-10-09T09:00:00+08:00
    return text.substr(0, 10) + " " + text.substr(11, 5);
}

class Page {
  public:
    Page(json::object const& view, Texts const& texts, Language language, SlipFor const& for_whom)
        : view_(view), texts_(texts), language_(language), for_(for_whom) {}

    std::string make() {
        begin();
        row("ui.slip.number", number());
        row("ui.slip.sort", sort());
        row("field.class", for_.class_name.empty() ? text("class") : for_.class_name);
        row("field.channel", text("channel").empty() ? "" : word("choice.channel." + text("channel")));
        row("ui.slip.times", times());
        row("ui.slip.due", due(view_));
        row("ui.slip.units", units());
        said();
        signatures();
        end();
        return std::move(html_);
    }

  private:
    std::string word(std::string const& key) const { return texts_.sentence(key, language_); }
    std::string_view lang() const { return language_ == Language::zh ? "zh" : "en"; }
    static std::string text_of(json::object const& of, std::string_view key) {
        json::value const* value = of.if_contains(key);
        return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
    }
    std::string text(std::string_view key) const { return text_of(view_, key); }
    json::object fields() const {
        json::value const* fields = view_.if_contains("fields");
        return fields != nullptr ? fields->as_object() : json::object();
    }
    std::string number() const {  // in groups, as it is read aloud
        std::string plain = text("number");
        if (plain.size() != 12) return plain;
        return fmt::format("{} {} {}", plain.substr(0, 4), plain.substr(4, 4), plain.substr(8));
    }
    std::string sort() const {
        std::string all = text("kind").empty() ? "" : word("kind." + text("kind"));
        for (char const* flag : {"urgent", "hazard", "incident"})
            if (view_.contains(flag)) all += " · " + word(std::string("field.") + flag);
        return all;
    }
    std::string times() const {
        std::string all = word("step.file") + " " + clock_time(text("filed_at"));
        if (view_.contains("accepted_at"))
            all += "\n" + word("step.accept") + " " + clock_time(text("accepted_at"));
        return all;
    }
    std::string due(json::object const& of) const {
        json::value const* due = of.if_contains("due");
        if (due == nullptr) return "";
        std::string all = text_of(due->as_object(), "last_day") + " 24:00";
        if (due->as_object().contains("provisional")) all += " " + word("ui.provisional");
        return all;
    }
    std::string units() const {
        std::string all;
        for (json::value const& each : view_.at("assignments").as_array()) {
            json::object const& share = each.as_object();
            json::value const* unit = share.if_contains("unit");
            if (unit == nullptr) continue;
            if (!all.empty()) all += "\n";
            all += fmt::format("{} {} · {} · {}", word("share." + text_of(share, "share")),
                               text_of(unit->as_object(), lang()), word("progress." + text_of(share, "progress")),
                               due(share));
        }
        return all;
    }
    void row(std::string const& key, std::string const& value) {
        if (value.empty()) return;
        html_ +=
            fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", html_escaped(word(key)), lines(value));
    }
    static std::string lines(std::string const& value) {
        std::string all;
        for (char c : html_escaped(value)) all += c == '\n' ? std::string("<br>") : std::string(1, c);
        return all;
    }
    void begin() {
        html_ = fmt::format(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{} "
            "{}</title><style>{}</style></head><body><div class=\"mark\" aria-hidden=\"true\">",
            lang(), html_escaped(word("ui.slip.title")), text("number"), kStyle);
        for (int i = 0; i < kMarks; ++i)
            html_ += fmt::format("<span>{} {}</span>", html_escaped(for_.reader), html_escaped(for_.at));
        html_ += fmt::format("</div><h1>{}</h1><table><tbody>", html_escaped(word("ui.slip.title")));
    }
    /// The text where it may be read; below the lead the summary, and nothing else.
    void said() {
        json::object const all = fields();
        row("field.title", text("title"));
        for (char const* field :
             {"place", "body", "summary", "opinion", "name", "phone", "address", "account", "public_reply"})
            row(std::string("field.") + field, text_of(all, field));
    }
    void signatures() {
        html_ += "</tbody></table><table class=\"sign\"><tbody><tr>";
        for (char const* key : {"ui.slip.signed", "ui.slip.handled", "ui.slip.head", "ui.slip.day"})
            html_ += fmt::format("<th scope=\"row\">{}</th><td></td>", html_escaped(word(key)));
        html_ += "</tr></tbody></table>";
    }
    void end() {
        html_ += fmt::format("<footer>{}</footer></body></html>\n",
                             html_escaped(texts_.sentence("ui.slip.printed", language_,
                                                          {{"reader", for_.reader}, {"at", for_.at}})));
    }

    json::object const& view_;
    Texts const& texts_;
    Language language_;
    SlipFor const& for_;
    std::string html_;
};

}  // namespace

std::string slip_html(json::object const& view, Texts const& texts, Language language, SlipFor const& for_whom) {
    return Page(view, texts, language, for_whom).make();
}

}  // namespace banyan::desk
