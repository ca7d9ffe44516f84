-- What somebody has begun to fill in, for one item each; nobody else sees it, and it is no matter yet.

CREATE TABLE hall_form_draft (
    person INTEGER NOT NULL,
    item TEXT NOT NULL,            -- code
    version INTEGER NOT NULL,      -- of the item, when it was saved last
    saved_at INTEGER NOT NULL,
    body BLOB NOT NULL,            -- sealed: JSON as it was typed
    PRIMARY KEY (person, item)
);
CREATE INDEX hall_form_draft_saved ON hall_form_draft (saved_at);
