// channels/open311/open311.h: Open311 GeoReport v2 on the kernel: partner systems file, follow and add to
// requests; everybody reads those that were released. Protocol and decisions: docs/systems/open311.md
#pragma once
#include <memory>

#include "api/api.h"

namespace banyan::open311 {

/// The data it is made of, as the program has it.
struct Files {
    std::string_view settings;    ///< data/open311/open311.toml
    std::string_view attributes;  ///< data/open311/attributes.csv
    std::string_view divisions;   ///< data/divisions/fujian.csv
};

struct Endpoint;

class Open311 {
  public:
    /// `jurisdictions`: settings.h. Refused: as what it reads. REQUIRES: `house` outlives it.
    static Result<Open311> make(api::House& house, Files const& files, std::string_view jurisdictions);
    Open311(Open311&&) noexcept;
    ~Open311();
    /// Below /open311/. REQUIRES: it outlives the server.
    void add_routes(http::Routes& routes);

  private:
    explicit Open311(std::unique_ptr<Endpoint> endpoint);
    std::unique_ptr<Endpoint> endpoint_;
};

}  // namespace banyan::open311
