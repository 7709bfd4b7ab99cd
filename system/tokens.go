package system

import (
	"net/http"
	"strings"
)

// tokens gives programs a personal access token that may do part of what its owner may.
func (s *story) tokens() {
	token := func(body object) (*person, string) {
		made := s.ada.makes("/auth/tokens", body)
		secret := made.text("token")
		if !strings.HasPrefix(secret, "rung_pat_") {
			s.Fatalf("no token in %s", made.body)
		}
		return s.ada.as(secret), made.id()
	}
	tasks := s.ws + "/tasks"
	task := object{"project": s.board, "title": "Written by a program"}

	reader, id := token(object{"name": "a reader", "scopes": []string{"read"}})
	reader.get(tasks)
	reader.post(tasks, task).refused(http.StatusForbidden, "insufficient-scope")
	reader.ask(http.MethodGet, "/auth/sessions", nil).is(http.StatusForbidden)
	reader.post("/auth/tokens", object{"name": "another", "scopes": []string{"admin"}}).is(http.StatusForbidden)

	writer, _ := token(object{"name": "a writer", "scopes": []string{"read", "write"}})
	made := writer.makes(tasks, task)
	reader.get(tasks + "/" + made.id()).has(object{"title": "Written by a program"})
	writer.post(tasks, with(task, "created_at", "2020-02-02T02:02:02.000Z")).is(http.StatusUnprocessableEntity)

	importer, _ := token(object{"name": "an importer", "scopes": []string{"read", "write", "import"}})
	importer.makes(tasks, with(task, "created_at", "2020-02-02T02:02:02.000Z", "author", object{"user": nil, "name": "Somebody"})).
		has(object{"created_at": "2020-02-02T02:02:02.000Z", "author.name": "Somebody", "author.user": nil})

	elsewhere, _ := token(object{"name": "at home", "scopes": []string{"read"}, "workspaces": []string{s.ada.home}})
	elsewhere.get("/workspaces/" + s.ada.home + "/tasks")
	elsewhere.ask(http.MethodGet, tasks, nil).is(http.StatusNotFound)

	list := s.ada.get("/auth/tokens")
	if strings.Contains(string(list.body), "rung_pat_") {
		s.Error("the list of tokens shows secrets")
	}
	s.ada.delete("/auth/tokens/" + id).is(http.StatusNoContent)
	s.ada.delete("/auth/tokens/" + id).is(http.StatusNoContent)
	s.eventually("the deleted token is refused", func() bool {
		return reader.ask(http.MethodGet, tasks, nil).send().status == http.StatusUnauthorized
	})
	s.ada.post("/auth/tokens", object{"name": "none", "scopes": []string{}}).is(http.StatusUnprocessableEntity).names("scopes")
	s.ada.as("rung_pat_guessed").ask(http.MethodGet, tasks, nil).is(http.StatusUnauthorized)
}
