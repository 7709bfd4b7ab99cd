package tasks_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func TestAPatchChangesItsFieldsAlone(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	before := w.create(tasks.NewTask{Project: p.ID, Title: "a", Description: "d", Priority: 2, Due: &tasks.When{Date: "2026-12-24"}})
	after := w.patch(before, tasks.Patch{Title: tasks.Some("b"), Due: tasks.Some[*tasks.When](nil)})
	same(t, "title", after.Title, "b")
	same(t, "due", after.Due, nil)
	same(t, "due_at", after.DueAt, nil)
	same(t, "description", after.Description, "d")
	same(t, "priority", after.Priority, 2)
	if after.Version <= before.Version {
		t.Errorf("version %d follows %d", after.Version, before.Version)
	}
	if again := w.patch(after, tasks.Patch{Title: tasks.Some("b")}); again.Version != after.Version {
		t.Error("a change to what is there already made a version")
	}
	_, err := w.UpdateTask(t.Context(), w.ada, w.ws, after.Key, tasks.Patch{Title: tasks.Some("c"), Priority: tasks.Some(9)}, tasks.Condition{})
	w.refused(err, fault.KindInvalid, "priority")
	same(t, "title after a refusal", w.again(after).Title, "b")
	w.missing(second(w.UpdateTask(t.Context(), w.ada, w.ws, uuid.NewString(), tasks.Patch{}, tasks.Condition{})))
}

func second[T any](_ T, err error) error { return err }

