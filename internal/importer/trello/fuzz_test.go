package trello_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/importer/trello"
	"github.com/rung-app/rung/internal/text"
)

// FuzzTrello: whatever the bytes, the answer is a plan that holds together or a fault.
func FuzzTrello(f *testing.F) {
	board, err := os.ReadFile("testdata/board.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(board, false)
	f.Add(board, true)
	f.Add(board[:len(board)/2], false)
	f.Add([]byte(`{"lists": [{"id": "a", "name": "done"}], "cards": [{"id": "c", "idList": "a", "closed": true}]}`), false)
	f.Add([]byte(`{"lists": [], "cards": [{"id": "c"}], "labels": [{"id": "l", "color": "_"}],
		"checklists": [{"id": "k", "idCard": "c", "checkItems": [{"id": "c"}]}]}`), true)
	f.Add([]byte(`{"x": 7E777, "lists": [], "cards": []}`), false)
	f.Add([]byte("<html>"), false)
	f.Add([]byte("{\"name\": \"\xe2\x80\", \"lists\": [], \"cards\": []}"), false)
	f.Fuzz(func(t *testing.T, file []byte, subTasks bool) {
		o := trello.Options{MaxItems: 1000}
		if subTasks {
			o.Checklists = trello.SubTasks
		}
		p, err := trello.Read(t.Context(), bytes.NewReader(file), o)
		if err != nil {
			if fault.KindOf(err) == fault.KindInternal {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		p.Fit()
		holdsTogether(t, p)
	})
}

// holdsTogether checks what a plan promises.
func holdsTogether(t *testing.T, p plan.Plan) {
	t.Helper()
	check := func(ok bool, what, id string) {
		if !ok {
			t.Errorf("%s: %q", what, id)
		}
	}
	fits := func(name string, most int) bool {
		return name != "" && text.Title(name, most) == ""
	}
	check(fits(p.Project.Name, plan.MaxName), "project's name", p.Project.Name)
	statuses, labels, people, tasks, names := map[string]plan.Category{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	finishes := false
	for _, s := range p.Statuses {
		_, again := statuses[s.External.ID]
		check(!again && !names[plan.Fold(s.Name)], "status twice", s.Name)
		check(fits(s.Name, plan.MaxName), "status's name", s.Name)
		statuses[s.External.ID], names[plan.Fold(s.Name)] = s.Category, true
		finishes = finishes || s.Category == plan.Done
	}
	check(len(p.Statuses) <= plan.MaxStatuses, "too many statuses", "")
	check(finishes, "no status for what is done", "")
	for _, l := range p.Labels {
		check(!labels[l.External.ID], "label twice", l.Name)
		check(fits(l.Name, plan.MaxName), "label's name", l.Name)
		labels[l.External.ID] = true
	}
	for _, person := range p.People {
		people[person.ID] = true
	}
	for _, task := range p.Tasks {
		id := task.External.ID
		category, known := statuses[task.Status]
		check(id != "" && !tasks[id], "task twice", id)
		check(known, "status of task", id)
		check(len(id) <= plan.MaxID && len(task.External.URL) <= plan.MaxURL, "external too long", id)
		check(len(task.Labels) <= plan.MaxPerTask && len(task.Assignees) <= plan.MaxPerTask, "too many on task", id)
		check(fits(task.Title, plan.MaxTitle), "title", task.Title)
		check(text.Body(task.Description) == "", "description", id)
		check(task.Parent == "" || tasks[task.Parent], "parent after its child", id)
		check(task.Author == "" || people[task.Author], "author", id)
		check(task.CompletedAt.IsZero() || category.Closes(), "completed and not closed", id)
		for _, l := range task.Labels {
			check(labels[l], "label of task", id)
		}
		for _, a := range task.Assignees {
			check(people[a], "assignee of task", id)
		}
		for _, c := range task.Comments {
			check(text.Body(c.Text) == "", "comment", c.Text)
			check(c.External.ID != "" && (c.Author == "" || people[c.Author]), "comment of task", id)
		}
		tasks[id] = true
	}
}
