CREATE TABLE request (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    symbol TEXT NOT NULL,
    day TEXT NOT NULL,
    issuer TEXT,
    title TEXT NOT NULL,
    outline TEXT,
    template TEXT,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    deadline TEXT NOT NULL,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX request_unit_day ON request (unit, deadline);
CREATE TABLE request_unit (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL REFERENCES request (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    sent_day TEXT,
    returned_day TEXT,
    file_hash TEXT,
    note TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (request, unit)
);
CREATE INDEX request_unit_unit ON request_unit (unit);
