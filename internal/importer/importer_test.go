package importer_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/tasks"
)

func TestABoardIsImportedWhole(t *testing.T) {
	h := open(t)
	r := h.done(garden(t))
	equal(t, "counts", r.Counts, importer.Counts{
		Statuses: importer.Tally{Created: 5}, Labels: importer.Tally{Created: 3},
		Tasks: importer.Tally{Created: 8}, Comments: importer.Tally{Created: 2},
	})
	p := h.project(r.Project.ID)
	equal(t, "project", []any{p.Name, p.Description, p.Archived, r.Project.Created}, []any{"Garden party", "Plans for *June*\n", false, true})
	var names, categories []string
	status := map[uuid.UUID]string{}
	for _, s := range p.Statuses {
		names, categories = append(names, s.Name), append(categories, s.Category)
		status[s.ID] = s.Name
	}
	equal(t, "statuses", names, []string{"To do", "Doing", "doing (2)", "Done", "Archived"})
	equal(t, "categories", categories, []string{"todo", "doing", "doing", "done", "canceled"})

	all := h.all()
	at := map[string]string{}
	for title, task := range all {
		at[title] = status[task.Status]
	}
	equal(t, "tasks", at, map[string]string{
		"Send invitations": "To do", "Bake the cake": "To do", "(no title)": "To do", "Choose a day": "Done",
		"Guest list": "Done", "Rent chairs": "Done", "Book the band": "Done", "Fireworks": "Archived",
	})
	cake := all["Bake the cake"]
	equal(t, "assignees", cake.Assignees, []uuid.UUID{h.ada.User})
	equal(t, "author", *cake.Author, tasks.Author{Name: "bob"})
	equal(t, "labels", len(cake.Labels), 2)
	equal(t, "due", *cake.Due, tasks.When{Date: "2026-06-20", Time: ptr("22:30"), TimeZone: ptr("UTC")})
	equal(t, "created", cake.CreatedAt.UnixMilli(), int64(0x60000001)*1000)
	equal(t, "external", *cake.External, tasks.External{Source: "trello", ID: "600000010000000000005001", URL: "https://trello.com/c/cake"})
	equal(t, "subscribers", cake.Subscribers, []uuid.UUID{h.ada.User}) // for the task is hers, not for the import
	equal(t, "completed", all["Fireworks"].CompletedAt.UnixMilli(), time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC).UnixMilli())
	equal(t, "unknown author", *all["Send invitations"].Author, tasks.Author{Name: "Trello"})

	said := h.comments(cake.ID)
	equal(t, "comments", []any{said[0].Body, said[0].Author, said[1].Author}, []any{
		"Chocolate?\n", tasks.Author{User: &h.ada.User, Name: "Ada Example"}, tasks.Author{Name: "Carol Gone"},
	})
	equal(t, "comment's time", said[0].CreatedAt.UnixMilli(), time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC).UnixMilli())
	equal(t, "notes of both", []int{notes(r)["trello.votes"], notes(r)["import.named"]}, []int{1, 1})
	equal(t, "people", r.People[0], importer.Match{Name: "Ada Example", Username: "ada", User: &h.ada.User, By: "name", Tasks: 1})
}

func ptr[T any](v T) *T { return &v }

func TestADryRunSaysTheSameAndMakesNothing(t *testing.T) {
	h := open(t)
	before := h.seq()
	dry := h.run(h.ada, garden(t), func(r *importer.Request) { r.DryRun = true })
	equal(t, "state", dry.State, importer.Done)
	equal(t, "progress", dry.Progress, importer.Progress{Done: 8, Total: 8})
	equal(t, "history", h.seq(), before)
	wet := h.done(garden(t))
	equal(t, "counts", dry.Report.Counts, wet.Counts)
	equal(t, "notes", dry.Report.Notes, wet.Notes)

	b := garden(t)
	b.card("Fireworks")["desc"] = "Loud ones"
	dry = h.run(h.ada, b, func(r *importer.Request) { r.DryRun = true })
	equal(t, "counts of an update", dry.Report.Counts.Tasks, importer.Tally{Updated: 1, Unchanged: 7})
	_, err := h.imports.Undo(t.Context(), h.ada, h.ws, dry.ID)
	refused(t, err, fault.KindConflict, "import-dry-run")
}

