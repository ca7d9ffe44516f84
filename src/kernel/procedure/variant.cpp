#include "kernel/procedure/variant.h"

#include <fmt/core.h>

#include <set>
#include <vector>

#include "base/text.h"
#include "kernel/procedure/procedure.h"
#include "platform/config/toml.h"

namespace banyan {
namespace {

/// "limit.handle" of a line `[[limit.handle]]  # …`; empty for a line that begins no table.
std::string table_of(std::string_view line) {
    line = trim(line);
    if (!line.starts_with('[')) return {};
    std::size_t const from = line.starts_with("[[") ? 2 : 1, to = line.find(']');
    if (to == std::string_view::npos || to <= from) return {};
    std::string_view const name = trim(line.substr(from, to - from));
    bool const plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
    return plain ? std::string(name) : std::string();
}

/// The lines of the tables that `keep` wants, and what stands before the first table when it is wanted.
template <class Keep>
std::string tables_where(std::string_view toml, bool head, Keep const& keep) {
    std::string kept;
    bool wanted = head;
    for (std::string const& line : split(toml, "\n")) {
        if (std::string const table = table_of(line); !table.empty()) wanted = keep(table);
        if (wanted) kept += line + "\n";
    }
    return kept;
}

std::unexpected<Refusal> at_line(std::string key, TomlDocument const& document, std::string const& path,
                                 std::string_view what) {
    return std::unexpected(Refusal{std::move(key),
                                   path,
                                   {{"line", std::to_string(document.line_of(path))}, {"what", std::string(what)}},
                                   {}});
}

}  // namespace

std::string base_of(std::string_view toml) {
    auto const document = parse_toml(toml);
    json::value const* base = document ? document->root.if_contains("base") : nullptr;
    return base != nullptr && base->is_string() ? std::string(base->as_string()) : std::string();
}

Result<std::string> with_variant(std::string_view base, std::string_view variant) {
    BANYAN_TRY(TomlDocument const whole, parse_toml(base));
    BANYAN_TRY(TomlDocument const said, parse_toml(variant));
    if (base_of(variant).empty()) return at_line("procedure.missing", said, "base", "base");
    std::set<std::string> limits;
    auto names = [](TomlDocument const& document, char const* table) {
        std::set<std::string> all;
        if (json::value const* found = document.root.if_contains(table); found != nullptr && found->is_object())
            for (auto const& member : found->as_object()) all.emplace(member.key());
        return all;
    };
    for (auto const& member : said.root)
        if (member.key() != "base" && member.key() != "limit" && member.key() != "form")
            return at_line("procedure.variant_word", said, std::string(member.key()), member.key());
    for (std::string const& name : names(said, "limit")) {
        if (!names(whole, "limit").contains(name))
            return at_line("procedure.unknown_limit", said, "limit." + name, name);
        limits.insert("limit." + name);
    }
    for (std::string const& name : names(said, "form"))
        if (!names(whole, "form").contains(name))
            return at_line("procedure.unknown_form", said, "form." + name, name);
    std::string made = tables_where(base, true, [&](std::string const& table) { return !limits.contains(table); });
    made += "\n" + tables_where(variant, false, [](std::string const&) { return true; });
    BANYAN_TRY(auto const read, read_procedure(made));
    BANYAN_TRY(TomlDocument const composed, parse_toml(made));
    for (std::string const& name : names(said, "limit"))  // no row of the base is left
        if (composed.root.at("limit").at(name) != said.root.at("limit").at(name))
            return at_line("procedure.unknown_limit", said, "limit." + name, name);
    return made;
}

}  // namespace banyan
