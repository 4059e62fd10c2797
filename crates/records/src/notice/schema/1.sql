-- Who is told of what by mail, and the mails that wait or went out. Internal state, no records.
CREATE TABLE notice_address (
    account TEXT PRIMARY KEY REFERENCES account (id),
    address TEXT NOT NULL DEFAULT '',
    pending TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    code_expires BIGINT NOT NULL DEFAULT 0,
    code_tries BIGINT NOT NULL DEFAULT 0,
    lang TEXT NOT NULL,
    stop TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL DEFAULT ''
);
CREATE TABLE notice_choice (
    account TEXT NOT NULL REFERENCES account (id),
    topic TEXT NOT NULL,
    wanted BIGINT NOT NULL,
    PRIMARY KEY (account, topic)
);
CREATE TABLE notice_mail (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    address TEXT NOT NULL,
    lang TEXT NOT NULL,
    stop TEXT NOT NULL,
    topic TEXT NOT NULL,
    what TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    href TEXT NOT NULL,
    created BIGINT NOT NULL,
    since BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    gave_up_at BIGINT,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX notice_mail_next ON notice_mail (sent_at, gave_up_at, next_at);
CREATE INDEX notice_mail_account ON notice_mail (account, sent_at);
CREATE INDEX notice_mail_address ON notice_mail (address, created);
