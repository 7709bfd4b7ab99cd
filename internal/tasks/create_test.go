package tasks_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func TestANewTaskHasWhatItWasGivenAndWhatFollows(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	bob := w.person("Bob", tasks.RoleMember)
	l, err := w.CreateLabel(t.Context(), w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	uid, five := "uid-1", 5.5
	got := w.create(tasks.NewTask{
		Project: p.ID, Title: "Write <it> & \"more\"", Description: "*now*\r\n\u2028  \t", Priority: 1,
		Assignees: []uuid.UUID{bob.User, bob.User}, Labels: []uuid.UUID{l.ID}, Due: &tasks.When{Date: "2026-12-24"},
		Start: &tasks.When{Date: "2026-12-01"}, Estimate: &five, ICalUID: &uid,
		External:   &tasks.External{Source: "trello", ID: "c1", URL: "https://example.org/c1"},
		Recurrence: &tasks.Recurrence{RRule: "FREQ=WEEKLY;BYDAY=MO", Basis: "due"},
		Custom:     map[string]json.RawMessage{"f1": json.RawMessage(`{"x":[1,2]}`)},
	})
	same(t, "key", got.Key, "WEBS-1")
	same(t, "title", got.Title, "Write <it> & \"more\"")
	same(t, "description", got.Description, "*now*\r\n\u2028  \t")
	same(t, "status", got.Status, status(p, "To do"))
	same(t, "assignees", got.Assignees, []uuid.UUID{bob.User})
	same(t, "labels", got.Labels, []uuid.UUID{l.ID})
	same(t, "due_at", got.DueAt, "2026-12-24T23:59:59.999Z")
	same(t, "start", got.Start.Date, "2026-12-01")
	same(t, "estimate", got.Estimate, 5.5)
	same(t, "external", got.External, tasks.External{Source: "trello", ID: "c1", URL: "https://example.org/c1"})
	same(t, "recurrence", got.Recurrence, tasks.Recurrence{RRule: "FREQ=WEEKLY;BYDAY=MO", Basis: "due"})
	same(t, "custom", got.Custom, map[string]any{"f1": map[string]any{"x": []int{1, 2}}})
	same(t, "ical_uid", got.ICalUID, uid)
	same(t, "subscribers", got.Subscribers, []uuid.UUID{w.ada.User, bob.User})
	same(t, "author", got.Author, tasks.Author{User: &w.ada.User, Name: "Ada"})
	same(t, "created_by", got.CreatedBy, w.ada.User)
	same(t, "created_at", got.CreatedAt, "2026-03-02T10:00:00.000Z")
	same(t, "what is read", w.get("webs-1"), got)
	same(t, "what is listed", w.all(w.ada, in(p)), []tasks.TaskDoc{got})
	compact := in(p)
	compact.Compact = true
	same(t, "the description in a compact list", w.all(w.ada, compact)[0].Description, "")
}

func TestACreateMayBeSentAgain(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	n := tasks.NewTask{ID: uuid.Must(uuid.NewV7()), Project: p.ID, Title: "once"}
	first, err := w.CreateTask(t.Context(), w.ada, w.ws, n)
	w.ok(err)
	second, err := w.CreateTask(t.Context(), w.ada, w.ws, n)
	w.ok(err)
	if !first.Created || second.Created || second.Head.Seq != first.Head.Seq {
		t.Errorf("created %v, then %v up to %d and %d", first.Created, second.Created, first.Head.Seq, second.Head.Seq)
	}
	// the thing as it is now, whatever has become of it and of its project
	w.patch(w.get(n.ID.String()), tasks.Patch{Title: tasks.Some("changed")})
	_, err = w.UpdateProject(t.Context(), w.ada, w.ws, p.ID, tasks.ProjectPatch{Archived: tasks.Some(true)}, tasks.Condition{})
	w.ok(err)
	third, err := w.CreateTask(t.Context(), w.ada, w.ws, n)
	w.ok(err)
	same(t, "title", decode[tasks.TaskDoc](t, third.JSON).Title, "changed")

	other := n
	other.Title = "another"
	_, err = w.CreateTask(t.Context(), w.ada, w.ws, other)
	w.refused(err, fault.KindConflict, "id-taken")
}

// TestWhatTheServerNamedIsNobodysRequest: an id that the server chose was in no request, so that none can be the same.
func TestWhatTheServerNamedIsNobodysRequest(t *testing.T) {
	w := newWorld(t)
	p, err := w.CreateProject(t.Context(), w.ada, w.ws, tasks.NewProject{Name: "Website"})
	w.ok(err)
	_, err = w.CreateProject(t.Context(), w.ada, w.ws, tasks.NewProject{ID: p.ID, Name: "Website"})
	w.refused(err, fault.KindConflict, "id-taken")
	l, err := w.CreateLabel(t.Context(), w.ada, w.ws, tasks.NewLabel{Name: "bug"})
	w.ok(err)
	_, err = w.CreateLabel(t.Context(), w.ada, w.ws, tasks.NewLabel{ID: l.ID, Name: "bug"})
	w.refused(err, fault.KindConflict, "id-taken")
	v, err := w.CreateView(t.Context(), w.ada, w.ws, tasks.NewView{Name: "mine"})
	w.ok(err)
	_, err = w.CreateView(t.Context(), w.ada, w.ws, tasks.NewView{ID: v.ID, Name: "mine"})
	w.refused(err, fault.KindConflict, "id-taken")
}

func TestOtherThingsMayBeCreatedAgainToo(t *testing.T) {
	w := newWorld(t)
	id := func() uuid.UUID { return uuid.Must(uuid.NewV7()) }
	p := tasks.NewProject{ID: id(), Name: "Website", Key: "WEB"}
	task := w.titled(w.project(p), "a")
	label := tasks.NewLabel{ID: id(), Name: "bug"}
	view := tasks.NewView{ID: id(), Name: "mine"}
	comment := tasks.NewComment{ID: id(), Task: task.Key, Body: "hello"}
	st := tasks.NewStatus{ID: id(), Name: "Review"}
	for name, create := range map[string]func(other bool) (tasks.Written, error){
		"project": func(other bool) (tasks.Written, error) {
			if n := p; other {
				n.Name = "x"
				return w.CreateProject(t.Context(), w.ada, w.ws, n)
			}
			return w.CreateProject(t.Context(), w.ada, w.ws, p)
		},
		"label": func(other bool) (tasks.Written, error) {
			n := label
			if other {
				n.Color = "red"
			}
			return w.CreateLabel(t.Context(), w.ada, w.ws, n)
		},
		"view": func(other bool) (tasks.Written, error) {
			n := view
			if other {
				n.Name = "x"
			}
			return w.CreateView(t.Context(), w.ada, w.ws, n)
		},
		"comment": func(other bool) (tasks.Written, error) {
			n := comment
			if other {
				n.Body = "x"
			}
			return w.CreateComment(t.Context(), w.ada, w.ws, n)
		},
		"status": func(other bool) (tasks.Written, error) {
			n := st
			if other {
				n.Name = "x"
			}
			return w.AddStatus(t.Context(), w.ada, w.ws, p.ID, n)
		},
	} {
		_, err := create(false)
		w.ok(err)
		again, err := create(false)
		w.ok(err)
		if again.Created {
			t.Errorf("a second %s was made", name)
		}
		_, err = create(true)
		w.refused(err, fault.KindConflict, "id-taken")
	}
}

func TestWhatATaskCannotBe(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	q := w.project(tasks.NewProject{Name: "Other"})
	elsewhere := w.titled(q, "elsewhere")
	str := func(s string) *string { return &s }
	minus := -1.0
	for field, n := range map[string]tasks.NewTask{
		"project":          {Project: uuid.Must(uuid.NewV7()), Title: "x"},
		"title":            {Title: " \u00a0\n"},
		"description":      {Title: "x", Description: strings.Repeat("x", 500_001)},
		"status":           {Title: "x", Status: status(q, "Done")},
		"priority":         {Title: "x", Priority: 5},
		"assignees[0]":     {Title: "x", Assignees: []uuid.UUID{uuid.Must(uuid.NewV7())}},
		"labels[0]":        {Title: "x", Labels: []uuid.UUID{uuid.Must(uuid.NewV7())}},
		"due.date":         {Title: "x", Due: &tasks.When{Date: "2026-02-30"}},
		"due.time":         {Title: "x", Due: &tasks.When{Date: "2026-02-03", Time: str("7:00")}},
		"start.time_zone":  {Title: "x", Start: &tasks.When{Date: "2026-02-03", TimeZone: str("Local")}},
		"estimate":         {Title: "x", Estimate: &minus},
		"parent":           {Title: "x", Parent: elsewhere.Key},
		"place.after":      {Title: "x", Place: tasks.Place{After: elsewhere.Key}},
		"external":         {Title: "x", External: &tasks.External{Source: "s"}},
		"recurrence.rrule": {Title: "x", Recurrence: &tasks.Recurrence{RRule: "FREQ=SOMETIMES", Basis: "due"}},
		"recurrence.basis": {Title: "x", Recurrence: &tasks.Recurrence{RRule: "FREQ=DAILY", Basis: "never"}},
		"created_at":       {Title: "x", CreatedAt: &tasks.Time{}},
	} {
		if n.Project == uuid.Nil {
			n.Project = p.ID
		}
		_, err := w.CreateTask(t.Context(), w.ada, w.ws, n)
		w.refused(err, fault.KindInvalid, field)
	}
	if got := w.all(w.ada, in(p)); len(got) != 0 {
		t.Errorf("%d tasks were made all the same", len(got))
	}
	w.create(tasks.NewTask{Project: p.ID, Title: "x", External: &tasks.External{Source: "s", ID: "1"}})
	_, err := w.CreateTask(t.Context(), w.ada, w.ws, tasks.NewTask{Project: q.ID, Title: "y", External: &tasks.External{Source: "s", ID: "1"}})
	w.refused(err, fault.KindConflict, "external-taken")
}

func TestAnImportSaysWhoAndWhen(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	c := w.ada
	c.Import = true
	at, done := decode[tasks.Time](t, []byte(`"2020-01-02T03:04:05.678Z"`)), decode[tasks.Time](t, []byte(`"2020-02-02T00:00:00Z"`))
	got, err := w.CreateTask(t.Context(), c, w.ws, tasks.NewTask{
		Project: p.ID, Title: "old", Author: &tasks.Author{Name: "Grace"}, CreatedAt: &at, CompletedAt: &done, Status: status(p, "Done"),
	})
	w.ok(err)
	doc := decode[tasks.TaskDoc](t, got.JSON)
	same(t, "author", doc.Author, tasks.Author{Name: "Grace"})
	same(t, "created_at", doc.CreatedAt, at)
	same(t, "completed_at", doc.CompletedAt, done)
}
