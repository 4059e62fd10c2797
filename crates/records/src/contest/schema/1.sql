CREATE TABLE contest (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    year BIGINT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX contest_unit ON contest (unit, to_day);
CREATE TABLE contest_entry (
    id TEXT PRIMARY KEY,
    contest TEXT NOT NULL REFERENCES contest (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    day TEXT NOT NULL,
    entries BIGINT NOT NULL,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (contest, unit, day)
);
CREATE INDEX contest_entry_unit ON contest_entry (unit, day);
CREATE TABLE contest_turnout (
    id TEXT PRIMARY KEY,
    contest TEXT NOT NULL REFERENCES contest (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    persons BIGINT NOT NULL,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (contest, unit)
);
CREATE INDEX contest_turnout_unit ON contest_turnout (unit);
CREATE TABLE contest_prize (
    id TEXT PRIMARY KEY,
    contest TEXT NOT NULL REFERENCES contest (id),
    rank TEXT NOT NULL,
    prizes BIGINT NOT NULL,
    note TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (contest, rank)
);
