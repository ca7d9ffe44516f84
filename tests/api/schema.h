// api/schema.h: a value held against a JSON Schema: the words of it that /openapi.json uses, and no others (a word
// that is not known here is a fault, so that nothing goes unchecked).
#pragma once
#include <boost/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace banyan::api_test {

namespace json = boost::json;

class SchemaCheck {
  public:
    /// `root`: the document that references lead into.
    explicit SchemaCheck(json::value const& root) : root_(root) {}
    /// What does not fit, with where in the value; empty: it fits. `schema`: a pointer into the document.
    std::vector<std::string> faults(std::string const& schema, json::value const& value);
    /// Members that some value had, as pointers into the document.
    std::set<std::string> const& seen() const { return seen_; }
    /// Members that values of this schema may have.
    std::set<std::string> members(std::string const& schema) const;

  private:
    struct Place {
        std::string schema, value;
    };
    void check(Place const& at, json::value const& value, std::vector<std::string>& faults);
    void check_object(Place const& at, json::object const& schema, json::object const& value,
                      std::vector<std::string>& faults);
    void check_text(Place const& at, json::object const& schema, std::string const& value,
                    std::vector<std::string>& faults);
    void collect(std::string const& schema, std::set<std::string>& known) const;
    /// Where the pointer leads in the end, through references.
    std::string resolved(std::string pointer) const;

    json::value const& root_;
    std::set<std::string> seen_;
};

/// As part of a JSON pointer.
std::string escaped(std::string_view part);

}  // namespace banyan::api_test
