-- A month's figures: counters kept by the journal, and months that are frozen (docs/systems/figures.md).

CREATE TABLE figure_count (
    month INTEGER NOT NULL,        -- 202610
    dimension TEXT NOT NULL,       -- all, kind, class, region, channel
    unit INTEGER NOT NULL,         -- 0: all units, and what belongs to none
    value TEXT NOT NULL,           -- of the dimension; empty: of all, or the matter has none
    measure TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (month, dimension, unit, value, measure)
) WITHOUT ROWID;

CREATE TABLE figure_month (
    month INTEGER NOT NULL,
    number INTEGER NOT NULL,       -- of the publication: 1, 2, 3 … in the order of freezing
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    event INTEGER NOT NULL,        -- the last one that is counted
    events INTEGER NOT NULL,       -- so many had the journal
    root TEXT NOT NULL,            -- over the heads then, in hex
    formulas TEXT NOT NULL,        -- data/figures as they were
    PRIMARY KEY (month)
);

CREATE TABLE figure_correction (
    month INTEGER NOT NULL,
    no INTEGER NOT NULL,           -- 1, 2, 3 … of its month
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    event INTEGER NOT NULL,
    events INTEGER NOT NULL,
    root TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (month, no)
);

CREATE TABLE figure_frozen (
    month INTEGER NOT NULL,
    dimension TEXT NOT NULL,       -- also member: a unit, and the class it was of
    unit INTEGER NOT NULL,
    value TEXT NOT NULL,
    measure TEXT NOT NULL,
    no INTEGER NOT NULL,           -- 0: as frozen; else what that correction adds
    n INTEGER NOT NULL,
    PRIMARY KEY (month, dimension, unit, value, measure, no)
) WITHOUT ROWID;
