package taskstest

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// stock is what random tasks are made of: so little of each that values meet often.
type stock struct {
	projects, statuses, parents, people, labels []uuid.UUID
	words                                       []string
	next                                        int64
}

func (w *workspace) stock() *stock {
	several := func(n int) (out []uuid.UUID) {
		for range n {
			out = append(out, w.newID())
		}
		return out
	}
	return &stock{
		projects: several(3), statuses: several(5), parents: several(4), people: several(4), labels: several(4),
		words: []string{"Plan", "release", "100%", "under_score", `back\slash`, "Ärger", "naïve", "O'Neil", "日本"},
	}
}

// some gives up to n different ones.
func (w *workspace) some(of []uuid.UUID, n int) (out []uuid.UUID) {
	for _, i := range w.rand.Perm(len(of))[:w.rand.IntN(n+1)] {
		out = append(out, of[i])
	}
	return out
}

func (w *workspace) words(s *stock, n int) string {
	var out []string
	for range n {
		out = append(out, pick(w, s.words...))
	}
	return strings.Join(out, " ")
}

func (w *workspace) randomTask(s *stock) *tasks.Row {
	s.next++
	r := w.task(pick(w, s.projects...), s.next)
	w.shuffle(s, r)
	return r
}

// shuffle gives a task other values everywhere but in its identity and project.
func (w *workspace) shuffle(s *stock, r *tasks.Row) {
	t := r.Task
	t.Status, t.Parent, t.ChildPosition = pick(w, s.statuses...), uuid.Nil, ""
	if w.rand.IntN(2) == 0 {
		t.Parent, t.ChildPosition = pick(w, s.parents...), fmt.Sprintf("%02d", w.rand.IntN(30))
	}
	t.Position, t.Priority = fmt.Sprintf("%02d", w.rand.IntN(60)), w.rand.IntN(5)
	t.Due, t.DueFloating = tasks.NoDue, false
	if w.rand.IntN(3) > 0 {
		t.Due, t.DueFloating = w.instant(), w.rand.IntN(2) == 0
	}
	t.Created, t.Updated, t.Completed = w.instant(), w.instant(), 0
	if w.rand.IntN(3) == 0 {
		t.Completed = w.instant()
	}
	t.Title = w.words(s, 1+w.rand.IntN(2))
	t.TitleKey, t.Description = strings.ToLower(t.Title), w.words(s, w.rand.IntN(3))
	t.Assignees, t.Labels = w.some(s.people, 3), w.some(s.labels, 3)
	t.External = ""
	if w.rand.IntN(4) == 0 {
		t.External = fmt.Sprintf("%s\x00%d", pick(w, "trello", "tre", "asana"), t.Number)
	}
	r.Deleted = 0
	if w.rand.IntN(8) == 0 {
		r.Deleted = w.instant()
	}
	r.Doc = fmt.Appendf(nil, `{"r":%d}`, w.rand.Uint32())
}

// instant is one of a few, so that equal ones are common.
func (w *workspace) instant() int64 { return 1_000 + int64(w.rand.IntN(20)) }

// condition is a random condition of at most the given depth.
func (w *workspace) condition(s *stock, all []*tasks.Row, depth int) tasks.Where {
	if depth == 0 || w.rand.IntN(3) == 0 {
		return w.leaf(s, all)
	}
	sub := func() (out []tasks.Where) {
		for range 1 + w.rand.IntN(3) {
			out = append(out, w.condition(s, all, depth-1))
		}
		return out
	}
	switch w.rand.IntN(5) {
	case 0, 1:
		return tasks.Where{All: sub()}
	case 2:
		return tasks.Where{Any: sub()}
	case 3:
		c := w.condition(s, all, depth-1)
		return tasks.Where{Not: &c}
	}
	return tasks.Where{}
}

func (w *workspace) leaf(s *stock, all []*tasks.Row) tasks.Where {
	ids := func(field string, of []uuid.UUID, none bool) tasks.Where {
		if none && w.rand.IntN(5) == 0 {
			return tasks.Where{Field: field, Op: tasks.OpHas}
		}
		out := tasks.Where{Field: field, Op: tasks.OpIn, IDs: w.some(of, 3)}
		if none && w.rand.IntN(4) == 0 {
			out.IDs = append(out.IDs, uuid.Nil)
		}
		if w.rand.IntN(2) == 0 {
			out.IDs = []uuid.UUID{pick(w, of...)}
		}
		return out
	}
	switch w.rand.IntN(10) {
	case 0:
		return ids(tasks.FieldProject, s.projects, false)
	case 1:
		return ids(tasks.FieldStatus, s.statuses, false)
	case 2:
		return ids(tasks.FieldParent, s.parents, true)
	case 3:
		return ids(tasks.FieldAssignee, s.people, true)
	case 4:
		return ids(tasks.FieldLabel, s.labels, true)
	case 5:
		out := tasks.Where{Field: tasks.FieldPriority, Op: tasks.OpIn}
		for range w.rand.IntN(3) {
			out.Nums = append(out.Nums, w.rand.Int64N(5))
		}
		return out
	case 6:
		if w.rand.IntN(4) == 0 {
			return tasks.Where{Field: tasks.FieldExternal, Op: tasks.OpHas}
		}
		text := pick(w, "trello", "tre", "asana", "none")
		if r := pick(w, all...); r.Task.External != "" {
			text = r.Task.External
		}
		return tasks.Where{Field: tasks.FieldExternal, Op: tasks.OpIn, Text: text}
	case 7:
		word := pick(w, s.words...)
		word = pick(w, word, strings.ToUpper(word), strings.ToLower(word), word[:1], "%", "_", `\`)
		if !strings.ContainsAny(word, "%_\\") && word[0] >= 0x80 {
			word = pick(w, s.words...)
		}
		return tasks.Where{Field: pick(w, "title", tasks.FieldText), Op: tasks.OpContains, Text: word}
	}
	field := pick(w, tasks.FieldDue, tasks.FieldCreated, tasks.FieldUpdated, tasks.FieldCompleted)
	if (field == tasks.FieldDue || field == tasks.FieldCompleted) && w.rand.IntN(3) == 0 {
		return tasks.Where{Field: field, Op: tasks.OpHas}
	}
	return tasks.Where{Field: field, Op: pick(w, tasks.OpBefore, tasks.OpAfter), Nums: []int64{w.instant(), w.instant()}}
}

// question is a random question with one of the conditions.
func (w *workspace) question(s *stock, all []*tasks.Row) tasks.TaskQuery {
	q := tasks.TaskQuery{
		Where: w.condition(s, all, 3), Sort: pick(w, sorts()...), Descending: w.rand.IntN(2) == 0,
		Compact: w.rand.IntN(2) == 0, Whole: w.rand.IntN(2) == 0,
	}
	switch w.rand.IntN(4) {
	case 0:
		q.Hidden = w.some(s.projects, 2)
	case 1:
		q.Visible, q.Only = w.some(s.projects, 2), true
	}
	return q
}
