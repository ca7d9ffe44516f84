-- Worklists. What moves at nearly every step (the stage, a share's progress and due) orders no index any more: a row
-- that stays in its place touches one page of it, or none.
DROP INDEX matter_stage;
CREATE INDEX matter_open ON matter (id, stage) WHERE open = 1;
ALTER TABLE assignment ADD COLUMN open INTEGER NOT NULL DEFAULT 0;  -- 1: its unit has something to do with it still
UPDATE assignment SET open = 1 WHERE progress <= 3;
DROP INDEX assignment_unit;
CREATE INDEX assignment_open ON assignment (unit, matter) WHERE open = 1;
CREATE INDEX assignment_unit ON assignment (unit, matter);
