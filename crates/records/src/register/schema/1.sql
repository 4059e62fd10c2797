CREATE TABLE document (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    direction TEXT NOT NULL,
    type TEXT NOT NULL,
    number BIGINT,
    term TEXT,
    symbol TEXT NOT NULL,
    day TEXT NOT NULL,
    issuer TEXT,
    extract TEXT NOT NULL,
    programme TEXT REFERENCES programme (id),
    part TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX document_unit ON document (unit, day);
CREATE INDEX document_programme ON document (programme);
CREATE UNIQUE INDEX document_symbol ON document (unit, term, type, symbol)
    WHERE direction = 'issued' AND term IS NOT NULL AND withdrawn IS NULL;
