-- Why somebody is proposed, what was answered, and which proposal an award came of.
ALTER TABLE commendation ADD COLUMN reasons TEXT;
ALTER TABLE commendation ADD COLUMN answer TEXT;
ALTER TABLE commendation ADD COLUMN proposal TEXT REFERENCES commendation (id);
CREATE INDEX commendation_proposal ON commendation (proposal);
