-- How it is done, who keeps it, and who verified it.
ALTER TABLE practice ADD COLUMN how TEXT;
ALTER TABLE practice ADD COLUMN keeper TEXT REFERENCES person (id);
ALTER TABLE practice ADD COLUMN verified_by TEXT;
CREATE INDEX practice_keeper ON practice (keeper);
