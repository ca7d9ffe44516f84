// systems/hall/companies.h: companies (法人), and who acts for them (经办人).
//
// A company's account is opened at a window, where its licence and the legal representative are seen; nobody signs
// in as a company. The legal representative acts for it, and gives mandates to others: what for, until which day;
// either side ends one at any time. Its cases are asked for by an id of its own (account()), so access, licences,
// messages and what is begun are the company's by the same rules as a person's. Rule:
// docs/systems/hall_home.md#companies
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "platform/store/store.h"

namespace banyan::hall {

/// Ids above are companies', those below people's: both ask for matters.
inline constexpr std::int64_t kFirstCompany = std::int64_t{1} << 40;

struct Company {
    std::int64_t id = 0;
    std::string code, name;  ///< unified social credit code
    PersonId legal;          ///< account of the legal representative
    PersonId account() const { return PersonId(kFirstCompany + id); }
};

struct Mandate {
    std::int64_t id = 0, company = 0;
    PersonId person;
    std::string scope;  ///< see; act: apply and take steps too
    Day until;
    Instant given_at;
    std::optional<Instant> ended_at;
    PersonId ended_by;
    bool holds(Day today) const { return !ended_at && today <= until; }
};

/// For whom somebody acts, and how far.
struct Acting {
    Company company;
    std::string scope;
    std::optional<Day> until;  ///< none: the legal representative
};

std::optional<Company> find_company(store::Session& session, std::string_view code);
std::optional<Company> company_of(store::Session& session, PersonId account);
/// Those somebody represents or has, or had, a mandate of; at most 100.
std::vector<Company> companies_of(store::Session& session, PersonId person);
std::vector<Mandate> mandates_of(store::Session& session,
                                 std::int64_t company);  ///< the newest first, at most 200
/// The newest that somebody has of a company; one that holds before others.
std::optional<Mandate> mandate_of(store::Session& session, std::int64_t company, PersonId person, Day today);
std::optional<Mandate> find_mandate(store::Session& session, std::int64_t id);

/// Refused: mandate.none (also where there is no such company), mandate.withdrawn, mandate.ended.
Result<Acting> acting_for(store::Session& session, PersonId person, std::string_view company, Day today);

// ── writing: inside a transaction of the writer's ─────────────────────────────────────────────────────────────

/// Refused: company.code, company.twice.
Result<Company> open_company(store::Session& writing, Company company, PersonId by, Instant now);
inline constexpr int kLongestMandate = 3 * 366;  ///< days
/// Refused: mandate.yourself, mandate.past, mandate.too_long, mandate.twice.
Result<Mandate> give_mandate(store::Session& writing, Company const& company, Mandate mandate, Instant now);
void end_mandate(store::Session& writing, std::int64_t id, PersonId by, Instant now);

/// What was done in a company's name: the journal knows the company, this knows the person.
struct CompanyUse {
    PersonId person;
    Instant at;
    std::string what;
};
void put_use(store::Session& writing, std::int64_t company, CompanyUse const& use);
std::vector<CompanyUse> uses_of(store::Session& session, std::int64_t company);  ///< the newest first, at most 100

}  // namespace banyan::hall
