package tasks_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// TestPatchesOfOtherFieldsCommute: two patches that name no common field lead to the same task in either order, each with
// the other's base version; if they change a common field to something new, the second is told which, and of no other.
func TestPatchesOfOtherFieldsCommute(t *testing.T) {
	w := newWorld(t)
	project := w.project(tasks.NewProject{Name: "P"}).ID
	fields := []string{"title", "description", "priority", "estimate", "ical_uid"}
	set := func(p *tasks.Patch, field string, n int) {
		text, number := string(rune('a'+n)), float64(n)
		switch field {
		case "title":
			p.Title = tasks.Some(text)
		case "description":
			p.Description = tasks.Some(text)
		case "priority":
			p.Priority = tasks.Some(n)
		case "estimate":
			p.Estimate = tasks.Some(&number)
		case "ical_uid":
			p.ICalUID = tasks.Some(&text)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		mine := rapid.SliceOfNDistinct(rapid.SampledFrom(fields), 1, 4, rapid.ID).Draw(rt, "mine")
		theirs := rapid.SliceOfNDistinct(rapid.SampledFrom(fields), 1, 4, rapid.ID).Draw(rt, "theirs")
		var a, b tasks.Patch
		for _, f := range mine {
			set(&a, f, 1)
		}
		for _, f := range theirs {
			set(&b, f, 2)
		}
		var common []string
		for _, f := range mine {
			if slices.Contains(theirs, f) {
				common = append(common, f)
			}
		}
		var ends []map[string]any
		for _, order := range [][2]tasks.Patch{{a, b}, {b, a}} {
			made, err := w.CreateTask(w.Context(), w.ada, w.ws, tasks.NewTask{ID: uuid.Must(uuid.NewV7()), Project: project, Title: "x"})
			w.ok(err)
			base := tasks.Condition{Base: made.Version}
			_, err = w.UpdateTask(w.Context(), w.ada, w.ws, made.ID.String(), order[0], base)
			w.ok(err)
			now, err := w.UpdateTask(w.Context(), w.ada, w.ws, made.ID.String(), order[1], base)
			if len(common) > 0 {
				var told []string
				if f, ok := err.(*fault.Error); ok && f.Kind == fault.KindStale {
					for _, c := range f.Extra["conflicts"].([]fault.Changed) {
						told = append(told, c.Field)
					}
				}
				slices.Sort(told)
				slices.Sort(common)
				if !slices.Equal(told, common) {
					rt.Fatalf("%v and %v: told of %v, %v", mine, theirs, told, err)
				}
				return
			}
			w.ok(err)
			doc := decode[map[string]any](w, now.JSON)
			end := map[string]any{}
			for _, f := range fields {
				end[f] = doc[f]
			}
			ends = append(ends, end)
		}
		same(t, "the other order", ends[1], ends[0])
	})
}
