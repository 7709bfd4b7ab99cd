package tasks_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// TestWhateverHappensTheTasksFitTogether lets people work at random, with a clock that goes back at times, and looks
// again and again whether what is counted is what is there and whether what is referred to is.
func TestWhateverHappensTheTasksFitTogether(t *testing.T) {
	for seed := range uint64(10) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t)
			s := newStory(w, seed+100)
			looked := 0
			for step := range 600 {
				s.act()
				w.later(-time.Duration(s.rand.IntN(4000)) * time.Millisecond)
				if step%4 == 3 {
					looked += w.audit()
				}
				if t.Failed() {
					t.Fatalf("step %d, %s", step, s.last)
				}
			}
			if looked < 1000 {
				t.Errorf("only %d tasks were looked at", looked)
			}
		})
	}
}

// audited is a workspace, read whole.
type audited struct {
	tasks    map[uuid.UUID]tasks.Task
	statuses map[uuid.UUID]tasks.Status
	projects map[uuid.UUID]uuid.UUID // of statuses
	comments map[uuid.UUID]int
	labels   map[uuid.UUID]bool
}

func (w *world) readWhole() audited {
	w.Helper()
	a := audited{
		tasks: map[uuid.UUID]tasks.Task{}, statuses: map[uuid.UUID]tasks.Status{}, projects: map[uuid.UUID]uuid.UUID{},
		comments: map[uuid.UUID]int{}, labels: map[uuid.UUID]bool{},
	}
	w.ok(w.store.Read(w.Context(), w.ws, func(v tasks.View) error {
		live, err := v.Tasks(tasks.TaskQuery{Sort: tasks.SortCreated, Whole: true})
		w.ok(err)
		trashed, err := v.Trash(tasks.Position{Number: tasks.NoDue, ID: uuid.Max}, 10_000)
		w.ok(err)
		for _, r := range append(live, trashed...) {
			if r.Kind == tasks.KindTask {
				a.tasks[r.ID] = decode[tasks.Task](w, r.Doc)
			}
		}
		rows := func(kind tasks.Kind, each func(*tasks.Row)) {
			all, err := v.List(tasks.RowQuery{Kind: kind, WithTrash: kind == tasks.KindProject})
			w.ok(err)
			for _, r := range all {
				each(r)
			}
		}
		rows(tasks.KindProject, func(r *tasks.Row) {
			p := decode[tasks.Project](w, r.Doc)
			for _, st := range p.Statuses {
				a.statuses[st.ID], a.projects[st.ID] = st, p.ID
			}
		})
		rows(tasks.KindComment, func(r *tasks.Row) { a.comments[r.Scope]++ })
		rows(tasks.KindLabel, func(r *tasks.Row) { a.labels[r.ID] = true })
		return nil
	}))
	return a
}

// audit looks at every task and gives how many there are.
func (w *world) audit() int {
	w.Helper()
	a := w.readWhole()
	children, done := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	places, numbers := map[string]uuid.UUID{}, map[string]uuid.UUID{}
	once := func(in map[string]uuid.UUID, what string, id uuid.UUID) {
		if other, taken := in[what]; taken {
			w.Errorf("%s and %s share %s", id, other, what)
		}
		in[what] = id
	}
	for id, t := range a.tasks {
		once(numbers, fmt.Sprint(t.Project, "-", t.Number), id)
		if t.DeletedAt != nil {
			continue
		}
		once(places, fmt.Sprint(t.Project, " ", t.Position), id)
		if t.Parent != nil {
			once(places, fmt.Sprint(*t.Parent, " ", t.ChildPos), id)
			if children[*t.Parent]++; t.CompletedAt != nil {
				done[*t.Parent]++
			}
		}
	}
	for id, t := range a.tasks {
		if t.CommentCount != a.comments[id] {
			w.Errorf("%s has %d comments and counts %d", id, a.comments[id], t.CommentCount)
		}
		if t.DeletedAt != nil {
			continue
		}
		if t.ChildCount != children[id] || t.ChildDoneCount != done[id] {
			w.Errorf("%s has %d sub-tasks, %d of them done, and counts %d and %d", id, children[id], done[id], t.ChildCount, t.ChildDoneCount)
		}
		st := a.statuses[t.Status]
		completes := st.Category == tasks.CategoryDone || st.Category == tasks.CategoryCanceled
		if a.projects[t.Status] != t.Project || completes != (t.CompletedAt != nil) {
			w.Errorf("%s of %s is in %+v of %s, and completed %v", id, t.Project, st, a.projects[t.Status], t.CompletedAt)
		}
		for _, l := range t.Labels {
			if !a.labels[l] {
				w.Errorf("%s has a label that is gone", id)
			}
		}
		depth := 0
		for up := t; up.Parent != nil; depth++ {
			parent, there := a.tasks[*up.Parent]
			if !there || parent.DeletedAt != nil || parent.Project != t.Project || depth > 20 {
				w.Errorf("%s hangs on %s, %d above it: %+v", id, *up.Parent, depth+1, parent)
				break
			}
			up = parent
		}
	}
	return len(a.tasks)
}
