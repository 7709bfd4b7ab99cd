package system

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// smallBoard is a board as Trello exports it, with a little of everything, cut down to what an import reads.
//
//go:embed testdata/board.json
var smallBoard []byte

// importing brings a board over, twice, and works on what came.
func (s *story) importing() {
	imports := s.ws + "/imports"
	s.ada.upload(imports, object{"source": "trello"}, []byte(`{"id": "x", "name": "Cut o`)).is(http.StatusUnprocessableEntity, http.StatusBadRequest)
	s.ada.upload(imports, object{"source": "trello"}, []byte(`{"hello": "world"}`)).is(http.StatusUnprocessableEntity, http.StatusBadRequest)
	s.ada.upload(imports, object{"source": "slates"}, smallBoard).is(http.StatusUnprocessableEntity).names("source")
	s.gil.upload(imports, object{"source": "trello"}, smallBoard).is(http.StatusForbidden)
	s.eve.upload(imports, object{"source": "trello"}, smallBoard).is(http.StatusNotFound)

	_, before := s.ada.get(s.ws + "/projects").seq()
	dry := s.ada.imports(smallBoard, object{"dry_run": "true"}).has(object{
		"dry_run": true, "report.project.created": true, "report.project.id": nil, "report.counts.tasks.created": 4, "report.counts.comments.created": 2,
	})
	if _, after := s.ada.get(s.ws + "/projects").seq(); after != before {
		s.Error("a dry run has changed something")
	}
	if len(dry.objects("report.notes")) == 0 {
		s.Error("a dry run of a board with attachments has nothing to say of what is lost")
	}

	done := s.ada.imports(smallBoard, nil).has(object{
		"report.project.created": true, "report.project.name": "Harbour", "report.counts.tasks.created": 4, "report.counts.comments.created": 2, "report.counts.labels.created": 1,
	})
	project := done.text("report.project.id")
	statuses := map[string]string{}
	for _, st := range s.ada.get(s.ws + "/projects/" + project + "/statuses").items() {
		statuses[st["id"].(string)] = st["name"].(string)
	}
	found := map[string]object{}
	for _, t := range s.ada.list(s.ws+"/tasks?sort=position&project="+project, 200) {
		found[t["title"].(string)] = t
	}
	s.imported(found, statuses)

	// The same file again changes nothing, and takes nothing back that people have changed since.
	boat := s.ws + "/tasks/" + found["Paint the boat"]["id"].(string)
	s.ben.patch(boat, object{"title": "Paint the ship", "assignees_add": []string{s.ben.id}}).is(http.StatusOK)
	s.ben.makes(boat+"/comments", object{"body": "Which colour?"})
	_, before = s.ada.get(s.ws + "/projects").seq()
	s.ada.imports(smallBoard, nil).has(object{
		"report.project.created": false, "report.project.id": project,
		"report.counts.tasks": object{"created": 0, "updated": 0, "unchanged": 4}, "report.counts.comments": object{"created": 0, "updated": 0, "unchanged": 2},
	})
	if _, after := s.ada.get(s.ws + "/projects").seq(); after != before {
		s.Errorf("the same file again has moved the history from %d to %d", before, after)
	}
	// What changed in the source comes over, field by field.
	changed := bytes.Replace(smallBoard, []byte("Blue, two coats."), []byte("Blue, three coats."), 1)
	changed = bytes.Replace(changed, []byte("Mend the nets"), []byte("Mend all nets"), 1)
	s.ada.imports(changed, nil).has(object{"report.counts.tasks": object{"created": 0, "updated": 2, "unchanged": 2}})
	s.ada.get(boat).has(object{"title": "Paint the ship", "assignees": []string{s.ada.id, s.ben.id}, "comment_count": 3})
	if text := s.ada.get(boat).text("description"); !strings.Contains(text, "three coats") {
		s.Errorf("the description did not come over again: %q", text)
	}
}

// imported looks at what came of the small board.
func (s *story) imported(found map[string]object, statuses map[string]string) {
	s.Helper()
	boat, nets, rope, old := found["Paint the boat"], found["Mend the nets"], found["Buy rope"], found["Sell the old mast"]
	if len(found) != 4 || boat == nil || nets == nil || rope == nil || old == nil {
		s.Fatalf("imported were %s", asJSON(found))
	}
	if statuses[boat["status"].(string)] != "To do" || statuses[nets["status"].(string)] != "Doing" || statuses[rope["status"].(string)] != "Done" {
		s.Errorf("the tasks are in %v, %v, %v", statuses[boat["status"].(string)], statuses[nets["status"].(string)], statuses[rope["status"].(string)])
	}
	text, _ := boat["description"].(string)
	for _, part := range []string{"Blue, two coats.", "- [x] Sand it", "- [ ] First coat", "https://example.com/blue.png"} {
		if !strings.Contains(text, part) {
			s.Errorf("the description lacks %q: %q", part, text)
		}
	}
	want := object{
		"assignees":     []string{s.ada.id}, // known by her name
		"comment_count": 2,
		"external":      object{"source": "trello", "id": "61000001000000000000c001", "url": "https://trello.com/c/boat"},
		"created_at":    "2021-07-27T12:45:53.000Z", // the time in the card's id
	}
	for member, v := range want {
		if !same(boat[member], v) {
			s.Errorf("%s of the imported task is %s, want %s", member, asJSON(boat[member]), asJSON(v))
		}
	}
	if rope["completed_at"] == nil || old["completed_at"] == nil {
		s.Errorf("what is done or archived is not completed: %s %s", asJSON(rope), asJSON(old))
	}
	if due, _ := nets["due"].(object); due["date"] != "2031-06-20" {
		s.Errorf("the imported due date is %s", asJSON(nets["due"]))
	}
	comments := s.ada.get(s.ws + "/tasks/" + boat["id"].(string) + "/comments").items()
	if bodies := column(comments, "body"); !slices.Equal(bodies, []string{"Blue or *green*?", "Blue."}) ||
		comments[0]["created_at"] != "2024-03-01T10:00:00.000Z" || comments[1]["author"].(object)["name"] != "Old Salt" {
		s.Errorf("the imported comments are %s", asJSON(comments))
	}
}

