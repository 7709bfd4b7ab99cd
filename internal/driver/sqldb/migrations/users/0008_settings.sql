-- +goose Up

-- What programs remember for a person, as JSON: texts by name.
ALTER TABLE users_people ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
