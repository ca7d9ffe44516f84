-- What the public may see: made of the journal by kernel/publication, read by everything that speaks to the public. No
-- column holds anything that a matter's own tables know and that was not released.
CREATE TABLE publication (
    lane INTEGER NOT NULL,
    matter INTEGER NOT NULL,
    class TEXT NOT NULL,
    region TEXT NOT NULL,
    unit INTEGER NOT NULL,         -- that leads; 0: none yet
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    place TEXT NOT NULL,
    lat REAL,
    lon REAL,
    reply TEXT NOT NULL,           -- as approved, without what betrays a person; empty: none
    open INTEGER NOT NULL,
    opened INTEGER NOT NULL,       -- instants
    updated INTEGER NOT NULL,
    closed INTEGER,                -- while it is
    LANE KEY (matter)
);
CREATE INDEX publication_opened ON publication (opened, matter);
CREATE INDEX publication_class ON publication (class, opened, matter);
CREATE TABLE publication_update (  -- what has changed since it was released
    lane INTEGER NOT NULL,
    matter INTEGER NOT NULL,
    no INTEGER NOT NULL,           -- 1, 2, 3 … in its matter
    at INTEGER NOT NULL,
    open INTEGER NOT NULL,
    text TEXT NOT NULL,
    LANE KEY (matter, no)
);
CREATE INDEX publication_update_at ON publication_update (at, matter, no);
