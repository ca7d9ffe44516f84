-- What the city talks about: which matter belongs to which topic, and what people did to topics. A topic's id is made
-- of the matter's that began it (systems/topics/clusters.h); it has a row only when somebody did something to it.

CREATE TABLE topic (
    id INTEGER NOT NULL,
    title TEXT NOT NULL,           -- what somebody renamed it to; empty: in the citizens' words
    into_topic INTEGER NOT NULL,   -- merged into this one; 0: not
    PRIMARY KEY (id)
);

CREATE TABLE topic_matter (
    matter INTEGER NOT NULL,
    topic INTEGER NOT NULL,
    event INTEGER NOT NULL,        -- that opened it: its words are read there again
    at INTEGER NOT NULL,
    votes INTEGER NOT NULL,        -- urges and supplements
    PRIMARY KEY (matter)
);
CREATE INDEX topic_matter_at ON topic_matter (at);

CREATE TABLE topic_follow (
    topic INTEGER NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (topic, person)
);

CREATE TABLE topic_act (
    id INTEGER NOT NULL,
    topic INTEGER NOT NULL,
    what TEXT NOT NULL,            -- rename, merge, take_out, undo
    other INTEGER NOT NULL,        -- the topic merged into, or that a matter was given
    matter INTEGER NOT NULL,
    before TEXT NOT NULL,          -- the title, or the topic, before it
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX topic_act_topic ON topic_act (topic, id);

CREATE TABLE topic_warning (
    name TEXT NOT NULL,            -- of what grew and when: said once
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    topic INTEGER NOT NULL,        -- 0: a class in a district
    class TEXT NOT NULL,
    region TEXT NOT NULL,
    n INTEGER NOT NULL,
    expected REAL NOT NULL,
    chance REAL NOT NULL,
    PRIMARY KEY (name)
);
CREATE INDEX topic_warning_at ON topic_warning (at);
