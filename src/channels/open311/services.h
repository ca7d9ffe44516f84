// channels/open311/services.h: the services are the city's classes; what each asks besides is a table of data.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/procedure/texts.h"

namespace banyan::open311 {

struct Names {
    std::string zh, en;
    std::string const& of(Language language) const { return language == Language::en && !en.empty() ? en : zh; }
};

/// datatype of the protocol. `informs`: nothing is answered, it tells something (variable = false).
enum class Datatype { string, number, datetime, text, singlevaluelist, multivaluelist };
std::string_view name(Datatype datatype);

struct Attribute {
    struct Choice {
        std::string key;
        Names name;
    };
    std::string code;
    Datatype datatype = Datatype::string;
    bool variable = true, required = false;
    std::string field;  ///< a flag of the rulebook's form that `yes` sets; empty: it is told in the text
    Names description, hint;
    std::vector<Choice> choices;
};

struct Service {
    std::string code;
    Names name, group;
    std::vector<Attribute> attributes;  ///< in their order
};

class Services {
  public:
    /// `classes` as data/demo/classes.csv, those without a class below them; `attributes` as
    /// data/open311/attributes.csv: of a class, of all below a class, of all. Refused: csv.*,
    /// georeport.attributes.
    static Result<Services> read(std::string_view classes, std::string_view attributes);

    std::vector<Service> const& all() const { return services_; }  ///< in the order of the classes
    Service const* find(std::string_view code) const;

  private:
    std::vector<Service> services_;
    std::map<std::string, std::size_t, std::less<>> by_code_;
};

}  // namespace banyan::open311
