#include "platform/config/toml.h"

#include <fmt/core.h>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>
#include <sstream>

namespace banyan {
namespace {

namespace json = boost::json;

class Converter {
  public:
    explicit Converter(std::map<std::string, int>& lines) : lines_(lines) {}

    json::object table(toml::table const& table, std::string const& path) {
        json::object object;
        for (auto const& [key, node] : table) {
            std::string at = path.empty() ? std::string(key.str()) : fmt::format("{}.{}", path, key.str());
            object.emplace(key.str(), value(node, at));
        }
        return object;
    }

  private:
    json::value value(toml::node const& node, std::string const& path) {
        lines_[path] = static_cast<int>(node.source().begin.line);
        if (auto const* inner = node.as_table()) return table(*inner, path);
        if (auto const* list = node.as_array()) {
            json::array array;
            for (std::size_t i = 0; i < list->size(); ++i)
                array.push_back(value((*list)[i], fmt::format("{}[{}]", path, i)));
            return array;
        }
        if (auto const* text = node.as_string()) return json::string(text->get());
        if (auto const* number = node.as_integer()) return number->get();
        if (auto const* number = node.as_floating_point()) return number->get();
        if (auto const* flag = node.as_boolean()) return flag->get();
        std::ostringstream date;
        node.visit([&](auto const& leaf) {
            if constexpr (toml::is_date<decltype(leaf)> || toml::is_time<decltype(leaf)> ||
                          toml::is_date_time<decltype(leaf)>)
                date << leaf.get();
        });
        return json::string(date.str());
    }

    std::map<std::string, int>& lines_;
};

}  // namespace

int TomlDocument::line_of(std::string path) const {
    while (!path.empty()) {
        if (auto found = lines.find(path); found != lines.end()) return found->second;
        std::size_t cut = path.find_last_of(".[");
        if (cut == std::string::npos) break;
        path.resize(cut);
    }
    return 0;
}

Result<TomlDocument> parse_toml(std::string_view text) {
    try {
        toml::table root = toml::parse(text);
        TomlDocument document;
        document.root = Converter(document.lines).table(root, "");
        return document;
    } catch (toml::parse_error const& error) {  // the library's only way to say it
        return refuse("toml.syntax", {},
                      {{"line", std::to_string(error.source().begin.line)},
                       {"column", std::to_string(error.source().begin.column)},
                       {"what", std::string(error.description())}});
    }
}

}  // namespace banyan
