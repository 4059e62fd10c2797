CREATE TABLE commendation (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    stage TEXT NOT NULL,
    level TEXT NOT NULL,
    form TEXT NOT NULL,
    object TEXT NOT NULL,
    object_unit TEXT REFERENCES unit (id),
    object_person TEXT REFERENCES person (id),
    decision TEXT,
    day TEXT NOT NULL,
    year BIGINT NOT NULL,
    merit TEXT,
    programme TEXT REFERENCES programme (id),
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX commendation_unit ON commendation (unit, day);
CREATE INDEX commendation_object_unit ON commendation (object_unit);
CREATE INDEX commendation_object_person ON commendation (object_person);
CREATE INDEX commendation_programme ON commendation (programme);
