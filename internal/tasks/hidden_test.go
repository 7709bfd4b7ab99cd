package tasks_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// learned is all that a reader was told since a point, as text.
func (w *world) learned(c tasks.Caller, since tasks.Head) string {
	w.Helper()
	told, _, _, err := w.Changes(w.Context(), c, w.ws, since.Epoch, since.Seq, 200)
	w.ok(err)
	var all strings.Builder
	for _, e := range told {
		if len(e.JSON) == 0 {
			w.Errorf("%s is told %q and nothing of it", c.Actor.Name, e.Type)
		}
		all.WriteString(e.Type + " ")
		all.Write(e.JSON)
		all.WriteByte('\n')
	}
	return all.String()
}

// story is a task's activity as a reader gets it, in pages of two, as text.
func (w *world) story(c tasks.Caller, task string) string {
	w.Helper()
	var all strings.Builder
	for of := (tasks.PageOf{Limit: 2}); ; {
		page, err := w.Activity(w.Context(), c, w.ws, task, of)
		w.ok(err)
		all.Write(page.JSON())
		if of.Cursor = page.Next; of.Cursor == "" {
			return all.String()
		}
	}
}

func TestARelationToWhatIsHiddenIsNotTold(t *testing.T) {
	w := newWorld(t)
	open, closed := w.project(tasks.NewProject{Name: "Open"}), w.project(tasks.NewProject{Name: "Closed", Access: tasks.AccessPrivate})
	bob, gus := w.person("Bob", tasks.RoleMember), w.person("Gus", tasks.RoleGuest, tasks.Grant{Project: closed.ID, Role: tasks.ProjectEditor})
	seen, beside, secret := w.titled(open, "seen"), w.titled(open, "beside"), w.titled(closed, "secret")
	start, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	for _, pair := range [][2]tasks.TaskDoc{{seen, secret}, {secret, seen}, {seen, beside}} {
		w.ok(second(w.Relate(t.Context(), w.ada, w.ws, pair[0].Key, tasks.RelationDuplicates, pair[1].Key)))
	}
	w.ok(second(w.Unrelate(t.Context(), w.ada, w.ws, seen.Key, tasks.RelationDuplicates, secret.Key)))
	for _, c := range []tasks.Caller{bob, gus} {
		hidden, shown := secret, seen
		if c.User == gus.User {
			hidden, shown = seen, secret
		}
		if got := w.learned(c, start); strings.Contains(got, hidden.ID.String()) {
			t.Errorf("%s is told of what is hidden: %s", c.Actor.Name, got)
		}
		if got := w.story(c, shown.ID.String()); strings.Contains(got, hidden.ID.String()) {
			t.Errorf("%s reads of what is hidden: %s", c.Actor.Name, got)
		}
	}
	if got := w.learned(bob, start); strings.Count(got, "relation.") != 2 || !strings.Contains(got, beside.ID.String()) {
		t.Errorf("of a relation that he sees Bob is told %s", got)
	}
	if got := w.learned(w.ada, start); strings.Count(got, "relation.created {") != 3 || strings.Count(got, "relation.deleted {") != 1 {
		t.Errorf("Ada is told %s", got)
	}
	if got := w.story(w.ada, seen.Key); strings.Count(got, secret.ID.String()) != 2 {
		t.Errorf("Ada reads %s", got)
	}
}

func TestWhatATaskWasInAHiddenProjectIsNotTold(t *testing.T) {
	w := newWorld(t)
	open, closed := w.project(tasks.NewProject{Name: "Open", Key: "OPN"}), w.project(tasks.NewProject{Name: "Closed", Key: "SAL", Access: tasks.AccessPrivate})
	bob := w.person("Bob", tasks.RoleMember)
	insider := w.person("Ida", tasks.RoleMember, tasks.Grant{Project: closed.ID, Role: tasks.ProjectEditor})
	task := w.titled(closed, "Dismiss Bob")
	first := task.Version
	task = w.patch(task, tasks.Patch{Title: tasks.Some("Meet Bob")})
	start, err := w.Head(t.Context(), w.ws)
	w.ok(err)
	w.ok(second(w.MoveTask(t.Context(), w.ada, w.ws, task.Key, tasks.Move{Project: open.ID}, tasks.Condition{})))
	w.patch(task, tasks.Patch{Priority: tasks.Some(2)})
	w.patch(task, tasks.Patch{Title: tasks.Some("Met Bob")})

	id := task.ID.String()
	doc, _, err := w.Task(t.Context(), bob, w.ws, id)
	w.ok(err)
	for what, got := range map[string]string{"events": w.learned(bob, start), "activity": w.story(bob, id), "task": string(doc.JSON)} {
		for _, secret := range []string{"Dismiss", "SAL", closed.ID.String()} {
			if strings.Contains(got, secret) {
				t.Errorf("Bob's %s tell of %s: %s", what, secret, got)
			}
		}
	}
	if got := w.story(bob, id); !strings.Contains(got, `"Meet Bob"`) || strings.Count(got, `"seq"`) != 3 {
		t.Errorf("of the time in the open Bob reads %s", got)
	}
	// a cursor that he makes up leads no further back
	for seq := first; seq < first+6; seq++ {
		page, err := w.Activity(t.Context(), bob, w.ws, id, tasks.PageOf{Cursor: tasks.ActivityCursor(seq)})
		w.ok(err)
		if got := string(page.JSON()); strings.Contains(got, "Dismiss") || strings.Contains(got, "SAL") {
			t.Errorf("before %d Bob reads %s", seq, got)
		}
	}
	// nor does a change that is based on what he never saw
	for c, want := range map[*tasks.Caller]string{&bob: "null", &insider: `"Dismiss Bob"`} {
		_, err := w.UpdateTask(t.Context(), *c, w.ws, id, tasks.Patch{Title: tasks.Some("Mine")}, tasks.Condition{Base: first})
		w.refused(err, fault.KindStale, "")
		f, _ := errors.AsType[*fault.Error](err)
		if got := plain(t, f.Extra["conflicts"].([]fault.Changed)[0].Base); got != want {
			t.Errorf("%s is told that the title was %s, want %s", c.Actor.Name, got, want)
		}
	}
	for _, c := range []tasks.Caller{w.ada, insider} {
		if got := w.story(c, id); !strings.Contains(got, "Dismiss") || !strings.Contains(got, `"SAL-1"`) {
			t.Errorf("%s reads %s", c.Actor.Name, got)
		}
	}
	same(t, "found by its former key", w.get("SAL-1").ID, task.ID)
	w.ok(second(w.DeleteProject(t.Context(), w.ada, w.ws, closed.ID)))
	if got := w.story(bob, id); strings.Contains(got, "Dismiss") {
		t.Errorf("once the project is in the trash Bob reads %s", got)
	}
	if got := w.story(w.ada, id); !strings.Contains(got, "Dismiss") {
		t.Errorf("once the project is in the trash Ada reads %s", got)
	}
}
