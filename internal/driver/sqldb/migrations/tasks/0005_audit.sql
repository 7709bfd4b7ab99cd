-- +goose Up

-- Who did what, and from where. Entries are added, lose their place of origin when whose they are is gone, and are
-- forgotten from the oldest on; the triggers keep a statement that would do anything else from being carried out.
CREATE TABLE tasks_audit (
    id        BLOB   NOT NULL PRIMARY KEY,
    at        BIGINT NOT NULL,
    action    TEXT   NOT NULL,
    by        TEXT   NOT NULL,
    actor     BLOB,
    subject   BLOB,
    workspace BLOB,
    address   TEXT   NOT NULL,
    agent     TEXT   NOT NULL,
    request   TEXT   NOT NULL,
    detail    TEXT   NOT NULL
) WITHOUT ROWID;
CREATE INDEX tasks_audit_actor ON tasks_audit (actor, id) WHERE actor IS NOT NULL;
CREATE INDEX tasks_audit_subject ON tasks_audit (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX tasks_audit_workspace ON tasks_audit (workspace, id) WHERE workspace IS NOT NULL;
CREATE INDEX tasks_audit_action ON tasks_audit (action, id);

-- +goose StatementBegin
CREATE TRIGGER tasks_audit_stays BEFORE UPDATE ON tasks_audit
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.action IS NOT OLD.action OR NEW.by IS NOT OLD.by
    OR NEW.actor IS NOT OLD.actor OR NEW.subject IS NOT OLD.subject OR NEW.workspace IS NOT OLD.workspace
    OR NEW.request IS NOT OLD.request OR NEW.detail IS NOT OLD.detail OR NEW.address <> '' OR NEW.agent <> ''
BEGIN
    SELECT RAISE(ABORT, 'an audit entry can not be changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tasks_audit_new BEFORE INSERT ON tasks_audit
WHEN EXISTS (SELECT 1 FROM tasks_audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'an audit entry can not be replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tasks_audit_ends BEFORE DELETE ON tasks_audit
WHEN OLD.id > (SELECT min(id) FROM tasks_audit)
BEGIN
    SELECT RAISE(ABORT, 'only the oldest audit entry can be forgotten');
END;
-- +goose StatementEnd

-- In which workspaces somebody is, or was, a member.
CREATE INDEX entities_member ON entities (id, ws) WHERE kind = 'member';
