ALTER TABLE account ADD COLUMN signed_in_at BIGINT;
UPDATE account SET signed_in_at = (
    SELECT MAX(a.at) FROM audit a WHERE a.kind = 'account' AND a.record = account.id AND a.action = 'sign-in');
CREATE TABLE account_link (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL,
    unit TEXT REFERENCES unit (id),
    clears_code BIGINT NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    used_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX account_link_account ON account_link (account, given_at);
CREATE TABLE account_code (
    account TEXT PRIMARY KEY REFERENCES account (id),
    secret TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    since BIGINT,
    last_step BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE account_recovery (
    account TEXT NOT NULL REFERENCES account (id),
    code TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account, code)
);
CREATE TABLE account_device (
    account TEXT NOT NULL REFERENCES account (id),
    device TEXT NOT NULL,
    first BIGINT NOT NULL,
    fresh BIGINT NOT NULL,
    PRIMARY KEY (account, device)
);
CREATE TABLE sign_in_half (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    expires BIGINT NOT NULL
);
