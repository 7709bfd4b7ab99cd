package trello_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/importer/trello"
)

func read(t *testing.T, json string) plan.Plan {
	t.Helper()
	p, err := trello.Read(t.Context(), strings.NewReader(json), trello.Options{})
	if err != nil {
		t.Fatalf("reading %.200s: %v", json, err)
	}
	return p
}

func TestWhatAListStandsForIsGuessedFromItsName(t *testing.T) {
	cases := map[plan.Category][]string{
		plan.Backlog:  {"Backlog", "Product Backlog: User Story", "Ideas 💡", "Someday/Maybe", "Ideen"},
		plan.Todo:     {"To-Do", "Next", "Not done", "Definition of Done", "To be released", "Ready for review", "Monday", "Donetsk", "2026", "🎉"},
		plan.Doing:    {"Doing", "In Progress", "Testing/Review", "WIP (max 3)", "In Arbeit", "En cours"},
		plan.Done:     {"Done", "DONE!", "Done this week", "Completed ✔", "✅", "Erledigt", "Terminé", "Closed"},
		plan.Canceled: {"Canceled", "Won’t do", "Rejected ideas"},
	}
	for want, names := range cases {
		for _, name := range names {
			p := read(t, fmt.Sprintf(`{"lists": [{"id": "l", "name": %q}], "cards": []}`, name))
			if got := p.Statuses[0].Category; got != want {
				t.Errorf("%q: %s, want %s", name, got, want)
			}
		}
	}
}

func TestAProjectCanAlwaysFinishTasks(t *testing.T) {
	p := read(t, `{"id": "b", "lists": [{"id": "l", "name": "Engine"}], "cards": []}`)
	equal(t, "statuses", p.Statuses, []plan.Status{
		{External: plan.External{ID: "l"}, Name: "Engine", Category: plan.Todo},
		{External: plan.External{ID: "b/done"}, Name: "Done", Category: plan.Done},
	})
	p = read(t, `{"id": "b", "lists": [], "cards": []}`)
	equal(t, "statuses of an empty board", p.Statuses, []plan.Status{
		{External: plan.External{ID: "b/todo"}, Name: "To do", Category: plan.Todo},
		{External: plan.External{ID: "b/done"}, Name: "Done", Category: plan.Done},
	})
}

func TestWhatIsTooLongIsCutAndKept(t *testing.T) {
	title, name := strings.Repeat("ü", plan.MaxTitle+1), strings.Repeat("x", plan.MaxName+1)
	p := read(t, fmt.Sprintf(`{"name": %q, "lists": [{"id": "l", "name": %q}, {"id": "m", "name": %q}],
		"labels": [{"id": "g", "name": %q}], "cards": [{"id": "c", "name": %q, "idList": "l"}]}`, name, name, name, name, title))
	cut := strings.Repeat("x", plan.MaxName-1) + "…"
	equal(t, "project", p.Project.Name, cut)
	equal(t, "label", p.Labels[0].Name, cut)
	equal(t, "status", p.Statuses[0].Name, cut)
	equal(t, "second status", p.Statuses[1].Name, strings.Repeat("x", plan.MaxName-5)+"… (2)")
	equal(t, "title", p.Tasks[0].Title, strings.Repeat("ü", plan.MaxTitle-1)+"…")
	equal(t, "description", p.Tasks[0].Description, "### From Trello\n\n- Title: "+title)
	equal(t, "said", []int{notes(p)["trello.long-titles"], notes(p)["trello.long-names"]}, []int{1, 4})
}

func TestACommentThatIsCutIsToldOf(t *testing.T) {
	p := read(t, fmt.Sprintf(`{"lists": [], "cards": [{"id": "c"}], "actions": [
		{"id": "m", "type": "commentCard", "data": {"text": %q, "card": {"id": "c"}}}]}`, strings.Repeat("x", plan.MaxComment+1)))
	equal(t, "comment", len(p.Tasks[0].Comments[0].Text), plan.MaxComment)
	equal(t, "said", notes(p)["trello.long-texts"], 1)
}

func TestACardHasNoMoreThanATaskCanHave(t *testing.T) {
	var labels, members []string
	for i := range plan.MaxPerTask + 1 {
		labels = append(labels, fmt.Sprintf(`{"id": "l%d", "name": "L%d"}`, i, i))
		members = append(members, fmt.Sprintf("m%d", i))
	}
	ids := make([]string, 0, len(labels))
	for i := range labels {
		ids = append(ids, fmt.Sprintf("l%d", i))
	}
	p := read(t, fmt.Sprintf(`{"lists": [], "labels": [%s], "cards": [{"id": "c", "desc": %q, "idLabels": ["%s"], "idMembers": ["%s"]}]}`,
		strings.Join(labels, ","), strings.Repeat("ü", plan.MaxDescription), strings.Join(ids, `","`), strings.Join(members, `","`)))
	equal(t, "labels", len(p.Tasks[0].Labels), plan.MaxPerTask)
	equal(t, "assignees", len(p.Tasks[0].Assignees), plan.MaxPerTask)
	equal(t, "description", len(p.Tasks[0].Description), plan.MaxDescription)
	equal(t, "left out", notes(p)["trello.too-many"], 2)
	equal(t, "cut", notes(p)["trello.long-texts"], 1)
}

