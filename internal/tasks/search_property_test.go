package tasks_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/rung-app/rung/internal/tasks"
)

// TestSearchFindsWhatASnapshotShows lets people work at random and compares, for everybody, what is found by the words of
// each title and each comment with what a snapshot has of them: all of it, at once, and nothing else. A copy that is kept
// up to date by the events alone has the same.
func TestSearchFindsWhatASnapshotShows(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t)
			s := newStory(w, seed+500)
			followers := map[string]*replica{}
			found, hidden := 0, 0
			for step := range 200 {
				s.act()
				if step%7 == 0 { // so that texts are in the index, behind it, and in it as they were
					w.index()
				}
				if step%20 != 19 {
					continue
				}
				questions := w.replica(w.ada).questions()
				questions["Hm"] = true
				for _, c := range s.people {
					r := w.replica(c)
					if f := followers[c.Actor.Name]; f != nil {
						f.catchUp()
						if got, want := f.shown(f.unsure), r.shown(f.unsure); !maps.Equal(got, want) {
							t.Fatalf("step %d: as %s\n%s", step, c.Actor.Name, difference(got, want))
						}
					} else {
						followers[c.Actor.Name] = w.replica(c)
					}
					for q := range questions {
						want := r.having(tasks.TermsOf(q))
						got := map[string]string{}
						for _, h := range w.search(c, q, 200) {
							if h.Comment == nil {
								got["task "+h.Task.ID.String()] = h.Task.Title
							} else {
								got["comment "+h.Comment.ID.String()] = h.Task.Title
							}
						}
						if !maps.Equal(got, want) {
							t.Fatalf("step %d (%s): %s looks for %q\n%s", step, s.last, c.Actor.Name, q, difference(got, want))
						}
						if found += len(got); len(got) == 0 {
							hidden++
						}
					}
				}
			}
			if found < 80 || hidden == 0 {
				t.Errorf("only %d things were found, and %d times nothing", found, hidden)
			}
		})
	}
}

// questions are the titles of all that the copy has, and what is said about it.
func (r *replica) questions() map[string]bool {
	out := map[string]bool{}
	for _, doc := range r.entities["task"] {
		out[doc["title"].(string)] = true
	}
	for _, doc := range r.entities["comment"] {
		if body := doc["body"].(string); len(tasks.TermsOf(body)) > 0 {
			out[body] = true
		}
	}
	return out
}

// having gives the tasks and comments of the copy that have all of the words, each with the title of the task.
func (r *replica) having(terms tasks.Terms) map[string]string {
	out := map[string]string{}
	for id, doc := range r.entities["task"] {
		if description, _ := doc["description"].(string); terms.In(doc["title"].(string), description) {
			out["task "+id] = doc["title"].(string)
		}
	}
	for id, doc := range r.entities["comment"] {
		if task := r.entities["task"][doc["task"].(string)]; terms.In(doc["body"].(string)) {
			out["comment "+id], _ = task["title"].(string)
		}
	}
	return out
}
