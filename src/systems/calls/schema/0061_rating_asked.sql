-- Whether the telephone asked to rate the call: not asked and not answered are two things.
ALTER TABLE call ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;  -- 0: it did not, or it was before this was told
