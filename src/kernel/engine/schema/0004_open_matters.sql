-- Worklists of open matters are asked of memory (engine/open_matters.h): no index holds a stage or an open share.
DROP INDEX matter_open;
CREATE INDEX matter_open ON matter (id) WHERE open = 1;
DROP INDEX assignment_open;
