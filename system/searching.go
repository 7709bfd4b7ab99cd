package system

import (
	"net/http"
	"net/url"
)

// searching looks for what people wrote.
func (s *story) searching() {
	project, _ := s.project("Searching")
	find := func(p *person, q string, more ...string) (out []object) {
		path := s.ws + "/search?q=" + url.QueryEscape(q)
		for _, m := range more {
			path += "&" + m
		}
		return p.list(path, 200)
	}
	count := func(p *person, q string, want int, more ...string) []object {
		s.Helper()
		got := find(p, q, more...)
		if len(got) != want {
			s.Errorf("%s finds %d for %q, want %d: %s", p.name, len(got), q, want, asJSON(got))
		}
		return got
	}
	task := s.ada.task(project, "Order the *Zeppelin*", "description", "It must fly to Málaga, and back.")
	key := task.text("key")
	for _, q := range []string{"zeppelin", "ZEPP", "malaga order", "fly to malag"} {
		if hit := count(s.ben, q, 1); len(hit) == 1 && hit[0]["task"].(map[string]any)["id"] != task.id() {
			s.Errorf("%q finds %s", q, asJSON(hit))
		}
	}
	count(s.ben, "zepp order", 0)
	count(s.ben, `"zeppelin" OR NOT (`, 0)
	count(s.ben, "zeppelin", 1, "project="+project)
	count(s.ben, "zeppelin", 0, "completed=true")
	if hits := find(s.ben, key); len(hits) == 0 || hits[0]["task"].(map[string]any)["key"] != key {
		s.Errorf("%s is not found first by its key: %s", key, asJSON(hits))
	}
	if hit := count(s.ben, "zeppelin", 1); len(hit) == 1 && !same(hit[0]["title_ranges"], [][]int{{11, 19}}) {
		s.Errorf("the word stands at %s", asJSON(hit[0]["title_ranges"]))
	}

	comment := s.ben.makes(s.ws+"/tasks/"+task.id()+"/comments", object{"body": "Helium or hydrogenium?"})
	if hit := count(s.ada, "hydrogen", 1); len(hit) == 1 && hit[0]["type"] != "comment" {
		s.Errorf("a comment is found as %s", asJSON(hit))
	}
	hidden := s.ada.task(s.secret, "A zeppelin that nobody knows of")
	count(s.ada, "zeppelin", 2)
	count(s.ben, "zeppelin", 1)
	count(s.ben, "nobody knows", 0)
	count(s.gil, "zeppelin", 0)
	s.ben.get(s.ws + "/search?q=" + hidden.text("key")).has(object{"items": []any{}})
	s.eve.ask(http.MethodGet, s.ws+"/search?q=zeppelin", nil).is(http.StatusNotFound)
	s.ada.ask(http.MethodGet, s.ws+"/search?q=", nil).is(http.StatusUnprocessableEntity).names("q")

	if n := len(s.ben.list(s.ws+"/tasks?sort=due&q=malaga+zep", 7)); n != 1 {
		s.Errorf("a list by words has %d tasks, want 1", n)
	}
	s.ben.delete(s.ws + "/tasks/" + task.id() + "/comments/" + comment.id()).is(http.StatusNoContent)
	count(s.ada, "hydrogen", 0)
	s.ada.patch(s.ws+"/tasks/"+task.id(), object{"title": "Order the airship"}).is(http.StatusOK)
	count(s.ben, "zeppelin", 0)
	count(s.ben, "airship", 1)
	s.ada.delete(s.ws + "/tasks/" + task.id()).is(http.StatusNoContent)
	count(s.ben, "airship", 0)
	s.ada.post(s.ws+"/tasks/"+task.id()+"/restore", nil).is(http.StatusOK)
	count(s.ben, "airship", 1)
}