func TestPatchesOfDifferentFieldsMerge(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	task := w.titled(p, "a")
	var wg sync.WaitGroup
	for _, patch := range []tasks.Patch{
		{Title: tasks.Some("b")},
		{Description: tasks.Some("d")},
		{Priority: tasks.Some(3)},
		{Status: tasks.Some(status(p, "Done"))},
		{Estimate: tasks.Some(ptr(3.0))},
		{Due: tasks.Some(&tasks.When{Date: "2026-01-01"})},
	} {
		wg.Go(func() {
			if _, err := w.UpdateTask(t.Context(), w.ada, w.ws, task.Key, patch, tasks.Condition{Base: task.Version}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got := w.again(task)
	if got.Title != "b" || got.Description != "d" || got.Priority != 3 || got.CompletedAt == nil || *got.Estimate != 3 || got.Due == nil {
		t.Errorf("something was lost: %+v", got)
	}
}

func ptr[T any](v T) *T { return &v }

func TestSetsAddAndRemove(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	bob, cy := w.person("Bob", tasks.RoleMember), w.person("Cy", tasks.RoleMember)
	task := w.create(tasks.NewTask{Project: p.ID, Title: "a", Assignees: []uuid.UUID{w.ada.User}})
	var wg sync.WaitGroup
	for _, u := range []uuid.UUID{bob.User, cy.User} {
		wg.Go(func() {
			_, err := w.UpdateTask(t.Context(), w.ada, w.ws, task.Key, tasks.Patch{AssigneesAdd: []uuid.UUID{u}}, tasks.Condition{})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got := w.patch(task, tasks.Patch{AssigneesRemove: []uuid.UUID{w.ada.User}, AssigneesAdd: []uuid.UUID{bob.User}})
	if len(got.Assignees) != 2 || got.Assignees[0] == w.ada.User || got.Assignees[1] == w.ada.User {
		t.Errorf("assignees %v", got.Assignees)
	}
	if len(got.Subscribers) != 3 {
		t.Errorf("subscribers %v", got.Subscribers)
	}
	l, err := w.CreateLabel(t.Context(), w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	got = w.patch(task, tasks.Patch{LabelsAdd: []uuid.UUID{l.ID, l.ID}})
	same(t, "labels", got.Labels, []uuid.UUID{l.ID})
	got = w.patch(task, tasks.Patch{LabelsRemove: []uuid.UUID{l.ID}})
	same(t, "labels", got.Labels, []uuid.UUID{})
}

func TestIfMatchRefusesAnyNewerVersion(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	task := w.titled(p, "a")
	w.patch(task, tasks.Patch{Priority: tasks.Some(1)})
	match := tasks.Condition{Match: task.Version}
	_, err := w.UpdateTask(t.Context(), w.ada, w.ws, task.Key, tasks.Patch{Title: tasks.Some("b")}, match)
	w.refused(err, fault.KindStale, "version-conflict")
	_, err = w.DeleteTask(t.Context(), w.ada, w.ws, task.Key, match)
	w.refused(err, fault.KindStale, "version-conflict")
	_, err = w.MoveTask(t.Context(), w.ada, w.ws, task.Key, tasks.Move{Project: w.project(tasks.NewProject{Name: "Other"}).ID}, match)
	w.refused(err, fault.KindStale, "version-conflict")
	now := tasks.Condition{Match: w.again(task).Version}
	w.ok(second(w.UpdateTask(t.Context(), w.ada, w.ws, task.Key, tasks.Patch{Title: tasks.Some("b")}, now)))
	w.refused(second(w.UpdateProject(t.Context(), w.ada, w.ws, p.ID, tasks.ProjectPatch{Name: tasks.Some("x")}, tasks.Condition{Match: -1})), fault.KindStale, "")
}

func TestABaseVersionRefusesOnlyWhatChangedSince(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	parents := []tasks.TaskDoc{w.titled(p, "p1"), w.titled(p, "p2")}
	base := w.create(tasks.NewTask{Project: p.ID, Title: "a", Description: "d"})
	w.patch(base, tasks.Patch{Title: tasks.Some("b"), Parent: tasks.Some(parents[0].Key)})
	w.patch(base, tasks.Patch{Title: tasks.Some("c")})
	cond := tasks.Condition{Base: base.Version}

	_, err := w.UpdateTask(t.Context(), w.ada, w.ws, base.Key, tasks.Patch{Title: tasks.Some("mine"), Description: tasks.Some("mine")}, cond)
	w.refused(err, fault.KindStale, "version-conflict")
	same(t, "conflicts", conflicts(t, err), []fault.Changed{{Field: "title", Base: "a", Theirs: "c"}})
	same(t, "description after a refusal", w.again(base).Description, "d")

	_, err = w.UpdateTask(t.Context(), w.ada, w.ws, base.Key, tasks.Patch{Parent: tasks.Some(parents[1].Key)}, cond)
	w.refused(err, fault.KindStale, "version-conflict")
	same(t, "conflicts", conflicts(t, err), []fault.Changed{{Field: "parent", Base: nil, Theirs: parents[0].ID}})

	// an unrelated field, and a value that both wanted
	w.ok(second(w.UpdateTask(t.Context(), w.ada, w.ws, base.Key, tasks.Patch{Description: tasks.Some("mine")}, cond)))
	w.ok(second(w.UpdateTask(t.Context(), w.ada, w.ws, base.Key, tasks.Patch{Title: tasks.Some("c"), Parent: tasks.Some(parents[0].Key)}, cond)))
	w.ok(second(w.UpdateTask(t.Context(), w.ada, w.ws, base.Key, tasks.Patch{Title: tasks.Some("d")}, tasks.Condition{Base: w.again(base).Version})))
}

func conflicts(t *testing.T, err error) any {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		t.Fatal(err)
	}
	b, _ := json.Marshal(f.Extra["conflicts"])
	return decode[any](t, b)
}

func TestActivityTellsTheStoryBackwards(t *testing.T) {
	w := newWorld(t)
	task := w.titled(w.project(tasks.NewProject{Name: "Website"}), "a")
	w.patch(task, tasks.Patch{Title: tasks.Some("b"), Priority: tasks.Some(1)})
	w.patch(task, tasks.Patch{Place: tasks.Some(tasks.Place{First: true})}) // nobody's work on the task
	_, err := w.CreateComment(t.Context(), w.ada, w.ws, tasks.NewComment{Task: task.Key, Body: "hi"})
	w.ok(err)
	var got []string
	of := tasks.PageOf{Limit: 2}
	for {
		page, err := w.Activity(t.Context(), w.ada, w.ws, task.Key, of)
		w.ok(err)
		for _, item := range page.Items {
			a := decode[tasks.ActivityDoc](t, item)
			got = append(got, a.Type)
			if a.Type == tasks.TaskUpdated {
				same(t, "before", a.Before, map[string]any{"title": "a", "priority": 0})
				same(t, "after", a.After, map[string]any{"title": "b", "priority": 1})
			}
		}
		if of.Cursor = page.Next; of.Cursor == "" {
			break
		}
	}
	same(t, "story", got, []string{"comment.created", "task.updated", "task.created"})
}
