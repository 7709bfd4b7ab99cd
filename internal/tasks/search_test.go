package tasks_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// hit is one thing found.
type hit struct {
	Type        string
	Task        tasks.TaskDoc
	Comment     *struct{ ID uuid.UUID }
	TitleRanges [][2]int `json:"title_ranges"`
	Excerpt     *struct {
		Text          string
		Ranges        [][2]int
		Before, After bool
	}
}

// search gives everything found, page by page.
func (w *world) search(c tasks.Caller, text string, limit int) (out []hit) {
	w.Helper()
	of := tasks.PageOf{Limit: limit}
	for {
		p, err := w.Search(w.Context(), c, w.ws, tasks.SearchQuery{Text: text}, of)
		w.ok(err)
		for _, item := range p.Items {
			out = append(out, decode[hit](w, item))
		}
		if p.Next == "" {
			return out
		}
		of.Cursor = p.Next
	}
}

func hits(of []hit) string {
	var out []string
	for _, h := range of {
		out = append(out, h.Type+" "+h.Task.Title)
	}
	return strings.Join(out, ", ")
}

func (w *world) index() {
	w.Helper()
	for {
		more, err := w.Index(w.Context())
		w.ok(err)
		if !more {
			return
		}
	}
}

func TestTheTitleWeighsMoreThanTheDescriptionAndThatMoreThanComments(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	said := w.titled(p, "Talk")
	_, err := w.CreateComment(w.Context(), w.ada, w.ws, tasks.NewComment{Task: said.ID.String(), Body: "the invoice"})
	w.ok(err)
	whole := w.titled(p, "Invoice")
	w.titled(p, "Invoice again")
	done := w.titled(p, "Invoice too")
	w.patch(done, tasks.Patch{Status: tasks.Some(status(p, "Done"))})
	w.later(1)
	w.titled(p, "Invoices")
	w.create(tasks.NewTask{Project: p.ID, Title: "Described", Description: "invoice invoice invoice"})
	for range 2 {
		same(t, "invoice", hits(w.search(w.ada, "invoice", 50)),
			"task Invoice, task Invoice again, task Invoice too, task Invoices, task Described, comment Talk")
		same(t, "in pages", hits(w.search(w.ada, "invoice", 2)), hits(w.search(w.ada, "invoice", 50)))
		w.index()
	}
	w.trash(whole)
	_, err = w.DeleteTask(w.Context(), w.ada, w.ws, said.ID.String(), tasks.Condition{})
	w.ok(err)
	same(t, "without what is in the trash", hits(w.search(w.ada, "invoice", 50)), "task Invoice again, task Invoice too, task Invoices, task Described")
	_, err = w.RestoreTask(w.Context(), w.ada, w.ws, said.ID.String())
	w.ok(err)
	found := w.search(w.ada, "invoice talk", 50)
	same(t, "no words of a task and its comment together", hits(found), "")
	found = w.search(w.ada, "the invoice", 50)
	same(t, "restored", hits(found), "comment Talk")
	_, err = w.DeleteComment(w.Context(), w.ada, w.ws, said.ID.String(), found[0].Comment.ID)
	w.ok(err)
	same(t, "a deleted comment", hits(w.search(w.ada, "the invoice", 50)), "")
}

// TestWhatIsHiddenChangesNothingOfWhatIsFound puts far more into a private project than search weighs, and into the trash.
func TestWhatIsHiddenChangesNothingOfWhatIsFound(t *testing.T) {
	w := newWorld(t)
	open := w.project(tasks.NewProject{Name: "Open"})
	shared := w.project(tasks.NewProject{Name: "Shared", Access: tasks.AccessPrivate})
	hidden := w.project(tasks.NewProject{Name: "Hidden", Access: tasks.AccessPrivate})
	gone := w.project(tasks.NewProject{Name: "Gone"})
	ben := w.person("Ben", tasks.RoleMember)
	gil := w.person("Gil", tasks.RoleGuest, tasks.Grant{Project: shared.ID, Role: tasks.ProjectViewer})
	for i := range 7 {
		w.titled(open, fmt.Sprintf("Report %d", i))
		w.create(tasks.NewTask{Project: shared.ID, Title: fmt.Sprintf("Work %d", i), Description: "for the report"})
	}
	people := []tasks.Caller{ben, gil}
	texts := []string{"report", "rep", "report 3", "work report"}
	answers := func() (out []string) {
		for _, c := range people {
			for _, text := range texts {
				out = append(out, hits(w.search(c, text, 3)), plain(t, w.search(c, text, 200)))
			}
		}
		return out
	}
	before := answers()
	for _, p := range []tasks.Project{hidden, gone} {
		for range 4 {
			steps := make([]tasks.Step, tasks.MaxBatch)
			for i := range steps {
				steps[i].Create = &tasks.NewTask{Project: p.ID, Title: "Report work 3"}
			}
			_, _, err := w.Batch(w.Context(), w.ada, w.ws, steps)
			w.ok(err)
		}
	}
	_, err := w.DeleteProject(w.Context(), w.ada, w.ws, gone.ID)
	w.ok(err)
	for _, when := range []string{"not indexed", "indexed"} {
		after := answers()
		for i := range before {
			if before[i] != after[i] {
				t.Errorf("%s: %s\nwas %s", when, after[i], before[i])
			}
		}
		w.index()
	}
	if found := w.search(w.ada, "report", 200); len(found) != 1_500 {
		t.Errorf("%d are weighed", len(found))
	}
	same(t, "she sees it now", len(w.search(gil, "report", 50)), 7)
	w.become(gil, tasks.RoleGuest, tasks.Grant{Project: hidden.ID, Role: tasks.ProjectViewer})
	if found := w.search(gil, "report", 200); len(found) < 1_000 {
		t.Errorf("%d are found by a guest of both", len(found))
	}
}

