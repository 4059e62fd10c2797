CREATE TABLE look (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    commitment TEXT REFERENCES commitment (id),
    activity TEXT REFERENCES activity (id),
    task TEXT,
    breakthrough TEXT REFERENCES breakthrough (id),
    planned_day TEXT,
    who TEXT REFERENCES person (id),
    looked_day TEXT,
    looked_at TEXT,
    said TEXT,
    changed TEXT,
    next_day TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX look_commitment ON look (commitment);
CREATE INDEX look_activity ON look (activity);
CREATE INDEX look_breakthrough ON look (breakthrough);
CREATE INDEX look_who ON look (who);
CREATE INDEX look_planned ON look (unit, planned_day) WHERE looked_day IS NULL AND withdrawn IS NULL;
