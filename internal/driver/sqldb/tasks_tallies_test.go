package sqldb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// TestStatsLookAtNoTasks counts the rows that the engine steps over for the figures of a workspace with 4,000 tasks: no
// more than the figures themselves.
func TestStatsLookAtNoTasks(t *testing.T) {
	db := OpenTest(t, "tasks")
	w := newCrowd(t, db)
	for name, q := range map[string]tasks.StatsQuery{
		"a workspace": {}, "a project": {Projects: []uuid.UUID{w.project}}, "a year": {Days: 366},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := w.Stats(t.Context(), w.c, w.ws, q); err != nil {
				t.Fatal(err)
			}
			countIn(t, db)
			before := stepped.Load()
			s, err := w.Stats(t.Context(), w.c, w.ws, q)
			if err != nil {
				t.Fatal(err)
			}
			steps, figures := int(stepped.Load()-before), len(s.ByStatus)+len(s.ByAssignee)+len(s.Days)
			if s.Total < 1_500 || s.Overdue == 0 {
				t.Fatalf("figures of something else: %+v", s)
			}
			if steps == 0 || steps > 4*figures {
				t.Errorf("%d rows were stepped over for %d figures", steps, figures)
			}
		})
	}
}

// kept is what the tables of tallies hold.
func kept(t *testing.T, db *DB) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []string{
		`SELECT hex(ws), hex(project), hex(assignee), done, n FROM task_loads ORDER BY ws, project, assignee, done`,
		`SELECT hex(ws), hex(project), tally, at, n FROM task_quarters ORDER BY ws, project, tally, at`,
	} {
		if err := db.Read(t.Context(), func(tx *Tx) error {
			_, err := all(tx, func(row scanner) (x struct{}, err error) {
				var a, c, d, e, f string
				err = row.Scan(&a, &c, &d, &e, &f)
				fmt.Fprintln(&b, a, c, d, e, f)
				return x, err
			}, q)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestTheMigrationCountsWhatIsThere forgets all tallies of a workspace in use and has the migration make them.
func TestTheMigrationCountsWhatIsThere(t *testing.T) {
	db := OpenTest(t, "tasks")
	newCrowd(t, db)
	want := kept(t, db)
	if n := strings.Count(want, "\n"); n < 20 {
		t.Fatalf("only %d tallies are kept", n)
	}
	text, err := migrations.ReadFile("migrations/tasks/0004_tallies.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, fill, _ := strings.Cut(string(text), "\nINSERT")
	if err := db.Write(t.Context(), func(tx *Tx) error {
		for _, table := range []string{"task_loads", "task_quarters"} {
			if _, err := tx.Exec(`DELETE FROM ` + table); err != nil {
				return err
			}
		}
		for statement := range strings.SplitSeq("INSERT"+fill, ";") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := kept(t, db); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
