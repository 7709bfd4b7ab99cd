-- +goose Up

-- Who did what, and from where. Entries are added, lose their place of origin when whose they are is gone, and are
-- forgotten from the oldest on; the triggers keep a statement that would do anything else from being carried out.
CREATE TABLE auth_audit (
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
CREATE INDEX auth_audit_actor ON auth_audit (actor, id) WHERE actor IS NOT NULL;
CREATE INDEX auth_audit_subject ON auth_audit (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX auth_audit_workspace ON auth_audit (workspace, id) WHERE workspace IS NOT NULL;
CREATE INDEX auth_audit_action ON auth_audit (action, id);

-- +goose StatementBegin
CREATE TRIGGER auth_audit_stays BEFORE UPDATE ON auth_audit
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.action IS NOT OLD.action OR NEW.by IS NOT OLD.by
    OR NEW.actor IS NOT OLD.actor OR NEW.subject IS NOT OLD.subject OR NEW.workspace IS NOT OLD.workspace
    OR NEW.request IS NOT OLD.request OR NEW.detail IS NOT OLD.detail OR NEW.address <> '' OR NEW.agent <> ''
BEGIN
    SELECT RAISE(ABORT, 'an audit entry can not be changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER auth_audit_new BEFORE INSERT ON auth_audit
WHEN EXISTS (SELECT 1 FROM auth_audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'an audit entry can not be replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER auth_audit_ends BEFORE DELETE ON auth_audit
WHEN OLD.id > (SELECT min(id) FROM auth_audit)
BEGIN
    SELECT RAISE(ABORT, 'only the oldest audit entry can be forgotten');
END;
-- +goose StatementEnd

CREATE INDEX auth_accounts_admins ON auth_accounts (id) WHERE admin = 1 AND disabled = 0;

-- Accounts that were deleted. The row stays, so that nobody can take the id; progress says how far the rest of Rung has
-- come with forgetting her.
CREATE TABLE auth_departures (
    id       BLOB   NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    done_at  BIGINT NOT NULL,
    progress TEXT   NOT NULL
) WITHOUT ROWID;
CREATE INDEX auth_departures_undone ON auth_departures (at, id) WHERE done_at = 0;
