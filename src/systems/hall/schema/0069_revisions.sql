-- How an item comes about: its revisions (a matter of procedures/item.toml each), and the samples and empty forms of its
-- materials. A draft is JSON as it was typed, and need not be an item yet.

ALTER TABLE hall_item ADD COLUMN revising INTEGER NOT NULL DEFAULT 0;  -- instant since which it is withdrawn for a revision; 0: it is not

CREATE TABLE hall_revision (
    matter INTEGER NOT NULL,
    item TEXT NOT NULL,            -- code; of a new one: empty until it is published
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,            -- new, revise, cancelled, delegated, merged, struck
    name TEXT NOT NULL,            -- of the item, as the draft has it
    base INTEGER NOT NULL,         -- version it is a revision of; 0: none
    withdraws INTEGER NOT NULL,    -- 1: nobody applies for the item meanwhile
    draft INTEGER NOT NULL,        -- how often it was saved
    body TEXT NOT NULL,
    handed TEXT NOT NULL,          -- the body that was handed in last
    saved_by INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    begun INTEGER NOT NULL,
    ended INTEGER NOT NULL,        -- 0: it goes on
    published INTEGER NOT NULL,    -- version of the item that came of it; 0: none
    PRIMARY KEY (matter)
) WITHOUT ROWID;
CREATE INDEX hall_revision_open ON hall_revision (ended, unit);
CREATE INDEX hall_revision_item ON hall_revision (item);

CREATE TABLE hall_revision_claim (
    item TEXT NOT NULL,            -- somebody begins a revision of it this minute
    at INTEGER NOT NULL,
    PRIMARY KEY (item)
) WITHOUT ROWID;

CREATE TABLE hall_file (
    address TEXT NOT NULL,
    matter INTEGER NOT NULL,       -- that names it
    type TEXT NOT NULL,
    open INTEGER NOT NULL,         -- 1: a published item names it, so it is everybody's
    PRIMARY KEY (address)
) WITHOUT ROWID;
