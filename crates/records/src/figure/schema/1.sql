CREATE TABLE stated_figure (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    indicator TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    subtree BIGINT NOT NULL DEFAULT 0,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    value BIGINT NOT NULL,
    comparator TEXT NOT NULL,
    quote TEXT,
    quote_start BIGINT,
    file_name TEXT,
    file_hash TEXT,
    note TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX stated_figure_unit ON stated_figure (unit, indicator);
CREATE INDEX stated_figure_indicator ON stated_figure (indicator, from_day);
CREATE TABLE return_state (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL,
    day TEXT,
    note TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (unit, kind, year)
);
CREATE INDEX return_state_year ON return_state (year, kind);
CREATE TABLE settlement (
    id TEXT PRIMARY KEY,
    indicator TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    decides TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (indicator, unit, from_day, to_day)
);
CREATE INDEX settlement_unit ON settlement (unit);
