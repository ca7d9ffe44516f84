// kernel/procedure/reading.h: from TOML to tables. Private to read_procedure().
//
// Every fault is kept with its path and line; nothing is guessed, and a misspelt word is a fault.
#pragma once
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "kernel/procedure/forms.h"
#include "kernel/procedure/procedure.h"
#include "platform/config/toml.h"

namespace banyan {

std::optional<TreeWord> tree_word(std::string_view word);
std::optional<Relation> relation(std::string_view word);

class Reading {
  public:
    explicit Reading(TomlDocument const& document) : document_(document), made_(std::make_shared<Procedure>()) {}

    Result<std::shared_ptr<Procedure>> read();
    /// Forms alone, of a document that is no rulebook.
    Result<Forms> forms();

  private:
    struct Place {
        json::object const& table;
        std::string path;
    };

    void fault(std::string key, std::string const& path, std::string what = {}) {
        faults_.push_back({"procedure." + std::move(key),
                           path,
                           {{"line", std::to_string(document_.line_of(path))}, {"what", std::move(what)}},
                           {}});
    }
    /// Refuses what the table may not say: a misspelt word must not be silently without effect.
    void only(Place const& place, std::initializer_list<std::string_view> allowed) {
        for (auto const& member : place.table)
            if (std::ranges::find(allowed, std::string_view(member.key())) == allowed.end())
                fault(
                    "unknown_word",
                    place.path.empty() ? std::string(member.key()) : place.path + "." + std::string(member.key()),
                    std::string(member.key()));
    }
    std::string text(Place const& place, std::string_view key, bool required = false) {
        json::value const* value = place.table.if_contains(key);
        if (value == nullptr) {
            if (required) fault("missing", place.path, std::string(key));
            return {};
        }
        if (value->is_string()) return std::string(value->as_string());
        fault("not_text", place.path + "." + std::string(key), std::string(key));
        return {};
    }
    bool flag(Place const& place, std::string_view key) {
        json::value const* value = place.table.if_contains(key);
        if (value == nullptr) return false;
        if (value->is_bool()) return value->as_bool();
        fault("not_flag", place.path + "." + std::string(key), std::string(key));
        return false;
    }
    std::int64_t number(Place const& place, std::string_view key, std::int64_t otherwise) {
        json::value const* value = place.table.if_contains(key);
        if (value == nullptr) return otherwise;
        if (value->is_int64()) return value->as_int64();
        fault("not_number", place.path + "." + std::string(key), std::string(key));
        return otherwise;
    }
    std::vector<std::string> words(Place const& place, std::string_view key) {
        std::vector<std::string> all;
        json::value const* value = place.table.if_contains(key);
        if (value == nullptr) return all;
        if (value->is_string()) return {std::string(value->as_string())};
        if (!value->is_array()) {
            fault("not_list", place.path + "." + std::string(key), std::string(key));
            return all;
        }
        for (auto const& element : value->as_array()) {
            if (element.is_string())
                all.emplace_back(element.as_string());
            else if (element.is_bool())
                all.emplace_back(element.as_bool() ? "true" : "false");
            else
                fault("not_text", place.path + "." + std::string(key), std::string(key));
        }
        return all;
    }
    template <class Each>
    void tables(json::object const& parent, std::string_view key, std::string const& path, Each each) {
        json::value const* value = parent.if_contains(key);
        if (value == nullptr) return;
        std::string at = path.empty() ? std::string(key) : path + "." + std::string(key);
        if (value->is_object()) {
            for (auto const& member : value->as_object()) {
                std::string inner = at + "." + std::string(member.key());
                if (member.value().is_object())
                    each(std::string(member.key()), Place{member.value().as_object(), inner});
                else
                    fault("not_table", inner, std::string(member.key()));
            }
        } else if (value->is_array()) {
            auto const& array = value->as_array();
            for (std::size_t i = 0; i < array.size(); ++i) {
                std::string inner = fmt::format("{}[{}]", at, i);
                if (array[i].is_object())
                    each(std::string(), Place{array[i].as_object(), inner});
                else
                    fault("not_table", inner, std::string(key));
            }
        } else {
            fault("not_table", at, std::string(key));
        }
    }

    Index stage(std::string const& wanted, std::string const& path) {
        Index found = made_->stage(wanted);
        if (found < 0 && !wanted.empty()) fault("unknown_stage", path, wanted);
        return found;
    }
    Index step(std::string const& wanted, std::string const& path) {
        Index found = made_->step(wanted);
        if (found < 0) fault("unknown_step", path, wanted);
        return found;
    }
    std::optional<Refusal> refusal();  ///< all faults, the first with the others beside it
    void read_names();
    void read_limits();
    bool read_amount(Place const& place, LimitRow& row);
    void read_forms();
    void read_stages();
    void read_steps();
    void read_step(Place const& place, Step& made);
    void read_opens(Place const& place, Step& made);
    void read_along(Place const& place, Step& made);
    void read_claim(Place const& place, Step& made);
    void read_sets(Place const& place, Step& made);
    void read_undo(Place const& place, Step& made);
    void add_undo();
    void read_timers();
    void cross_check();
    void mark_steps();
    Field read_field(Place const& place);
    std::optional<Limit> read_limit(Place const& place, std::string_view key);
    std::optional<Condition> read_condition(Place const& place);
    void read_between(Place const& place, Condition& condition);
    std::vector<Condition> read_conditions(json::object const& table, std::string_view key,
                                           std::string const& path);

    TomlDocument const& document_;
    std::shared_ptr<Procedure> made_;
    Forms forms_;
    std::vector<Refusal> faults_;
};

}  // namespace banyan
