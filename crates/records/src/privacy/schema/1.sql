-- What people ask about their own data, and how it was answered.
CREATE TABLE data_request (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    person TEXT NOT NULL REFERENCES person (id),
    asks TEXT NOT NULL,
    about_kind TEXT,
    about_id TEXT,
    field TEXT,
    proposed TEXT,
    reason TEXT,
    day TEXT NOT NULL,
    due TEXT,
    outcome TEXT,
    answered_day TEXT,
    answered_by TEXT,
    answer TEXT,
    seen_day TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX data_request_unit ON data_request (unit, answered_day);
CREATE INDEX data_request_person ON data_request (person);
