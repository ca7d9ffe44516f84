-- Several programs on one database (docs/scale.md). None of it belongs to a lane: a few rows that all of them read.

CREATE TABLE node (
    id TEXT NOT NULL,
    beat INTEGER NOT NULL,         -- goes on as long as it lives: no clock of one is compared with another's
    since INTEGER NOT NULL,        -- instant of its start
    PRIMARY KEY (id)
);

CREATE TABLE lease (
    name TEXT NOT NULL,            -- of what only one node may do at a time
    node TEXT NOT NULL,            -- empty: nobody's
    PRIMARY KEY (name)
);

-- What one node tells the others: that they are to read something anew.
CREATE TABLE tiding (
    no INTEGER NOT NULL,
    node TEXT NOT NULL,            -- whose
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (no)
);
