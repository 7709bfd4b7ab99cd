-- +goose Up

-- What the installation signs with, by what for. Whoever needs one first makes it.
CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- Attached files in the trash.
CREATE INDEX attachments_trash ON entities (ws, deleted, id) WHERE deleted > 0 AND kind = 'attachment';
CREATE INDEX attachments_expiry ON entities (deleted) WHERE deleted > 0 AND kind = 'attachment';
