// main/cases.h: cases of the service hall, put together: what items ask, whose windows take in, the bank.
#pragma once
#include <memory>

#include "api/api.h"
#include "main/app.h"
#include "systems/hall/cases/case_desk.h"

namespace banyan {

class CasesPart {
  public:
    /// Throws where what ships is missing or wrong. REQUIRES: `house` outlives it.
    CasesPart(api::House& house, EmbeddedTable files);
    void add_operations(api::Api& api) const;
    void stop() const { news_->close(); }

  private:
    hall::Sheets const sheets_;
    hall::Windows const windows_;
    std::unique_ptr<hall::Bank> const bank_;
    std::shared_ptr<hall::News> const news_ = std::make_shared<hall::News>();  ///< the engine has it too
    hall::CaseDesk const desk_;
};

/// The demo city's cases, once. REQUIRES: its items are there; the engine is not started.
void seed_demo_cases(Opened& city, Place const& place, EmbeddedTable files, Texts const& texts);

}  // namespace banyan
