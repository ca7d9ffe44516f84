// The shape of an item, beside item_json.cpp that writes it.
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

using namespace shape;

Schema texts(std::string_view about = {}) { return list(shape::text(), about); }

Schema material_shape() {
    return named("hall_material", object({{"code", code()},
                                          {"name", shape::text()},
                                          {"form", one_of({"noneed", "upload", "paper", "form", "licence"})},
                                          {"grade?", one_of({"A", "B", "C", "D"}, "how far it is trusted")},
                                          {"from?", shape::text("applicant, or who issues it")},
                                          {"shared", flag("the government has it already: it is not asked")},
                                          {"copies", count("on paper")},
                                          {"sample?", shape::text("address of a filled one")},
                                          {"template?", shape::text("address of an empty one")},
                                          {"when?", shape::text("it is wanted; left out: always")},
                                          {"note?", shape::text("how it is made, checked, given back")}}));
}

Schema special_shape() {
    return named("hall_special", object({{"name", shape::text()},
                                         {"days", count("working days in which the clock stands")},
                                         {"basis?", shape::text()},
                                         {"when?", shape::text("it is done; left out: always")}}));
}

Schema fee_shape() {
    return object({{"charged", flag()}, {"standard?", shape::text("how much")}, {"basis?", shape::text()}});
}

Schema result_shape() {
    return object({{"name?", shape::text()},
                   {"name_en?", shape::text()},
                   {"type", one_of({"licence", "approval", "certificate", "none"})},
                   {"electronic", flag("there is an electronic licence")}});
}

Schema number(std::string_view about) {
    Schema schema{{"type", "number"}};
    schema["description"] = about;
    return schema;
}

Schema window_shape() {
    return object({{"place?", shape::text()},
                   {"address?", shape::text()},
                   {"traffic?", shape::text()},
                   {"hours?", shape::text()},
                   {"lat?", number("WGS 84")},
                   {"lon?", number("WGS 84")}});
}

}  // namespace

Schema item_shape() {
    return object({{"code", code("credit code of the unit, type, serial number")},
                   {"catalogue?", code("main item, which its situations share")},
                   {"name", shape::text()},
                   {"name_en?", shape::text()},
                   {"situation", code("new, change, renew, cancel, one of its own; whole: there is but one")},
                   {"situation_name?", shape::text()},
                   {"situation_name_en?", shape::text()},
                   {"type", code("of power: XK permit, QR confirmation, GF public service …")},
                   {"unit", code()},
                   {"unit_name?", shape::text()},
                   {"unit_en?", shape::text()},
                   {"region", code("GB/T 2260")},
                   {"level", one_of({"province", "city", "county", "town", "village"})},
                   {"audience", list(one_of({"person", "company"}))},
                   {"classes", list(code(), "the main one first")},
                   {"scenes?", list(code())},
                   {"keywords?", texts("as people call it")},
                   {"kind", one_of({"instant", "promised"})},
                   {"legal_days", integer("working days; -1: the law names none")},
                   {"legal_over?", shape::text("what allows more than the permit law's ceiling: law:article")},
                   {"promised_days", count("working days; 0: on the spot")},
                   {"pre_review_days", count("working days")},
                   {"receive_days", count("working days")},
                   {"basis?", list(object({{"law", shape::text()}, {"article?", shape::text()}}))},
                   {"conditions?", texts()},
                   {"steps?", texts("how it goes")},
                   {"special?", list(special_shape(), "steps that stop the clock")},
                   {"materials?", list(material_shape())},
                   {"fee", fee_shape()},
                   {"result", result_shape()},
                   {"star", count("1 to 5: how far it goes on line")},
                   {"in_person", count("how often one must appear")},
                   {"delivery?", list(one_of({"courier", "pickup", "electronic"}))},
                   {"account", one_of({"plain", "real_name", "ca"})},
                   {"options?", list(one_of({kOptions.begin(), kOptions.end()}))},
                   {"window?", window_shape()},
                   {"phone?", shape::text()},
                   {"complaint_phone?", shape::text()},
                   {"valid_from?", day()}});
}

}  // namespace banyan::hall