func TestImportingAgainChangesNothing(t *testing.T) {
	h := open(t)
	first := h.done(garden(t))
	before := h.seq()
	second := h.done(garden(t))
	equal(t, "history", h.seq(), before)
	equal(t, "project", second.Project, importer.ProjectReport{ID: first.Project.ID, Name: "Garden party"})
	equal(t, "counts", second.Counts, importer.Counts{
		Statuses: importer.Tally{Unchanged: 5}, Labels: importer.Tally{Unchanged: 3},
		Tasks: importer.Tally{Unchanged: 8}, Comments: importer.Tally{Unchanged: 2},
	})
}

func TestImportingAgainInAnotherTimeZoneChangesNothing(t *testing.T) {
	h := open(t)
	h.done(garden(t))
	due := tasks.When{Date: "2026-07-01"}
	h.edit(h.all()["Bake the cake"], tasks.Patch{Due: tasks.Some(&due)})
	before := h.seq()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	i := h.run(h.ada, garden(t), func(r *importer.Request) { r.Choices.Zone = tokyo })
	equal(t, "tasks", i.Report.Counts.Tasks, importer.Tally{Unchanged: 8})
	equal(t, "history", h.seq(), before)
	equal(t, "the due that we set", *h.all()["Bake the cake"].Due, due)
}

func TestImportingAgainBringsOnlyWhatChangedAtTheSource(t *testing.T) {
	h := open(t)
	h.done(garden(t))
	h.edit(h.all()["Fireworks"], tasks.Patch{Title: tasks.Some("Big fireworks"), Priority: tasks.Some(2)})
	h.edit(h.all()["Send invitations"], tasks.Patch{Title: tasks.Some("Invite everybody")})

	b := garden(t)
	b.card("Fireworks")["desc"] = "Loud ones"
	b.card("Send\ninvitations")["name"] = "Send all invitations"
	b.card("Choose a day")["idList"] = "600000000000000000001002"
	b["cards"] = append(b["cards"].([]any), map[string]any{"id": "600000110000000000005011", "name": "Lights", "idList": "600000000000000000001001"})
	said := b["actions"].([]any)[2].(map[string]any)["data"].(map[string]any)
	said["text"] = "I’ll bring two, @ada"
	r := h.done(b)
	equal(t, "tasks", r.Counts.Tasks, importer.Tally{Created: 1, Updated: 3, Unchanged: 5})
	equal(t, "comments", r.Counts.Comments, importer.Tally{Updated: 1, Unchanged: 1})

	all := h.all()
	equal(t, "their title stays", all["Big fireworks"].Priority, 2)
	equal(t, "our description comes", all["Big fireworks"].Description, "Loud ones\n\n### From Trello\n\n- List: To do (archived 2026-03-05)")
	if _, ok := all["Send all invitations"]; !ok {
		t.Error("a title that changed on both sides is not the source's")
	}
	if all["Choose a day"].CompletedAt != nil {
		t.Error("a card that was taken out of Done is still completed")
	}
	equal(t, "comment", h.comments(all["Bake the cake"].ID)[1].Body, "I’ll bring two, @ada")
}

func TestWhoJoinsLaterGetsHerTasksWithTheNextImport(t *testing.T) {
	h := open(t)
	b := garden(t)
	person := b["members"].([]any)[0].(map[string]any)
	person["fullName"], person["username"] = "Grace Late", "grace99"
	h.done(b)
	equal(t, "nobody", len(h.all()["Bake the cake"].Assignees), 0)
	grace := h.join("grace  LATE", "grace@example.com", tasks.RoleMember)
	h.done(b)
	equal(t, "hers", h.all()["Bake the cake"].Assignees, []uuid.UUID{grace.User})
}

