-- Who is withdrawn is asked for wherever people are counted; they are few.
CREATE INDEX person_withdrawn ON person (id) WHERE withdrawn IS NOT NULL;
