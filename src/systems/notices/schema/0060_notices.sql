-- Who has read which notice, and when: once a person. The notice itself is a matter (procedures/notice.toml); two hundred
-- seats confirm at once, so a confirmation is a row of its own and no step.

CREATE TABLE notice_read (
    notice INTEGER NOT NULL,       -- its matter
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (notice, person)
) WITHOUT ROWID;
CREATE INDEX notice_read_person ON notice_read (person, notice);
