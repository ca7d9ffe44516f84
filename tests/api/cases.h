// api/cases.h: a case of the service hall, taken as far as one wants.
#pragma once
#include <string>

#include "api/demo_city.h"

namespace banyan::api_test {

inline constexpr char const* kFoodLicence = "1135019900000006X7XK000013";  ///< of the demo: ★5, promised, 现场核查

/// A picture that was sent in by who names it, or for a company; its address.
std::string paper_of(std::string const& login, std::string const& company = {});
/// What the citizen sends for a food licence, with all its materials.
json::object food_application(std::string const& login);
struct Case {
    std::string id, number, code;
};
/// Applied for by `login`, in a window for who stands before it if it is window01.
Case applied(std::string const& login);
/// Accepted, examined, billed and paid; granted with a licence.
Case granted();
/// Every operation on cases once, every member heard.
void apply_and_go_on();

}  // namespace banyan::api_test
