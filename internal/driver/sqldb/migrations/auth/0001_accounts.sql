-- +goose Up
CREATE TABLE auth_accounts (
    id         BLOB    NOT NULL PRIMARY KEY,
    email      TEXT    NOT NULL,
    password   TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    verified   INTEGER NOT NULL,
    disabled   INTEGER NOT NULL,
    admin      INTEGER NOT NULL,
    created_at BIGINT  NOT NULL
);
CREATE UNIQUE INDEX auth_accounts_email ON auth_accounts (email);

CREATE TABLE auth_sessions (
    account    BLOB   NOT NULL REFERENCES auth_accounts (id) ON DELETE CASCADE,
    id         BLOB   NOT NULL,
    salt       BLOB   NOT NULL,
    generation BIGINT NOT NULL,
    digest     BLOB   NOT NULL,
    rotated    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address    TEXT   NOT NULL,
    agent      TEXT   NOT NULL,
    PRIMARY KEY (account, id)
);

CREATE TABLE auth_tokens (
    account    BLOB   NOT NULL REFERENCES auth_accounts (id) ON DELETE CASCADE,
    id         BLOB   NOT NULL,
    name       TEXT   NOT NULL,
    digest     BLOB   NOT NULL,
    scopes     TEXT   NOT NULL,
    workspaces TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

CREATE TABLE auth_links (
    account    BLOB   NOT NULL REFERENCES auth_accounts (id) ON DELETE CASCADE,
    id         BLOB   NOT NULL,
    kind       TEXT   NOT NULL,
    digest     BLOB   NOT NULL,
    email      TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

CREATE TABLE auth_mails (
    account    BLOB    NOT NULL REFERENCES auth_accounts (id) ON DELETE CASCADE,
    id         BLOB    NOT NULL,
    recipient  TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    attempts   INTEGER NOT NULL,
    due_at     BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE INDEX auth_mails_due ON auth_mails (due_at);

-- One row.
CREATE TABLE auth_instance (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    setup TEXT    NOT NULL,
    owner BLOB    NOT NULL
);

CREATE TABLE auth_keys (
    id         TEXT   NOT NULL PRIMARY KEY,
    seed       BLOB   NOT NULL,
    signs_from BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
