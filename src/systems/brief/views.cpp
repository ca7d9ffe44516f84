#include "systems/brief/views.h"

namespace banyan::brief {
namespace {

json::value rate_json(std::optional<std::int64_t> const& part, std::int64_t whole) {
    auto const rate = part ? percent(*part, whole) : std::nullopt;
    return rate ? json::value(*rate) : json::value(nullptr);
}

json::object row_json(Row const& row, Texts const& texts) {
    json::object made{{"zh", name_of(row, texts, Language::zh)}, {"en", name_of(row, texts, Language::en)}};
    if (!row.key.empty()) made["name"] = row.key;
    if (row.now) made["count"] = *row.now;
    if (row.before) made["count_before"] = *row.before;
    if (row.of) made["rate"] = rate_json(row.now, *row.of);
    if (row.of_before) made["rate_before"] = rate_json(row.before, *row.of_before);
    if (!row.link.empty()) made["link"] = row.link;
    return made;
}

}  // namespace

json::array sections_json(std::vector<Section> const& sections, Texts const& texts) {
    json::array all;
    for (Section const& section : sections) {
        json::array rows;
        for (Row const& row : section.rows) rows.push_back(row_json(row, texts));
        std::string const key = "brief.section." + section.key;
        all.push_back({{"name", section.key},
                       {"zh", texts.sentence(key, Language::zh)},
                       {"en", texts.sentence(key, Language::en)},
                       {"rows", std::move(rows)}});
    }
    return all;
}

shape::Schema section_shape() {
    using namespace shape;
    auto const percent = or_null(text("percent, two decimals, half up; null: of nothing"));
    return named("brief_section", object({{"name", code()},
                                          {"zh", text()},
                                          {"en", text()},
                                          {"rows", list(object({{"name?", code()},
                                                                {"zh", text()},
                                                                {"en", text()},
                                                                {"count?", integer()},
                                                                {"count_before?", integer("a week before")},
                                                                {"rate?", percent},
                                                                {"rate_before?", percent},
                                                                {"link?", text("the list behind it")}}))}}));
}

Printed printed_for(api::House const& house, api::Call const& call) {
    auto const rules = house.engine.rules();
    Person const* reader = rules->directory->person(call.actor().person);
    std::string const now = rfc3339(house.engine.now());
    Printed printed;
    if (reader != nullptr)
        printed.reader = (call.language == Language::zh ? reader->zh : reader->en) + " " + reader->login;
    if (house.practice) printed.reader += " · " + house.texts.sentence("ui.practice_mark", call.language);
    printed.at = now.substr(0, 10) + " " + now.substr(11, 5);
    return printed;
}

http::Reply page_reply(std::string html) {
    return {200,
            "text/html; charset=utf-8",
            std::move(html),
            {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
             {"Cache-Control", "private, no-store"}},
            {}};
}

}  // namespace banyan::brief
