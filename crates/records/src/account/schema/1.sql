CREATE TABLE account (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    search TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    person TEXT,
    created_at BIGINT NOT NULL,
    disabled BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX account_search ON account (search);
CREATE INDEX account_person ON account (person);
CREATE TABLE role_grant (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    granted_by TEXT NOT NULL
);
CREATE INDEX role_grant_account ON role_grant (account, to_day);
CREATE INDEX role_grant_unit ON role_grant (unit);
CREATE TABLE sign_in_failure (
    subject TEXT PRIMARY KEY,
    tries BIGINT NOT NULL,
    last BIGINT NOT NULL
);
