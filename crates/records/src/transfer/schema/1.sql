CREATE TABLE import_file (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL REFERENCES file_content (hash),
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    rows BIGINT NOT NULL
);
CREATE INDEX import_file_hash ON import_file (hash);
