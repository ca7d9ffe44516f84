-- The floor of a service hall: appointments, queue numbers, windows, what was done at them. Rules: docs/systems/floor.md. 0 and empty stand for
-- "not (yet)"; what is personal lies sealed and is erased (Caretaker).

CREATE TABLE floor_appointment (
    id INTEGER NOT NULL,
    hall TEXT NOT NULL,
    service TEXT NOT NULL,
    day INTEGER NOT NULL,
    begins INTEGER NOT NULL,       -- its slot
    ends INTEGER NOT NULL,
    place INTEGER NOT NULL,        -- which of the slot's places, from 0
    state TEXT NOT NULL,           -- booked, came, no_show, cancelled
    counts INTEGER NOT NULL,       -- 1: it has its place; 0: cancelled, or its day is over
    token BLOB NOT NULL,           -- keyed, of its number: who has the number finds it
    person_token BLOB NOT NULL,    -- keyed, of the telephone number: one a service and day; empty: erased
    person INTEGER NOT NULL,       -- an account; 0: none, or erased
    sealed BLOB NOT NULL,          -- number, name, phone, case; empty: erased
    kept INTEGER NOT NULL,         -- 1: who it was is still known
    item TEXT NOT NULL,            -- what it is about: an item's code
    booked INTEGER NOT NULL,
    changed INTEGER NOT NULL,      -- when it came to its state
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX floor_appointment_place ON floor_appointment (hall, service, begins, place) WHERE counts = 1;
CREATE INDEX floor_appointment_token ON floor_appointment (token);
CREATE INDEX floor_appointment_person ON floor_appointment (person_token, day);
CREATE INDEX floor_appointment_day ON floor_appointment (hall, day, begins);
CREATE INDEX floor_appointment_to_come ON floor_appointment (ends) WHERE state = 'booked';
CREATE INDEX floor_appointment_to_erase ON floor_appointment (day) WHERE kept = 1;

CREATE TABLE floor_ticket (
    id INTEGER NOT NULL,
    hall TEXT NOT NULL,
    day INTEGER NOT NULL,
    letter TEXT NOT NULL,          -- of the service it was taken for
    n INTEGER NOT NULL,
    service TEXT NOT NULL,         -- that it waits for now
    only_window TEXT NOT NULL,     -- put through to this one
    way TEXT NOT NULL,             -- hall, phone
    ground TEXT NOT NULL,          -- of priority
    appointment INTEGER NOT NULL,
    due INTEGER NOT NULL,          -- from when an appointment goes before
    taken INTEGER NOT NULL,
    state TEXT NOT NULL,           -- waiting, called, served, passed, left
    behind INTEGER NOT NULL,       -- so many are called before it may be, once passed
    passes INTEGER NOT NULL,
    over INTEGER NOT NULL,         -- 1: the day's end did it
    called_at TEXT NOT NULL,       -- the window
    first_called INTEGER NOT NULL,
    last_called INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    ahead INTEGER NOT NULL,        -- 1: it was called before somebody who had waited longer
    finished INTEGER NOT NULL,
    token BLOB NOT NULL,           -- keyed, of the key that watches it; empty: erased
    person_token BLOB NOT NULL,    -- keyed, of the telephone number; empty: taken in the hall, or erased
    kept INTEGER NOT NULL,         -- 1: whose it is is still known
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX floor_ticket_number ON floor_ticket (hall, day, letter, n);
CREATE INDEX floor_ticket_open ON floor_ticket (hall, day) WHERE state IN ('waiting', 'called');
CREATE INDEX floor_ticket_day ON floor_ticket (day, hall);
CREATE INDEX floor_ticket_window ON floor_ticket (hall, day, called_at, last_called);
CREATE INDEX floor_ticket_token ON floor_ticket (token);
CREATE INDEX floor_ticket_person ON floor_ticket (person_token, day);
CREATE INDEX floor_ticket_to_erase ON floor_ticket (day) WHERE kept = 1;

CREATE TABLE floor_window (
    hall TEXT NOT NULL,
    code TEXT NOT NULL,
    state TEXT NOT NULL,           -- open, paused, closed
    reason TEXT NOT NULL,          -- of a pause
    person INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (hall, code)
) WITHOUT ROWID;
CREATE INDEX floor_window_person ON floor_window (person) WHERE person > 0;

CREATE TABLE floor_act (           -- what was done at windows, and by whom
    id INTEGER NOT NULL,
    hall TEXT NOT NULL,
    day INTEGER NOT NULL,
    code TEXT NOT NULL,            -- the window
    ticket INTEGER NOT NULL,
    what TEXT NOT NULL,
    note TEXT NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX floor_act_day ON floor_act (hall, day, id);
