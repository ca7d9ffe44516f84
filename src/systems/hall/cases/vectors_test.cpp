// Forms that browsers and the server must judge alike: tests/forms/vectors.json, also read by
// web/tests/forms.test.mjs.
#include <gtest/gtest.h>

#include <set>

#include "base/testing.h"
#include "kernel/procedure/forms.h"

namespace banyan::hall {
namespace {

using banyan::testing::source_text;

TEST(FormVectors, AreJudgedAsTheyAreWritten) {
    TomlDocument const document = parse_toml(source_text("data/hall/forms.toml")).value();
    Forms const forms = read_forms(document).value();
    json::value const vectors = json::parse(source_text("tests/forms/vectors.json"));
    ASSERT_GE(vectors.as_array().size(), 25U);
    for (json::value const& vector : vectors.as_array()) {
        SCOPED_TRACE(json::serialize(vector));
        auto const form = forms.find(std::string_view(vector.at("form").as_string()));
        ASSERT_NE(form, forms.end());
        std::multiset<std::string> wanted, found;
        for (json::value const& fault : vector.at("faults").as_array())
            wanted.insert(std::string(fault.at("field").as_string()) + " " +
                          std::string(fault.at("key").as_string()));
        if (auto const read = read_form(form->second, vector.at("values").as_object()); !read) {
            found.insert(read.error().field + " " + read.error().key);
            for (Refusal const& other : read.error().others) found.insert(other.field + " " + other.key);
        }
        EXPECT_EQ(found, wanted);
    }
}

}  // namespace
}  // namespace banyan::hall
