package sqldb

import (
	"fmt"
	"log/slog"
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// TestOfADroppedWorkspaceNothingIsLeft looks into every table that has rows of workspaces, so a new one can't be
// forgotten, and into the index of words, where the next workspace gets the numbers of the one that was dropped.
func TestOfADroppedWorkspaceNothingIsLeft(t *testing.T) {
	db := OpenTest(t, "tasks")
	store := NewTasksStore(db)
	s := tasks.New(store, everyone{}, time.Now, slog.New(slog.DiscardHandler))
	user := uuid.Must(uuid.NewV7())
	c := tasks.Caller{User: user, Actor: tasks.Actor{Type: tasks.ActorUser, ID: user, Name: "Ada"}}
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	furnish := func(ws uuid.UUID) {
		t.Helper()
		p, err := s.CreateProject(ctx, c, ws, tasks.NewProject{Name: "Plan"})
		must(err)
		l, err := s.CreateLabel(ctx, c, ws, tasks.NewLabel{Name: "bug"})
		must(err)
		due := &tasks.When{Date: "2026-12-24"}
		for i := range 12 {
			w, err := s.CreateTask(ctx, c, ws, tasks.NewTask{
				Project: p.ID, Title: fmt.Sprint("release ", i), Due: due, Labels: []uuid.UUID{l.ID}, Assignees: []uuid.UUID{user},
			})
			must(err)
			_, err = s.CreateComment(ctx, c, ws, tasks.NewComment{Task: w.ID.String(), Body: "login page"})
			must(err)
			if i == 6 {
				takeIn(t, store) // what changes behind it is in the index as it was
			}
			if i > 3 {
				_, err = s.UpdateTask(ctx, c, ws, w.ID.String(), tasks.Patch{Title: tasks.Some("another title")}, tasks.Condition{})
				must(err)
			}
			if i == 8 {
				_, err = s.DeleteTask(ctx, c, ws, w.ID.String(), tasks.Condition{})
				must(err)
			}
		}
	}
	kept, gone, next := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	furnish(kept)
	furnish(gone)
	before := rowsOf(t, db, gone)
	for _, table := range []string{"histories", "events", "activities", "entities", "tasks", "task_numbers", "task_labels", "task_assignees", "task_counts", "task_loads", "task_quarters"} {
		if before[table] == 0 {
			t.Errorf("%s has no rows to begin with", table)
		}
	}
	keeps := rowsOf(t, db, kept)
	for steps, more := 0, true; more; steps++ {
		var err error
		more, err = store.Drop(ctx, gone, 5)
		must(err)
		if steps%7 == 3 {
			takeIn(t, store)
		}
		if steps > 1000 {
			t.Fatal("it never ends")
		}
	}
	if left := rowsOf(t, db, gone); len(left) != 0 {
		t.Errorf("left are %v", left)
	}
	if now := rowsOf(t, db, kept); !maps.Equal(now, keeps) {
		t.Errorf("the other workspace had %v and has %v", keeps, now)
	}
	furnish(next)
	takeIn(t, store)
	if got, want := inIndex(t, db), builtAnew(t, db); !maps.Equal(got, want) {
		t.Errorf("the index has %d texts, %d are there", len(got), len(want))
	}
}

// rowsOf counts a workspace's rows in all tables that have some of it.
func rowsOf(t *testing.T, db *DB, ws uuid.UUID) map[string]int {
	t.Helper()
	counts := map[string]int{}
	if err := db.Read(t.Context(), func(tx *Tx) error {
		tables, err := all(tx, func(row scanner) (name string, err error) {
			err = row.Scan(&name)
			return name, err
		}, `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'ws'`)
		if err != nil {
			return err
		}
		for _, table := range tables {
			n, err := scanCount(tx.QueryRow(`SELECT count(*) FROM `+table+` WHERE ws = $1`, ws[:]))
			if err != nil {
				return err
			}
			if n > 0 {
				counts[table] = n
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return counts
}
