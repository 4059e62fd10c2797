-- A commitment that its person sent and the cell has not registered yet has a stage; one that counts has none.
ALTER TABLE commitment ADD COLUMN stage TEXT;
ALTER TABLE commitment ADD COLUMN sent_day TEXT;
ALTER TABLE commitment ADD COLUMN returned_day TEXT;
ALTER TABLE commitment ADD COLUMN returned_why TEXT;
ALTER TABLE commitment ADD COLUMN midyear_day TEXT;
ALTER TABLE commitment ADD COLUMN midyear TEXT;
ALTER TABLE commitment ADD COLUMN self_review TEXT;
ALTER TABLE commitment ADD COLUMN feedback_day TEXT;
ALTER TABLE commitment_item ADD COLUMN area TEXT;
ALTER TABLE commitment_item ADD COLUMN duty TEXT;
-- The year's tallies count what was registered.
DROP INDEX commitment_tally;
CREATE INDEX commitment_tally ON commitment (unit, year, result) WHERE withdrawn IS NULL AND stage IS NULL;
CREATE INDEX commitment_waiting ON commitment (unit) WHERE withdrawn IS NULL AND stage IS NOT NULL;
CREATE TABLE progress (
    id TEXT PRIMARY KEY,
    commitment TEXT NOT NULL REFERENCES commitment (id),
    item BIGINT NOT NULL,
    no BIGINT NOT NULL,
    day TEXT NOT NULL,
    text TEXT,
    link TEXT,
    file TEXT REFERENCES evidence (id),
    done BIGINT NOT NULL DEFAULT 0,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (commitment, item, no)
);
CREATE INDEX progress_file ON progress (file);
-- What a person is writing, as typed; nobody else's until it is sent. No record: it is gone when it is sent.
CREATE TABLE commitment_draft (
    person TEXT NOT NULL REFERENCES person (id),
    year BIGINT NOT NULL,
    form TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (person, year)
);
