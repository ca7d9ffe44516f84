-- Who is on duty when (排班): seats at the telephones, units' duty phones, leaders who answer (领导接听日). What is replaced or
-- struck stays, with who did it.

CREATE TABLE duty (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,            -- seat, unit, leader
    who TEXT NOT NULL,             -- a login, or a unit's code
    name TEXT NOT NULL,            -- of a unit: who picks up; else empty
    phone TEXT NOT NULL,           -- of a unit: the duty phone
    begins INTEGER NOT NULL,
    ends INTEGER NOT NULL,         -- the first instant after it
    note TEXT NOT NULL,
    taken_in INTEGER NOT NULL,
    taken_in_by INTEGER NOT NULL,
    over INTEGER NOT NULL,         -- replaced or struck then; 0: it holds
    over_by INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX duty_holds ON duty (kind, begins) WHERE over = 0;
CREATE INDEX duty_of ON duty (kind, who, begins) WHERE over = 0;
