CREATE TABLE programme (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    document TEXT,
    from_day TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE TABLE theme (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    programme TEXT NOT NULL REFERENCES programme (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    year BIGINT,
    arrival_day TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX theme_unit ON theme (unit, year);
CREATE INDEX theme_programme ON theme (programme);
CREATE TABLE plan (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    programme TEXT NOT NULL REFERENCES programme (id),
    theme TEXT REFERENCES theme (id),
    year BIGINT NOT NULL,
    kind TEXT NOT NULL,
    issued_day TEXT NOT NULL,
    symbol TEXT,
    received_day TEXT,
    deadline TEXT,
    days_to_plan BIGINT,
    late BIGINT NOT NULL DEFAULT 0,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX plan_unit ON plan (unit, issued_day);
CREATE INDEX plan_programme ON plan (programme);
CREATE INDEX plan_theme ON plan (theme);
CREATE TABLE task (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    plan TEXT NOT NULL REFERENCES plan (id),
    title TEXT NOT NULL,
    month BIGINT,
    quarter BIGINT,
    owner TEXT REFERENCES person (id),
    deadline TEXT,
    done_day TEXT,
    result TEXT,
    late BIGINT NOT NULL DEFAULT 0,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (plan, code)
);
CREATE INDEX task_owner ON task (owner);
CREATE TABLE breakthrough (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    title TEXT NOT NULL,
    how TEXT,
    solved_day TEXT,
    evidence TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX breakthrough_unit ON breakthrough (unit, year);