// realBoards imports boards that people really exported.
func (s *story) realBoards() {
	for _, file := range s.env.Boards {
		raw, err := os.ReadFile(file)
		if err != nil {
			s.Fatal(err)
		}
		var board struct {
			Name    string
			Cards   []struct{ ID, Name string }
			Actions []struct{ Type string }
		}
		if err := json.Unmarshal(raw, &board); err != nil {
			s.Fatal(err)
		}
		comments := 0
		for _, a := range board.Actions {
			if a.Type == "commentCard" {
				comments++
			}
		}
		done := s.ada.imports(raw, nil).has(object{"report.counts.tasks.created": len(board.Cards), "report.counts.comments.created": comments})
		project := done.text("report.project.id")
		list := s.ada.list(s.ws+"/tasks?project="+project, 200)
		titles, spoken := map[string]string{}, 0
		for _, t := range list {
			titles[t["external"].(object)["id"].(string)] = t["title"].(string)
			spoken += int(t["comment_count"].(float64))
		}
		if len(list) != len(board.Cards) || spoken != comments {
			s.Errorf("%s: %d tasks with %d comments are there, want %d with %d", filepath.Base(file), len(list), spoken, len(board.Cards), comments)
		}
		for _, c := range board.Cards {
			if title, ok := titles[c.ID]; !ok || title != strings.Join(strings.Fields(c.Name), " ") && title != c.Name && !strings.HasPrefix(c.Name, title) {
				s.Errorf("%s: the card %q is the task %q", filepath.Base(file), c.Name, title)
			}
		}
		_, before := s.ada.get(s.ws + "/projects").seq()
		s.ada.imports(raw, nil).has(object{
			"report.counts.tasks":    object{"created": 0, "updated": 0, "unchanged": len(board.Cards)},
			"report.counts.comments": object{"created": 0, "updated": 0, "unchanged": comments},
		})
		if _, after := s.ada.get(s.ws + "/projects").seq(); after != before {
			s.Errorf("%s again has moved the history from %d to %d", filepath.Base(file), before, after)
		}

		// And it is worked on.
		task := s.ws + "/tasks/" + list[0]["id"].(string)
		s.ben.patch(task, object{"priority": 1, "due": "2031-01-01"}).is(http.StatusOK).has(object{"priority": 1, "title": list[0]["title"]})
		s.ben.makes(task+"/comments", object{"body": "We work here now."})
		s.ben.patch(task, object{"place": "first"}).is(http.StatusOK)
		if groups := s.ada.get(s.ws + "/tasks/groups?group_by=status&limit=5&project=" + project).objects("groups"); len(groups) < 2 {
			s.Errorf("%s: a board of %d columns", filepath.Base(file), len(groups))
		}
		s.ben.delete(task).is(http.StatusNoContent)
		s.ada.imports(raw, nil).has(object{"report.counts.tasks.created": 0}) // what was thrown away stays so
		if n := len(s.ada.list(s.ws+"/tasks?project="+project, 200)); n != len(board.Cards)-1 {
			s.Errorf("%s: %d tasks after one was thrown away and the file imported again", filepath.Base(file), n)
		}
	}
}

// imports imports a file and waits until that is done.
func (p *person) imports(file []byte, more object) *answer {
	p.s.Helper()
	started := p.upload(p.s.ws+"/imports", with(more, "source", "trello"), file).is(http.StatusAccepted)
	var now *answer
	p.s.eventually("the import is over", func() bool {
		now = p.get(p.s.ws + "/imports/" + started.id())
		return now.text("state") != "running"
	})
	return now.has(object{"state": "done", "error": nil})
}

// upload sends a form with a file.
func (p *person) upload(path string, fields object, file []byte) *answer {
	p.s.Helper()
	a, err := p.uploads(path, fields, file)
	if err != nil {
		p.s.Fatalf("POST %s gets no answer: %v", path, err)
	}
	return a
}

// uploads is upload to a server that may go away.
func (p *person) uploads(path string, fields object, file []byte) (*answer, error) {
	p.s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, fmt.Sprint(value)); err != nil {
			p.s.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", "board.json")
	if err != nil {
		p.s.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		p.s.Fatal(err)
	}
	if err := form.Close(); err != nil {
		p.s.Fatal(err)
	}
	return p.ask(http.MethodPost, path, body.Bytes()).with("Content-Type", form.FormDataContentType()).do()
}
