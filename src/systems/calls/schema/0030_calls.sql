-- Telephone calls, apart from matters: what the telephone reported, what became of it, what a seat made of the call; the
-- states of the seats; missed calls that are rung back. Rules: docs/systems/calls.md. 0 stands for "not (yet)".

CREATE TABLE call (
    id INTEGER NOT NULL,
    telephone INTEGER NOT NULL,    -- the partner whose key reports it
    external TEXT NOT NULL,        -- what it calls the call
    day INTEGER NOT NULL,          -- of the city, when it was offered
    hour INTEGER NOT NULL,
    line TEXT NOT NULL,            -- the number that was dialled: 12345 or a retired one
    language TEXT NOT NULL,        -- empty: not marked
    number BLOB NOT NULL,          -- the caller's, sealed; empty: withheld
    token BLOB NOT NULL,           -- its blind index, as of telephone numbers of matters
    offered INTEGER NOT NULL,
    ringing INTEGER NOT NULL,      -- at a seat, the first time
    rang INTEGER NOT NULL,         -- and the last
    seat INTEGER NOT NULL,         -- who answered; until then where it rang last
    answered INTEGER NOT NULL,
    abandoned INTEGER NOT NULL,    -- by the caller, waiting or ringing
    ended INTEGER NOT NULL,
    finished INTEGER NOT NULL,     -- after-call work
    closing TEXT NOT NULL,
    closed INTEGER NOT NULL,
    closed_by INTEGER NOT NULL,
    rating TEXT NOT NULL,          -- of the service, after the call; not the matter's
    rated INTEGER NOT NULL,
    recording TEXT NOT NULL,       -- a reference of the telephone's own; never served
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX call_external ON call (telephone, external);
CREATE INDEX call_day ON call (day, id);
CREATE INDEX call_seat ON call (seat, id);
CREATE INDEX call_seat_day ON call (seat, day);
CREATE INDEX call_token ON call (token, id);
CREATE INDEX call_to_close ON call (seat, id) WHERE closed = 0 AND answered > 0;

CREATE TABLE call_event (          -- as the telephone told it, never changed
    id INTEGER NOT NULL,
    call INTEGER NOT NULL,
    what TEXT NOT NULL,            -- offered, ringing, answered, ended, abandoned, rated
    at INTEGER NOT NULL,
    seat INTEGER NOT NULL,
    digest BLOB NOT NULL,          -- keyed, of all that it says: the same told twice is known again
    heard INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX call_event_call ON call_event (call, id);

CREATE TABLE call_matter (
    call INTEGER NOT NULL,
    matter INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (call, matter)
) WITHOUT ROWID;
CREATE INDEX call_matter_matter ON call_matter (matter, call);

CREATE TABLE call_act (            -- what people did to a call's record, and who read its number
    id INTEGER NOT NULL,
    call INTEGER NOT NULL,
    what TEXT NOT NULL,            -- attach, detach, close, mark, unmask
    matter INTEGER NOT NULL,
    before TEXT NOT NULL,          -- the closing or the language before it
    note TEXT NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX call_act_call ON call_act (call, id);

CREATE TABLE seat_span (           -- a seat in a state; the one that goes on has ended = 0
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    state TEXT NOT NULL,           -- ready, ringing, talking, after_call, busy, break
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    call INTEGER NOT NULL,
    rest INTEGER NOT NULL,         -- the break that was granted
    set_by INTEGER NOT NULL,       -- who set it; 0: the telephone
    note TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX seat_span_person ON seat_span (person, began);
CREATE INDEX seat_span_now ON seat_span (person) WHERE ended = 0;

CREATE TABLE seat_break (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    reason TEXT NOT NULL,
    asked INTEGER NOT NULL,
    state TEXT NOT NULL,           -- asked, granted, refused, taken
    decided INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX seat_break_person ON seat_break (person, id);
CREATE INDEX seat_break_asked ON seat_break (id) WHERE state = 'asked';

CREATE TABLE ring_back (           -- somebody whose call was missed
    id INTEGER NOT NULL,
    token BLOB NOT NULL,
    call INTEGER NOT NULL,         -- the last one missed: it has the number
    missed INTEGER NOT NULL,       -- calls
    opened INTEGER NOT NULL,
    person INTEGER NOT NULL,       -- who claimed it
    claimed INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    outcome TEXT NOT NULL,         -- reached, wrong_number, not_reached, called_again, not_needed; empty: open
    closed INTEGER NOT NULL,
    closed_by INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ring_back_open ON ring_back (id) WHERE outcome = '';
CREATE INDEX ring_back_token ON ring_back (token) WHERE outcome = '';

CREATE TABLE ring_back_act (
    id INTEGER NOT NULL,
    ring_back INTEGER NOT NULL,
    what TEXT NOT NULL,            -- claim, release, unmask, attempt, close
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ring_back_act_of ON ring_back_act (ring_back, id);
