package taskstest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// texts tests that tasks and comments are found by their words, indexed or not, and by nothing else.
func texts(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"against the plain meaning": func(w *workspace) {
			s, all := w.filled(120)
			comments := w.comments(s, all, 60)
			for round := range 12 {
				for range 60 {
					w.find(s, all, comments)
				}
				for i := range w.rand.IntN(4) * round { // the index may be behind by any number of steps
					if more, err := w.store.Index(w.Context()); err != nil || !more && i > 0 {
						break
					}
				}
				w.someTextsChange(s, all, comments)
			}
		},
		"what was purged is not found": func(w *workspace) {
			r := w.task(w.newID(), 1)
			r.Task.Title = "secret"
			c := w.comment(r.ID, "secret too")
			w.write(r, c)
			w.index()
			w.purge(c, r)
			w.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("secret"), Limit: 9})
			w.index()
			w.expectFound(tasks.TextQuery{Kind: tasks.KindComment, Terms: tasks.TermsOf("secret"), Limit: 9})
			r.Task.Number = 2
			w.write(r)
			w.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("secret"), Limit: 9}, r.ID)
		},
		"other workspaces": func(w *workspace) {
			r := w.task(w.newID(), 1)
			r.Task.Title = "shared"
			w.write(r)
			other := *w
			other.id = w.newID()
			other.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("shared"), Limit: 9})
			o := *r
			index := *r.Task
			o.Task, index.Title = &index, "shared elsewhere"
			other.write(&o)
			for range 2 {
				w.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("shared"), Limit: 9}, r.ID)
				w.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("elsewhere"), Limit: 9})
				other.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("elsewhere"), Limit: 9}, r.ID)
				w.index()
			}
		},
		"the last written ones": func(w *workspace) {
			var want []uuid.UUID
			for i := range 30 {
				r := w.task(w.newID(), int64(i+1))
				r.Task.Title = "often"
				w.write(r)
				want = append([]uuid.UUID{r.ID}, want...)
				if i == 15 {
					w.index()
				}
			}
			for range 2 {
				for _, limit := range []int{1, 14, 20, 30} {
					w.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf("often"), Limit: limit}, want[:limit]...)
				}
				w.index()
			}
			w.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Limit: 9})
			w.expectFound(tasks.TextQuery{Kind: tasks.KindTask, Task: want[3], Limit: 9}, want[3])
		},
	})
}

func (w *workspace) index() {
	w.Helper()
	for range 1_000 {
		more, err := w.store.Index(w.Context())
		if err != nil {
			w.Fatal(err)
		}
		if !more {
			return
		}
	}
	w.Fatal("indexing does not come to an end")
}

func (w *workspace) comment(task uuid.UUID, body string) *tasks.Row {
	doc, _ := json.Marshal(map[string]string{"body": body})
	return &tasks.Row{Kind: tasks.KindComment, ID: w.newID(), Scope: task, Doc: doc}
}

func (w *workspace) comments(s *stock, all []*tasks.Row, n int) (out []*tasks.Row) {
	for range n {
		out = append(out, w.comment(pick(w, all...).ID, w.words(s, 1+w.rand.IntN(4))))
	}
	w.write(out...)
	return out
}

// someTextsChange changes what tasks and comments say, where they are, and whether they are there.
func (w *workspace) someTextsChange(s *stock, all, comments []*tasks.Row) {
	var changed []*tasks.Row
	for range 15 {
		r := pick(w, all...)
		switch w.rand.IntN(4) {
		case 0:
			s.next++
			r.Task.Project, r.Task.Number = pick(w, s.projects...), s.next
		case 1:
			r.Deleted = 5 - min(5, r.Deleted)
		case 2:
			r.Task.Priority = w.rand.IntN(5)
		default:
			w.shuffle(s, r)
		}
		if !slices.Contains(changed, r) {
			changed = append(changed, r)
		}
	}
	for range 8 {
		c := pick(w, comments...)
		if c.Deleted = int64(w.rand.IntN(4) / 3); w.rand.IntN(2) == 0 {
			c.Doc = w.comment(c.Scope, w.words(s, 1+w.rand.IntN(4))).Doc
		}
		if !slices.Contains(changed, c) {
			changed = append(changed, c)
		}
	}
	w.write(changed...)
}

// find asks a random question for texts and holds the answer against its plain meaning.
func (w *workspace) find(s *stock, all, comments []*tasks.Row) {
	w.Helper()
	asked := w.words(s, 1+w.rand.IntN(2))
	if w.rand.IntN(3) == 0 {
		asked = string([]rune(asked)[:1+w.rand.IntN(len([]rune(asked)))])
	}
	asked = pick(w, asked, strings.ToUpper(asked))
	q := tasks.TextQuery{
		Kind: pick(w, tasks.KindTask, tasks.KindComment), Terms: tasks.TermsOf(asked), InTitle: w.rand.IntN(2) == 0, Limit: 1_000,
		Tasks: w.question(s, all),
	}
	tq := q.Tasks
	tq.After, tq.Limit = nil, 0
	var want []uuid.UUID
	for _, r := range answer(all, tq) {
		if q.Kind == tasks.KindTask {
			in := []string{r.Task.Title, r.Task.Description}
			if q.InTitle {
				in = in[:1]
			}
			if hasWords(asked, in...) {
				want = append(want, r.ID)
			}
			continue
		}
		for _, c := range comments {
			if c.Scope == r.ID && c.Deleted == 0 && hasWords(asked, tasks.CommentText(c)) {
				want = append(want, c.ID)
			}
		}
	}
	got := w.foundBy(q)
	compare := func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }
	slices.SortFunc(got, compare)
	slices.SortFunc(want, compare)
	if !slices.Equal(got, want) {
		w.Fatalf("%s %q in title %v: %s\nfinds %v\nwant  %v", q.Kind, asked, q.InTitle, describe(q.Tasks), got, want)
	}
}

func (w *workspace) foundBy(q tasks.TextQuery) (out []uuid.UUID) {
	w.Helper()
	w.read(func(v tasks.View) error {
		found, err := v.Find(q)
		for _, f := range found {
			id := f.Task
			if q.Kind == tasks.KindComment {
				id = f.Comment
			}
			out = append(out, id)
		}
		return err
	})
	return out
}

func (w *workspace) expectFound(q tasks.TextQuery, want ...uuid.UUID) {
	w.Helper()
	if got := w.foundBy(q); !slices.Equal(got, want) {
		w.Errorf("%v finds %v, want %v", q.Terms, got, want)
	}
}
