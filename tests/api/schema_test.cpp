// What holds answers against their shapes finds what does not fit.
#include "api/schema.h"

#include <gtest/gtest.h>

namespace banyan::api_test {
namespace {

TEST(SchemaCheck, FindsWhatDoesNotFit) {
    json::value const document = json::parse(R"({"shape": {
        "type": "object", "additionalProperties": false, "required": ["id"],
        "properties": {"id": {"type": "string", "pattern": "^[0-9]+$"}, "kind": {"type": ["string", "null"]},
                       "at": {"type": "string", "format": "date-time"}, "light": {"enum": ["green", "red"]},
                       "count": {"type": "integer", "minimum": 0}, "inner": {"$ref": "#/shape"},
                       "rows": {"type": "array", "items": {"$ref": "#/shape"}},
                       "either": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}},
        "odd": {"type": "string", "not": {}}})");
    auto faults = [&](std::string_view value) {
        return SchemaCheck(document).faults("/shape", json::parse(value)).size();
    };
    EXPECT_EQ(faults(R"({"id": "1", "kind": null, "at": "2026-10-09T09:00:00+08:00", "light": "red", "count": 0,
                         "inner": {"id": "2"}, "rows": [{"id": "3"}], "either": 7})"),
              0U);
    for (char const* wrong :
         {"[]", "{}", R"({"id": 1})", R"({"id": "x"})", R"({"id": "1", "more": 1})", R"({"id": "1", "kind": 1})",
          R"({"id": "1", "at": "yesterday"})", R"({"id": "1", "light": "blue"})", R"({"id": "1", "count": -1})",
          R"({"id": "1", "count": 1.5})", R"({"id": "1", "inner": {}})",
          R"({"id": "1", "rows": [{"id": "1", "x": 1}]})", R"({"id": "1", "either": true})"})
        EXPECT_GE(faults(wrong), 1U) << wrong;
    EXPECT_EQ(SchemaCheck(document).faults("/odd", "x").size(), 1U) << "a word it does not know";
}

}  // namespace
}  // namespace banyan::api_test
