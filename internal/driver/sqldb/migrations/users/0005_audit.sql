-- +goose Up

-- Who did what, and from where. Entries are added, lose their place of origin when whose they are is gone, and are
-- forgotten from the oldest on; the triggers keep a statement that would do anything else from being carried out.
CREATE TABLE users_audit (
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
CREATE INDEX users_audit_actor ON users_audit (actor, id) WHERE actor IS NOT NULL;
CREATE INDEX users_audit_subject ON users_audit (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX users_audit_workspace ON users_audit (workspace, id) WHERE workspace IS NOT NULL;
CREATE INDEX users_audit_action ON users_audit (action, id);

-- +goose StatementBegin
CREATE TRIGGER users_audit_stays BEFORE UPDATE ON users_audit
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.action IS NOT OLD.action OR NEW.by IS NOT OLD.by
    OR NEW.actor IS NOT OLD.actor OR NEW.subject IS NOT OLD.subject OR NEW.workspace IS NOT OLD.workspace
    OR NEW.request IS NOT OLD.request OR NEW.detail IS NOT OLD.detail OR NEW.address <> '' OR NEW.agent <> ''
BEGIN
    SELECT RAISE(ABORT, 'an audit entry can not be changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER users_audit_new BEFORE INSERT ON users_audit
WHEN EXISTS (SELECT 1 FROM users_audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'an audit entry can not be replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER users_audit_ends BEFORE DELETE ON users_audit
WHEN OLD.id > (SELECT min(id) FROM users_audit)
BEGIN
    SELECT RAISE(ABORT, 'only the oldest audit entry can be forgotten');
END;
-- +goose StatementEnd

CREATE INDEX users_invitations_email ON users_invitations (email) WHERE email <> '';
CREATE INDEX users_workspaces_live ON users_workspaces (id) WHERE deleted_at = 0;