func TestCardsOfMoreListsThanAProjectHasColumnsAreInTheFirst(t *testing.T) {
	var lists []string
	for i := range plan.MaxStatuses {
		lists = append(lists, fmt.Sprintf(`{"id": "l%d", "name": "L%d", "pos": %d}`, i, i, i))
	}
	p := read(t, `{"lists": [`+strings.Join(lists, ",")+`], "cards": [{"id": "c", "idList": "l49"}]}`)
	equal(t, "statuses", len(p.Statuses), plan.MaxStatuses-1)
	equal(t, "status", statusOf(p, p.Tasks[0]), "L0")
	equal(t, "description", p.Tasks[0].Description, "### From Trello\n\n- List: L49")
	equal(t, "said", notes(p)["trello.too-many-lists"], 2)
}

func TestMoreItemsThanATaskHasSubTasksStayATaskList(t *testing.T) {
	items := strings.TrimSuffix(strings.Repeat(`{"id": "i", "name": "x"},`, plan.MaxSubTasks+1), ",")
	board := `{"lists": [], "cards": [{"id": "c"}], "checklists": [{"id": "k", "idCard": "c", "checkItems": [` + items + `]}]}`
	p, err := trello.Read(t.Context(), strings.NewReader(board), trello.Options{Checklists: trello.SubTasks})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "tasks", len(p.Tasks), 1)
	equal(t, "items", strings.Count(p.Tasks[0].Description, "\n- [ ] x"), plan.MaxSubTasks+1)
}

func TestOnlyAddressesThatABrowserMayFollowBecomeLinks(t *testing.T) {
	p := read(t, `{"lists": [], "cards": [{"id": "c", "name": "x", "attachments": [
		{"name": "a\nb", "url": "https://example.com/<x>"}, {"name": "evil", "url": "javascript:alert(1)"}, {"name": "", "url": ""}]}]}`)
	equal(t, "description", p.Tasks[0].Description,
		"### Attachments\n\n- [a b](https://example.com/%3Cx%3E)\n- evil javascript:alert(1)\n- (no name)")
}

func TestOddEntriesAreLeftOutAndCounted(t *testing.T) {
	p := read(t, `{"name": 7, "lists": [3, {"name": "no id"}, {"id": "l", "name": "L"}, {"id": "l", "name": "again"}],
		"cards": [{"id": "c", "name": "first", "idList": "l", "due": "soon", "pos": "top"}, {"id": "c", "name": "again"}], "labels": null,
		"checklists": [{"id": "k", "idCard": "gone", "checkItems": []}], "later": {"a": [{"b": []}]}}`)
	equal(t, "tasks", len(p.Tasks), 1)
	equal(t, "title", p.Tasks[0].Title, "first")
	equal(t, "due", p.Tasks[0].Due, (*plan.Date)(nil))
	counts := notes(p)
	for code, want := range map[string]int{
		"trello.odd": 3, "trello.anonymous": 2, "trello.unreadable-dates": 1, "trello.orphan-checklists": 1,
	} {
		equal(t, code, counts[code], want)
	}
}

func TestAClosedBoardIsAnArchivedProject(t *testing.T) {
	if !read(t, `{"closed": true, "lists": [], "cards": []}`).Project.Archived {
		t.Error("not archived")
	}
}

func TestABoardAtTheLimitOfActionsSaysThatOlderOnesAreMissing(t *testing.T) {
	board := func(n int) string {
		return `{"lists": [], "cards": [], "actions": [` + strings.TrimSuffix(strings.Repeat(`{"type": "x"},`, n), ",") + `]}`
	}
	equal(t, "with 999", notes(read(t, board(999)))["trello.old-actions"], 0)
	equal(t, "with 1,000", notes(read(t, board(1000)))["trello.old-actions"], 1)
}

func TestLabelsOfOldFilesStandInTheCardAlone(t *testing.T) {
	p := read(t, `{"lists": [], "labels": [{"id": "g", "name": "Food"}], "cards": [{"id": "c", "labels": [{"id": "g", "name": "Food"}]}]}`)
	equal(t, "labels", p.Tasks[0].Labels, []string{"g"})
}
