-- What was chosen for the year has somebody who sees to it, and a day.
ALTER TABLE breakthrough ADD COLUMN owner TEXT REFERENCES person (id);
ALTER TABLE breakthrough ADD COLUMN deadline TEXT;
CREATE INDEX breakthrough_owner ON breakthrough (owner);
-- The task of a plan from above that a task takes up.
ALTER TABLE task ADD COLUMN answers TEXT REFERENCES task (id);
CREATE INDEX task_answers ON task (answers);