func TestWhoIsNoMemberIsNamedInTheDescription(t *testing.T) {
	h := open(t)
	b := garden(t)
	person := b["members"].([]any)[0].(map[string]any)
	person["fullName"], person["username"] = "Grace Late", "grace99"
	b.card("Fireworks")["idMembers"] = []string{person["id"].(string)}
	r := h.done(b)
	equal(t, "below what is said there", h.all()["Fireworks"].Description, "### From Trello\n\n- List: To do (archived 2026-03-05)\n- Assigned to: Grace Late")
	equal(t, "nobody", len(h.all()["Fireworks"].Assignees), 0)
	equal(t, "noted", notes(r)["import.named"], 3)
	before := h.seq()
	h.done(b)
	equal(t, "history", h.seq(), before)

	b.card("Fireworks")["desc"] = strings.Repeat("x", plan.MaxDescription-60)
	r = h.done(b)
	if strings.Contains(h.all()["Fireworks"].Description, "Grace") || notes(r)["import.unassigned"] != 1 {
		t.Error("a name does not fit and that is not said")
	}
}

func TestTasksThatPeopleDeletedStayInTheTrash(t *testing.T) {
	h := open(t)
	h.done(garden(t))
	if _, err := h.tasks.DeleteTask(t.Context(), h.ada, h.ws, h.all()["Fireworks"].ID.String(), tasks.Condition{}); err != nil {
		t.Fatal(err)
	}
	b := garden(t)
	b.card("Fireworks")["desc"] = "Loud ones"
	r := h.done(b)
	equal(t, "noted", notes(r)["import.trashed"], 1)
	if _, ok := h.all()["Fireworks"]; ok {
		t.Error("it is back")
	}
}

