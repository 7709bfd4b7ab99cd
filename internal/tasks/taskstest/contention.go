package taskstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

const (
	writers      = 24
	writesOfEach = 12
)

// contention tests that many at once are served as if they had come one after the other.
func contention(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"nothing is lost":                      countUp,
		"failures are their own":               countUpWithFailures,
		"reads hold what was acknowledged":     readBack,
		"an entry is seen whole or not at all": seenWhole,
	})
}

// count reads the counter that a row holds.
func count(v tasks.View, id uuid.UUID) (n int, err error) {
	r, err := v.Get(tasks.KindLabel, id)
	if err != nil || r == nil {
		return 0, err
	}
	_, err = fmt.Sscanf(string(r.Doc), `{"n":%d}`, &n)
	return n, err
}

func counter(id uuid.UUID, n int) *tasks.Row {
	return &tasks.Row{Kind: tasks.KindLabel, ID: id, Doc: fmt.Appendf(nil, `{"n":%d}`, n)}
}

// addOne is a closure that depends on what it reads: two that see the same state would lose one of the steps.
func addOne(id uuid.UUID) func(tasks.View) ([]tasks.Change, error) {
	return func(v tasks.View) ([]tasks.Change, error) {
		n, err := count(v, id)
		if err != nil {
			return nil, err
		}
		return changes(v, counter(id, n+1)), nil
	}
}

func countUp(w *workspace) {
	id := w.newID()
	var mu sync.Mutex
	var seqs []int64
	w.together(func(ctx context.Context, _ int) {
		for range writesOfEach {
			e, err := w.store.Update(ctx, w.id, addOne(id))
			if err != nil {
				w.Error(err)
				return
			}
			mu.Lock()
			seqs = append(seqs, e.First)
			mu.Unlock()
		}
	})
	w.read(func(v tasks.View) error {
		if n, err := count(v, id); err != nil || n != writers*writesOfEach {
			w.Errorf("counted to %d, want %d (%v)", n, writers*writesOfEach, err)
		}
		return nil
	})
	slices.Sort(seqs)
	for i, n := range seqs {
		if n != int64(i+1) {
			w.Fatalf("the %d. entry has number %d", i+1, n)
		}
	}
	w.gapless()
}

func countUpWithFailures(w *workspace) {
	id, boom := w.newID(), errors.New("boom")
	w.together(func(ctx context.Context, i int) {
		for n := range writesOfEach {
			fails := (i+n)%3 == 0
			_, err := w.store.Update(ctx, w.id, func(v tasks.View) ([]tasks.Change, error) {
				if fails && n%2 == 0 {
					return nil, boom
				}
				c, err := addOne(id)(v)
				if fails { // found wrong only once the store has begun to write
					c[0].Event.Seq += 7
				}
				return c, err
			})
			if fails != (err != nil) {
				w.Errorf("writer %d, write %d: %v", i, n, err)
			}
		}
	})
	want := 0
	for i := range writers {
		for n := range writesOfEach {
			if (i+n)%3 != 0 {
				want++
			}
		}
	}
	w.read(func(v tasks.View) error {
		if n, err := count(v, id); err != nil || n != want {
			w.Errorf("counted to %d, want %d (%v)", n, want, err)
		}
		return nil
	})
	w.gapless()
}

func readBack(w *workspace) {
	all := make([]*tasks.Row, writers)
	for i := range all {
		all[i] = w.label(`{}`)
	}
	w.together(func(ctx context.Context, i int) {
		r := all[i]
		for n := range writesOfEach {
			e, err := w.store.Update(ctx, w.id, func(v tasks.View) ([]tasks.Change, error) {
				return changes(v, counter(r.ID, n)), nil
			})
			if err != nil {
				w.Error(err)
				return
			}
			h, err := w.store.Head(ctx, w.id)
			if err != nil || h.Seq < e.Last {
				w.Errorf("acknowledged %d and the head is %+v, %v", e.Last, h, err)
			}
			if err := w.store.Read(ctx, w.id, func(v tasks.View) error {
				got, err := count(v, r.ID)
				if v.Head().Seq < e.Last || got != n {
					w.Errorf("acknowledged %d and a read of %d has %d, want %d", e.Last, v.Head().Seq, got, n)
				}
				return err
			}); err != nil {
				w.Error(err)
			}
		}
	})
}

func seenWhole(w *workspace) {
	a, b := w.newID(), w.newID()
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := w.store.Read(context.Background(), w.id, func(v tasks.View) error {
					x, err1 := count(v, a)
					y, err2 := count(v, b)
					if x != y || v.Head().Seq != int64(x+y) {
						w.Errorf("as of %d one has %d and the other %d", v.Head().Seq, x, y)
					}
					return errors.Join(err1, err2)
				}); err != nil {
					w.Error(err)
				}
			}
		})
	}
	w.together(func(ctx context.Context, _ int) {
		for range writesOfEach {
			if _, err := w.store.Update(ctx, w.id, func(v tasks.View) ([]tasks.Change, error) {
				n, err := count(v, a)
				return changes(v, counter(a, n+1), counter(b, n+1)), err
			}); err != nil {
				w.Error(err)
			}
		}
	})
	close(stop)
	readers.Wait()
}

// together runs do for all writers at once and waits for them.
func (w *workspace) together(do func(ctx context.Context, i int)) {
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() { do(w.Context(), i) })
	}
	wg.Wait()
}

// gapless checks that the log holds every number up to the head once.
func (w *workspace) gapless() {
	w.Helper()
	w.read(func(v tasks.View) error {
		events, err := v.Events(0, int(v.Head().Seq)+1)
		if int64(len(events)) != v.Head().Seq {
			w.Errorf("%d events up to number %d", len(events), v.Head().Seq)
		}
		for i, e := range events {
			if e.Seq != int64(i+1) {
				w.Errorf("the %d. event has number %d", i+1, e.Seq)
				break
			}
		}
		return err
	})
}
