package tasks_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// trashed gives the trash's titles and names as c sees them, page by page.
func (w *world) trashed(c tasks.Caller) (out []string) {
	w.Helper()
	of := tasks.PageOf{Limit: 2}
	for {
		page, err := w.Trash(w.Context(), c, w.ws, of)
		w.ok(err)
		for _, item := range page.Items {
			line := decode[struct {
				Type string
				Data struct{ Title, Name string }
			}](w, item)
			out = append(out, line.Type+":"+line.Data.Title+line.Data.Name)
		}
		if of.Cursor = page.Next; of.Cursor == "" {
			return out
		}
	}
}

func (w *world) restore(t tasks.TaskDoc) {
	w.Helper()
	w.ok(second(w.RestoreTask(w.Context(), w.ada, w.ws, t.ID.String())))
}

func TestATreeGoesToTheTrashAndComesBack(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a := w.titled(p, "a")
	b := w.child(a, "b")
	c := w.child(b, "c")
	early := w.child(b, "early")
	w.trash(early)
	w.later(time.Second)
	w.trash(a)
	w.trash(a) // twice is no error
	if got := w.list(w.ada, in(p)); len(got) != 0 {
		t.Errorf("still listed: %v", got)
	}
	w.missing(second(w.UpdateTask(t.Context(), w.ada, w.ws, a.Key, tasks.Patch{Title: tasks.Some("x")}, tasks.Condition{})))
	if got := w.again(a); got.DeletedAt == nil {
		t.Error("a task in the trash can be read there, and says so")
	}
	same(t, "trash", w.trashed(w.ada), []string{"task:a", "task:early"})
	w.restore(a)
	w.restore(a)
	same(t, "back", words(w.list(w.ada, in(p))), "a b c")
	w.counted(a, 1, 0)
	w.counted(b, 1, 0)
	same(t, "trash", w.trashed(w.ada), []string{"task:early"})
	_ = c
}

func TestASubTaskComesBackAlone(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a := w.titled(p, "a")
	b := w.child(a, "b")
	c := w.child(b, "c")
	w.trash(a)
	w.restore(b)
	same(t, "back", words(w.list(w.ada, in(p))), "b c")
	same(t, "its parent", w.again(b).Parent, nil)
	same(t, "what is below it", w.again(c).Parent, b.ID)
	w.restore(a)
	w.counted(a, 0, 0)
	w.counted(b, 1, 0)
}

func TestWhatComesBackFitsWhatIsThereNow(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	l, err := w.CreateLabel(t.Context(), w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	a := w.create(tasks.NewTask{Project: p.ID, Title: "a", Status: status(p, "Backlog"), Labels: []uuid.UUID{l.ID}})
	w.trash(a)
	w.ok(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, a.Status, uuid.Nil)))
	w.ok(second(w.DeleteLabel(t.Context(), w.ada, w.ws, l.ID)))
	w.restore(a)
	got := w.again(a)
	same(t, "status", got.Status, status(p, "To do"))
	same(t, "labels", got.Labels, []uuid.UUID{})
}

func TestWhatComesBackHangsNoDeeperThanAllowed(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a := w.titled(p, "a")
	b := w.child(a, "b")
	c := w.child(b, "c")
	w.trash(b)
	deep := w.titled(p, "0")
	for range 18 {
		deep = w.child(deep, "deeper")
	}
	w.patch(a, tasks.Patch{Parent: tasks.Some(deep.Key)}) // with b and c below it, it could not go there
	w.restore(b)
	same(t, "its parent", w.again(b).Parent, nil)
	same(t, "what is below it", w.again(c).Parent, b.ID)
	w.counted(a, 0, 0)
	w.audit()
}

func TestWhatChangedInTheTrashIsAConflict(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a := w.create(tasks.NewTask{Project: p.ID, Title: "a", Status: status(p, "Backlog")})
	w.trash(a)
	w.ok(second(w.DeleteStatus(t.Context(), w.ada, w.ws, p.ID, a.Status, uuid.Nil)))
	w.restore(a)
	_, err := w.UpdateTask(t.Context(), w.ada, w.ws, a.Key, tasks.Patch{Status: tasks.Some(status(p, "Done"))}, tasks.Condition{Base: a.Version})
	same(t, "conflicts", conflicts(t, err), []map[string]any{{"field": "status", "base": nil, "theirs": status(p, "To do")}})
	_, err = w.UpdateTask(t.Context(), w.ada, w.ws, a.Key, tasks.Patch{Title: tasks.Some("b")}, tasks.Condition{Base: a.Version})
	w.ok(err)
}

