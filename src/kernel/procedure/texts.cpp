#include "kernel/procedure/texts.h"

#include <stdexcept>

#include "kernel/procedure/fields.h"

namespace banyan {

Texts Texts::of(EmbeddedTable table) {
    Texts texts;
    for (EmbeddedFile const& file : embedded_under(table, "texts/")) {
        std::string_view path = file.path;
        auto object = read_json_object(file.bytes());
        if (!object) throw std::runtime_error(std::string(path) + ": " + object.error().key);
        auto& into = path.find("/en") != std::string_view::npos ? texts.en_ : texts.zh_;
        for (auto const& member : *object)
            into[std::string(member.key())] = std::string(member.value().as_string());
    }
    return texts;
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
