-- +goose Up

-- How many live tasks everybody has in each project; those of nobody stand under an id of zeros.
CREATE TABLE task_loads (
    ws       BLOB    NOT NULL,
    project  BLOB    NOT NULL,
    assignee BLOB    NOT NULL,
    done     INTEGER NOT NULL,
    n        BIGINT  NOT NULL,
    PRIMARY KEY (ws, project, assignee, done)
) WITHOUT ROWID;

-- How many live tasks of each project have a moment in each quarter of an hour: 1 their creation, 2 their completion, 3
-- the due date of open ones, 4 the same of those whose due date floats.
CREATE TABLE task_quarters (
    ws      BLOB    NOT NULL,
    tally   INTEGER NOT NULL,
    project BLOB    NOT NULL,
    at      BIGINT  NOT NULL,
    n       BIGINT  NOT NULL,
    PRIMARY KEY (ws, tally, project, at)
) WITHOUT ROWID;

INSERT INTO task_loads (ws, project, assignee, done, n)
    SELECT t.ws, t.project, a.assignee, a.done, count(*) FROM task_assignees a JOIN tasks t ON t.ws = a.ws AND t.id = a.task
    WHERE t.deleted = 0 GROUP BY t.ws, t.project, a.assignee, a.done;
INSERT INTO task_loads (ws, project, assignee, done, n)
    SELECT ws, project, zeroblob(16), completed <> 0, count(*) FROM tasks
    WHERE deleted = 0 AND length(assignees) = 0 GROUP BY ws, project, completed <> 0;

INSERT INTO task_quarters (ws, tally, project, at, n)
    SELECT ws, 1, project, created - (created % 900000 + 900000) % 900000 AS q, count(*) FROM tasks
    WHERE deleted = 0 GROUP BY ws, project, q;
INSERT INTO task_quarters (ws, tally, project, at, n)
    SELECT ws, 2, project, completed - (completed % 900000 + 900000) % 900000 AS q, count(*) FROM tasks
    WHERE deleted = 0 AND completed <> 0 GROUP BY ws, project, q;
INSERT INTO task_quarters (ws, tally, project, at, n)
    SELECT ws, 3 + (floating <> 0) AS tally, project, due - (due % 900000 + 900000) % 900000 AS q, count(*) FROM tasks
    WHERE deleted = 0 AND completed = 0 AND due < 9223372036854775807 GROUP BY ws, tally, project, q;
