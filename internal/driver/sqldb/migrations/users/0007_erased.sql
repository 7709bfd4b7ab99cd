-- +goose Up

-- When nothing of a deleted workspace was left but its id; 0 while something of it is kept.
ALTER TABLE users_workspaces ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX users_workspaces_deleted ON users_workspaces (deleted_at) WHERE deleted_at > 0 AND erased_at = 0;
