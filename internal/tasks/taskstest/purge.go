package taskstest

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// secret is the text that must be nowhere once what it stood in is purged.
const secret = "the combination is 31-7-19"

// purge tests that what is removed for good leaves no word behind, and that the history has no hole for it.
func purge(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"a task's text is nowhere": func(w *workspace) {
			p, other := w.newID(), w.newID()
			r, bystander := w.task(p, 1), w.task(p, 2)
			r.Doc = fmt.Appendf(nil, `{"title":%q}`, secret)
			r.Task.Title, r.Task.Description, r.Task.External = secret, secret, "s\x001"
			r.Task.Assignees, r.Task.Labels = []uuid.UUID{w.newID()}, []uuid.UUID{w.newID()}
			bystander.Doc = []byte(`{"title":"harmless"}`)
			w.write(r, bystander)
			comment := &tasks.Row{Kind: tasks.KindComment, ID: w.newID(), Scope: r.ID, Doc: fmt.Appendf(nil, `{"body":%q}`, secret)}
			if _, err := w.update(func(v tasks.View) ([]tasks.Change, error) {
				c := changes(v, comment, r)
				c[0].Event.Task, c[0].Event.Activity = r.ID, comment.Doc
				c[1].Event.From = other
				c[1].Event.New = fmt.Appendf(nil, `{"seq":4,"type":"task.created","data":%s}`, r.Doc)
				c[1].Event.Gone = []byte(`{"seq":4,"type":"task.deleted","data":{}}`)
				return c, nil
			}); err != nil {
				w.Fatal(err)
			}
			if !w.said(secret) {
				w.Fatal("the secret was never there")
			}
			w.purge(r, comment)
			if w.said(secret) {
				w.Error("the secret can still be read")
			}
			if !w.said("harmless") {
				w.Error("another task's text went too")
			}
			for _, k := range []*tasks.Row{r, comment} {
				if w.get(k.Kind, k.ID) != nil {
					w.Errorf("the %s is still there", k.Kind)
				}
			}
			w.gapless()
			w.read(func(v tasks.View) error {
				for _, by := range []string{"", tasks.FieldAssignee, tasks.FieldLabel} {
					groups, err := v.Count(tasks.TaskQuery{}, by)
					if err != nil || len(groups) != 1 || groups[0].Count != 1 {
						w.Errorf("counted by %q: %+v, %v", by, groups, err)
					}
				}
				e, err := v.ByExternal("s\x001")
				if e != nil {
					w.Error("its external id is still taken")
				}
				return err
			})
		},
		"what is told of an attachment is nowhere": func(w *workspace) {
			r := w.task(w.newID(), 1)
			file := &tasks.Row{Kind: tasks.KindAttachment, ID: w.newID(), Scope: r.ID, Other: w.newID(), Doc: fmt.Appendf(nil, `{"name":%q}`, secret)}
			other := &tasks.Row{Kind: tasks.KindAttachment, ID: w.newID(), Scope: r.ID, Other: w.newID(), Doc: []byte(`{"name":"harmless"}`)}
			if _, err := w.update(func(v tasks.View) ([]tasks.Change, error) {
				c := changes(v, r, file, other)
				for i, f := range []*tasks.Row{file, other} {
					e := &c[i+1].Event
					e.Task, e.Activity = r.ID, fmt.Appendf(nil, `{"seq":%d,"entity_id":%q,"at":"2026-03-02T10:00:00.000Z","after":%s}`, e.Seq, f.ID, f.Doc)
				}
				return c, nil
			}); err != nil {
				w.Fatal(err)
			}
			if !w.said(secret) {
				w.Fatal("the secret was never there")
			}
			w.purge(file)
			if w.said(secret) {
				w.Error("the secret can still be read")
			}
			if !w.said("harmless") {
				w.Error("what is told of another one went too")
			}
			if got := w.story(r.ID, 0, false, 10); len(got) != 3 { // no line of it goes
				w.Errorf("the story of its task is %v", got)
			}
			w.gapless()
		},
		"what is gone stays gone": func(w *workspace) {
			r := w.task(w.newID(), 1)
			w.write(r)
			w.purge(r)
			w.purge(r)
			if w.get(r.Kind, r.ID) != nil || w.head().Seq != 3 {
				w.Error("a second purge did something")
			}
		},
		"an id can be used again": func(w *workspace) {
			p := w.newID()
			r := w.task(p, 1)
			w.write(r)
			w.purge(r)
			r.Task.Number = 2
			w.write(r)
			if got := w.story(r.ID, 0, false, 10); len(got) != 1 {
				w.Errorf("its story is %v, want just its new one", got)
			}
		},
	})
}

// said looks for a text in everything that can be read of the workspace.
func (w *workspace) said(text string) bool {
	w.Helper()
	found := false
	look := func(docs ...[]byte) {
		for _, d := range docs {
			found = found || bytes.Contains(d, []byte(text))
		}
	}
	w.read(func(v tasks.View) error {
		events, err := v.Events(0, 1_000)
		if err != nil {
			return err
		}
		tasksSeen := map[uuid.UUID]bool{}
		for _, e := range events {
			look(e.JSON, e.New, e.Gone, e.Activity)
		}
		rows, err := v.Tasks(tasks.TaskQuery{Sort: tasks.SortCreated, Whole: true})
		if err != nil {
			return err
		}
		trashed, err := v.Trash(tasks.Position{Number: tasks.NoDue, ID: uuid.Max}, 1_000)
		if err != nil {
			return err
		}
		for _, r := range append(rows, trashed...) {
			tasksSeen[r.ID] = true
			look(r.Doc, r.Meta, []byte(r.Task.Title), []byte(r.Task.Description))
		}
		for id := range tasksSeen {
			lines, err := v.Activity(id, 0, false, 1_000)
			if err != nil {
				return err
			}
			for _, l := range lines {
				look(l.Doc)
			}
		}
		comments, err := v.List(tasks.RowQuery{Kind: tasks.KindComment, WithTrash: true})
		for _, r := range comments {
			look(r.Doc)
		}
		return err
	})
	return found
}
