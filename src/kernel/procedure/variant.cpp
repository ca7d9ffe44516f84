#include "kernel/procedure/variant.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
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

/// A text put together of lines, each of which knows where it stood in the variant; 0: it is the base's.
struct Composed {
    std::string text;
    std::vector<int> lines;
    void add(std::string_view line, int stood) {
        text += std::string(line) + "\n";
        lines.push_back(stood);
    }
    int stood(std::string const& line) const {
        auto const at = static_cast<std::size_t>(std::atoi(line.c_str()));
        return at == 0 || at > lines.size() ? 0 : lines[at - 1];
    }
};

template <class Visit>
void each_line(std::string_view text, Visit const& visit) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = std::min(text.find('\n', at), text.size());
        visit(text.substr(at, end - at));
        at = end + 1;
    }
}

/// "version" of a line `version = 2  # …` before the first table; empty for any other.
std::string word_of(std::string_view line) { return std::string(trim(line.substr(0, line.find('=')))); }

/// The base without its limits of those names, its version another when the variant says one.
void add_base(Composed& made, std::string_view base, std::set<std::string> const& limits,
              std::optional<std::int64_t> version) {
    bool wanted = true, head = true;
    each_line(base, [&](std::string_view line) {
        if (std::string const table = table_of(line); !table.empty())
            wanted = !limits.contains(table), head = false;
        if (head && version && word_of(line) == "version")
            made.add(fmt::format("version = {}", *version), 0);
        else if (wanted)
            made.add(line, 0);
    });
    made.add("", 0);
}

void add_tables(Composed& made, std::string_view variant) {
    bool wanted = false;
    int number = 0;
    each_line(variant, [&](std::string_view line) {
        ++number;
        wanted = wanted || !table_of(line).empty();
        if (wanted) made.add(line, number);
    });
}

bool is_at_a_line(Refusal const& fault) {
    return std::ranges::find(fault.params, std::pair<std::string, std::string>("line", "0")) == fault.params.end();
}

/// Where the variant says the word; 0: nowhere.
int line_saying(std::string_view variant, std::string const& word) {
    int number = 0, found = 0;
    each_line(variant, [&](std::string_view line) {
        ++number;
        if (found == 0 && !word.empty() && line.find('"' + word + '"') != std::string_view::npos) found = number;
    });
    return found;
}

/// Faults of the whole, told to whoever wrote the variant: at its own lines, or where it says the word that is
/// wrong. The base is well by itself: what else is wrong there follows from the others.
Refusal at_its_lines(Refusal refusal, Composed const& made, std::string_view variant) {
    std::vector<Refusal> faults = std::move(refusal.others);
    refusal.others.clear();
    faults.insert(faults.begin(), std::move(refusal));
    auto param = [](Refusal& fault, std::string_view name) {
        return std::ranges::find(fault.params, name, &std::pair<std::string, std::string>::first);
    };
    for (Refusal& fault : faults) {
        auto const line = param(fault, "line"), what = param(fault, "what");
        if (line == fault.params.end()) continue;
        int const stood = made.stood(line->second);
        line->second =
            std::to_string(stood != 0 || what == fault.params.end() ? stood : line_saying(variant, what->second));
    }
    std::ranges::stable_partition(faults, is_at_a_line);
    Refusal first = std::move(faults.front());
    for (std::size_t at = 1; at < faults.size(); ++at)
        if (is_at_a_line(faults[at])) first.others.push_back(std::move(faults[at]));
    return first;
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
        if (std::string_view const word = member.key();
            word != "base" && word != "version" && word != "limit" && word != "form")
            return at_line("procedure.variant_word", said, std::string(word), word);
    std::optional<std::int64_t> version;
    if (json::value const* number = said.root.if_contains("version")) {
        if (!number->is_int64()) return at_line("procedure.not_number", said, "version", "version");
        version = number->as_int64();
    }
    for (std::string const& name : names(said, "limit")) {
        if (!names(whole, "limit").contains(name))
            return at_line("procedure.unknown_limit", said, "limit." + name, name);
        limits.insert("limit." + name);
    }
    for (std::string const& name : names(said, "form"))
        if (!names(whole, "form").contains(name))
            return at_line("procedure.unknown_form", said, "form." + name, name);
    Composed made;
    add_base(made, base, limits, version);
    add_tables(made, variant);
    if (auto const read = read_procedure(made.text); !read)
        return refuse(at_its_lines(read.error(), made, variant));
    BANYAN_TRY(TomlDocument const composed, parse_toml(made.text));
    for (std::string const& name : names(said, "limit"))  // no row of the base is left
        if (composed.root.at("limit").at(name) != said.root.at("limit").at(name))
            return at_line("procedure.unknown_limit", said, "limit." + name, name);
    return std::move(made.text);
}

Result<Whole> read_whole(std::string said, Shipped const& shipped) {
    Whole whole{std::move(said), {}, {}, nullptr};
    whole.base = base_of(whole.said);
    if (whole.base.empty()) {
        whole.text = whole.said;
    } else {
        auto const base = shipped(whole.base);
        if (!base) return at_line("procedure.unknown_base", *parse_toml(whole.said), "base", whole.base);
        BANYAN_TRY(whole.text, with_variant(*base, whole.said));
    }
    BANYAN_TRY(whole.procedure, read_procedure(whole.text));
    return whole;
}

}  // namespace banyan
