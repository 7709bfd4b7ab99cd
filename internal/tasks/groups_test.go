package tasks_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// board gives each group as "key: count titles", following its cursor to the end.
func (w *world) board(c tasks.Caller, q tasks.ListQuery, by string, names map[string]string) (out []string) {
	w.Helper()
	g, err := w.Groups(w.Context(), c, w.ws, q, by, 2)
	w.ok(err)
	for _, group := range g.Groups {
		name := group.Key
		if names[name] != "" {
			name = names[name]
		}
		line := fmt.Sprintf("%s: %d", name, group.Count)
		items, next := group.Items, group.Next
		for {
			for _, item := range items {
				line += " " + decode[tasks.TaskDoc](w, item).Title
			}
			if next == "" {
				break
			}
			further := q
			further.Filter = tasks.Filter{All: []tasks.Filter{q.Filter, condition(by, group.Key)}}
			page, err := w.Tasks(w.Context(), c, w.ws, further, tasks.PageOf{Limit: 2, Cursor: next})
			w.ok(err)
			items, next = page.Items, page.Next
		}
		out = append(out, line)
	}
	return out
}

// condition is the filter for one group's tasks.
func condition(by, key string) tasks.Filter {
	switch {
	case by == "priority":
		return eq(by, float64(key[0]-'0'))
	case by == "due" && key == "none":
		return tasks.Filter{Field: by, Op: "is_set", Value: false}
	case by == "due" && key == "overdue":
		return tasks.Filter{Field: by, Op: "before", Value: "2026-03-02"}
	}
	return eq(by, key)
}

func TestGroups(t *testing.T) {
	w := newWorld(t)
	bob := w.person("Bob", tasks.RoleMember)
	p := w.project(tasks.NewProject{Name: "Website"})
	hidden := w.project(tasks.NewProject{Name: "Hidden", Access: tasks.AccessPrivate})
	label := func(name string) uuid.UUID {
		got, err := w.CreateLabel(t.Context(), w.ada, w.ws, tasks.NewLabel{Name: name})
		w.ok(err)
		return got.ID
	}
	bug, idea := label("bug"), label("idea")
	todo, done := status(p, "To do"), status(p, "Done")
	for _, n := range []tasks.NewTask{
		{Title: "a", Status: todo, Priority: 1, Assignees: []uuid.UUID{bob.User, w.ada.User}, Labels: []uuid.UUID{bug, idea}, Due: &tasks.When{Date: "2026-03-01"}},
		{Title: "b", Status: done, Priority: 4, Assignees: []uuid.UUID{bob.User}, Labels: []uuid.UUID{bug}, Due: &tasks.When{Date: "2026-03-02"}},
		{Title: "c", Status: todo, Assignees: []uuid.UUID{bob.User}, Due: &tasks.When{Date: "2026-03-03"}},
		{Title: "d", Status: todo, Due: &tasks.When{Date: "2026-03-08"}},
		{Title: "e", Status: done, Priority: 1, Due: &tasks.When{Date: "2026-03-09"}},
		{Title: "f", Status: todo, Labels: []uuid.UUID{bug}},
		{Title: "g", Status: todo, Labels: []uuid.UUID{idea}},
		{Title: "h", Status: todo},
	} {
		n.Project = p.ID
		w.create(n)
	}
	w.create(tasks.NewTask{Project: hidden.ID, Title: "hidden", Assignees: []uuid.UUID{w.ada.User}, Labels: []uuid.UUID{idea}})
	w.trash(w.titled(p, "trashed"))
	names := map[string]string{
		bob.User.String(): "bob", w.ada.User.String(): "ada", bug.String(): "bug", idea.String(): "idea",
		status(p, "Backlog").String(): "backlog", todo.String(): "todo", status(p, "In progress").String(): "doing", done.String(): "done",
		status(hidden, "To do").String(): "hidden todo",
	}
	byTitle := tasks.ListQuery{Sort: "title"}
	for by, want := range map[string][]string{
		"status":   {"todo: 6 a c d f g h", "done: 2 b e"},
		"assignee": {"none: 5 d e f g h", "bob: 3 a b c", "ada: 1 a"},
		"label":    {"none: 4 c d e h", "bug: 3 a b f", "idea: 2 a g"},
		"priority": {"1: 2 a e", "4: 1 b", "0: 5 c d f g h"},
		"due":      {"overdue: 1 a", "today: 1 b", "tomorrow: 1 c", "week: 1 d", "later: 1 e", "none: 3 f g h"},
	} {
		same(t, by, w.board(bob, byTitle, by, names), want)
	}
	same(t, "all of one project's columns", w.board(bob, in(p), "status", names), []string{"backlog: 0", "todo: 6 a c d f g h", "doing: 0", "done: 2 b e"})
	same(t, "who sees more", w.board(w.ada, byTitle, "status", names), []string{"todo: 6 a c d f g h", "done: 2 b e", "hidden todo: 1 hidden"})
	mine := tasks.ListQuery{Filter: eq("assignee", "me"), Sort: "-title"}
	same(t, "of a filter", w.board(bob, mine, "label", names), []string{"bug: 2 b a", "idea: 1 a", "none: 1 c"})
	_, err := w.Groups(t.Context(), bob, w.ws, byTitle, "color", 2)
	w.refused(err, fault.KindInvalid, "group_by")
	_, err = w.Groups(t.Context(), bob, w.ws, byTitle, "due", 201)
	w.refused(err, fault.KindInvalid, "limit")
}

