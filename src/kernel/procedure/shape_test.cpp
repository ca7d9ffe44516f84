#include "kernel/procedure/shape.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace banyan::shape {
namespace {

TEST(Shape, OfAnObjectIsClosedAndRequiresWhatMayNotLack) {
    EXPECT_EQ(json::value(object({{"id", id()}, {"due?", day()}})), json::parse(R"({
        "type": "object", "additionalProperties": false, "required": ["id"],
        "properties": {"id": {"type": "string", "pattern": "^[0-9]{1,16}$"},
                       "due": {"type": "string", "format": "date"}}})"));
}

TEST(Shape, ThatIsNamedIsDescribedOnce) {
    Schema due = named("due", object({{"at", instant()}}));
    json::object schemas;
    Schema lean = lifted(object({{"due", due}, {"all", list(due)}}), schemas);
    json::value const reference{{"$ref", "#/components/schemas/due"}};
    EXPECT_EQ(lean.at("properties").at("due"), reference);
    EXPECT_EQ(lean.at("properties").at("all").at("items"), reference);
    EXPECT_EQ(schemas.size(), 1U);
    EXPECT_NO_THROW(lifted(due, schemas)) << "the same again";
    EXPECT_THROW(lifted(named("due", day()), schemas), std::logic_error) << "another shape of that name";
}

TEST(Shape, ExtendedLeavesTheNameBehind) {
    json::object schemas;
    lifted(extended(named("row", object({{"id", id()}})), {{"text", text()}}), schemas);
    EXPECT_TRUE(schemas.empty());
}

TEST(Shape, MayHaveAMemberCalledTitle) {
    json::object schemas;
    Schema row = lifted(object({{"title", text()}}), schemas);
    EXPECT_TRUE(row.at("properties").as_object().contains("title"));
    EXPECT_TRUE(schemas.empty());
}

}  // namespace
}  // namespace banyan::shape
