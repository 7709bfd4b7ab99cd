package system

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// queries asks with a typed tree, as saved views hold it.
func (s *story) queries() {
	m := s.sampled("Queries")
	leaf := func(field, op string, value any) object { return object{"field": field, "op": op, "value": value} }
	in := leaf("project", "eq", m.project)
	for _, q := range []struct {
		filter object
		want   []string
	}{
		{object{"all": []object{in, leaf("priority", "in", []int{1, 2})}}, []string{"A", "B"}},
		{object{"all": []object{in, {"any": []object{leaf("assignee", "eq", "me"), leaf("label", "eq", m.red)}}}}, []string{"A", "B", "D", "F"}},
		{object{"all": []object{in, {"not": leaf("completed", "eq", true)}, leaf("title", "contains", "e n")}}, []string{"E needle"}},
		{object{"all": []object{in, leaf("due", "is_set", false)}}, []string{"D", "E needle", "F"}},
		{object{"all": []object{in, leaf("due", "after", "2031-01-02"), leaf("status", "eq", m.status["Done"])}}, []string{"C"}},
	} {
		got := column(s.ada.post(s.ws+"/tasks/query?sort=title", q.filter).is(http.StatusOK).items(), "title")
		if !slices.Equal(got, q.want) {
			s.Errorf("%s finds %v, want %v", asJSON(q.filter), got, q.want)
		}
	}
	for _, wrong := range []object{leaf("colour", "eq", "red"), leaf("priority", "contains", "x"), leaf("status", "eq", 7), {"all": []object{in}, "field": "title"}} {
		s.ada.post(s.ws+"/tasks/query", wrong).is(http.StatusUnprocessableEntity)
	}

	view := s.ada.makes(s.ws+"/views", object{"name": "Mine", "query": leaf("assignee", "eq", "me"), "sort": "-due", "group_by": "status", "layout": "board"}).
		has(object{"name": "Mine", "shared": false, "query": leaf("assignee", "eq", "me"), "layout": "board"})
	if others := ids(s.ben.get(s.ws + "/views").items()); slices.Contains(others, view.id()) {
		s.Error("Ben sees Ada's own view")
	}
	s.ada.patch(s.ws+"/views/"+view.id(), object{"shared": true}).is(http.StatusOK).has(object{"shared": true})
	if others := ids(s.ben.get(s.ws + "/views").items()); !slices.Contains(others, view.id()) {
		s.Error("Ben does not see the shared view")
	}
	s.ben.delete(s.ws + "/views/" + view.id()).is(http.StatusForbidden)
	s.ada.delete(s.ws + "/views/" + view.id()).is(http.StatusNoContent)
	s.gil.post(s.ws+"/views", object{"name": "For all", "query": object{}, "shared": true}).is(http.StatusForbidden)
}

// groups reads a board in one request.
func (s *story) groups() {
	m := s.sampled("Groups")
	path := s.ws + "/tasks/groups?project=" + m.project + "&group_by="
	board := s.ada.get(path + "status&limit=1").objects("groups")
	counts := map[string]any{}
	for i, name := range []string{"Backlog", "To do", "In progress", "Done"} {
		if i < len(board) && board[i]["key"] == m.status[name] {
			counts[name] = board[i]["count"]
		}
	}
	if want := (object{"Backlog": 1, "To do": 3, "In progress": 1, "Done": 1}); !same(counts, want) {
		s.Fatalf("the board is %s, want the columns %s in their order", asJSON(board), asJSON(want))
	}
	todo := board[1]
	items, _ := todo["items"].([]any)
	if cursor, _ := todo["next_cursor"].(string); len(items) != 1 || cursor == "" {
		s.Fatalf("a column of 3 with a limit of 1 is %s", asJSON(todo))
	} else if rest := s.ada.get(s.ws + "/tasks?project=" + m.project + "&status=" + m.status["To do"] + "&cursor=" + cursor).items(); len(rest) != 2 {
		s.Errorf("behind the first task of the column come %v, want two", column(rest, "title"))
	}

	for by, want := range map[string]object{
		"priority": {"0": 2, "1": 1, "2": 1, "3": 1, "4": 1},
		"label":    {m.red: 2, "none": 4},
		"assignee": {s.ada.id: 2, s.ben.id: 2, "none": 3},
		"due":      {"later": 3, "none": 3},
	} {
		got := object{}
		for _, g := range s.ada.get(path + by).objects("groups") {
			got[g["key"].(string)] = g["count"]
		}
		if !same(got, want) {
			s.Errorf("by %s: %s, want %s", by, asJSON(got), asJSON(want))
		}
	}
	s.ada.ask(http.MethodGet, path+"colour", nil).is(http.StatusUnprocessableEntity).names("group_by")
}

