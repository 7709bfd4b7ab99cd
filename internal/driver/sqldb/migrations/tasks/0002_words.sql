-- +goose Up

-- Every workspace has a short number, and counts its texts: those up to indexed are in the index of words, those behind
-- wait for it. What there is already is numbered later, by its version.
ALTER TABLE histories ADD COLUMN number BIGINT;
ALTER TABLE histories ADD COLUMN texts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE histories ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0;
UPDATE histories SET number = n.i, texts = seq, indexed = seq
    FROM (SELECT ws, row_number() OVER (ORDER BY ws) AS i FROM histories) n WHERE n.ws = histories.ws;
CREATE UNIQUE INDEX histories_number ON histories (number);
CREATE INDEX histories_pending ON histories (ws) WHERE texts > indexed;

-- The number of a text: its workspace's, then its own. A text that changes gets another one.
ALTER TABLE tasks ADD COLUMN text_id BIGINT;
ALTER TABLE entities ADD COLUMN text_id BIGINT;
CREATE UNIQUE INDEX tasks_text ON tasks (text_id) WHERE text_id IS NOT NULL;
CREATE UNIQUE INDEX entities_text ON entities (text_id) WHERE text_id IS NOT NULL;

-- Which words which text has, and nothing else of it.
CREATE VIRTUAL TABLE words USING fts5 (tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

-- The words that there are, in their order.
CREATE VIRTUAL TABLE words_known USING fts5vocab (words, instance);

-- Numbers whose text has changed or gone, to be taken out of the index.
CREATE TABLE words_stale (text_id INTEGER PRIMARY KEY);

-- How far what was there before has been numbered; no line when all of it has.
CREATE TABLE words_missing (
    kind TEXT PRIMARY KEY,
    ws   BLOB NOT NULL,
    id   BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO words_missing (kind, ws, id) SELECT 'task', x'', x'' WHERE EXISTS (SELECT 1 FROM tasks);
INSERT INTO words_missing (kind, ws, id) SELECT 'comment', x'', x'' WHERE EXISTS (SELECT 1 FROM entities WHERE kind = 'comment');

-- What was taken out stays in the files of the index until they are written anew. removed counts texts since that began
-- last, at begun; merging is 1 while it lasts.
CREATE TABLE words_upkeep (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    removed BIGINT  NOT NULL,
    begun   BIGINT  NOT NULL,
    merging INTEGER NOT NULL
);
INSERT INTO words_upkeep (one, removed, begun, merging) VALUES (1, 0, 0, 0);
