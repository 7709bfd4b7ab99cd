package sqldb

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/tasks"
)

// stepped counts the rows that the engine looks at: it is a function of SQL, and stands first among the conditions of a
// query, which are asked of each row that an index leads to.
var stepped atomic.Int64

func countSteps(c *conn) error {
	return c.raw.CreateFunction("stepped", &sqlite.FunctionImpl{
		NArgs: 1, Scalar: func(sqlite.Context, []sqlite.Value) (sqlite.Value, error) {
			stepped.Add(1)
			return sqlite.IntegerValue(1), nil
		},
	})
}

var sources = regexp.MustCompile(`FROM (tasks|task_\w+|entities|activities|events)( [a-z])?((?: INDEXED BY \w+)?(?: CROSS JOIN tasks t ON t\.ws = \w\.ws AND t\.id = \w\.task)?)\s+WHERE `)

// found leads from the index of words to the tasks.
var found = regexp.MustCompile(`(\) w CROSS JOIN .* WHERE )t\.ws`)

// counting is a query that counts what it steps over.
func counting(query string) string {
	if found.MatchString(query) {
		return found.ReplaceAllString(query, "${1}stepped(t.ws) AND t.ws")
	}
	return sources.ReplaceAllStringFunc(query, func(s string) string {
		m := sources.FindStringSubmatch(s)
		of := m[1]
		if m[2] != "" {
			of = m[2][1:]
		}
		return s + "stepped(" + of + ".ws) AND "
	})
}

// countIn has every connection run, from now on, counting forms of the queries that any of them has run.
func countIn(t *testing.T, db *DB) {
	t.Helper()
	queries := map[string]bool{}
	for _, c := range db.pool.all {
		if c == db.pool.checkpointer { // it works on its own account
			continue
		}
		for q := range c.stmts {
			if sources.MatchString(q) || found.MatchString(q) {
				queries[q] = true
			}
		}
	}
	for _, c := range db.pool.all {
		if c == db.pool.checkpointer { // it works on its own account
			continue
		}
		if err := countSteps(c); err != nil {
			t.Fatal(err)
		}
		for q := range queries {
			s, _, err := c.raw.PrepareTransient(dialect(counting(q)))
			if err != nil {
				t.Fatalf("%s: %v", counting(q), err)
			}
			if old := c.stmts[q]; old != nil {
				_ = old.Finalize()
			}
			c.stmts[q] = &statement{Stmt: s}
		}
	}
}

// crowd is a workspace in which no list is short.
type crowd struct {
	*tasks.Service
	c                                  tasks.Caller
	ws, project, label, parent, talked uuid.UUID
	column                             uuid.UUID
}

func newCrowd(t *testing.T, db *DB) *crowd {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	user := uuid.Must(uuid.NewV7())
	w := &crowd{
		Service: tasks.New(NewTasksStore(db), everyone{}, time.Now, slog.New(slog.DiscardHandler)),
		c:       tasks.Caller{User: user, Actor: tasks.Actor{Type: tasks.ActorUser, ID: user, Name: "Ada"}}, ws: uuid.Must(uuid.NewV7()),
	}
	ctx := t.Context()
	label, err := w.CreateLabel(ctx, w.c, w.ws, tasks.NewLabel{Name: "bug"})
	must(err)
	w.label = label.ID
	var projects [2]tasks.Project
	for i := range projects {
		p, err := w.CreateProject(ctx, w.c, w.ws, tasks.NewProject{Name: fmt.Sprint("Project ", i)})
		must(err)
		must(json.Unmarshal(p.JSON, &projects[i]))
	}
	w.project, w.column = projects[0].ID, projects[0].Statuses[1].ID
	w.parent, w.talked = uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	for i := range 8 {
		steps := make([]tasks.Step, 0, tasks.MaxBatch)
		for j := range cap(steps) {
			n := i*cap(steps) + j
			p := projects[n%2]
			task := &tasks.NewTask{ID: uuid.Must(uuid.NewV7()), Project: p.ID, Title: fmt.Sprint("Task ", n), Status: p.Statuses[n/2%len(p.Statuses)].ID}
			switch n {
			case 0:
				task.ID = w.parent
			case 2:
				task.ID = w.talked
			}
			if n%3 == 0 {
				task.Due = &tasks.When{Date: fmt.Sprintf("2026-%02d-%02d", 1+n%12, 1+n%28)}
			}
			if n%2 == 1 || n%4 == 0 {
				task.Assignees, task.Labels = []uuid.UUID{user}, []uuid.UUID{w.label}
			}
			if n%8 == 6 {
				task.Parent = w.parent.String()
			}
			steps = append(steps, tasks.Step{Create: task})
		}
		_, _, err := w.Batch(ctx, w.c, w.ws, steps)
		must(err)
	}
	var talk, gone []tasks.Step
	trash, err := w.Tasks(ctx, w.c, w.ws, tasks.ListQuery{Sort: "title"}, tasks.PageOf{Limit: tasks.MaxLimit})
	must(err)
	for i := range 200 {
		talk = append(talk, tasks.Step{Comment: &tasks.NewComment{Task: w.talked.String(), Body: fmt.Sprint("Comment ", i)}})
		var d tasks.TaskDoc
		if must(json.Unmarshal(trash.Items[i], &d)); d.ID != w.parent && d.ID != w.talked {
			gone = append(gone, tasks.Step{Delete: d.ID.String()})
		}
	}
	for _, steps := range [][]tasks.Step{talk, gone} {
		_, _, err = w.Batch(ctx, w.c, w.ws, steps)
		must(err)
	}
	return w
}

