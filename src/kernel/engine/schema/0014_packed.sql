-- Bodies are packed (docs/journal.md): four times as many years in the same memory. `body` is empty where `packed` is not; what
-- was written before stays as it is.
ALTER TABLE event ADD COLUMN packed BLOB;
