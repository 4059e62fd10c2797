CREATE TABLE activity (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    day TEXT NOT NULL,
    year BIGINT,
    programme TEXT REFERENCES programme (id),
    theme TEXT REFERENCES theme (id),
    mode TEXT,
    depth TEXT,
    lead_in TEXT REFERENCES person (id),
    paper_sent_day TEXT,
    theory_part BIGINT NOT NULL DEFAULT 0,
    practice_part BIGINT NOT NULL DEFAULT 0,
    minutes BIGINT NOT NULL DEFAULT 0,
    minutes_day TEXT,
    minutes_length BIGINT,
    conclusion TEXT,
    turn TEXT REFERENCES unit (id),
    makeup_of TEXT REFERENCES activity (id),
    paper_lead BIGINT,
    quarter BIGINT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX activity_unit ON activity (unit, day);
CREATE INDEX activity_day ON activity (day);
CREATE INDEX activity_programme ON activity (programme);
CREATE INDEX activity_theme ON activity (theme);
CREATE INDEX activity_lead_in ON activity (lead_in);
CREATE INDEX activity_turn ON activity (turn);
CREATE INDEX activity_makeup_of ON activity (makeup_of);
CREATE TABLE attendance_site (
    id TEXT PRIMARY KEY,
    activity TEXT NOT NULL REFERENCES activity (id),
    site TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    category TEXT,
    expected BIGINT,
    attended BIGINT NOT NULL,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (activity, site)
);
CREATE INDEX attendance_site_unit ON attendance_site (unit);
CREATE TABLE attendance (
    id TEXT PRIMARY KEY,
    activity TEXT NOT NULL REFERENCES activity (id),
    person TEXT NOT NULL REFERENCES person (id),
    status TEXT NOT NULL,
    spoke BIGINT NOT NULL DEFAULT 0,
    makeup_day TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (activity, person)
);
CREATE INDEX attendance_person ON attendance (person);
CREATE TABLE follow_up (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    activity TEXT NOT NULL REFERENCES activity (id),
    task TEXT NOT NULL,
    owner TEXT REFERENCES person (id),
    deadline TEXT,
    done_day TEXT,
    outcome TEXT,
    late BIGINT NOT NULL DEFAULT 0,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (activity, code)
);
CREATE INDEX follow_up_owner ON follow_up (owner);
