package system

import (
	"net/http"
	"time"
)

// figures reads what a project has come to, and what the workspace uses of what it may have.
func (s *story) figures() {
	m := s.sampled("Figures")
	path := s.ws + "/stats?project=" + m.project
	today := time.Now().UTC().Format(time.DateOnly)
	figures := s.ada.get(path + "&tz=UTC").has(object{
		"total": 6, "open": 5, "completed": 1, "overdue": 0, "time_zone": "UTC",
		"by_category": object{"backlog": 1, "todo": 3, "doing": 1, "done": 1, "canceled": 0},
	})
	byStatus := map[string]any{}
	for _, st := range figures.objects("by_status") {
		byStatus[st["status"].(string)] = st["count"]
	}
	for name, want := range map[string]int{"Backlog": 1, "To do": 3, "In progress": 1, "Done": 1} {
		if got := byStatus[m.status[name]]; !same(got, want) {
			s.Errorf("%s has %v tasks, want %d", name, got, want)
		}
	}
	who := map[any]any{}
	for _, a := range figures.objects("by_assignee") {
		who[a["assignee"]] = []any{a["open"], a["completed"]}
	}
	for id, want := range map[any][]int{s.ada.id: {2, 0}, s.ben.id: {2, 0}, nil: {2, 1}} {
		if !same(who[id], want) {
			s.Errorf("%v has %v, want %v", id, who[id], want)
		}
	}
	days := figures.objects("days")
	if len(days) != 30 {
		s.Fatalf("%d days, want 30", len(days))
	}
	created, completed := 0.0, 0.0
	for _, d := range days[28:] { // it may be another day than when the tasks were made
		created, completed = created+d["created"].(float64), completed+d["completed"].(float64)
	}
	if created != 6 || completed != 1 || days[29]["date"].(string) < today {
		s.Errorf("%v made and %v done until %v", created, completed, days[29]["date"])
	}

	late := s.ada.patch(s.ws+"/tasks/"+m.id["A"], object{"due": "2001-01-01", "status": m.status["Done"]}).is(http.StatusOK)
	s.ada.get(path).has(object{"overdue": 0, "completed": 2}) // done is done
	s.ada.patch(s.ws+"/tasks/"+late.id(), object{"status": m.status["To do"]}).is(http.StatusOK)
	s.ada.get(path).has(object{"overdue": 1, "completed": 1})
	s.ada.delete(s.ws + "/tasks/" + late.id()).is(http.StatusNoContent) // with F below it
	s.ada.get(path).has(object{"overdue": 0, "total": 4})

	whole := s.ada.get(s.ws + "/stats").number("total")
	if private := whole - s.ben.get(s.ws+"/stats").number("total"); private <= 0 {
		s.Errorf("Ben's figures are of %v tasks fewer than Ada's, who sees a private project", private)
	}
	s.alike(s.ben.ask(http.MethodGet, s.ws+"/stats?project="+s.secret, nil).send(), s.ben.ask(http.MethodGet, s.ws+"/stats?project="+newID(), nil).send())
	s.ada.patch(s.ws+"/projects/"+m.project, object{"archived": true}).is(http.StatusOK)
	s.ada.get(s.ws + "/stats").has(object{"total": whole - 4})
	s.ada.get(path).has(object{"total": 4})
	s.ada.post(s.ws+"/tasks", object{"project": m.project, "title": "Late idea"}).refused(http.StatusConflict, "project-archived")
	s.ada.patch(s.ws+"/tasks/"+m.id["B"], object{"title": "Late idea"}).refused(http.StatusConflict, "project-archived")

	used := s.ada.get(s.ws)
	if n, limit := used.number("usage.projects"), used.number("limits.projects"); n < 3 || limit < n {
		s.Errorf("%v projects of %v are used", n, limit)
	}
	s.project("One more")
	s.ben.get(s.ws).has(object{"usage.projects": used.number("usage.projects") + 1, "limits.projects": used.number("limits.projects")})
	if n := s.gil.get(s.ws).at("usage.projects"); n != nil {
		s.Errorf("the guest is told that there are %v projects", n)
	}
	owned := s.ada.get("/me").number("usage.workspaces")
	s.ada.makes("/workspaces", object{"name": "Another of Ada's"})
	s.ada.get("/me").has(object{"usage.workspaces": owned + 1})
}
