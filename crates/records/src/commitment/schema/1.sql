CREATE TABLE commitment (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    person TEXT REFERENCES person (id),
    year BIGINT NOT NULL,
    registered_day TEXT,
    writeup BIGINT NOT NULL DEFAULT 0,
    self_review_day TEXT,
    result TEXT,
    review_day TEXT,
    why TEXT,
    theme TEXT REFERENCES theme (id),
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX commitment_unit ON commitment (unit, year);
CREATE INDEX commitment_person ON commitment (person);
CREATE INDEX commitment_theme ON commitment (theme);
CREATE TABLE commitment_item (
    id TEXT PRIMARY KEY,
    commitment TEXT NOT NULL REFERENCES commitment (id),
    no BIGINT NOT NULL,
    what TEXT NOT NULL,
    measure TEXT,
    target TEXT,
    deadline TEXT,
    evidence TEXT,
    done_day TEXT,
    vague BIGINT NOT NULL DEFAULT 0,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (commitment, no)
);
CREATE TABLE feedback (
    id TEXT PRIMARY KEY,
    commitment TEXT NOT NULL REFERENCES commitment (id),
    no BIGINT NOT NULL,
    from_person TEXT REFERENCES person (id),
    day TEXT,
    text TEXT NOT NULL,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (commitment, no)
);
CREATE INDEX feedback_from_person ON feedback (from_person);