// pages reads a long list to its end while others change it.
func (s *story) pages() {
	project, _ := s.project("Pages")
	var changes []object
	var stay []string
	for i := range 120 {
		id := newID()
		changes = append(changes, object{"op": "create", "task": object{"id": id, "project": project, "title": fmt.Sprintf("%03d", i)}})
		stay = append(stay, id)
	}
	s.ada.post(s.ws+"/tasks/batch", object{"changes": changes}).is(http.StatusOK)

	stop, others := make(chan struct{}), sync.WaitGroup{}
	others.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			id := newID()
			s.ben.quietly(http.MethodPost, s.ws+"/tasks", object{"id": id, "project": project, "title": fmt.Sprintf("%03d and more", i*7%120), "place": "first"})
			if i%3 == 0 {
				s.ben.quietly(http.MethodDelete, s.ws+"/tasks/"+id, nil)
			}
		}
	})
	defer others.Wait()
	defer close(stop)
	for _, sort := range []string{"position", "title", "-created", "priority"} {
		got := ids(s.ada.list(s.ws+"/tasks?project="+project+"&sort="+sort, 7)) // nothing twice
		for _, id := range stay {
			if !slices.Contains(got, id) {
				s.Fatalf("by %s: a task that was there all along is missing", sort)
			}
		}
	}
}

// places puts tasks where people drag them.
func (s *story) places() {
	project, _ := s.project("Places")
	id := map[string]string{}
	for _, title := range []string{"A", "B", "C", "D"} {
		id[title] = s.ada.task(project, title).id()
	}
	order := func() string {
		return strings.Join(column(s.ada.list(s.ws+"/tasks?sort=position&project="+project, 3), "title"), "")
	}
	for _, move := range []struct {
		task  string
		place any
		want  string
	}{
		{"D", "first", "DABC"},
		{"D", "last", "ABCD"},
		{"A", object{"after": id["C"]}, "BCAD"},
		{"D", object{"before": id["C"]}, "BDCA"},
		{"B", object{"after": id["A"]}, "DCAB"},
		{"B", object{"after": id["A"]}, "DCAB"}, // again
	} {
		s.ada.patch(s.ws+"/tasks/"+id[move.task], object{"place": move.place}).is(http.StatusOK)
		if got := order(); got != move.want {
			s.Fatalf("%s to %s: the order is %s, want %s", move.task, asJSON(move.place), got, move.want)
		}
	}
	s.ada.patch(s.ws+"/tasks/"+id["A"], object{"place": object{"after": newID()}}).is(http.StatusUnprocessableEntity)
	s.ada.patch(s.ws+"/tasks/"+id["A"], object{"place": object{"after": id["B"], "before": id["C"]}}).is(http.StatusUnprocessableEntity)
	s.ada.patch(s.ws+"/tasks/"+id["A"], object{"position": "x"}).is(http.StatusUnprocessableEntity)
	s.ada.task(project, "E", "place", object{"before": id["D"]})
	if got := order(); got != "EDCAB" {
		s.Errorf("with a new one in front of D: %s", got)
	}
	before := s.ada.get(s.ws + "/tasks/" + id["C"])
	for range 60 { // between the same two, over and over
		last := order()
		s.ada.patch(s.ws+"/tasks/"+id[last[4:5]], object{"place": object{"after": s.byTitle(project, last[0:1])}}).is(http.StatusOK)
		if got, want := order(), last[0:1]+last[4:5]+last[1:4]; got != want {
			s.Fatalf("the order is %s, want %s", got, want)
		}
	}
	if n := len(s.ada.get(s.ws + "/tasks/" + id["C"]).text("position")); n > 4*max(len(before.text("position")), 8) {
		s.Errorf("positions have grown to %d characters", n)
	}
}

func (s *story) byTitle(project, title string) string {
	s.Helper()
	for _, t := range s.ada.list(s.ws+"/tasks?project="+project, 200) {
		if t["title"] == title {
			return t["id"].(string)
		}
	}
	s.Fatalf("no task %s", title)
	return ""
}
