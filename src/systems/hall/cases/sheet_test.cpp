#include "systems/hall/cases/sheet.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/procedure/texts.h"
#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

using banyan::testing::source_text;

Sheets shipped() { return Sheets::read(source_text("data/hall/forms.toml")).value(); }

Item food() {
    Item item = testing::good_item();
    item.catalogue = "000131007000";
    item.audience = {"person", "company"};
    return item;
}

std::vector<std::string> keys_of(Result<json::object> const& read) {
    std::vector<std::string> keys;
    if (read) return keys;
    keys.push_back(read.error().field + " " + read.error().key);
    for (Refusal const& other : read.error().others) keys.push_back(other.field + " " + other.key);
    return keys;
}

TEST(Sheets, AskWhoAppliesAndWhatTheItemWantsBesides) {
    Sheet const sheet = shipped().of(food(), "person").value();
    EXPECT_NE(sheet.field("identity"), nullptr);
    EXPECT_NE(sheet.field("shop_name"), nullptr);
    EXPECT_EQ(sheet.field("credit_code"), nullptr) << "a company's";
    EXPECT_EQ(sheet.groups.front().name, "applicant");
    Item plain = food();
    plain.catalogue = "1";
    EXPECT_TRUE(shipped().of(plain, "company").value().own.empty());
    plain.audience = {"company"};
    EXPECT_EQ(shipped().of(plain, "person").error().key, "sheet.audience");
}

TEST(Sheets, EveryFieldChoiceAndGroupHasItsWords) {
    Texts texts;
    for (char const* part : {"", "_forms", "_cases"})
        for (auto const& [name, language] : {std::pair{"zh", Language::zh}, {"en", Language::en}})
            ASSERT_TRUE(texts.add(language, source_text(std::string("texts/") + name + part + ".json")));
    auto has = [&](std::string const& key) {
        return texts.has(key, Language::zh) && texts.has(key, Language::en);
    };
    for (char const* catalogue : {"000131007000", "000136001000", "000123011000", "000131024000", "000114005000"})
        for (char const* who : {"person", "company"}) {
            Item item = food();
            item.catalogue = catalogue;
            Sheet const sheet = shipped().of(item, who).value();
            for (Field const& field : sheet.fields()) {
                EXPECT_TRUE(has("field." + field.name)) << field.name;
                for (std::string const& choice : field.choices)
                    EXPECT_TRUE(has("choice." + field.name + "." + choice)) << field.name << " " << choice;
            }
            for (Group const& group : sheet.groups) EXPECT_TRUE(has("hall.group." + group.name)) << group.name;
        }
}

TEST(Sheets, AreDescribedByTheRulesTheyAreReadBy) {
    Sheet const sheet = shipped().of(food(), "person").value();
    json::object const schema = schema_of(sheet);
    EXPECT_EQ(schema.at("properties").at("floor_area").at("minimum"), 1);
    json::array const& rules = schema.at("allOf").as_array();
    json::value const wanted = json::parse(
        R"({"if": {"properties": {"cold_dishes": {"const": true}}, "required": ["cold_dishes"]},
            "then": {"required": ["cold_room"]}, "else": {"properties": {"cold_room": false}}})");
    EXPECT_NE(std::ranges::find(rules, wanted), rules.end()) << json::serialize(rules);

    json::object values{{"name", "陈小榕"},         {"identity", "350199190001010014"}, {"phone", "15400000001"},
                        {"shop_name", "榕树下"},    {"shop_place", "茉莉巷 8 号"},      {"floor_area", 86},
                        {"food_manager", "林小茉"}, {"food_business", "restaurant"}};
    EXPECT_TRUE(read_form(sheet.fields(), values));
    values["cold_dishes"] = true;
    EXPECT_EQ(keys_of(read_form(sheet.fields(), values)),
              (std::vector<std::string>{"form.cold_room field.required"}));
    values["cold_room"] = 6;
    EXPECT_TRUE(read_form(sheet.fields(), values));
    values["cold_dishes"] = false;
    EXPECT_EQ(keys_of(read_form(sheet.fields(), values)),
              (std::vector<std::string>{"form.cold_room field.not_asked"}));
    values.erase("cold_room");
    values["food_business"] = "canteen";
    EXPECT_EQ(keys_of(read_form(sheet.fields(), values)),
              (std::vector<std::string>{"form.canteen_of field.required"}));
    values["canteen_of"] = "榕州一中";
    EXPECT_TRUE(read_form(sheet.fields(), values)) << "a field that hangs on a choice";
    values["food_business"] = "snack";
    EXPECT_EQ(keys_of(read_form(sheet.fields(), values)),
              (std::vector<std::string>{"form.canteen_of field.not_asked"}));
    values.erase("canteen_of");
    values["identity"] = "350199190001010015";
    EXPECT_EQ(keys_of(read_form(sheet.fields(), values)),
              (std::vector<std::string>{"form.identity field.identity"}));
}

TEST(Sheets, AFieldInNoGroupOrInOneThatIsNotThereIsAFault) {
    auto read = [](std::string const& more) {
        std::string text = source_text("data/hall/forms.toml");
        return Sheets::read(text + more).error();
    };
    EXPECT_EQ(read("\n[[form.lonely]]\nname = \"seats\"\n").key, "sheet.layout");
    EXPECT_EQ(read("\n[[layout.food]]\ngroup = \"shop\"\nfields = [\"nothing\"]\n").key, "sheet.layout");
    EXPECT_EQ(Sheets::read("[asks]\n1 = \"none\"\n").error().key, "sheet.unknown_form");
    EXPECT_EQ(Sheets::read("[ask]\n1 = \"none\"\n").error().key, "procedure.unknown_word");
}

}  // namespace
}  // namespace banyan::hall
