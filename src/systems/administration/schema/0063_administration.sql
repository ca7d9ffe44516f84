-- What administrators did: accounts, units, keys, lists, the calendar. Only ever appended to; each row's hash holds the one
-- before (systems/administration/acts.h).
CREATE TABLE administrative_act (
    id INTEGER NOT NULL,           -- 1, 2, 3 …
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL,
    act TEXT NOT NULL,             -- person.add, unit.change, key.revoke …
    subject TEXT NOT NULL,         -- a login, a unit's code, a list's name
    detail TEXT NOT NULL,          -- JSON: what became of what
    hash BLOB NOT NULL,
    PRIMARY KEY (id)
);
