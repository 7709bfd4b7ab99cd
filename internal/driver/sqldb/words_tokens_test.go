package sqldb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// TestBeginningsOfFewAndOfManyWordsAreFound looks for numbers by their beginnings among tasks 0 to 3999, every second of
// which is in one of two projects.
func TestBeginningsOfFewAndOfManyWordsAreFound(t *testing.T) {
	db := OpenTest(t, "tasks")
	w := newCrowd(t, db)
	takeIn(t, w)
	for _, beginning := range []string{"3999", "399", "39", "3", "4000", "x"} {
		want := map[bool]int{} // by whether all projects are seen
		for n := range 4000 {
			if strings.HasPrefix(fmt.Sprint(n), beginning) {
				want[true]++
				if n%2 == 0 {
					want[false]++
				}
			}
		}
		for _, words := range []string{beginning, "task " + beginning} {
			for _, all := range []bool{true, false} {
				q := tasks.TextQuery{Kind: tasks.KindTask, Terms: tasks.TermsOf(words), Limit: 10_000}
				if !all {
					q.Tasks = tasks.TaskQuery{Only: true, Visible: []uuid.UUID{w.project}}
				}
				if err := NewTasksStore(db).Read(t.Context(), w.ws, func(v tasks.View) error {
					found, err := v.Find(q)
					if n := len(found); n != want[all] {
						t.Errorf("%q, all projects %v: %d are found, want %d", words, all, n, want[all])
					}
					return err
				}); err != nil {
					t.Fatal(err)
				}
			}
		}
		f := tasks.Filter{Field: "text", Op: "contains", Value: beginning}
		p, err := w.Tasks(t.Context(), w.c, w.ws, tasks.ListQuery{Filter: f}, tasks.PageOf{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(p.Items); n != min(200, want[true]) {
			t.Errorf("a list with %q has %d, want %d", beginning, n, want[true])
		}
	}
}
