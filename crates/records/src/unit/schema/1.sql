CREATE TABLE unit_kind (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    vi TEXT NOT NULL,
    en TEXT NOT NULL,
    level BIGINT NOT NULL,
    grassroots BIGINT NOT NULL DEFAULT 0,
    cell BIGINT NOT NULL DEFAULT 0,
    body TEXT NOT NULL,
    authority TEXT,
    source TEXT,
    withdrawn TEXT
);
INSERT INTO unit_kind (id, code, vi, en, level, grassroots, cell, body, authority) VALUES
    ('province', 'province', 'Đảng bộ tỉnh', 'Provincial party organisation', 1, 0, 0, 'TỈNH ỦY', 'T/M BAN THƯỜNG VỤ'),
    ('district', 'district', 'Đảng bộ huyện', 'District party organisation', 2, 0, 0, 'HUYỆN ỦY', 'T/M BAN THƯỜNG VỤ'),
    ('block', 'block', 'Đảng bộ khối', 'Block party organisation', 2, 0, 0, 'ĐẢNG ỦY', 'T/M BAN THƯỜNG VỤ'),
    ('grassroots_committee', 'grassroots_committee', 'Đảng bộ cơ sở', 'Grassroots party organisation', 3, 1, 0, 'ĐẢNG ỦY', 'T/M ĐẢNG ỦY'),
    ('grassroots_cell', 'grassroots_cell', 'Chi bộ cơ sở', 'Grassroots cell', 3, 1, 1, 'CHI BỘ', 'T/M CHI BỘ'),
    ('sub_committee', 'sub_committee', 'Đảng bộ bộ phận', 'Sub-committee', 4, 0, 0, 'ĐẢNG ỦY BỘ PHẬN', 'T/M ĐẢNG ỦY'),
    ('cell', 'cell', 'Chi bộ', 'Cell', 5, 0, 1, 'CHI BỘ', 'T/M CHI BỘ'),
    ('group', 'group', 'Tổ đảng', 'Party group', 6, 0, 0, 'TỔ ĐẢNG', NULL);
CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL REFERENCES unit_kind (id),
    parent TEXT REFERENCES unit (id),
    from_day TEXT NOT NULL,
    decision TEXT,
    symbol TEXT,
    place TEXT,
    sector TEXT,
    search TEXT NOT NULL,
    sort TEXT NOT NULL,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_search ON unit (search);
CREATE TABLE unit_event (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    event TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (id),
    other TEXT REFERENCES unit (id),
    new_name TEXT,
    day TEXT NOT NULL,
    decision TEXT NOT NULL,
    source TEXT,
    withdrawn TEXT
);
CREATE INDEX unit_event_unit ON unit_event (unit, day);
CREATE INDEX unit_event_other ON unit_event (other);
CREATE TABLE unit_headcount (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    category TEXT NOT NULL,
    n BIGINT NOT NULL,
    source TEXT,
    withdrawn TEXT,
    UNIQUE (unit, year, category)
);
CREATE TABLE unit_edge (
    unit TEXT NOT NULL REFERENCES unit (id),
    parent TEXT REFERENCES unit (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    decision TEXT,
    PRIMARY KEY (unit, from_day)
);
CREATE INDEX unit_edge_parent ON unit_edge (parent);
CREATE TABLE unit_name (
    unit TEXT NOT NULL REFERENCES unit (id),
    name TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    PRIMARY KEY (unit, from_day)
);
CREATE TABLE unit_span (
    ancestor TEXT NOT NULL REFERENCES unit (id),
    descendant TEXT NOT NULL REFERENCES unit (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    depth BIGINT NOT NULL,
    PRIMARY KEY (ancestor, descendant, from_day)
);
CREATE INDEX unit_span_descendant ON unit_span (descendant, from_day);