func TestTheOrderHoldsForWhatComesBack(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a, b, c := w.titled(p, "a"), w.titled(p, "b"), w.titled(p, "c")
	// d takes the very place that b had
	w.trash(b)
	d := w.create(tasks.NewTask{Project: p.ID, Title: "d", Place: tasks.Place{After: a.Key}})
	w.restore(b)
	x := w.again(b)
	if y := w.again(d); x.Position == y.Position {
		t.Errorf("b and d share the position %s", x.Position)
	}
	w.create(tasks.NewTask{Project: p.ID, Title: "e", Place: tasks.Place{After: d.Key}})
	got := words(w.list(w.ada, in(p)))
	if got != "a d e b c" && got != "a b d e c" {
		t.Errorf("the order is %s", got)
	}
	_ = c
}

func TestPurgingTakesATreeAndItsWords(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a := w.create(tasks.NewTask{Project: p.ID, Title: "secret one", Description: "secret two"})
	b := w.child(a, "secret three")
	w.ok(second(w.CreateComment(t.Context(), w.ada, w.ws, tasks.NewComment{Task: b.Key, Body: "secret four"})))
	w.patch(a, tasks.Patch{Title: tasks.Some("secret five")})
	private := w.project(tasks.NewProject{Name: "Private", Access: tasks.AccessPrivate})
	w.ok(second(w.MoveTask(t.Context(), w.ada, w.ws, a.Key, tasks.Move{Project: private.ID, WithChildren: true}, tasks.Condition{})))
	w.missing(second(w.Purge(t.Context(), w.ada, w.ws, "task", a.ID)))
	w.trash(a)
	bob := w.person("Bob", tasks.RoleMember)
	for _, id := range []uuid.UUID{a.ID, private.ID, uuid.New()} { // what Bob may not see is as gone as what never was
		w.ok(second(w.Purge(t.Context(), bob, w.ws, "task", id)))
		w.ok(second(w.Purge(t.Context(), bob, w.ws, "project", id)))
	}
	same(t, "what a stranger to the project has purged", w.trashed(w.ada), []string{"task:secret five"})
	w.ok(second(w.SetProjectMember(t.Context(), w.ada, w.ws, private.ID, bob.User, tasks.ProjectEditor)))
	w.refused(second(w.Purge(t.Context(), bob, w.ws, "task", a.ID)), fault.KindForbidden, "")
	w.ok(second(w.Purge(t.Context(), w.ada, w.ws, "task", a.ID)))
	w.ok(second(w.Purge(t.Context(), w.ada, w.ws, "task", a.ID)))
	for _, task := range []tasks.TaskDoc{a, b} {
		w.missing(second3(w.Task(t.Context(), w.ada, w.ws, task.ID.String())))
	}
	for _, c := range []tasks.Caller{w.ada, bob} {
		told, _, _, err := w.Changes(t.Context(), c, w.ws, "", -1, 1000)
		w.ok(err)
		for _, e := range told {
			if containsWord(e.JSON, "secret") {
				t.Errorf("an event still says %s", e.JSON)
			}
			if doc := decode[tasks.EventDoc](t, e.JSON); doc.Type != e.Type || doc.Seq != e.Seq {
				t.Errorf("%s %d says %s", e.Type, e.Seq, e.JSON)
			}
		}
	}
	same(t, "the next number", w.titled(private, "next").Key, "PRIV-3")
}

func TestPurgingLeavesWhatWasTrashedBefore(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	a := w.titled(p, "a")
	b := w.child(a, "b")
	early := w.child(b, "early")
	below := w.child(early, "below")
	w.trash(early)
	w.trash(a)
	w.ok(second(w.Purge(t.Context(), w.ada, w.ws, "task", a.ID)))
	w.missing(second3(w.Task(t.Context(), w.ada, w.ws, b.ID.String())))
	same(t, "trash", w.trashed(w.ada), []string{"task:early"})
	w.restore(early)
	same(t, "its parent", w.again(early).Parent, nil)
	same(t, "what is below it", w.again(below).Parent, early.ID)
	same(t, "back", words(w.list(w.ada, in(p))), "early below")
}

