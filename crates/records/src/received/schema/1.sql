CREATE TABLE received_report (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    hash TEXT NOT NULL,
    evidence TEXT NOT NULL REFERENCES evidence (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    request TEXT REFERENCES request (id),
    day TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    body TEXT NOT NULL,
    problems TEXT,
    left_out BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX received_report_unit ON received_report (unit, day);
CREATE INDEX received_report_hash ON received_report (hash);
CREATE INDEX received_report_request ON received_report (request);
CREATE INDEX received_report_evidence ON received_report (evidence);
CREATE TABLE received_claim (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES received_report (id),
    n BIGINT NOT NULL,
    start BIGINT NOT NULL,
    quote TEXT NOT NULL,
    value BIGINT NOT NULL,
    denominator BIGINT,
    comparator TEXT NOT NULL,
    noun TEXT NOT NULL,
    topic TEXT NOT NULL,
    period TEXT,
    subject TEXT,
    part_of BIGINT,
    why TEXT NOT NULL,
    plain BIGINT NOT NULL DEFAULT 0,
    indicator TEXT,
    score BIGINT NOT NULL DEFAULT 0,
    decision TEXT NOT NULL DEFAULT 'pending',
    decided_by TEXT,
    decided_day TEXT,
    stated TEXT REFERENCES stated_figure (id),
    UNIQUE (report, n)
);
CREATE INDEX received_claim_stated ON received_claim (stated);
