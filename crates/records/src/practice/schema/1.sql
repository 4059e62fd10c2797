CREATE TABLE practice (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    title TEXT NOT NULL,
    field TEXT NOT NULL,
    registered_day TEXT NOT NULL,
    verified_day TEXT,
    exemplary_day TEXT,
    published_day TEXT,
    description TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX practice_unit ON practice (unit, registered_day);
CREATE TABLE practice_visit (
    id TEXT PRIMARY KEY,
    practice TEXT NOT NULL REFERENCES practice (id),
    day TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    people BIGINT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (practice, day, unit)
);
CREATE INDEX practice_visit_unit ON practice_visit (unit, day);
