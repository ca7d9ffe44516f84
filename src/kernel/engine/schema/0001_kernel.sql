-- The kernel's tables. `lane` = id mod 256; on PostgreSQL it comes first in the keys (LANE KEY).
-- Instants are µs since 1970 UTC. `state` is JSON: all of a matter or share that no list asks about.

CREATE TABLE head (
    lane INTEGER NOT NULL,
    counter INTEGER NOT NULL,      -- of the last id given out in the lane: id = counter × 256 + lane
    events INTEGER NOT NULL,       -- how many the lane's chain holds
    hash BLOB NOT NULL,            -- SM3 chain over them
    batch BLOB NOT NULL,           -- random id of the last batch: after a lost COMMIT the node reads it and knows
    PRIMARY KEY (lane)
);

CREATE TABLE matter (
    lane INTEGER NOT NULL,
    id INTEGER NOT NULL,
    procedure TEXT NOT NULL,       -- hash of the rulebook it began with
    stage TEXT NOT NULL,
    open INTEGER NOT NULL,
    kind TEXT NOT NULL,
    class TEXT NOT NULL,
    region TEXT NOT NULL,
    channel TEXT NOT NULL,
    asker INTEGER NOT NULL,
    about INTEGER NOT NULL,
    filed_at INTEGER NOT NULL,
    due INTEGER,                   -- while its clock runs
    wakes INTEGER,                 -- the first running timer; no index: the timekeeper knows them
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    LANE KEY (id)
);
CREATE INDEX matter_stage ON matter (stage, id) WHERE open = 1;
CREATE INDEX matter_recent ON matter (id) ACROSS LANES;
CREATE INDEX matter_asker ON matter (asker, id) WHERE asker <> 0;

CREATE TABLE assignment (
    lane INTEGER NOT NULL,
    id INTEGER NOT NULL,
    matter INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    share INTEGER NOT NULL,
    progress INTEGER NOT NULL,
    due INTEGER,
    state TEXT NOT NULL,
    LANE KEY (id)
);
CREATE INDEX assignment_matter ON assignment (matter);
CREATE INDEX assignment_unit ON assignment (unit, progress, due) WHERE progress <= 3;

CREATE TABLE event (
    lane INTEGER NOT NULL,
    id INTEGER NOT NULL,
    matter INTEGER NOT NULL,
    no INTEGER NOT NULL,
    before INTEGER NOT NULL,       -- the matter's event before, so that no index by matter is needed
    step TEXT NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    LANE KEY (id)
);
CREATE INDEX event_order ON event (id) ACROSS LANES;

CREATE TABLE personal (
    lane INTEGER NOT NULL,
    event INTEGER NOT NULL,
    matter INTEGER NOT NULL,
    sealed BLOB,                   -- salt and plain text; NULL once the person was erased
    LANE KEY (event)
);

CREATE TABLE blind (
    lane INTEGER NOT NULL,
    token BLOB NOT NULL,           -- keyed, over the normalised value
    matter INTEGER NOT NULL
);
CREATE INDEX blind_token ON blind (token);

CREATE TABLE query_code (
    lane INTEGER NOT NULL,
    matter INTEGER NOT NULL,
    hash BLOB NOT NULL,
    wrong INTEGER NOT NULL,
    LANE KEY (matter)
);

CREATE TABLE external (
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    matter INTEGER NOT NULL,
    PRIMARY KEY (source, number)
);

CREATE TABLE idempotency (
    lane INTEGER NOT NULL,
    event INTEGER NOT NULL,        -- what was answered: ids grow with time, so this is the order of `at` too
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL,
    answer TEXT NOT NULL,
    LANE KEY (event)
);
CREATE INDEX idempotency_order ON idempotency (event) ACROSS LANES;

CREATE TABLE outbox (
    lane INTEGER NOT NULL,
    id INTEGER NOT NULL,           -- of its event × 16 + place: once, whatever happens
    matter INTEGER NOT NULL,
    event INTEGER NOT NULL,
    text TEXT NOT NULL,            -- key below tell.
    whom TEXT NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,        -- 0 waiting, 1 delivered, 2 given up
    attempts INTEGER NOT NULL,
    LANE KEY (id)
);
CREATE INDEX outbox_waiting ON outbox (at) WHERE state = 0;

CREATE TABLE tally (
    day INTEGER NOT NULL,          -- days since 1970; 0: a level, not a count of a day
    unit INTEGER NOT NULL,
    kind TEXT NOT NULL,
    measure TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day, unit, kind, measure)
);
CREATE TABLE tally_position (
    lane INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (lane)
);

CREATE TABLE checkpoint (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    counts BLOB NOT NULL,          -- events in each of the 256 lanes, 8 bytes big-endian each
    root BLOB NOT NULL,            -- Merkle root over the 256 heads
    before BLOB NOT NULL,          -- hash of the checkpoint before
    hash BLOB NOT NULL,
    signer TEXT NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE procedure (
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    current INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (hash)
);

CREATE TABLE unit (
    id INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    code TEXT NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    level INTEGER NOT NULL,
    region TEXT NOT NULL,
    class TEXT NOT NULL,           -- of comparison
    duties TEXT NOT NULL,
    liaison TEXT NOT NULL,
    phone TEXT NOT NULL,
    office_hours TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE person (
    id INTEGER NOT NULL,
    login TEXT NOT NULL,
    role TEXT NOT NULL,
    unit INTEGER NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    phone BLOB NOT NULL,           -- sealed
    employer TEXT NOT NULL,
    password TEXT NOT NULL,        -- argon2id; empty: cannot sign in
    wrong INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX person_login ON person (login);

CREATE TABLE session (
    token BLOB NOT NULL,           -- keyed hash of the 256-bit token
    person INTEGER NOT NULL,
    matter INTEGER NOT NULL,       -- signed in with number and query code
    csrf TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    label TEXT NOT NULL,           -- of a partner system's key; empty: a person's session
    PRIMARY KEY (token)
);

CREATE TABLE catalogue (           -- classes, the convenience list, the dispatch catalogue, channels: one CSV each
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE read_log (            -- reading is an event too
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL,
    matter INTEGER NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX read_log_matter ON read_log (matter);
