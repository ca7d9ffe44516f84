-- The hall's catalogue: who holds items, the items with every version there ever was, and the public log of what became
-- of some. An item's fields are JSON (systems/hall/item.h); columns are what is asked by.

CREATE TABLE hall_unit (
    code TEXT NOT NULL,
    credit TEXT NOT NULL,          -- unified social credit code: items' codes begin with it
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    region TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID;
CREATE UNIQUE INDEX hall_unit_credit ON hall_unit (credit);

CREATE TABLE hall_item (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    catalogue TEXT NOT NULL,       -- main item; its situations share it
    unit TEXT NOT NULL,
    region TEXT NOT NULL,
    version INTEGER NOT NULL,      -- the current one, or the last
    state TEXT NOT NULL,           -- published, cancelled, delegated, merged
    digest TEXT NOT NULL,          -- of the body
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX hall_item_code ON hall_item (code);
CREATE INDEX hall_item_situation ON hall_item (unit, catalogue);
CREATE INDEX hall_item_region ON hall_item (region, id);

CREATE TABLE hall_item_version (
    item INTEGER NOT NULL,
    version INTEGER NOT NULL,
    begins INTEGER NOT NULL,       -- instant it was published
    ends INTEGER,                  -- instant another came, or the item ended
    body TEXT NOT NULL,
    PRIMARY KEY (item, version)
);

CREATE TABLE hall_change (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,            -- cancelled, delegated, merged, struck
    code TEXT NOT NULL,            -- of an item of ours; empty: it never was one
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    day INTEGER NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX hall_change_day ON hall_change (day, id);
