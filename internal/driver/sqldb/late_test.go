package sqldb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// together has writes run in one commit, in their order, and gives what became of each.
func together(t *testing.T, db *DB, writes ...func() error) []error {
	t.Helper()
	begun, on := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := db.Write(context.Background(), func(*Tx) error { close(begun); <-on; return nil }); err != nil {
			t.Error(err)
		}
	})
	<-begun
	errs := make([]error, len(writes))
	for i, w := range writes {
		wg.Go(func() { errs[i] = w() })
		for len(db.queue) <= i {
			time.Sleep(time.Millisecond)
		}
	}
	close(on)
	wg.Wait()
	return errs
}

// figure gives one number.
func figure(t *testing.T, db *DB, query string) (n int) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx *Tx) error { return tx.QueryRow(query).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

const liveTasks = `SELECT coalesce(sum(n), 0) FROM task_counts`

// TestWhatIsWrittenLateIsThereForWhoeverAsks has writes of one commit ask for what those before them left, and fail.
func TestWhatIsWrittenLateIsThereForWhoeverAsks(t *testing.T) {
	db := OpenTest(t, "tasks")
	s := tasks.New(NewTasksStore(db), everyone{}, time.Now, slog.New(slog.DiscardHandler))
	user := uuid.Must(uuid.NewV7())
	c := tasks.Caller{User: user, Actor: tasks.Actor{Type: "user", ID: user, Name: "Ada"}}
	one, other := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	create := func(ws uuid.UUID) func() error {
		w, err := s.CreateProject(t.Context(), c, ws, tasks.NewProject{Name: "Website"})
		if err != nil {
			t.Fatal(err)
		}
		var p tasks.Project
		if err := json.Unmarshal(w.JSON, &p); err != nil {
			t.Fatal(err)
		}
		return func() error {
			_, err := s.CreateTask(t.Context(), c, ws, tasks.NewTask{Project: p.ID, Title: "Write the report", Due: &tasks.When{Date: "2031-03-14"}})
			return err
		}
	}
	here, there := create(one), create(other)
	before := figure(t, db, `SELECT sum(seq) FROM histories`)

	refused := errors.New("refused")
	ask := func(want int, fails bool) func() error {
		return func() error {
			return db.Write(context.Background(), func(tx *Tx) error {
				if _, err := tx.Exec(`INSERT INTO words_stale (text_id) VALUES ($1)`, want); err != nil {
					return err
				}
				var n int
				if err := tx.QueryRow(liveTasks).Scan(&n); err != nil {
					return err
				}
				if n != want {
					return fmt.Errorf("%d tasks are counted, want %d", n, want)
				}
				if fails {
					return refused
				}
				return nil
			})
		}
	}
	errs := together(t, db, here, there, here, ask(3, true), here, ask(4, false), there)
	for i, err := range errs {
		if want := i == 3; errors.Is(err, refused) != want || err != nil && !want {
			t.Errorf("write %d: %v", i, err)
		}
	}
	for query, want := range map[string]int{
		liveTasks:                          5,
		`SELECT sum(n) FROM task_loads`:    5,
		`SELECT sum(n) FROM task_quarters`: 10, // each was made, and is due
		`SELECT sum(seq) FROM histories`:   before + 5,
		`SELECT sum(texts) FROM histories`: 5,
		`SELECT count(*) FROM words_stale`: 1,
		`SELECT count(*) FROM tasks`:       5,
		`SELECT count(*) FROM events`:      before + 5,
		`SELECT count(*) FROM task_loads`:  2,
	} {
		if got := figure(t, db, query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}

// TestWritesOfOneCommitCountTogether counts how often the engine writes.
func TestWritesOfOneCommitCountTogether(t *testing.T) {
	changes := func(writes int) int {
		db := OpenTest(t, "tasks")
		ws, project, status := uuid.New(), uuid.New(), uuid.New()
		do := make([]func() error, writes)
		for i := range do {
			do[i] = func() error {
				return db.Write(context.Background(), func(tx *Tx) error {
					w := tx.lateOf(ws)
					w.counts[column{project, status}]++
					w.tallies.count(&tasks.TaskIndex{Project: project, Created: 1, Due: tasks.NoDue}, 1)
					return nil
				})
			}
		}
		before := 0
		measure := func(tx *Tx) (n int) {
			if err := tx.QueryRow(`SELECT total_changes()`).Scan(&n); err != nil {
				t.Error(err)
			}
			return n
		}
		if err := db.Write(t.Context(), func(tx *Tx) error { before = measure(tx); return nil }); err != nil {
			t.Fatal(err)
		}
		for _, err := range together(t, db, do...) {
			if err != nil {
				t.Error(err)
			}
		}
		after := 0
		if err := db.Write(t.Context(), func(tx *Tx) error { after = measure(tx); return nil }); err != nil {
			t.Fatal(err)
		}
		if n := figure(t, db, liveTasks); n != writes {
			t.Errorf("%d are counted, want %d", n, writes)
		}
		return after - before
	}
	if one, many := changes(1), changes(20); one != 3 || many != one {
		t.Errorf("%d rows are written for one write and %d for twenty, want 3", one, many)
	}
}
