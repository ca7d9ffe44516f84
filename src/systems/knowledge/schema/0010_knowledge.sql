-- What there is to be found. A row is never changed but to say that it was replaced: what is taken in again with other
-- content is a new edition beside the old one. Days are days since 1970, instants µs UTC.

CREATE TABLE knowledge_entry (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    title TEXT NOT NULL,
    variants TEXT NOT NULL,        -- a line each
    body TEXT NOT NULL,
    en TEXT NOT NULL,
    basis TEXT NOT NULL,
    articles TEXT NOT NULL,        -- LAW:ARTICLE, a line each
    unit TEXT NOT NULL,            -- code
    class TEXT NOT NULL,
    area TEXT NOT NULL,            -- 00, or GB/T 2260
    begins INTEGER,                -- day
    ends INTEGER,                  -- the first day it no longer holds
    origin TEXT NOT NULL,          -- shipped, imported
    digest TEXT NOT NULL,          -- SM3 over the row
    taken_in INTEGER NOT NULL,
    replaced INTEGER NOT NULL,     -- instant; 0: it is the current edition
    PRIMARY KEY (id, version, edition)
);

CREATE TABLE knowledge_law (
    id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,            -- law, regulation, rule, local
    area TEXT NOT NULL,
    made INTEGER,
    begins INTEGER,
    ends INTEGER,
    superseded_by TEXT NOT NULL,
    sure INTEGER NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    origin TEXT NOT NULL,
    digest TEXT NOT NULL,          -- SM3 over the row and its articles
    taken_in INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    PRIMARY KEY (id, edition)
);

CREATE TABLE knowledge_article (
    law TEXT NOT NULL,
    edition INTEGER NOT NULL,
    place INTEGER NOT NULL,        -- in the law, from 0
    number TEXT NOT NULL,
    chapter TEXT NOT NULL,
    text TEXT NOT NULL,
    wordings TEXT NOT NULL,        -- how people ask for it, a line each
    PRIMARY KEY (law, edition, place)
);

-- What was taken in last from a source, so that an unchanged one costs nothing at start.
CREATE TABLE knowledge_source (
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    taken_in INTEGER NOT NULL,
    PRIMARY KEY (name)
);
