-- Attachments: docs/files.md. What a file holds lies sealed elsewhere: in the folder `attachments` beside SQLite, in
-- file_content on PostgreSQL.
CREATE TABLE file (
    address TEXT NOT NULL,      -- SM3 of salt and content, hex: its name in the store, in forms and in the journal
    owner TEXT NOT NULL,        -- who may name it in a form: p and a person, m and a matter; empty: who has no account
    at INTEGER NOT NULL,        -- instant: came in
    type TEXT NOT NULL,
    size INTEGER NOT NULL,      -- bytes of the content
    matter INTEGER NOT NULL,    -- 0: no step has named it yet
    event INTEGER NOT NULL,     -- that named it first
    PRIMARY KEY (address)
) WITHOUT ROWID;
CREATE INDEX file_waiting ON file (owner, at) WHERE matter = 0;
CREATE INDEX file_matter ON file (matter);
CREATE TABLE file_content (
    address TEXT NOT NULL,
    at INTEGER NOT NULL,        -- instant: written
    sealed BLOB NOT NULL,
    PRIMARY KEY (address)
);
CREATE INDEX file_content_at ON file_content (at);
