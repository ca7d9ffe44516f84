-- What became of a unit's items (sent back, published, withdrawn, given up) is read from the journal; here: how far somebody has seen it.

CREATE TABLE hall_item_seen (
    person INTEGER NOT NULL,
    event INTEGER NOT NULL,        -- the last one
    PRIMARY KEY (person)
) WITHOUT ROWID;