func TestATaskThatWasMovedToAnotherProjectIsFoundThere(t *testing.T) {
	h := open(t)
	first := h.done(garden(t))
	other, err := h.tasks.CreateProject(t.Context(), h.ada, h.ws, tasks.NewProject{Name: "Other"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.tasks.MoveTask(t.Context(), h.ada, h.ws, h.all()["Fireworks"].ID.String(), tasks.Move{Project: other.ID}, tasks.Condition{}); err != nil {
		t.Fatal(err)
	}
	b := garden(t)
	b.card("Fireworks")["desc"], b.card("Fireworks")["closed"] = "Loud ones", false
	r := h.done(b)
	equal(t, "project", r.Project.ID, first.Project.ID)
	equal(t, "tasks", r.Counts.Tasks, importer.Tally{Updated: 1, Unchanged: 7})
	equal(t, "noted", notes(r)["import.moved"], 1)
	moved := h.all()["Fireworks"]
	equal(t, "where", []any{moved.Project, moved.Description}, []any{other.ID, "Loud ones"})
}

func TestSubTasksComeWithTheirParents(t *testing.T) {
	h := open(t)
	i := h.run(h.ada, garden(t), func(r *importer.Request) { r.Choices.Checklists = "subtasks" })
	equal(t, "tasks", i.Report.Counts.Tasks, importer.Tally{Created: 11})
	all := h.all()
	cake := all["Bake the cake"]
	equal(t, "counts", []int{cake.ChildCount, cake.ChildDoneCount}, []int{3, 1})
	equal(t, "parent", *all["Flour"].Parent, cake.ID)
}

func TestIntoAProjectThatIsThere(t *testing.T) {
	h := open(t)
	w, err := h.tasks.CreateProject(t.Context(), h.ada, h.ws, tasks.NewProject{Name: "Home"})
	if err != nil {
		t.Fatal(err)
	}
	i := h.run(h.ada, garden(t), func(r *importer.Request) { r.Project = w.ID })
	equal(t, "project", i.Report.Project, importer.ProjectReport{ID: &w.ID, Name: "Home"})
	var names []string
	for _, s := range h.project(&w.ID).Statuses {
		names = append(names, s.Name)
	}
	equal(t, "only what is needed is added", names, []string{"Backlog", "To do", "In progress", "Done", "Archived"})
	again := h.done(garden(t)) // without being asked: it knows where the board went
	equal(t, "again", again.Project.ID, &w.ID)
	equal(t, "tasks", again.Counts.Tasks, importer.Tally{Unchanged: 8})
}

func TestAClosedBoardBecomesAnArchivedProject(t *testing.T) {
	h := open(t)
	b := garden(t)
	b["closed"] = true
	r := h.done(b)
	equal(t, "archived", h.project(r.Project.ID).Archived, true)
	b["cards"] = append(b["cards"].([]any), map[string]any{"id": "600000110000000000005011", "name": "Lights", "idList": "600000000000000000001001"})
	equal(t, "a late card", h.done(b).Counts.Tasks, importer.Tally{Created: 1, Unchanged: 8})
	equal(t, "archived again", h.project(r.Project.ID).Archived, true)
}

func TestManyCardsAndCommentsAreSentInSeveralEntries(t *testing.T) {
	h := open(t)
	b := garden(t)
	var cards, actions []any
	for i := range 600 {
		id := plan.Fold(uuid.NewString())
		cards = append(cards, map[string]any{"id": id, "name": "card", "idList": "600000000000000000001001", "pos": i})
	}
	for range 900 {
		actions = append(actions, map[string]any{
			"id": uuid.NewString(), "type": "commentCard", "date": "2026-04-01T10:00:00.000Z", "idMemberCreator": "600000000000000000003001",
			"data": map[string]any{"text": "x", "card": map[string]any{"id": cards[0].(map[string]any)["id"]}},
		})
	}
	b["cards"], b["actions"] = cards, actions
	i := h.run(h.ada, b, nil)
	equal(t, "progress", i.Progress, importer.Progress{Done: 600, Total: 600})
	equal(t, "tasks", i.Report.Counts.Tasks, importer.Tally{Created: 600})
	equal(t, "comments", i.Report.Counts.Comments, importer.Tally{Created: 900})
	again := h.done(b)
	equal(t, "again", []importer.Tally{again.Counts.Tasks, again.Counts.Comments}, []importer.Tally{{Unchanged: 600}, {Unchanged: 900}})
}

func TestAnEmptyBoardHasEmptyLists(t *testing.T) {
	h := open(t)
	r := h.done(board{"id": "b1", "lists": []any{}, "cards": []any{}})
	equal(t, "people", r.People, []importer.Match{})
	again := h.done(board{"id": "b1", "lists": []any{map[string]any{"id": "l1", "name": "Done"}}, "cards": []any{}})
	equal(t, "columns that no task needs are not added", again.Counts.Statuses, importer.Tally{Unchanged: 1})
	if again.Notes == nil {
		t.Error("the notes are null")
	}
}

func TestTheHistorySaysThatItWasAnImport(t *testing.T) {
	h := open(t)
	i := h.run(h.ada, garden(t), nil)
	page, err := h.tasks.Activity(t.Context(), h.ada, h.ws, h.all()["Fireworks"].ID.String(), tasks.PageOf{})
	if err != nil || len(page.Items) != 1 {
		t.Fatal(err, len(page.Items))
	}
	var line struct {
		Actor tasks.Actor `json:"actor"`
	}
	if err := json.Unmarshal(page.Items[0], &line); err != nil {
		t.Fatal(err)
	}
	equal(t, "actor", line.Actor, tasks.Actor{Type: tasks.ActorImport, ID: i.ID, Name: "Ada Example", User: h.ada.User})
}
