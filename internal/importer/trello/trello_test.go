package trello_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/importer/trello"
)

// garden is the plan of testdata/board.json.
func garden(t *testing.T, o trello.Options) plan.Plan {
	t.Helper()
	f, err := os.Open("testdata/board.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := trello.Read(t.Context(), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func task(t *testing.T, p plan.Plan, title string) plan.Task {
	t.Helper()
	for _, task := range p.Tasks {
		if task.Title == title {
			return task
		}
	}
	t.Fatalf("no task %q", title)
	return plan.Task{}
}

// statusOf is the name of the task's status.
func statusOf(p plan.Plan, t plan.Task) string {
	for _, s := range p.Statuses {
		if s.External.ID == t.Status {
			return s.Name
		}
	}
	return "unknown: " + t.Status
}

// notes are the counts of a plan's notes by code.
func notes(p plan.Plan) map[string]int {
	counts := map[string]int{}
	for _, n := range p.Notes {
		counts[n.Code] = n.Count
	}
	return counts
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	tm, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return tm
}

func TestTheBoardBecomesAProject(t *testing.T) {
	p := garden(t, trello.Options{})
	equal(t, "project", p.Project, plan.Project{
		External:    plan.External{ID: "60000000000000000000b001", URL: "https://trello.com/b/AbCd1234"},
		Name:        "Garden party",
		Description: "Plans for *June*\n",
	})
	equal(t, "statuses", p.Statuses, []plan.Status{
		{External: plan.External{ID: "600000000000000000001001"}, Name: "To do", Category: plan.Todo},
		{External: plan.External{ID: "600000000000000000001002"}, Name: "Doing", Category: plan.Doing},
		{External: plan.External{ID: "600000000000000000001005"}, Name: "doing (2)", Category: plan.Doing},
		{External: plan.External{ID: "600000000000000000001003"}, Name: "Done", Category: plan.Done},
		{External: plan.External{ID: "60000000000000000000b001/archived"}, Name: "Archived", Category: plan.Canceled},
	})
	equal(t, "labels", p.Labels, []plan.Label{
		{External: plan.External{ID: "600000000000000000002001"}, Name: "Food", Color: "#4bce97"},
		{External: plan.External{ID: "600000000000000000002002"}, Name: "Dark sky", Color: "#227d9b"},
		{External: plan.External{ID: "600000000000000000002005"}, Name: "Finished", Color: "#8590a2"},
	})
	equal(t, "people", p.People, []plan.Person{
		{ID: "600000000000000000003001", Name: "Ada Example", Username: "ada"},
		{ID: "600000000000000000003002", Name: "bob", Username: "bob"},
		{ID: "600000000000000000003003", Name: "Carol Gone", Username: "carol"},
		{ID: "600000000000000000003009"},
	})
}

func TestACardBecomesATask(t *testing.T) {
	p := garden(t, trello.Options{Zone: berlin(t)})
	description := "Two **layers**,\r\n  no nuts.  \n\n\n" +
		"### Checklist\n\n- [ ] Find the tin\n\n" +
		"### Shopping\n\n- [x] Flour\n- [ ] Eggs (due 2026-06-19 12:00, bob)\n\n" +
		"### Attachments\n\n" +
		"- [recipe \\[old\\].pdf](https://trello.com/1/cards/x/attachments/y/download/recipe%20%281%29.pdf)\n" +
		"- [https://example.com/cake](https://example.com/cake)\n\n" +
		"### From Trello\n\n- Cost: 12.5\n- Place: Lawn\n- Booked: yes"
	equal(t, "task", task(t, p, "Bake the cake"), plan.Task{
		External:    plan.External{ID: "600000010000000000005001", URL: "https://trello.com/c/cake"},
		Status:      "600000000000000000001001",
		Title:       "Bake the cake",
		Description: description,
		Said:        strings.Replace(description, "12:00", "10:00", 1),
		Labels:      []string{"600000000000000000002001", "600000000000000000002002"},
		Assignees:   []string{"600000000000000000003001", "600000000000000000003009"},
		Author:      "600000000000000000003002",
		Due:         &plan.Date{Date: "2026-06-21", Time: "00:30", Zone: "Europe/Berlin", Instant: at(t, "2026-06-20T22:30:00Z")},
		Start:       &plan.Date{Date: "2026-06-18", Instant: at(t, "2026-06-18T08:00:00Z")},
		CreatedAt:   time.Unix(0x60000001, 0).UTC(),
		Comments: []plan.Comment{
			{
				External:  plan.External{ID: "600000100000000000008003", URL: "https://trello.com/c/cake#comment-600000100000000000008003"},
				Author:    "600000000000000000003001",
				Text:      "Chocolate?\n",
				CreatedAt: at(t, "2026-04-01T10:00:00Z"),
			},
			{
				External:  plan.External{ID: "600000100000000000008004", URL: "https://trello.com/c/cake#comment-600000100000000000008004"},
				Author:    "600000000000000000003003",
				Text:      "I’ll bring it, @ada",
				CreatedAt: at(t, "2026-04-03T10:00:00Z"),
				EditedAt:  at(t, "2026-04-03T11:00:00Z"),
			},
		},
	})
}

func TestEveryCardHasItsPlace(t *testing.T) {
	p := garden(t, trello.Options{})
	type row struct{ Title, Status, From string }
	var got []row
	for _, task := range p.Tasks {
		_, from, _ := strings.Cut(task.Description, "- List: ")
		got = append(got, row{task.Title, statusOf(p, task), from})
	}
	equal(t, "places", got, []row{
		{"Send invitations", "To do", ""},
		{"Bake the cake", "To do", ""},
		{"(no title)", "To do", ""},                              // its list is not in the file
		{"Choose a day", "Done", ""},                             // its own list
		{"Guest list", "Done", ""},                               // archived there
		{"Rent chairs", "Done", "Doing"},                         // ticked complete elsewhere
		{"Book the band", "Done", "Music (archived)"},            // in an archived list, labelled as finished
		{"Fireworks", "Archived", "To do (archived 2026-03-05)"}, // archived unfinished
	})
	equal(t, "completed", task(t, p, "Rent chairs").CompletedAt, at(t, "2026-04-30T10:00:00Z"))
	equal(t, "archived", task(t, p, "Fireworks").CompletedAt, at(t, "2026-03-05T10:00:00Z"))
	equal(t, "open", task(t, p, "Bake the cake").CompletedAt, time.Time{})
}

func TestTheNotesSayWhatDidNotComeOverAsItWas(t *testing.T) {
	equal(t, "notes", notes(garden(t, trello.Options{})), map[string]int{
		"trello.votes": 1, "trello.covers": 1, "trello.reminders": 1, "trello.missing-comments": 1, "trello.files": 1,
		"trello.orphan-comments": 1, "trello.unknown-people": 1, "trello.roles": 1, "trello.activity": 3,
		"trello.archived-lists": 1, "trello.archived-cards": 3, "trello.completed-cards": 1, "trello.unknown-list": 1,
		"trello.checklists": 3, "trello.checklist-details": 1, "trello.links": 1, "trello.custom-fields": 3,
		"trello.unnamed-labels": 1, "trello.merged-labels": 1, "trello.templates": 1,
		"trello.categories": 4, "trello.archived-done": 1, "trello.time-zone": 2,
	})
}

func TestChecklistsAsSubTasks(t *testing.T) {
	p := garden(t, trello.Options{Checklists: trello.SubTasks})
	cake := task(t, p, "Bake the cake")
	if strings.Contains(cake.Description, "Flour") {
		t.Errorf("the items are in the description too: %q", cake.Description)
	}
	var got []plan.Task
	for _, task := range p.Tasks {
		if task.Parent != "" {
			got = append(got, task)
		}
	}
	made := time.Unix(0x60000009, 0).UTC()
	url := "https://trello.com/c/cake"
	equal(t, "sub-tasks", got, []plan.Task{
		{
			External: plan.External{ID: "600000090000000000007001", URL: url}, Parent: cake.External.ID, Status: cake.Status,
			Title: "Find the tin", Description: "### From Trello\n\n- Checklist: Checklist", CreatedAt: made,
		},
		{
			External: plan.External{ID: "600000090000000000007002", URL: url}, Parent: cake.External.ID, Status: "600000000000000000001003",
			Title: "Flour", Description: "### From Trello\n\n- Checklist: Shopping", CreatedAt: made, CompletedAt: at(t, "2026-04-03T12:00:00Z"),
		},
		{
			External: plan.External{ID: "600000090000000000007003", URL: url}, Parent: cake.External.ID, Status: cake.Status,
			Title: "Eggs", Description: "### From Trello\n\n- Checklist: Shopping", CreatedAt: made,
			Assignees: []string{"600000000000000000003002"},
			Due:       &plan.Date{Date: "2026-06-19", Time: "10:00", Zone: "UTC", Instant: at(t, "2026-06-19T10:00:00Z")},
		},
	})
	equal(t, "no checklist notes", notes(p)["trello.checklists"], 0)
}