func TestExcerptsShowWhereTheWordsStand(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website"})
	long := strings.Repeat("Größe 😀 und so weiter. ", 300) + "Hier steht die Nadel, 😀 im Heu. " + strings.Repeat("Und weiter geht es. ", 300)
	w.create(tasks.NewTask{Project: p.ID, Title: "😀 Die Nadel", Description: long})
	found := w.search(w.ada, "nadel", 50)[0]
	same(t, "in the title", found.TitleRanges, [][2]int{{7, 12}})
	e := found.Excerpt
	if len(e.Text) > 320 || !e.Before || !e.After || !strings.Contains(long, e.Text) || len(e.Ranges) != 1 {
		t.Fatalf("%+v", e)
	}
	units := []rune{}
	for _, r := range e.Text { // as JavaScript has it
		if units = append(units, r); r > 0xffff {
			units = append(units, -1)
		}
	}
	same(t, "the range", string(units[e.Ranges[0][0]:e.Ranges[0][1]]), "Nadel")
	w.create(tasks.NewTask{Project: p.ID, Title: "x", Description: strings.Repeat("日本語", 2_000)})
	e = w.search(w.ada, "本語", 50)[0].Excerpt
	if len(e.Text) > 320 || len(e.Ranges) > 50 || !json.Valid([]byte(plain(t, e))) {
		t.Errorf("%+v", e)
	}
}

func TestSearchRefusesWhatIsNoQuestion(t *testing.T) {
	w := newWorld(t)
	for _, text := range []string{"", " ", strings.Repeat("x", 501)} {
		_, err := w.Search(w.Context(), w.ada, w.ws, tasks.SearchQuery{Text: text}, tasks.PageOf{})
		w.refused(err, fault.KindInvalid, "q")
	}
	_, err := w.Search(w.Context(), tasks.Caller{User: uuid.Must(uuid.NewV7())}, w.ws, tasks.SearchQuery{Text: "x"}, tasks.PageOf{})
	w.missing(err)
}

func TestAFormerKeyPutsItsTaskFirst(t *testing.T) {
	w := newWorld(t)
	p := w.project(tasks.NewProject{Name: "Website", Key: "WEB"})
	other := w.project(tasks.NewProject{Name: "Other", Key: "OTH"})
	task := w.titled(p, "Old")
	w.titled(p, "WEB-1 is what this is about")
	_, err := w.UpdateProject(w.Context(), w.ada, w.ws, p.ID, tasks.ProjectPatch{Key: tasks.Some("NEW")}, tasks.Condition{})
	w.ok(err)
	for _, key := range []string{"WEB-1", "web-1", "(WEB-1),"} {
		same(t, key, hits(w.search(w.ada, key, 1)), "task Old, task WEB-1 is what this is about")
	}
	same(t, "NEW-1", hits(w.search(w.ada, "NEW-1", 50)), "task Old")
	_, err = w.MoveTask(w.Context(), w.ada, w.ws, task.ID.String(), tasks.Move{Project: other.ID}, tasks.Condition{})
	w.ok(err)
	same(t, "from where it was", hits(w.search(w.ada, "NEW-1", 50)), "task Old")
	same(t, "where it is", hits(w.search(w.ada, "OTH-1", 50)), "task Old")
	w.trash(task)
	same(t, "in the trash", hits(w.search(w.ada, "OTH-1", 50)), "")
}
