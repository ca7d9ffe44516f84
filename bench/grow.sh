#!/usr/bin/env bash
# grow.sh URL FOLDER MATTERS: makes a city of bench/year on PostgreSQL as large as many years, for what a step costs then.
#
#   createdb grown; bench/grow.sh postgresql:///grown /tmp/grown 4390000
#   build/release/bench/year --db postgresql:///grown --data /tmp/grown --matters 3000
#
# 20,000 matters go their seven steps; what is closed of them is copied, with ids shifted down, so that followers and
# indexes are past it. Copies of events have no text: 4 KB a matter instead of 11. Their hashes are not right, so it
# cannot be verified. 42 seconds for 84,000, the first 20,000 with all their steps among them.
set -euo pipefail
url=$1 folder=$2 matters=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
year() { "$here/build/release/bench/year" --db "$url" --data "$folder" "$@"; }
sql() { psql -X -q -v ON_ERROR_STOP=1 "$url" "$@"; }

year --matters 100 --open 256 >&2
sql -c 'UPDATE head SET counter = counter + 200000000'
year --matters 20000 --open 20000 >&2
IFS='|' read -r closed first last < <(sql -At -c "
    SELECT COUNT(*), (SELECT MIN(id) / 256 FROM matter WHERE id / 256 >= 200000000), (SELECT MAX(counter) FROM head)
    FROM matter WHERE open = 0 AND id / 256 >= 200000000")
copies=$(((matters + closed - 1) / closed))
if ((closed == 0 || copies * (last - first + 1) > first)); then echo "no room below the first id" >&2; exit 1; fi
echo "$closed closed matters, $copies copies" >&2
sql <<SQL
CREATE TEMP TABLE old AS SELECT * FROM matter WHERE open = 0 AND id / 256 >= 200000000;
CREATE TEMP TABLE old_share AS SELECT a.* FROM assignment a JOIN old ON old.id = a.matter;
CREATE TEMP TABLE old_event AS SELECT e.* FROM event e JOIN old ON old.id = e.matter;
CREATE TEMP TABLE old_blind AS SELECT b.* FROM blind b JOIN old ON old.id = b.matter;
CREATE TEMP TABLE old_message AS SELECT o.* FROM outbox o JOIN old ON old.id = o.matter;
CREATE PROCEDURE pg_temp.copy_down(down BIGINT) LANGUAGE sql AS \$\$
    INSERT INTO matter SELECT lane, id - down, procedure, stage, open, kind, class, region, channel, asker, about,
        filed_at, due, wakes, version, '{}' FROM old ORDER BY lane, id;
    INSERT INTO assignment (lane, id, matter, unit, share, progress, due, state, open)
        SELECT lane, id - down, matter - down, unit, share, progress, due, '{}', open FROM old_share ORDER BY lane, id;
    INSERT INTO event (lane, id, matter, no, before, step, person, at, recorded, body, hash)
        SELECT lane, id - down, matter - down, no, CASE WHEN before = 0 THEN 0 ELSE before - down END, step, person, at,
            recorded, '{}', hash FROM old_event ORDER BY lane, id;
    INSERT INTO blind (lane, token, matter) SELECT lane, token, matter - down FROM old_blind;
    INSERT INTO outbox (lane, id, matter, event, text, whom, at, state, attempts, unit, told_at)
        SELECT lane, id - down * 16, matter - down, event - down, text, whom, at, 1, attempts, unit, told_at
        FROM old_message ORDER BY lane, id;
\$\$;
DO \$\$ BEGIN
    FOR copy IN 1..$copies LOOP
        CALL pg_temp.copy_down(copy * ($last - $first + 1)::BIGINT * 256);
        COMMIT;
        RAISE NOTICE '% of $copies', copy;
    END LOOP;
END \$\$;
VACUUM ANALYZE;
SELECT COUNT(*) AS matters, pg_size_pretty(pg_database_size(current_database())) AS size FROM matter;
SQL
