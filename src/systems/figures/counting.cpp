#include "systems/figures/counting.h"

#include <boost/json.hpp>

namespace banyan::figures {
namespace {

namespace json = boost::json;

constexpr std::size_t kDistrict = 6;  ///< digits of GB/T 2260

json::object const* object_in(json::object const& body, std::string_view name) {
    json::value const* value = body.if_contains(name);
    return value != nullptr && value->is_object() ? &value->as_object() : nullptr;
}

std::optional<std::string> text_in(json::object const& object, std::string_view name) {
    json::value const* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->as_string());
}

Traits traits_in(json::object const& object) {
    return {text_in(object, "kind"), text_in(object, "class"), text_in(object, "region"),
            text_in(object, "channel")};
}

json::value parsed(EventRow const& event) {
    json::error_code error;
    json::value body = json::parse(event.body, error);
    return error || !body.is_object() ? json::value() : body;
}

Said said_in(json::object const& body, int no) {
    if (json::object const* before = object_in(body, "restores")) return {traits_in(*before), true};
    json::object const* set = object_in(body, "set");
    return {set == nullptr ? Traits() : traits_in(*set), no == 1};
}

void add_count(json::object const& count, Traits const& traits, Counters& into) {
    json::value const *unit = count.if_contains("unit"), *n = count.if_contains("n");
    auto const measure = text_in(count, "measure");
    auto const day = parse_day(text_in(count, "day").value_or(""));
    if (!measure || measure->find('.') != std::string::npos) return;  // proposals: hinted.FIELD
    if (!day || unit == nullptr || !unit->is_int64() || n == nullptr || !n->is_int64()) return;
    std::string const region = traits.region.value_or("").substr(0, kDistrict);
    Counter counter{month_of(*day).number, {}, 0, {}, *measure};
    auto add = [&](std::string_view dimension, std::string const& value) {
        counter.dimension = dimension;
        counter.value = value;
        counter.unit = 0;
        into[counter] += n->as_int64();
        if (unit->as_int64() == 0) return;
        counter.unit = unit->as_int64();
        into[counter] += n->as_int64();
    };
    add(kWhole, "");
    add(kKind, traits.kind.value_or(""));
    add(kClass, traits.class_code.value_or(""));
    add(kRegion, region);
    add(kChannel, traits.channel.value_or(""));
}

}  // namespace

void Traits::fill_from(Traits const& earlier) {
    if (!kind) kind = earlier.kind;
    if (!class_code) class_code = earlier.class_code;
    if (!region) region = earlier.region;
    if (!channel) channel = earlier.channel;
}

Said said_of(EventRow const& event) {
    json::value const body = parsed(event);
    return body.is_object() ? said_in(body.as_object(), event.no) : Said{{}, event.no == 1};
}

void count_event(EventRow const& event, Traits& traits, Counters& into) {
    json::value const value = parsed(event);
    if (!value.is_object()) return;
    json::object const& body = value.as_object();
    Said said = said_in(body, event.no);
    Traits const before = traits;
    if (!said.whole) said.traits.fill_from(before);
    traits = std::move(said.traits);
    json::value const* counts = body.if_contains("counts");
    if (counts == nullptr || !counts->is_array()) return;
    Traits const& counted_for = body.contains("undoes") ? before : traits;
    for (json::value const& one : counts->as_array())
        if (one.is_object()) add_count(one.as_object(), counted_for, into);
}

}  // namespace banyan::figures
