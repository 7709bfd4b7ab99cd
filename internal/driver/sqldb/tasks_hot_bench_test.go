package sqldb

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// house is a project with so many tasks in a workspace of its own, all of them in the index of words.
type house struct {
	*tasks.Service
	caller  tasks.Caller
	ws      uuid.UUID
	project tasks.Filter
	ids     []string
}

func filled(b *testing.B, size int) house {
	s, c, ws, p := benchService(b)
	h := house{Service: s, caller: c, ws: ws, project: tasks.Filter{Field: "project", Op: "eq", Value: p.String()}}
	for len(h.ids) < size {
		steps := make([]tasks.Step, min(500, size-len(h.ids)))
		for i := range steps {
			steps[i].Create = &tasks.NewTask{
				Project: p, Title: fmt.Sprintf("Write report %d of the harbour", len(h.ids)+i),
				Description: "They said that the old one is too long. Ask for the three figures that they read first.",
			}
		}
		made, _, err := s.Batch(b.Context(), c, ws, steps)
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range made {
			h.ids = append(h.ids, r.Doc.ID.String())
		}
	}
	for more := true; more; {
		var err error
		if more, err = s.Index(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	return h
}

// BenchmarkGroups4000 is of a board of 4,000 cards, 200 of which are read.
func BenchmarkGroups4000(b *testing.B) {
	h := filled(b, 4000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.Groups(b.Context(), h.caller, h.ws, tasks.ListQuery{Filter: h.project, Sort: "position"}, "status", tasks.MaxLimit); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPatch(b *testing.B) {
	h := filled(b, 4000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := tasks.Patch{Title: tasks.Some(fmt.Sprint("Another title ", i))}
		if _, err := h.UpdateTask(b.Context(), h.caller, h.ws, h.ids[i%len(h.ids)], p, tasks.Condition{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMove puts the last of 4,000 tasks first, again and again.
func BenchmarkMove(b *testing.B) {
	h := filled(b, 4000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := tasks.Patch{Place: tasks.Some(tasks.Place{First: true})}
		if _, err := h.UpdateTask(b.Context(), h.caller, h.ws, h.ids[len(h.ids)-1-i%len(h.ids)], p, tasks.Condition{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch is of a beginning that every one of 10,000 tasks has.
func BenchmarkSearch(b *testing.B) {
	h := filled(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.Search(b.Context(), h.caller, h.ws, tasks.SearchQuery{Text: "report harb"}, tasks.PageOf{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSnapshot10000(b *testing.B) {
	h := filled(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		err := h.Snapshot(b.Context(), h.caller, h.ws, func(tasks.Head) {}, func(p []byte) error { n += len(p); return nil })
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(n))
	}
}

// BenchmarkFanOut1000 is of one change, told to a thousand streams of its workspace.
func BenchmarkFanOut1000(b *testing.B) {
	const listeners = 1000
	h := filled(b, 500)
	head := h.head(b)
	streams := make([]*tasks.Stream, listeners)
	for i := range streams {
		var err error
		if streams[i], err = h.Follow(b.Context(), h.caller, h.ws, head.Epoch, head.Seq); err != nil {
			b.Fatal(err)
		}
		defer streams[i].Close()
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := tasks.Patch{Title: tasks.Some(fmt.Sprint("Another title ", i))}
		if _, err := h.UpdateTask(b.Context(), h.caller, h.ws, h.ids[0], p, tasks.Condition{}); err != nil {
			b.Fatal(err)
		}
		for _, st := range streams {
			if told, err := st.Next(b.Context()); err != nil || len(told) != 1 {
				b.Fatal(len(told), err)
			}
		}
	}
}

// head says how far the history has come.
func (h house) head(b *testing.B) (head tasks.Head) {
	err := h.Snapshot(b.Context(), h.caller, h.ws, func(now tasks.Head) { head = now }, func([]byte) error { return nil })
	if err != nil {
		b.Fatal(err)
	}
	return head
}
