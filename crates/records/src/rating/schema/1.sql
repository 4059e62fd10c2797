CREATE TABLE rating (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    object TEXT NOT NULL,
    person TEXT REFERENCES person (id),
    year BIGINT NOT NULL,
    level TEXT,
    title TEXT,
    rated_by TEXT,
    decision TEXT,
    day TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX rating_unit ON rating (unit, year);
CREATE INDEX rating_person ON rating (person);
