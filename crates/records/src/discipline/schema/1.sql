CREATE TABLE discipline (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    object TEXT NOT NULL,
    object_unit TEXT REFERENCES unit (id),
    object_person TEXT REFERENCES person (id),
    form TEXT NOT NULL,
    reason TEXT NOT NULL,
    day TEXT NOT NULL,
    decision TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX discipline_unit ON discipline (unit, day);
CREATE INDEX discipline_object_unit ON discipline (object_unit);
CREATE INDEX discipline_object_person ON discipline (object_person);