func TestListsRefuseWhatTheyCannotAnswer(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	for range 3 {
		w.titled(p, "x")
	}
	page, err := w.Tasks(t.Context(), w.ada, w.ws, in(p), tasks.PageOf{Limit: 1})
	w.ok(err)
	byDue := in(p)
	byDue.Sort = "due"
	_, err = w.Tasks(t.Context(), w.ada, w.ws, byDue, tasks.PageOf{Cursor: page.Next})
	w.refused(err, fault.KindInvalid, "cursor")
	_, err = w.Tasks(t.Context(), w.ada, w.ws, in(p), tasks.PageOf{Cursor: "!"})
	w.refused(err, fault.KindInvalid, "cursor")
	_, err = w.Tasks(t.Context(), w.ada, w.ws, tasks.ListQuery{Sort: "color"}, tasks.PageOf{})
	w.refused(err, fault.KindInvalid, "sort")
	deep := tasks.Filter{Field: "completed", Op: "eq", Value: true}
	for range 10 {
		deep = tasks.Filter{Not: &deep}
	}
	wide := tasks.Filter{}
	for range 101 {
		wide.Any = append(wide.Any, eq("assignee", "me"))
	}
	for _, f := range []tasks.Filter{
		deep, wide, eq("color", "red"), eq("assignee", "somebody"), eq("priority", 7.0), eq("category", "soon"),
		{Field: "title", Op: "contains", Value: " "},
		{Field: "title", Op: "eq", Value: "x"},
		{Field: "label", Op: "in", Value: "x"},
		{Field: "created", Op: "is_set"},
		{Field: "priority", Op: "eq", Value: 1.0, Any: []tasks.Filter{{}}},
	} {
		_, err := w.Tasks(t.Context(), w.ada, w.ws, tasks.ListQuery{Filter: f}, tasks.PageOf{})
		w.refused(err, fault.KindInvalid, "")
	}
}

func TestFiltersByName(t *testing.T) {
	w := newWorld(t)
	p, q := w.project(tasks.NewProject{Name: "Website"}), w.project(tasks.NewProject{Name: "Other"})
	w.create(tasks.NewTask{Project: p.ID, Title: "a", Assignees: []uuid.UUID{w.ada.User}, Status: status(p, "Done"), External: &tasks.External{Source: "trello", ID: "x:1"}})
	w.create(tasks.NewTask{Project: q.ID, Title: "b 100%", Description: "ÄRGER", Priority: 2, Status: status(q, "Backlog")})
	for want, f := range map[string]tasks.Filter{
		"a":        eq("assignee", "me"),
		"b 100%":   eq("assignee", "none"),
		"a b 100%": {Any: []tasks.Filter{eq("category", "done"), eq("category", "backlog")}},
		"":         eq("project", uuid.NewString()),
	} {
		same(t, want, words(w.list(w.ada, tasks.ListQuery{Filter: f, Sort: "title"})), want)
	}
	for _, f := range []tasks.Filter{
		eq("category", "done"), eq("completed", true), eq("external", "trello:x:1"),
		{Field: "external", Op: "is_set"},
		eq("priority", 0.0),
		{Not: ptr(eq("priority", 2.0))},
		{Field: "status", Op: "in", Value: []any{status(p, "Done").String()}},
		eq("status", status(p, "Done").String()),
	} {
		same(t, "a", words(w.list(w.ada, tasks.ListQuery{Filter: f})), "a")
	}
	for _, f := range []tasks.Filter{
		{Field: "text", Op: "contains", Value: "ärger"},
		{Field: "title", Op: "contains", Value: "0%"},
		{Not: ptr(eq("external", "trello:x:1"))},
		eq("priority", 2.0),
		{Not: ptr(tasks.Filter{Field: "priority", Op: "in", Value: []any{0.0, 1.0}})},
	} {
		same(t, "b", words(w.list(w.ada, tasks.ListQuery{Filter: f})), "b 100%")
	}
}
