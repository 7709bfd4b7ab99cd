package system

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

// TestKilledImport kills the server in the middle of an import, and expects the same file, imported again, to bring
// over what is missing and nothing twice.
func TestKilledImport(t *testing.T) {
	s := newServer(t, "failpoints")
	s.start()
	st := alone(t, s)
	s.stop()
	steps := []int{1, 2, 3, 4, 5, 6, 8, 10, 13}
	if testing.Short() {
		steps = steps[:3]
	}
	interrupted := 0
	for i, step := range steps {
		point := []string{"before-commit", "after-commit", "entry-written"}[i%3]
		const cards = 700
		file := largeBoard(i, cards)
		if err := s.launch(fmt.Sprintf("RUNGFAIL=%s:%d", point, step)); err != nil {
			t.Fatal(err)
		}
		if s.lives() {
			if a, err := st.ada.uploads(st.ws+"/imports", object{"source": "trello"}, file); err == nil && a.status == http.StatusAccepted {
				st.watch(s, a.id())
			}
		}
		s.kill()
		if s.fell() {
			interrupted++
		}
		s.start()
		done := st.ada.imports(file, nil)
		project := done.text("report.project.id")
		created, unchanged := done.number("report.counts.tasks.created"), done.number("report.counts.tasks.unchanged")+done.number("report.counts.tasks.updated")
		if created+unchanged != cards {
			t.Errorf("killed %s %d: %v tasks were made and %v were there, want %d together", point, step, created, unchanged, cards)
		}
		tasks := st.ada.list(st.ws+"/tasks?project="+project, 200)
		titles, comments := map[any]bool{}, 0
		for _, task := range tasks {
			titles[task["title"]] = true
			comments += int(task["comment_count"].(float64))
		}
		if len(tasks) != cards || len(titles) != cards || comments != cards/2 {
			t.Errorf("killed %s %d: %d tasks with %d titles and %d comments are there, want %d and %d comments", point, step, len(tasks), len(titles), comments, cards, cards/2)
		}
		st.ada.imports(file, nil).has(object{"report.counts.tasks": object{"created": 0, "updated": 0, "unchanged": cards}})
		s.stop()
	}
	if interrupted == 0 {
		t.Error("no import was interrupted")
	}
}

// watch waits until an import is over, or its server gone.
func (s *story) watch(server *server, id string) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		status, a := s.ada.quietly(http.MethodGet, s.ws+"/imports/"+id, nil)
		if status != http.StatusOK || a.text("state") != "running" {
			return
		}
	}
}

// largeBoard is a board with cards, every other of which somebody has commented on.
func largeBoard(n, cards int) []byte {
	board := object{
		"id": fmt.Sprintf("62000000000000000000%04d", n), "name": fmt.Sprintf("Large %d", n), "desc": "", "closed": false,
		"lists": []object{{"id": "620000000000000000001001", "name": "To do", "closed": false, "pos": 1}}, "labels": []object{}, "members": []object{}, "checklists": []object{},
	}
	var all, actions []object
	for i := range cards {
		id := fmt.Sprintf("62%06d00000000%04d%04d", i, n, i)
		all = append(all, object{"id": id, "name": fmt.Sprintf("Card %d", i), "desc": "Some words.", "closed": false, "idList": "620000000000000000001001", "pos": i + 1, "idLabels": []string{}, "idMembers": []string{}, "due": nil})
		if i%2 == 0 {
			actions = append(actions, object{
				"id": fmt.Sprintf("63%06d00000000%04d%04d", i, n, i), "type": "commentCard", "date": "2024-03-02T10:00:00.000Z", "idMemberCreator": "620000000000000000003001",
				"memberCreator": object{"id": "620000000000000000003001", "fullName": "Somebody", "username": "somebody"},
				"data":          object{"text": "A comment.", "card": object{"id": id}},
			})
		}
	}
	board["cards"], board["actions"] = all, actions
	return []byte(asJSON(board))
}