func is(field string, value any) tasks.Filter {
	return tasks.Filter{Field: field, Op: "eq", Value: value}
}

// TestForgettingHistoryLooksAtWhatIsForgotten forgets a little of a long history.
func TestForgettingHistoryLooksAtWhatIsForgotten(t *testing.T) {
	db := OpenTest(t, "tasks")
	s := NewTasksStore(db)
	if err := db.Write(t.Context(), func(tx *Tx) error {
		for _, ws := range []uuid.UUID{{1}, {2}} {
			if _, err := tx.Exec(`INSERT INTO histories (ws, epoch, seq, access) VALUES ($1, 'e', 2000, 0)`, ws[:]); err != nil {
				return err
			}
			for i := range 2000 {
				if _, err := tx.Exec(`INSERT INTO events (ws, seq, type, at, lost, doc) VALUES ($1, $2, '', $2, 0, x'')`, ws[:], i); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	trim := func(before int64, want int) {
		t.Helper()
		if n, err := s.Trim(t.Context(), before, 1_000); n != want || err != nil {
			t.Fatalf("%d are forgotten, want %d: %v", n, want, err)
		}
	}
	trim(10, 20)
	countIn(t, db)
	was := stepped.Load()
	trim(40, 60)
	if steps := stepped.Load() - was; steps < 60 || steps > 10*60 {
		t.Errorf("%d rows were stepped over to forget 60", steps)
	}
}

// TestNamedListsAreServedByAnIndex asks for a page in the middle of every list that has a name, in a workspace where there
// is much else, and counts the rows that the engine steps over for it: at most ten times what it gives.
func TestNamedListsAreServedByAnIndex(t *testing.T) {
	db := OpenTest(t, "tasks")
	w := newCrowd(t, db)
	project, column := is("project", w.project.String()), is("status", w.column.String())
	all := func(f ...tasks.Filter) tasks.Filter { return tasks.Filter{All: f} }
	type ask func(ctx context.Context, of tasks.PageOf) (tasks.Page, error)
	list := func(sort string, f tasks.Filter) ask {
		return func(ctx context.Context, of tasks.PageOf) (tasks.Page, error) {
			return w.Tasks(ctx, w.c, w.ws, tasks.ListQuery{Filter: f, Sort: sort}, of)
		}
	}
	for name, ask := range map[string]ask{
		"project by position":            list("position", project),
		"project by due date":            list("due", project),
		"project by due date, backwards": list("-due", project),
		"project, last changed first":    list("-updated", project),
		"column by position":             list("position", all(project, column)),
		"workspace by due date":          list("due", tasks.Filter{}),
		"workspace, newest first":        list("-created", tasks.Filter{}),
		"workspace, last changed first":  list("-updated", tasks.Filter{}),
		"mine and open by due date":      list("due", all(is("assignee", "me"), is("completed", false))),
		"label, newest first":            list("-created", is("label", w.label.String())),
		"sub-tasks":                      list("", is("parent", w.parent.String())),
		"comments": func(ctx context.Context, of tasks.PageOf) (tasks.Page, error) {
			return w.Comments(ctx, w.c, w.ws, w.talked.String(), of)
		},
		"activity": func(ctx context.Context, of tasks.PageOf) (tasks.Page, error) {
			return w.Activity(ctx, w.c, w.ws, w.talked.String(), of)
		},
		"trash": func(ctx context.Context, of tasks.PageOf) (tasks.Page, error) { return w.Trash(ctx, w.c, w.ws, of) },
		"changes": func(ctx context.Context, of tasks.PageOf) (tasks.Page, error) {
			told, _, head, err := w.Changes(ctx, w.c, w.ws, "", -1, 1)
			if err != nil || len(told) == 0 {
				return tasks.Page{}, err
			}
			told, _, _, err = w.Changes(ctx, w.c, w.ws, head.Epoch, 500, of.Limit)
			return tasks.Page{Items: make([][]byte, len(told)), Next: "?"}, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			first, err := ask(t.Context(), tasks.PageOf{Limit: 20})
			if err != nil || first.Next == "" {
				t.Fatalf("the list has one page: %v", err)
			}
			of := tasks.PageOf{Limit: 20, Cursor: first.Next}
			if _, err := ask(t.Context(), of); err != nil {
				t.Fatal(err)
			}
			countIn(t, db)
			before := stepped.Load()
			page, err := ask(t.Context(), of)
			if err != nil {
				t.Fatal(err)
			}
			steps := int(stepped.Load() - before)
			if steps < len(page.Items) {
				t.Fatalf("%d rows were counted and %d given", steps, len(page.Items))
			}
			if steps > 10*len(page.Items) {
				t.Errorf("%d rows were stepped over to give %d", steps, len(page.Items))
			}
		})
	}
}
