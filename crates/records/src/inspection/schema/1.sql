CREATE TABLE inspection (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    advised BIGINT NOT NULL DEFAULT 0,
    object TEXT NOT NULL,
    object_unit TEXT REFERENCES unit (id),
    object_person TEXT REFERENCES person (id),
    head BIGINT NOT NULL DEFAULT 0,
    day TEXT NOT NULL,
    end_day TEXT,
    programme TEXT REFERENCES programme (id),
    about TEXT,
    conclusion TEXT,
    remedy TEXT,
    remedy_deadline TEXT,
    remedied_day TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX inspection_unit ON inspection (unit, day);
CREATE INDEX inspection_object_unit ON inspection (object_unit);
CREATE INDEX inspection_object_person ON inspection (object_person);
CREATE INDEX inspection_programme ON inspection (programme);
CREATE TABLE inspection_plan (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    symbol TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (unit, year, kind)
);
CREATE INDEX inspection_plan_unit ON inspection_plan (unit, day);
