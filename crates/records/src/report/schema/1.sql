CREATE TABLE report (
    id TEXT PRIMARY KEY,
    template TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    day TEXT NOT NULL,
    symbol TEXT NOT NULL,
    title TEXT NOT NULL,
    html TEXT NOT NULL,
    docx TEXT NOT NULL REFERENCES file_content (hash),
    pdf TEXT REFERENCES file_content (hash),
    coverage TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    UNIQUE (unit, symbol, day)
);
CREATE INDEX report_unit ON report (unit, to_day);
CREATE TABLE report_figure (
    report TEXT NOT NULL REFERENCES report (id),
    place BIGINT NOT NULL,
    indicator TEXT NOT NULL,
    version BIGINT NOT NULL,
    expr TEXT NOT NULL,
    unit TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    selection TEXT NOT NULL,
    value TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (report, place)
);
CREATE TABLE report_text (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    template TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    slot TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (unit, template, from_day, to_day, slot)
);
