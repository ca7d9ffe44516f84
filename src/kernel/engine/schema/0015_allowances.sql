-- What each node has let by of a name in this minute (kernel/engine/allowances.h): written by its node, read by the others.
CREATE TABLE allowance (
    node TEXT NOT NULL,
    name TEXT NOT NULL,
    minute INTEGER NOT NULL,       -- since 1970
    n INTEGER NOT NULL,
    PRIMARY KEY (node, name)
);
