-- What an account has in the hall besides its cases: items it keeps, companies and who acts for them.
CREATE TABLE hall_favourite (
    person INTEGER NOT NULL,
    item TEXT NOT NULL,            -- code; stays when the item ends
    name TEXT NOT NULL,            -- as it was called then: an item that is gone still has a name
    at INTEGER NOT NULL,
    PRIMARY KEY (person, item)
) WITHOUT ROWID;

CREATE TABLE hall_company (
    id INTEGER NOT NULL,           -- 1, 2, 3 …; whose cases are asked for by 2^40 + id (home/companies.h)
    code TEXT NOT NULL,            -- unified social credit code
    name TEXT NOT NULL,
    legal INTEGER NOT NULL,        -- the account of the legal representative
    opened_at INTEGER NOT NULL,
    opened_by INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX hall_company_code ON hall_company (code);
CREATE INDEX hall_company_legal ON hall_company (legal);

CREATE TABLE hall_mandate (
    id INTEGER NOT NULL,           -- 1, 2, 3 …
    company INTEGER NOT NULL,
    person INTEGER NOT NULL,       -- who acts
    scope TEXT NOT NULL,           -- see, act
    until INTEGER NOT NULL,        -- its last day
    given_at INTEGER NOT NULL,
    given_by INTEGER NOT NULL,
    ended_at INTEGER,              -- withdrawn, or given up
    ended_by INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX hall_mandate_person ON hall_mandate (person, company);
CREATE INDEX hall_mandate_company ON hall_mandate (company, id);

-- What was done in a company's name, and by whom: the journal knows the company only.
CREATE TABLE hall_company_use (
    id INTEGER NOT NULL,
    company INTEGER NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,            -- method and path
    PRIMARY KEY (id)
);
CREATE INDEX hall_company_use_of ON hall_company_use (company, id);
