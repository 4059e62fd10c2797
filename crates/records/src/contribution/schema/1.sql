CREATE TABLE contribution (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    side TEXT NOT NULL,
    way TEXT NOT NULL,
    day TEXT NOT NULL,
    purpose TEXT NOT NULL,
    beneficiary TEXT,
    amount BIGINT,
    thing TEXT,
    things BIGINT,
    sponsor TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX contribution_unit ON contribution (unit, day);
CREATE TABLE saving (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    month BIGINT NOT NULL,
    item TEXT NOT NULL,
    baseline BIGINT NOT NULL,
    actual BIGINT NOT NULL,
    target BIGINT,
    met BIGINT NOT NULL DEFAULT 0,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (unit, year, month, item)
);
