#include "systems/hall/companies.h"

#include "systems/hall/code.h"

namespace banyan::hall {
namespace {

Company company_row(store::Row const& row) {
    return {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), PersonId(row.integer(3))};
}

constexpr std::string_view kMandate =
    "SELECT id, company, person, scope, until, given_at, ended_at, ended_by FROM hall_mandate WHERE ";

Mandate mandate_row(store::Row const& row) {
    Mandate one{row.integer(0),
                row.integer(1),
                PersonId(row.integer(2)),
                std::string(row.text(3)),
                Day{static_cast<std::int32_t>(row.integer(4))},
                Instant{row.integer(5)},
                {},
                PersonId(row.integer(7))};
    if (!row.null(6)) one.ended_at = Instant{row.integer(6)};
    return one;
}

std::vector<Mandate> mandates_where(store::Session& session, std::string_view rest,
                                    std::vector<store::Cell> args) {
    std::vector<Mandate> all;
    session.query(std::string(kMandate) + std::string(rest), args,
                  [&](store::Row const& row) { all.push_back(mandate_row(row)); });
    return all;
}

std::int64_t next_id(store::Session& writing, std::string_view table) {
    std::int64_t id = 1;
    writing.query("SELECT coalesce(max(id), 0) FROM " + std::string(table), {},
                  [&](store::Row const& row) { id = row.integer(0) + 1; });
    return id;
}

}  // namespace

std::optional<Company> find_company(store::Session& session, std::string_view code) {
    std::optional<Company> found;
    session.query("SELECT id, code, name, legal FROM hall_company WHERE code = $1", {code},
                  [&](store::Row const& row) { found = company_row(row); });
    return found;
}

std::optional<Company> company_of(store::Session& session, PersonId account) {
    std::optional<Company> found;
    if (account.value <= kFirstCompany) return found;
    session.query("SELECT id, code, name, legal FROM hall_company WHERE id = $1", {account.value - kFirstCompany},
                  [&](store::Row const& row) { found = company_row(row); });
    return found;
}

std::vector<Company> companies_of(store::Session& session, PersonId person) {
    std::vector<Company> all;
    session.query(
        "SELECT c.id, c.code, c.name, c.legal FROM hall_company c WHERE c.legal = $1 OR EXISTS (SELECT 1 FROM "
        "hall_mandate g WHERE g.company = c.id AND g.person = $1) ORDER BY c.id LIMIT 100",
        {person.value}, [&](store::Row const& row) { all.push_back(company_row(row)); });
    return all;
}

std::vector<Mandate> mandates_of(store::Session& session, std::int64_t company) {
    return mandates_where(session, "company = $1 ORDER BY id DESC LIMIT 200", {company});
}

std::optional<Mandate> mandate_of(store::Session& session, std::int64_t company, PersonId person, Day today) {
    std::vector<Mandate> const all =
        mandates_where(session, "person = $1 AND company = $2 ORDER BY id DESC LIMIT 50", {person.value, company});
    for (Mandate const& each : all)
        if (each.holds(today)) return each;
    return all.empty() ? std::nullopt : std::optional(all.front());
}

std::optional<Mandate> find_mandate(store::Session& session, std::int64_t id) {
    std::vector<Mandate> all = mandates_where(session, "id = $1", {id});
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

Result<Acting> acting_for(store::Session& session, PersonId person, std::string_view company, Day today) {
    auto found = find_company(session, company);
    if (!found || !person) return refuse("mandate.none");
    if (found->legal == person) return Acting{std::move(*found), "act", {}};
    auto const mandate = mandate_of(session, found->id, person, today);
    if (!mandate) return refuse("mandate.none");
    if (mandate->ended_at)
        return refuse("mandate.withdrawn", {},
                      {{"company", found->name}, {"day", iso(kBeijing.day(*mandate->ended_at))}});
    if (!mandate->holds(today))
        return refuse("mandate.ended", {}, {{"company", found->name}, {"day", iso(mandate->until)}});
    return Acting{std::move(*found), mandate->scope, mandate->until};
}

Result<Company> open_company(store::Session& writing, Company company, PersonId by, Instant now) {
    if (!is_credit_code(company.code)) return refuse("company.code", "code");
    if (find_company(writing, company.code)) return refuse("company.twice", "code");
    company.id = next_id(writing, "hall_company");
    writing.execute(
        "INSERT INTO hall_company (id, code, name, legal, opened_at, opened_by) VALUES ($1, $2, $3, $4, $5, $6)",
        {company.id, std::string_view(company.code), std::string_view(company.name), company.legal.value, now.us,
         by.value});
    return company;
}

Result<Mandate> give_mandate(store::Session& writing, Company const& company, Mandate mandate, Instant now) {
    Day const today = kBeijing.day(now);
    if (mandate.person == company.legal) return refuse("mandate.yourself", "login");
    if (mandate.until < today) return refuse("mandate.past", "until");
    if (mandate.until - today > kLongestMandate) return refuse("mandate.too_long", "until");
    if (auto const other = mandate_of(writing, company.id, mandate.person, today); other && other->holds(today))
        return refuse("mandate.twice", "login", {{"day", iso(other->until)}});
    mandate.id = next_id(writing, "hall_mandate");
    mandate.company = company.id;
    mandate.given_at = now;
    writing.execute(
        "INSERT INTO hall_mandate (id, company, person, scope, until, given_at, given_by) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7)",
        {mandate.id, company.id, mandate.person.value, std::string_view(mandate.scope),
         std::int64_t{mandate.until.number}, now.us, company.legal.value});
    return mandate;
}

void end_mandate(store::Session& writing, std::int64_t id, PersonId by, Instant now) {
    writing.execute("UPDATE hall_mandate SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL",
                    {now.us, by.value, id});
}

void put_use(store::Session& writing, std::int64_t company, CompanyUse const& use) {
    writing.execute(
        "INSERT INTO hall_company_use (id, company, person, at, what) VALUES ($1, $2, $3, $4, $5)",
        {next_id(writing, "hall_company_use"), company, use.person.value, use.at.us, std::string_view(use.what)});
}

std::vector<CompanyUse> uses_of(store::Session& session, std::int64_t company) {
    std::vector<CompanyUse> all;
    session.query("SELECT person, at, what FROM hall_company_use WHERE company = $1 ORDER BY id DESC LIMIT 100",
                  {company}, [&](store::Row const& row) {
                      all.push_back({PersonId(row.integer(0)), Instant{row.integer(1)}, std::string(row.text(2))});
                  });
    return all;
}

}  // namespace banyan::hall
