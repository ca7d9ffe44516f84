#include "kernel/procedure/texts.h"

#include <stdexcept>

#include "kernel/procedure/fields.h"

namespace banyan {

Texts Texts::of(EmbeddedTable table) {
    Texts texts;
    for (EmbeddedFile const& file : embedded_under(table, "texts/")) {
        std::string_view path = file.path;
        auto added =
            texts.add(path.find("/en") != std::string_view::npos ? Language::en : Language::zh, file.bytes());
        if (!added)
            throw std::runtime_error(std::string(path) + ": " + added.error().key + " " + added.error().field);
    }
    return texts;
}

Result<void> Texts::add(Language language, std::string_view text) {
    BANYAN_TRY(json::object const object, read_json_object(text));
    for (auto const& member : object) {
        json::string const* words = member.value().if_string();
        if (words == nullptr) return refuse("texts.not_a_text", std::string(member.key()));
        if (words->empty()) return refuse("texts.empty", std::string(member.key()));
    }
    auto& into = language == Language::en ? en_ : zh_;
    for (auto const& member : object) into[std::string(member.key())] = std::string(member.value().as_string());
    return {};
}

std::string Texts::sentence(std::string_view key, Language language,
                            std::vector<std::pair<std::string, std::string>> const& params) const {
    auto const& words = all(language);
    auto found = words.find(key);
    if (found == words.end()) return std::string(key);
    std::string text = found->second;
    for (auto const& [name, value] : params) {
        std::string place = "{" + name + "}";
        for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size()))
            text.replace(at, place.size(), value);
    }
    return text;
}

bool Texts::has(std::string_view key, Language language) const { return all(language).contains(key); }

Language language_of(std::string_view accept) {
    std::size_t en = accept.find("en"), zh = accept.find("zh");
    return en != std::string_view::npos && (zh == std::string_view::npos || en < zh) ? Language::en : Language::zh;
}

}  // namespace banyan
