-- +goose Up

-- One line a workspace: how far its history has come. access is the last event that changed who may see or do what.
CREATE TABLE histories (
    ws     BLOB PRIMARY KEY,
    epoch  TEXT   NOT NULL,
    seq    BIGINT NOT NULL,
    access BIGINT NOT NULL
) WITHOUT ROWID;

-- The log. Old events are forgotten after a while; entities and activities stay. It is no WITHOUT ROWID table: SQLite
-- would put all of a document but its first quarter page into a page of its own.
CREATE TABLE events (
    ws        BLOB    NOT NULL,
    seq       BIGINT  NOT NULL,
    type      TEXT    NOT NULL,
    at        BIGINT  NOT NULL,
    project   BLOB,
    only_user BLOB,
    lost      INTEGER NOT NULL,
    doc       BLOB    NOT NULL,
    moved     BLOB, -- the project that the entity left, for a move
    doc_new   BLOB,
    doc_gone  BLOB,
    PRIMARY KEY (ws, seq)
);

-- A task's story.
CREATE TABLE activities (
    ws   BLOB   NOT NULL,
    task BLOB   NOT NULL,
    seq  BIGINT NOT NULL,
    doc  BLOB   NOT NULL,
    PRIMARY KEY (ws, task, seq)
) WITHOUT ROWID;

-- Everything but tasks: projects, keys, grants, labels, comments, relations, views, members, imports.
CREATE TABLE entities (
    ws      BLOB   NOT NULL,
    kind    TEXT   NOT NULL,
    id      BLOB   NOT NULL,
    seq     BIGINT NOT NULL,
    scope   BLOB,
    other   BLOB,
    uniq    TEXT,
    sort    TEXT   NOT NULL,
    deleted BIGINT NOT NULL,
    origin  BLOB,
    doc     BLOB   NOT NULL,
    meta    BLOB,
    PRIMARY KEY (ws, kind, id)
);
CREATE INDEX entities_all ON entities (ws, kind, sort, id) WHERE deleted = 0;
CREATE INDEX entities_scope ON entities (ws, kind, scope, sort, id) WHERE scope IS NOT NULL;
CREATE INDEX entities_other ON entities (ws, kind, other, sort, id) WHERE other IS NOT NULL;
CREATE UNIQUE INDEX entities_uniq ON entities (ws, kind, uniq) WHERE uniq IS NOT NULL;
CREATE INDEX entities_trash ON entities (ws, deleted, id) WHERE deleted > 0 AND kind = 'project';
CREATE INDEX entities_expiry ON entities (deleted) WHERE deleted > 0 AND kind = 'project';

CREATE TABLE tasks (
    ws             BLOB    NOT NULL,
    id             BLOB    NOT NULL,
    seq            BIGINT  NOT NULL,
    project        BLOB    NOT NULL,
    number         BIGINT  NOT NULL,
    status         BLOB    NOT NULL,
    parent         BLOB,
    position       TEXT    NOT NULL,
    child_position TEXT    NOT NULL,
    priority       INTEGER NOT NULL, -- in the order in which it sorts: 1 urgent to 4 low, 5 none
    due            BIGINT  NOT NULL, -- the largest number if there is none
    floating       INTEGER NOT NULL,
    created        BIGINT  NOT NULL,
    updated        BIGINT  NOT NULL,
    completed      BIGINT  NOT NULL, -- 0 while open
    deleted        BIGINT  NOT NULL, -- 0 while not in the trash
    title_key      TEXT    NOT NULL,
    external       TEXT,
    assignees      BLOB    NOT NULL, -- ids, one after the other
    labels         BLOB    NOT NULL,
    origin         BLOB,
    meta           BLOB    NOT NULL,
    title          TEXT    NOT NULL,
    doc            BLOB    NOT NULL,
    description    TEXT    NOT NULL,
    PRIMARY KEY (ws, id)
);
CREATE INDEX tasks_project_position ON tasks (ws, project, position, id) WHERE deleted = 0;
CREATE INDEX tasks_project_status ON tasks (ws, project, status, position, id) WHERE deleted = 0;
CREATE INDEX tasks_project_due ON tasks (ws, project, due, id) WHERE deleted = 0;
CREATE INDEX tasks_project_updated ON tasks (ws, project, updated, id) WHERE deleted = 0;
CREATE INDEX tasks_due ON tasks (ws, due, id) WHERE deleted = 0;
CREATE INDEX tasks_created ON tasks (ws, created, id) WHERE deleted = 0;
CREATE INDEX tasks_updated ON tasks (ws, updated, id) WHERE deleted = 0;
CREATE INDEX tasks_parent ON tasks (ws, parent, child_position, id) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX tasks_external ON tasks (ws, external) WHERE external IS NOT NULL;
CREATE INDEX tasks_trash ON tasks (ws, deleted, id) WHERE deleted > 0;
CREATE INDEX tasks_expiry ON tasks (deleted) WHERE deleted > 0;

-- Every number that was ever given in a project and the task that got it; it stays when the task is purged.
CREATE TABLE task_numbers (
    ws      BLOB   NOT NULL,
    project BLOB   NOT NULL,
    number  BIGINT NOT NULL,
    task    BLOB   NOT NULL,
    PRIMARY KEY (ws, project, number)
) WITHOUT ROWID;

-- Live tasks by whom they are given to and by what they are marked with.
CREATE TABLE task_assignees (
    ws       BLOB    NOT NULL,
    assignee BLOB    NOT NULL,
    done     INTEGER NOT NULL,
    due      BIGINT  NOT NULL,
    task     BLOB    NOT NULL,
    PRIMARY KEY (ws, assignee, done, due, task)
) WITHOUT ROWID;
CREATE TABLE task_labels (
    ws      BLOB   NOT NULL,
    label   BLOB   NOT NULL,
    created BIGINT NOT NULL,
    task    BLOB   NOT NULL,
    PRIMARY KEY (ws, label, created, task)
) WITHOUT ROWID;

-- How many live tasks each column of each board has.
CREATE TABLE task_counts (
    ws      BLOB   NOT NULL,
    project BLOB   NOT NULL,
    status  BLOB   NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (ws, project, status)
) WITHOUT ROWID;
