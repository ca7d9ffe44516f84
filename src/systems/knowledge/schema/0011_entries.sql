-- Entries that are written in the city itself: matters of procedures/knowledge.toml, followed through the journal.

ALTER TABLE knowledge_entry ADD COLUMN matter INTEGER NOT NULL DEFAULT 0;      -- that published it; 0: none, it was taken in
ALTER TABLE knowledge_entry ADD COLUMN staff_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE knowledge_entry ADD COLUMN taken_down INTEGER NOT NULL DEFAULT 0;  -- instant; 0: it was not

CREATE TABLE knowledge_matter (
    matter INTEGER NOT NULL,
    entry TEXT NOT NULL,
    ended INTEGER NOT NULL,        -- 1: nothing comes of it any more
    PRIMARY KEY (matter)
);

CREATE TABLE knowledge_correction (
    matter INTEGER NOT NULL,
    entry TEXT NOT NULL,
    version INTEGER NOT NULL,
    outcome TEXT NOT NULL,         -- adopted, declined; empty: not yet
    settled INTEGER NOT NULL,
    PRIMARY KEY (matter)
);
CREATE INDEX knowledge_correction_entry ON knowledge_correction (entry, version);

-- Whether it helped: once a person and version. Not in the journal.
CREATE TABLE knowledge_mark (
    entry TEXT NOT NULL,
    version INTEGER NOT NULL,
    person INTEGER NOT NULL,
    helpful INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (entry, version, person)
) WITHOUT ROWID;
