package taskstest

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/audit/audittest"
	"github.com/rung-app/rung/internal/tasks"
)

// rewriting is what happens behind the back of the history.
func rewriting(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"every document is handed out once": (*workspace).rewritesAll,
		"a workspace is dropped":            (*workspace).drops,
		"workspaces of a member":            (*workspace).membersWorkspaces,
		"the audit log is kept":             func(w *workspace) { audittest.Run(w.T, w.store.Audit()) },
		"entries come with their change":    (*workspace).auditedChanges,
	})
}

func (w *workspace) put(ws uuid.UUID, changes ...tasks.Change) {
	w.Helper()
	if _, err := w.store.Update(w.Context(), ws, func(v tasks.View) ([]tasks.Change, error) {
		for i := range changes {
			if changes[i].Event.JSON != nil {
				changes[i].Event.Seq = v.Head().Seq + int64(i) + 1
			}
		}
		return changes, nil
	}); err != nil {
		w.Fatal(err)
	}
}

// named fills a workspace with documents that name Ann, and gives a task and the number of rows that have one.
func (w *workspace) named(ws uuid.UUID, only uuid.UUID) (task uuid.UUID, rows int) {
	w.Helper()
	task = w.newID()
	doc := func(s string) []byte { return []byte(`{"` + s + `":"Ann"}`) }
	w.put(ws, tasks.Change{
		Row: &tasks.Row{
			Kind: tasks.KindTask, ID: task, Seq: 1, Doc: doc("task"), Meta: doc("meta"),
			Task: &tasks.TaskIndex{Project: w.newID(), Status: w.newID(), Number: 1, Position: "a", Due: tasks.NoDue, Labels: []uuid.UUID{w.newID()}, Assignees: []uuid.UUID{w.newID()}},
		},
		Event: tasks.Event{Type: "task.created", JSON: doc("event"), New: doc("new"), Gone: doc("gone"), From: w.newID(), Task: task, Activity: doc("activity")},
	})
	for range 3 {
		w.put(ws, tasks.Change{
			Row:   &tasks.Row{Kind: tasks.KindComment, ID: w.newID(), Scope: task, Doc: doc("comment"), Meta: doc("meta")},
			Event: tasks.Event{Type: "comment.created", JSON: doc("event"), Only: only},
		})
	}
	return task, 1 + 1 + 1 + 3 + 3
}

func (w *workspace) rewritesAll() {
	only := w.newID()
	task, rows := w.named(w.id, only)
	other := w.newID()
	w.named(other, only)
	heads, _ := w.store.Head(w.Context(), w.id)
	for _, limit := range []int{1, 2, 100} {
		forOne, docs, changed, place := 0, 0, 0, ""
		for steps := 0; ; steps++ {
			if steps > 100 {
				w.Fatal("it never ends")
			}
			next, n, err := w.store.Rewrite(w.Context(), w.id, place, limit, func(doc []byte, whose uuid.UUID) []byte {
				if bytes.HasPrefix(doc, []byte(`{"event`)) && whose == only {
					forOne++
				} else if whose != uuid.Nil {
					w.Errorf("%s is for %s alone", doc, whose)
				}
				docs++
				return bytes.ReplaceAll(doc, []byte("Ann"), []byte("Nobody"))
			})
			if err != nil {
				w.Fatal(err)
			}
			changed += n
			if place = next; place == "" {
				break
			}
		}
		want := 0
		if limit == 1 { // the first time
			want = rows
		}
		if changed != want || forOne < 3 || docs < rows {
			w.Errorf("%d at once: %d rows were changed of %d documents, %d of which are for one user alone; want %d", limit, changed, docs, forOne, want)
		}
	}
	for ws, name := range map[uuid.UUID]string{w.id: "Nobody", other: "Ann"} {
		if err := w.store.Read(w.Context(), ws, func(v tasks.View) error {
			events, err := v.Events(0, 10)
			if err != nil {
				return err
			}
			for _, e := range events {
				if !bytes.Contains(e.JSON, []byte(name)) {
					w.Errorf("an event says %s", e.JSON)
				}
			}
			return nil
		}); err != nil {
			w.Fatal(err)
		}
	}
	if err := w.store.Read(w.Context(), w.id, func(v tasks.View) error {
		r, err := v.Get(tasks.KindTask, task)
		if err != nil || r == nil || string(r.Doc) != `{"task":"Nobody"}` || string(r.Meta) != `{"meta":"Nobody"}` || r.Seq != 1 {
			w.Errorf("the task is %+v, %v", r, err)
		}
		return nil
	}); err != nil {
		w.Fatal(err)
	}
	if now, err := w.store.Head(w.Context(), w.id); err != nil || now != heads {
		w.Errorf("the head is %+v, %v; it was %+v", now, err, heads)
	}
	for _, place := range []string{"x", "9", "-1", "0:a", "0:task:zz", "2:x", "1:00:00"} {
		if _, _, err := w.store.Rewrite(w.Context(), w.id, place, 1, func(doc []byte, _ uuid.UUID) []byte { return doc }); err == nil {
			w.Errorf("%q is taken for a place", place)
		}
	}
}

