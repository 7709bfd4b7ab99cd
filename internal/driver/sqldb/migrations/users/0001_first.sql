-- +goose Up
-- Ids and hashes are raw bytes, times are Unix milliseconds, 0 is "never".

CREATE TABLE users_people (
    id         BYTEA  NOT NULL PRIMARY KEY,
    email      TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    locale     TEXT   NOT NULL,
    timezone   TEXT   NOT NULL,
    theme      TEXT   NOT NULL,
    notify     TEXT   NOT NULL, -- JSON
    home       BYTEA  NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX users_people_email ON users_people (email, id);

CREATE TABLE users_workspaces (
    id         BYTEA  NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    slug       TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    created_by BYTEA  NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL,
    origin     BYTEA
);
CREATE UNIQUE INDEX users_workspaces_slug ON users_workspaces (slug) WHERE deleted_at = 0;

CREATE TABLE users_members (
    workspace BYTEA  NOT NULL,
    person    BYTEA  NOT NULL,
    role      TEXT   NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, person)
);
CREATE INDEX users_members_person ON users_members (person, workspace, role);
CREATE INDEX users_members_role ON users_members (workspace, role);

CREATE TABLE users_invitations (
    workspace  BYTEA  NOT NULL,
    id         BYTEA  NOT NULL,
    email      TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    projects   TEXT   NOT NULL, -- JSON
    max_uses   BIGINT NOT NULL,
    uses       BIGINT NOT NULL,
    mail       TEXT   NOT NULL,
    created_by BYTEA  NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed_at  BIGINT NOT NULL,
    origin     BYTEA,
    PRIMARY KEY (workspace, id)
);
CREATE INDEX users_invitations_unclosed ON users_invitations (workspace, id) WHERE closed_at = 0;
CREATE INDEX users_invitations_created ON users_invitations (workspace, created_at);
CREATE INDEX users_invitations_expires ON users_invitations (expires_at);

CREATE TABLE users_invitation_tokens (
    hash       BYTEA  NOT NULL PRIMARY KEY,
    workspace  BYTEA  NOT NULL,
    invitation BYTEA  NOT NULL,
    mailed     BIGINT NOT NULL
);
CREATE INDEX users_invitation_tokens_of ON users_invitation_tokens (workspace, invitation);

CREATE TABLE users_acceptances (
    workspace   BYTEA  NOT NULL,
    invitation  BYTEA  NOT NULL,
    person      BYTEA  NOT NULL,
    accepted_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, invitation, person)
);

-- A lane stays when it is empty, so that its numbers go on; due_at is 0 then.
CREATE TABLE users_lanes (
    kind         TEXT   NOT NULL,
    id           BYTEA  NOT NULL,
    last_number  BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    holder       BYTEA,
    failures     BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX users_lanes_due ON users_lanes (kind, due_at) WHERE due_at > 0;

CREATE TABLE users_outbox (
    kind      TEXT   NOT NULL,
    lane      BYTEA  NOT NULL,
    number    BIGINT NOT NULL,
    posted_at BIGINT NOT NULL,
    doc       BYTEA  NOT NULL,
    PRIMARY KEY (kind, lane, number)
);
