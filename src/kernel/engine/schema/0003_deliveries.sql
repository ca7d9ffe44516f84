-- Who follows the journal, and messages to who asked.
CREATE TABLE follower (
    name TEXT NOT NULL,
    event INTEGER NOT NULL,        -- the last one it is done with; ids are in the order of time
    PRIMARY KEY (name)
);
ALTER TABLE query_code ADD COLUMN sealed BLOB;  -- the code itself, for messages; NULL: only its hash is known
