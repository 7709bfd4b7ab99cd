package taskstest

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// watch tests that entries are told in each workspace's order, each once, and before the writer hears of them.
func watch(t *testing.T, open func(*testing.T) tasks.Store) {
	t.Run("in order and before the answer", func(t *testing.T) {
		s := open(t)
		var mu sync.Mutex
		told := map[uuid.UUID]int64{}
		s.Watch(func(ws uuid.UUID, e tasks.Entry) {
			mu.Lock()
			defer mu.Unlock()
			if e.First != told[ws]+1 || int64(len(e.Events)) != e.Last-e.First+1 {
				t.Errorf("told of %d to %d with %d events behind %d", e.First, e.Last, len(e.Events), told[ws])
			}
			for i, ev := range e.Events {
				if ev.Seq != e.First+int64(i) {
					t.Errorf("event %d of an entry from %d is number %d", i, e.First, ev.Seq)
				}
			}
			told[ws] = e.Last
		})
		w := newWorkspace(t, s)
		spaces := []uuid.UUID{w.newID(), w.newID(), w.newID()}
		made := make([][]*tasks.Row, writers)
		for i := range made {
			for range writesOfEach {
				made[i] = append(made[i], w.label(`{}`), w.label(`{}`))
			}
		}
		w.together(func(ctx context.Context, i int) {
			ws := spaces[i%len(spaces)]
			for n := range writesOfEach {
				e, err := s.Update(ctx, ws, func(v tasks.View) ([]tasks.Change, error) {
					return changes(v, made[i][2*n], made[i][2*n+1]), nil
				})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if told[ws] < e.Last {
					t.Errorf("%d was answered when only %d had been told", e.Last, told[ws])
				}
				mu.Unlock()
			}
		})
		for _, ws := range spaces {
			if want := int64(2 * writesOfEach * writers / len(spaces)); told[ws] != want {
				t.Errorf("told up to %d, want %d", told[ws], want)
			}
		}
	})
	t.Run("nothing of what failed", func(t *testing.T) {
		s := open(t)
		n := 0
		s.Watch(func(uuid.UUID, tasks.Entry) { n++ })
		w := newWorkspace(t, s)
		_, err := w.update(func(v tasks.View) ([]tasks.Change, error) {
			c := changes(v, w.label(`{}`), w.label(`{}`))
			c[1].Event.Seq = 9
			return c, nil
		})
		if err == nil || n != 0 {
			t.Errorf("told %d times of an entry that was refused (%v)", n, err)
		}
		w.write(w.label(`{}`))
		if n != 1 {
			t.Errorf("told %d times of one entry", n)
		}
	})
}
