-- Which messages about its own matters an account has read: a mark of each, and nothing else.
CREATE TABLE message_read (
    person INTEGER NOT NULL,
    message INTEGER NOT NULL,      -- id in the outbox
    at INTEGER NOT NULL,
    PRIMARY KEY (person, message)
) WITHOUT ROWID;
