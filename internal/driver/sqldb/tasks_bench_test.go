package sqldb

import (
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

func benchService(b *testing.B) (*tasks.Service, tasks.Caller, uuid.UUID, uuid.UUID) {
	db := OpenTest(b, "tasks")
	s := tasks.New(NewTasksStore(db), everyone{}, time.Now, slog.New(slog.DiscardHandler))
	index(b, s)
	ws, user := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	c := tasks.Caller{User: user, Actor: tasks.Actor{Type: "user", ID: user, Name: "Ada"}}
	w, err := s.CreateProject(b.Context(), c, ws, tasks.NewProject{Name: "Website"})
	if err != nil {
		b.Fatal(err)
	}
	var p tasks.Project
	if err := json.Unmarshal(w.JSON, &p); err != nil {
		b.Fatal(err)
	}
	return s, c, ws, p.ID
}

// index has the index of words follow, as it does in the program.
func index(b *testing.B, s *tasks.Service) {
	ctx, stop := context.WithCancel(context.WithoutCancel(b.Context()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			if more, err := s.Index(ctx); err != nil && ctx.Err() == nil {
				b.Error(err)
				return
			} else if more {
				continue
			}
			select {
			case <-s.Unindexed():
			case <-ctx.Done():
			}
		}
	}()
	b.Cleanup(func() {
		stop()
		<-done
	})
}

func BenchmarkCreate64(b *testing.B) {
	s, c, ws, p := benchService(b)
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.CreateTask(b.Context(), c, ws, tasks.NewTask{Project: p, Title: "Write the report", Description: "All of it."}); err != nil {
				b.Error(err)
			}
		}
	})
}

func BenchmarkCreate1(b *testing.B) {
	s, c, ws, p := benchService(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.CreateTask(b.Context(), c, ws, tasks.NewTask{Project: p, Title: "Write the report", Description: "All of it."}); err != nil {
			b.Error(err)
		}
	}
}

func BenchmarkListCold(b *testing.B) {
	s, c, ws, p := benchService(b)
	for i := range 20 {
		steps := make([]tasks.Step, 500)
		for j := range steps {
			steps[j].Create = &tasks.NewTask{Project: p, Title: "Write the report", Description: "All of it."}
		}
		if _, _, err := s.Batch(b.Context(), c, ws, steps); err != nil {
			b.Fatal(i, err)
		}
	}
	q := tasks.ListQuery{Filter: tasks.Filter{Field: "project", Op: "eq", Value: p.String()}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Tasks(b.Context(), c, ws, q, tasks.PageOf{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBatch500 counts one operation a task.
func BenchmarkBatch500(b *testing.B) {
	s, c, ws, p := benchService(b)
	b.ReportAllocs()
	b.ResetTimer()
	for made := 0; made < b.N; made += 500 {
		steps := make([]tasks.Step, 500)
		for j := range steps {
			steps[j].Create = &tasks.NewTask{Project: p, Title: "Write the report", Description: "All of it."}
		}
		if _, _, err := s.Batch(b.Context(), c, ws, steps); err != nil {
			b.Fatal(err)
		}
	}
}
