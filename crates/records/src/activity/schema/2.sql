CREATE TABLE meeting (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    day TEXT NOT NULL,
    hour TEXT,
    place TEXT,
    mode TEXT,
    depth TEXT,
    theme TEXT REFERENCES theme (id),
    lead_in TEXT REFERENCES person (id),
    agenda TEXT,
    paper_sent_day TEXT,
    activity TEXT REFERENCES activity (id),
    chair TEXT REFERENCES person (id),
    writer TEXT REFERENCES person (id),
    started TEXT,
    ended TEXT,
    record TEXT,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX meeting_unit ON meeting (unit, day);
CREATE INDEX meeting_theme ON meeting (theme);
CREATE INDEX meeting_lead_in ON meeting (lead_in);
CREATE INDEX meeting_activity ON meeting (activity);
CREATE INDEX meeting_chair ON meeting (chair);
CREATE INDEX meeting_writer ON meeting (writer);
CREATE TABLE meeting_answer (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meeting (id),
    person TEXT NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL,
    reason TEXT,
    day TEXT,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (meeting, person)
);
CREATE INDEX meeting_answer_person ON meeting_answer (person);
CREATE TABLE reading_turn (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    turn_unit TEXT REFERENCES unit (id),
    turn_person TEXT REFERENCES person (id),
    activity TEXT REFERENCES activity (id),
    source TEXT,
    withdrawn TEXT,
    UNIQUE (unit, kind, day)
);
CREATE INDEX reading_turn_turn_unit ON reading_turn (turn_unit);
CREATE INDEX reading_turn_turn_person ON reading_turn (turn_person);
CREATE INDEX reading_turn_activity ON reading_turn (activity);
CREATE TABLE attend_secret (
    meeting TEXT PRIMARY KEY REFERENCES meeting (id),
    secret TEXT NOT NULL
);
