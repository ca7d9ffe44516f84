-- Who follows the journal, messages to who asked, and sums that need no look at every day.
CREATE TABLE follower (
    name TEXT NOT NULL,
    event INTEGER NOT NULL,        -- the last one it is done with; ids are in the order of time
    PRIMARY KEY (name)
);
ALTER TABLE query_code ADD COLUMN sealed BLOB;  -- the code itself, for messages; NULL: only its hash is known
-- Levels of the tally (day 0): beside in.STAGE now all.MEASURE, over all days and units.
INSERT INTO tally (day, unit, kind, measure, n)
SELECT 0, 0, kind, 'all.' || measure, SUM(n) FROM tally WHERE day <> 0 GROUP BY kind, measure;
