-- Who has taken which rulebook into force, when and why. The rulebook itself is a row of `procedure`.

CREATE TABLE rulebook_taken (
    hash TEXT NOT NULL,            -- of the whole rulebook
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,       -- 0: at the command line
    note TEXT NOT NULL,
    base TEXT NOT NULL,            -- the rulebook it is a variant of; empty: it was written whole
    said TEXT NOT NULL,            -- of a variant: what was written
    PRIMARY KEY (hash, at)
) WITHOUT ROWID;
