CREATE TABLE publicity (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    title TEXT NOT NULL,
    pieces BIGINT NOT NULL,
    anniversary BIGINT NOT NULL DEFAULT 0,
    practice TEXT REFERENCES practice (id),
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX publicity_unit ON publicity (unit, day);
CREATE INDEX publicity_practice ON publicity (practice);
