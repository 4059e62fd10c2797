CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    title TEXT NOT NULL,
    file_name TEXT,
    media TEXT,
    size BIGINT,
    hash TEXT,
    day TEXT NOT NULL,
    about_kind TEXT,
    about_code TEXT,
    programme TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX evidence_unit ON evidence (unit, day);
CREATE INDEX evidence_hash ON evidence (hash);
CREATE INDEX evidence_about ON evidence (about_kind, about_code);
