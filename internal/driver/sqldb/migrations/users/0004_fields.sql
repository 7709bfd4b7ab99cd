-- +goose Up

-- Which version each field was last changed in, as JSON. What was there before nothing is known of: any field may have
-- been changed in the version that it had then, which stands under *.
ALTER TABLE users_people ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
ALTER TABLE users_workspaces ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
UPDATE users_people SET fields = '{"*":' || version || '}';
UPDATE users_workspaces SET fields = '{"*":' || version || '}';
