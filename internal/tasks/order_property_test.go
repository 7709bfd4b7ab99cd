package tasks

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// TestAnyPlacesMakeTheOrderThatTheySay: whatever places tasks are given, new ones and old, they stand in the order that a
// plain list has after the same moves, each at a position of its own, of 13 bytes.
func TestAnyPlacesMakeTheOrderThatTheySay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		project := uuid.Must(uuid.NewV7())
		f := &frame{members: map[member]*Access{}, projects: map[uuid.UUID]*Project{project: {ID: project}}}
		v := &listView{rows: map[uuid.UUID]*Row{}}
		ids := make([]uuid.UUID, 24)
		for i := range ids {
			ids[i] = uuid.Must(uuid.NewV7())
		}
		var order []uuid.UUID
		for range rapid.IntRange(1, 120).Draw(rt, "moves") {
			id := rapid.SampledFrom(ids).Draw(rt, "task")
			others := slices.DeleteFunc(slices.Clone(order), func(o uuid.UUID) bool { return o == id })
			kind := rapid.IntRange(0, 3).Draw(rt, "place")
			var p Place
			at := len(others)
			switch {
			case kind == 0:
				p.First, at = true, 0
			case kind == 1 || len(others) == 0:
				p.Last = true
			default:
				i := rapid.IntRange(0, min(2, len(others)-1)).Draw(rt, "beside") // always the same few
				if p.After, at = others[i].String(), i+1; kind == 3 {
					p.After, p.Before, at = "", others[i].String(), i
				}
			}
			v.move(t, f, id, p)
			order = slices.Insert(others, at, id)
			v.sound(t, len(order))
			if !slices.EqualFunc(v.list, order, func(a *Task, b uuid.UUID) bool { return a.ID == b }) {
				rt.Fatalf("%+v led to another order", p)
			}
		}
	})
}
