package sqldb

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// takeIn brings the index up to date.
func takeIn(t *testing.T, s tasks.Indexer) {
	t.Helper()
	for range 10_000 {
		more, err := s.Index(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return
		}
	}
	t.Fatal("indexing does not come to an end")
}

// inIndex gives the tokens of every text in the index.
func inIndex(t *testing.T, db *DB) map[int64]string {
	t.Helper()
	got := map[int64][]string{}
	if err := db.Write(t.Context(), func(tx *Tx) error {
		if _, err := tx.Exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_seen USING fts5vocab (main, words, instance)`); err != nil {
			return err
		}
		rows, err := tx.Query(`SELECT doc, term FROM words_seen`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var doc int64
			var term string
			if err := rows.Scan(&doc, &term); err != nil {
				return err
			}
			got[doc] = append(got[doc], term)
		}
		return rows.Err()
	}); err != nil {
		t.Fatal(err)
	}
	return joined(got)
}

func joined(of map[int64][]string) map[int64]string {
	out := map[int64]string{}
	for n, tokens := range of {
		slices.Sort(tokens)
		out[n] = strings.Join(tokens, " ")
	}
	return out
}

// builtAnew gives what the index should hold.
func builtAnew(t *testing.T, db *DB) map[int64]string {
	t.Helper()
	want := map[int64][]string{}
	if err := db.Read(t.Context(), func(tx *Tx) error {
		in, err := all(tx, scanTaskText, `SELECT text_id, project, title, description FROM tasks`)
		if err != nil {
			return err
		}
		said, err := all(tx, scanCommentText, `SELECT c.text_id, t.project, c.doc FROM entities c JOIN tasks t ON t.ws = c.ws AND t.id = c.scope
			WHERE c.kind = 'comment' AND c.deleted = 0`)
		for _, x := range append(in, said...) {
			want[x.number] = strings.Fields(x.tokens)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return joined(want)
}

func TestTheIndexIsAsIfBuiltAnewWhateverHappened(t *testing.T) {
	for seed := range uint64(3) {
		db := OpenTest(t, "tasks")
		s := tasks.New(NewTasksStore(db), everyone{}, time.Now, slog.New(slog.DiscardHandler))
		rnd := rand.New(rand.NewPCG(seed, 1))
		user := uuid.Must(uuid.NewV7())
		c := tasks.Caller{User: user, Actor: tasks.Actor{Type: tasks.ActorUser, ID: user, Name: "Ada"}}
		ctx := t.Context()
		spaces := []uuid.UUID{uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())}
		projects, labels, ids := map[uuid.UUID][]tasks.Project{}, map[uuid.UUID]uuid.UUID{}, map[uuid.UUID][]string{}
		for _, ws := range spaces {
			for i := range 3 {
				w, err := s.CreateProject(ctx, c, ws, tasks.NewProject{Name: fmt.Sprint("Project ", i)})
				if err != nil {
					t.Fatal(err)
				}
				var p tasks.Project
				if err := json.Unmarshal(w.JSON, &p); err != nil {
					t.Fatal(err)
				}
				projects[ws] = append(projects[ws], p)
			}
			l, err := s.CreateLabel(ctx, c, ws, tasks.NewLabel{Name: "bug"})
			if err != nil {
				t.Fatal(err)
			}
			labels[ws] = l.ID
		}
		words := strings.Fields("plan the release Ärger 日本語 login page of customers")
		say := func() string {
			var out []string
			for range 1 + rnd.IntN(5) {
				out = append(out, words[rnd.IntN(len(words))])
			}
			return strings.Join(out, " ")
		}
		done := map[int]int{}
		for range 400 {
			ws := spaces[rnd.IntN(2)]
			p := projects[ws][rnd.IntN(3)]
			ref := ""
			if n := len(ids[ws]); n > 0 {
				ref = ids[ws][rnd.IntN(n)]
			}
			var err error
			what := rnd.IntN(11)
			switch what {
			case 0, 1, 2:
				id := uuid.Must(uuid.NewV7())
				if _, err = s.CreateTask(ctx, c, ws, tasks.NewTask{ID: id, Project: p.ID, Title: say(), Description: say()}); err == nil {
					ids[ws] = append(ids[ws], id.String())
				}
			case 3:
				_, err = s.UpdateTask(ctx, c, ws, ref, tasks.Patch{Title: tasks.Some(say())}, tasks.Condition{})
			case 4:
				_, err = s.UpdateTask(ctx, c, ws, ref, tasks.Patch{Labels: tasks.Some([]uuid.UUID{labels[ws]})}, tasks.Condition{})
			case 5:
				_, err = s.CreateComment(ctx, c, ws, tasks.NewComment{Task: ref, Body: say()})
			case 6:
				_, err = s.MoveTask(ctx, c, ws, ref, tasks.Move{Project: p.ID, WithChildren: true}, tasks.Condition{})
			case 7:
				_, err = s.DeleteTask(ctx, c, ws, ref, tasks.Condition{})
			case 8:
				_, err = s.RestoreTask(ctx, c, ws, ref)
			case 9:
				if id, bad := uuid.Parse(ref); bad == nil && rnd.IntN(2) == 0 {
					_, err = s.Purge(ctx, c, ws, "task", id)
				}
			case 10:
				_, _, err = s.Batch(ctx, c, ws, []tasks.Step{
					{Create: &tasks.NewTask{Project: p.ID, Title: say()}},
					{Comment: &tasks.NewComment{Task: ref, Body: say()}},
					{Update: &tasks.StepUpdate{Ref: ref, Patch: tasks.Patch{Description: tasks.Some(say())}}},
				})
			}
			if err == nil {
				done[what]++
			}
			if rnd.IntN(10) == 0 {
				if _, err := s.Index(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(done) != 11 {
			t.Errorf("only %v could be done", done)
		}
		takeIn(t, s)
		if got, want := inIndex(t, db), builtAnew(t, db); !maps.Equal(got, want) || len(want) < 50 {
			t.Errorf("seed %d: the index has %d texts, and %d there are\n%v\n%v", seed, len(got), len(want), got, want)
		}
	}
}

// TestWhatWasPurgedIsInNoFileOfTheIndex looks into the engine's own tables.
func TestWhatWasPurgedIsInNoFileOfTheIndex(t *testing.T) {
	db := OpenTest(t, "tasks")
	w := newCrowd(t, db)
	ctx := t.Context()
	said := func(word string) (n int) {
		if err := db.Read(ctx, func(tx *Tx) error {
			blocks, err := all(tx, func(row scanner) (b []byte, err error) {
				err = row.Scan(&b)
				return b, err
			}, `SELECT block FROM words_data`)
			for _, b := range blocks {
				n += bytes.Count(b, []byte(word))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, word := range []string{"zyzzyva", "xylophone"} { // the second is in an index that has been merged into one
		id := uuid.Must(uuid.NewV7())
		if _, err := w.CreateTask(ctx, w.c, w.ws, tasks.NewTask{ID: id, Project: w.project, Title: word}); err != nil {
			t.Fatal(err)
		}
		takeIn(t, w)
		if err := db.Write(ctx, func(tx *Tx) error {
			_, err := tx.Exec(`UPDATE words_upkeep SET removed = 1, begun = 0`) // a day later
			return err
		}); err != nil {
			t.Fatal(err)
		}
		takeIn(t, w)
		if said(word) == 0 {
			t.Fatal("the word was never there")
		}
		if _, err := w.DeleteTask(ctx, w.c, w.ws, id.String(), tasks.Condition{}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Purge(ctx, w.c, w.ws, "task", id); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(ctx, func(tx *Tx) error {
			_, err := tx.Exec(`UPDATE words_upkeep SET begun = 0`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		takeIn(t, w)
		if said(word) > 0 {
			t.Errorf("%s was purged and can still be read", word)
		}
	}
	if got, want := inIndex(t, db), builtAnew(t, db); !maps.Equal(got, want) || len(want) < 4_000 {
		t.Errorf("the index has %d texts, want %d", len(got), len(want))
	}
}

// TestAnOlderDatabaseIsIndexedLittleByLittle takes a database back to what it was before there was an index.
func TestAnOlderDatabaseIsIndexedLittleByLittle(t *testing.T) {
	db := OpenTest(t, "tasks")
	w := newCrowd(t, db)
	takeIn(t, w)
	want := len(builtAnew(t, db))
	if err := db.Write(t.Context(), func(tx *Tx) error {
		for _, q := range []string{
			`DROP TABLE words_known`, `DROP TABLE words`, `DROP TABLE words_stale`, `DROP TABLE words_missing`, `DROP TABLE words_upkeep`,
			`DROP INDEX histories_number`, `DROP INDEX histories_pending`, `DROP INDEX tasks_text`, `DROP INDEX entities_text`,
			`ALTER TABLE histories DROP COLUMN number`, `ALTER TABLE histories DROP COLUMN texts`, `ALTER TABLE histories DROP COLUMN indexed`,
			`ALTER TABLE tasks DROP COLUMN text_id`, `ALTER TABLE entities DROP COLUMN text_id`,
			`DROP TABLE secrets`, `DROP INDEX attachments_trash`, `DROP INDEX attachments_expiry`,
			`DROP TABLE task_loads`, `DROP TABLE task_quarters`, `DROP TABLE tasks_audit`, `DROP INDEX entities_member`,
			`DELETE FROM tasks_migrations WHERE version_id > 1`,
		} {
			if _, err := tx.Exec(q); err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "tasks", "1000.0.0"); err != nil {
		t.Fatal(err)
	}
	look := func(text string) (int, bool) {
		p, err := w.Search(t.Context(), w.c, w.ws, tasks.SearchQuery{Text: text}, tasks.PageOf{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Items), p.Complete
	}
	list := func() int {
		p, err := w.Tasks(t.Context(), w.c, w.ws, tasks.ListQuery{Filter: tasks.Filter{Field: "text", Op: "contains", Value: "3999"}}, tasks.PageOf{})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Items)
	}
	if n, complete := look("task 3999"); n != 0 || complete {
		t.Errorf("%d found at first, complete %v", n, complete)
	}
	if n := list(); n != 1 {
		t.Errorf("a list finds %d without the index", n)
	}
	if _, err := w.CreateTask(t.Context(), w.c, w.ws, tasks.NewTask{Project: w.project, Title: "Written meanwhile"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.UpdateTask(t.Context(), w.c, w.ws, w.parent.String(), tasks.Patch{Priority: tasks.Some(1)}, tasks.Condition{}); err != nil {
		t.Fatal(err)
	}
	if n, _ := look("meanwhile"); n != 1 {
		t.Errorf("what was written meanwhile is found %d times", n)
	}
	takeIn(t, w)
	if n, complete := look("task 3999"); n != 1 || !complete || list() != 1 {
		t.Errorf("%d found in the end, complete %v", n, complete)
	}
	if got, now := inIndex(t, db), builtAnew(t, db); !maps.Equal(got, now) || len(now) != want+1 {
		t.Errorf("the index has %d texts, want %d of %d", len(got), len(now), want+1)
	}
}

// TestSearchLooksAtAsManyTasksAsItWeighs counts the rows that are stepped over where every task has the word.
func TestSearchLooksAtAsManyTasksAsItWeighs(t *testing.T) {
	db := OpenTest(t, "tasks")
	w := newCrowd(t, db)
	takeIn(t, w)
	look := func(ctx context.Context, text string) int {
		p, err := w.Search(ctx, w.c, w.ws, tasks.SearchQuery{Text: text}, tasks.PageOf{})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Items)
	}
	list := func(ctx context.Context, sort string) int {
		f := tasks.Filter{Field: "text", Op: "contains", Value: "task 123"}
		p, err := w.Tasks(ctx, w.c, w.ws, tasks.ListQuery{Filter: f, Sort: sort}, tasks.PageOf{})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Items)
	}
	hidden := func(ctx context.Context) (n int) {
		q := tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("task"), Tasks: tasks.TaskQuery{Hidden: []uuid.UUID{w.project}}, Limit: 10_000}
		if err := NewTasksStore(db).Read(ctx, w.ws, func(v tasks.View) error {
			found, err := v.Find(q)
			n = len(found)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	look(t.Context(), "task")
	look(t.Context(), "comment 7")
	hidden(t.Context())
	list(t.Context(), "due")
	countIn(t, db)
	for _, c := range []struct {
		name string
		ask  func() int
		most int64
	}{
		{"a word of every task", func() int { return look(t.Context(), "tas") }, 2_000},
		{"half of the tasks, the others hidden", func() int { return hidden(t.Context()) }, 2_000},
		{"a few comments", func() int { return look(t.Context(), "comment 7") }, 100},
		{"a list of a few", func() int { return list(t.Context(), "due") }, 100},
	} {
		before := stepped.Load()
		n := int64(c.ask())
		if steps := stepped.Load() - before; n == 0 || steps < n || steps > c.most {
			t.Errorf("%s: %d rows were stepped over to give %d", c.name, steps, n)
		}
	}
}