func containsWord(b []byte, word string) bool { return bytes.Contains(b, []byte(word)) }

func TestAProjectGoesToTheTrashWithAllThatIsInIt(t *testing.T) {
	w := newWorld(t)
	bob := w.person("Bob", tasks.RoleMember)
	p, other := w.project(tasks.NewProject{Name: "Website"}), w.project(tasks.NewProject{Name: "Other"})
	a, gone := w.titled(p, "a"), w.titled(p, "gone")
	w.titled(other, "b")
	w.trash(gone)
	w.refused(second(w.DeleteProject(t.Context(), bob, w.ws, p.ID)), fault.KindForbidden, "")
	w.ok(second(w.DeleteProject(t.Context(), w.ada, w.ws, p.ID)))
	w.ok(second(w.DeleteProject(t.Context(), w.ada, w.ws, p.ID)))
	w.missing(second3(w.Project(t.Context(), w.ada, w.ws, p.ID)))
	w.missing(second3(w.Task(t.Context(), w.ada, w.ws, a.Key)))
	w.missing(second(w.Purge(t.Context(), w.ada, w.ws, "task", gone.ID))) // she must not believe that it is gone for good
	for _, c := range []tasks.Caller{w.ada, bob} {
		same(t, "everything", words(w.list(c, tasks.ListQuery{})), "b")
		g, err := w.Groups(t.Context(), c, w.ws, tasks.ListQuery{}, "priority", 10)
		w.ok(err)
		if len(g.Groups) != 1 || g.Groups[0].Count != 1 {
			t.Errorf("groups %+v", g.Groups)
		}
	}
	same(t, "trash", w.trashed(w.ada), []string{"project:Website"})
	same(t, "another's trash", w.trashed(bob), nil)
	w.ok(second(w.RestoreProject(t.Context(), w.ada, w.ws, p.ID)))
	same(t, "back", words(w.list(bob, in(p))), "a")
	same(t, "trash", w.trashed(w.ada), []string{"task:gone"})
}

func TestAPurgedProjectLeavesNothingBehind(t *testing.T) {
	w := newWorld(t)
	bob := w.person("Bob", tasks.RoleMember)
	p := w.project(tasks.NewProject{Name: "Website", Key: "WEB"})
	a, gone := w.titled(p, "secret live"), w.titled(p, "secret trashed")
	w.trash(gone)
	w.ok(second(w.SetProjectMember(t.Context(), w.ada, w.ws, p.ID, bob.User, tasks.ProjectAdmin)))
	w.ok(second(w.DeleteProject(t.Context(), w.ada, w.ws, p.ID)))
	w.refused(second(w.Purge(t.Context(), w.person("Cy", tasks.RoleMember), w.ws, "project", p.ID)), fault.KindForbidden, "")
	w.ok(second(w.Purge(t.Context(), w.ada, w.ws, "project", p.ID)))
	w.ok(w.store.Read(t.Context(), w.ws, func(v tasks.View) error {
		for _, id := range []uuid.UUID{a.ID, gone.ID} {
			if r, err := v.Get(tasks.KindTask, id); r != nil || err != nil {
				t.Errorf("task %s is still there: %v", id, err)
			}
		}
		if rows, err := v.List(tasks.RowQuery{Kind: tasks.KindGrant, Scope: p.ID, WithTrash: true}); len(rows) != 0 || err != nil {
			t.Errorf("%d grants are still there: %v", len(rows), err)
		}
		events, err := v.Events(0, 1000)
		for _, e := range events {
			if containsWord(e.JSON, "secret") {
				t.Errorf("an event still says %s", e.JSON)
			}
		}
		return err
	}))
	_, err := w.CreateProject(t.Context(), w.ada, w.ws, tasks.NewProject{Name: "x", Key: "WEB"})
	w.refused(err, fault.KindConflict, "key-taken")
	same(t, "the last that one hears of it", w.heard(bob)[len(w.heard(bob))-1], "project.purged")
}

// heard gives the types of all events that c may see.
func (w *world) heard(c tasks.Caller) (out []string) {
	w.Helper()
	told, _, _, err := w.Changes(w.Context(), c, w.ws, "", -1, 1000)
	w.ok(err)
	for _, e := range told {
		out = append(out, e.Type)
	}
	return out
}