func (w *workspace) drops() {
	other := w.newID()
	task, _ := w.named(w.id, uuid.Nil)
	kept, _ := w.named(other, uuid.Nil)
	for steps, more := 0, true; more; steps++ {
		if steps > 100 {
			w.Fatal("it never ends")
		}
		var err error
		if more, err = w.store.Drop(w.Context(), w.id, 1); err != nil {
			w.Fatal(err)
		}
	}
	for ws, want := range map[uuid.UUID]bool{w.id: false, other: true} {
		id := map[bool]uuid.UUID{false: task, true: kept}[want]
		if err := w.store.Read(w.Context(), ws, func(v tasks.View) error {
			r, err := v.Get(tasks.KindTask, id)
			if err != nil || (r != nil) != want || (v.Head().Seq > 0) != want {
				w.Errorf("the task is there: %t, the head is %+v, %v; want %t", r != nil, v.Head(), err, want)
			}
			n, err := v.Count(tasks.TaskQuery{}, "")
			if err != nil || len(n) == 1 && (n[0].Count > 0) != want {
				w.Errorf("%v tasks are counted, %v", n, err)
			}
			return nil
		}); err != nil {
			w.Fatal(err)
		}
	}
	if head, err := w.store.Head(w.Context(), w.id); err != nil || head.Seq != 0 {
		w.Errorf("the head is %+v, %v", head, err)
	}
	if more, err := w.store.Drop(w.Context(), w.id, 1); more || err != nil {
		w.Errorf("dropping again: %t, %v", more, err)
	}
}

func (w *workspace) membersWorkspaces() {
	ann := w.newID()
	spaces := map[uuid.UUID]bool{}
	for range 3 {
		ws := w.newID()
		spaces[ws] = true
		w.put(ws, tasks.Change{Row: &tasks.Row{Kind: tasks.KindMember, ID: ann, Doc: []byte(`{}`)}, Event: tasks.Event{Type: "member.updated", JSON: []byte(`{}`)}})
		w.put(ws, tasks.Change{Row: &tasks.Row{Kind: tasks.KindMember, ID: w.newID(), Doc: []byte(`{}`)}, Event: tasks.Event{Type: "member.updated", JSON: []byte(`{}`)}})
	}
	w.put(w.id, tasks.Change{Row: &tasks.Row{Kind: tasks.KindLabel, ID: ann, Doc: []byte(`{}`)}, Event: tasks.Event{Type: "label.created", JSON: []byte(`{}`)}})
	after := uuid.Nil
	for i := range 4 {
		some, err := w.store.WorkspacesOf(w.Context(), ann, after, 1)
		if err != nil || (len(some) == 1) != (i < 3) {
			w.Fatalf("%v, %v", some, err)
		}
		if i < 3 {
			if after = some[0]; !spaces[after] {
				w.Errorf("%s is none of hers, or came twice", after)
			}
			delete(spaces, after)
		}
	}
}

func (w *workspace) auditedChanges() {
	w.put(w.id, tasks.Change{
		Row:   &tasks.Row{Kind: tasks.KindGrant, ID: w.newID(), Doc: []byte(`{}`)},
		Event: tasks.Event{Type: "grant.updated", JSON: []byte(`{}`)},
		Audit: []audit.Entry{audit.New(w.Context(), at(), audit.GrantChanged, w.id).In(w.id)},
	})
	found, err := w.store.Audit().Entries(w.Context(), audit.Query{Workspace: w.id, Limit: 10})
	if err != nil || len(found) != 1 || found[0].Action != audit.GrantChanged || !found[0].At.Equal(at()) {
		w.Errorf("%+v, %v", found, err)
	}
}

func at() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
