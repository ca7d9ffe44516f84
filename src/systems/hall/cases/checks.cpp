#include "systems/hall/cases/checks.h"

#include "base/text.h"

namespace banyan::hall {
namespace {

/// The longest a special step of that name may take, of "NAME=DAYS;NAME=DAYS"; nothing: there is none.
std::optional<int> days_of(std::string_view specials, std::string_view name) {
    for (std::string const& each : split(specials, ";"))
        if (std::size_t const equals = each.rfind('=');
            equals != std::string::npos && each.substr(0, equals) == name)
            return std::stoi(each.substr(equals + 1));
    return std::nullopt;
}

std::string text_of(Matter const* matter, std::string_view fact) {
    json::value const* value = matter == nullptr ? nullptr : matter->facts.if_contains(fact);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

Result<void> special_step(Matter const* matter, Form const& form, Moment const& moment) {
    std::string_view const name = form.text("special_step");
    auto const days = days_of(text_of(matter, "specials"), name);
    if (!days) return refuse("special.not_of_item", "form.special_step", {{"special", std::string(name)}});
    auto const until = parse_day(form.text("special_until"));
    Limit const limit{*days, Limit::Unit::working_day};
    if (until && (*until < moment.today() || *until > due_after(*moment.calendar, moment.now, limit).last_day))
        return refuse("special.too_long", "form.special_until",
                      {{"special", std::string(name)}, {"days", std::to_string(*days)}});
    return {};
}

Result<void> amount_paid(Matter const* matter, Form const& form, Moment const&) {
    json::value const* due = matter == nullptr ? nullptr : matter->facts.if_contains("amount");
    auto const paid = form.integer("paid_amount");
    if (due == nullptr || !due->is_int64() || !paid || due->as_int64() == *paid) return {};
    return refuse("payment.amount", "form.paid_amount",
                  {{"due", std::to_string(due->as_int64())}, {"paid", std::to_string(*paid)}});
}

/// While the items are still being read at a start nobody is refused for it: who applies has asked the database.
Result<void> item_in_force(Shelf const& shelf, Form const& form) {
    auto const finder = shelf.finder();
    if (!finder) return {};
    auto const number = finder->number(form.text("hall_item"));
    if (!number) return refuse("item.not_in_force", "item");
    int const version = finder->listing(*number).version;
    if (form.integer("item_version") == version) return {};
    return refuse("item.version_changed", "version", {{"version", std::to_string(version)}});
}

}  // namespace

Checks case_checks(Shelf const& shelf) {
    return {{"special_step", special_step},
            {"amount_paid", amount_paid},
            {"item_in_force",
             [&shelf](Matter const*, Form const& form, Moment const&) { return item_in_force(shelf, form); }}};
}

}  // namespace banyan::hall
