-- Messages to units' duty phones beside those to who asked, what became of each, and sending one again.
ALTER TABLE outbox ADD COLUMN unit INTEGER NOT NULL DEFAULT 0;      -- whose duty phone it rings; 0: who asked
ALTER TABLE outbox ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;   -- when it was said; 0: before this column was there
ALTER TABLE outbox ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;  -- delivered or given up then, the last time
ALTER TABLE outbox ADD COLUMN sent_to TEXT NOT NULL DEFAULT '';     -- a unit's duty phone; never a number of who asked
ALTER TABLE outbox ADD COLUMN why TEXT NOT NULL DEFAULT '';         -- given up: too_old, nobody, refused
ALTER TABLE outbox ADD COLUMN resends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN resent_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_told ON outbox (told_at, id);
CREATE TABLE message_resend (
    lane INTEGER NOT NULL,
    message INTEGER NOT NULL,
    no INTEGER NOT NULL,           -- 1, 2, 3 of its message
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    LANE KEY (message, no)
);
