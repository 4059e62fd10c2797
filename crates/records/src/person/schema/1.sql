CREATE TABLE person (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sex TEXT,
    birth_year BIGINT,
    unit TEXT NOT NULL REFERENCES unit (id),
    category TEXT NOT NULL,
    since TEXT NOT NULL,
    joined_day TEXT,
    official_day TEXT,
    search TEXT,
    sort TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX person_unit ON person (unit, since);
CREATE INDEX person_search ON person (search);
CREATE TABLE membership (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    category TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (person, category, from_day)
);
CREATE INDEX membership_unit ON membership (unit, from_day);
CREATE TABLE standing (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    standing TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (person, standing, from_day)
);
CREATE INDEX standing_from ON standing (standing, from_day);
CREATE TABLE position (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    position TEXT NOT NULL,
    head BIGINT NOT NULL DEFAULT 0,
    from_day TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (person, unit, position, from_day)
);
CREATE INDEX position_unit ON position (unit, from_day);
