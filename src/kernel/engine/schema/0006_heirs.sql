-- A unit that has ended, and who does its work since: old matters keep its name (kernel/people/reorganisation.h).
ALTER TABLE unit ADD COLUMN heir INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unit ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;
