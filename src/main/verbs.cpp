#include "main/verbs.h"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>

#include "base/result.h"
#include "kernel/procedure/texts.h"
#include "main/app.h"

namespace banyan {

std::string read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path + ": cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(std::string const& path, std::string_view bytes) {
    std::string const part = path + ".part";
    std::ofstream file(part, std::ios::binary);
    file << bytes;
    file.close();
    if (!file) throw std::runtime_error(path + ": cannot be written");
    std::filesystem::rename(part, path);
}

int say_refused(Refusal const& refusal) {
    static Texts const kTexts = Texts::of(banyan_embedded_table);
    auto say = [&](Refusal const& each) {
        std::string where = each.field.empty() ? "" : each.field + ": ";
        for (auto const& [name, value] : each.params)
            if (name == "line") where = "line " + value + ": " + where;
        std::string what;
        for (auto const& [name, value] : each.params)
            if (name == "what" || name == "text") what += " " + value;
        fmt::print(stderr, "{}{} ({}{})\n", where,
                   kTexts.sentence("refusal." + each.key, Language::en, each.params), each.key, what);
    };
    say(refusal);
    for (Refusal const& other : refusal.others) say(other);
    return 1;
}

}  // namespace banyan
