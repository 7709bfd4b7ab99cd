package taskstest

import (
	"context"
	"errors"
	"testing"

	"github.com/rung-app/rung/internal/tasks"
)

// history tests that an entry is committed as a whole or not at all and that its events are numbered without a gap.
func history(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"begins empty": func(w *workspace) {
			h := w.head()
			if h.Seq != 0 || h.Access != 0 || h.Epoch == "" {
				w.Fatalf("a new history begins at %+v", h)
			}
			e := w.write(w.label(`{}`))
			if e.Epoch != h.Epoch || e.First != 1 || e.Last != 1 {
				w.Errorf("the first entry is %+v, want number 1 of epoch %s", e, h.Epoch)
			}
			if got := w.head(); got.Epoch != h.Epoch || got.Seq != 1 {
				w.Errorf("the head is %+v then", got)
			}
		},
		"an entry is all there": func(w *workspace) {
			a, b, c := w.label(`{"a":1}`), w.label(`{"b":1}`), w.label(`{"c":1}`)
			e := w.write(a, b, c)
			if e.First != 1 || e.Last != 3 || len(e.Events) != 3 || len(e.Rows) != 3 {
				w.Errorf("entry %+v", e)
			}
			for i, r := range []*tasks.Row{a, b, c} {
				got := w.get(tasks.KindLabel, r.ID)
				if got == nil || string(got.Doc) != string(r.Doc) || got.Seq != int64(i+1) {
					w.Errorf("row %d is %+v", i, got)
				}
			}
		},
		"the head tells of access": func(w *workspace) {
			w.write(w.label(`{}`))
			if _, err := w.update(func(v tasks.View) ([]tasks.Change, error) {
				c := changes(v, w.label(`{}`), w.label(`{}`), w.label(`{}`))
				c[1].Event.Access = true
				return c, nil
			}); err != nil {
				w.Fatal(err)
			}
			w.write(w.label(`{}`))
			want := tasks.Head{Epoch: w.head().Epoch, Seq: 5, Access: 3}
			if got := w.head(); got != want {
				w.Errorf("head %+v, want %+v", got, want)
			}
			w.read(func(v tasks.View) error {
				if v.Head() != want {
					w.Errorf("the view's head is %+v, want %+v", v.Head(), want)
				}
				return nil
			})
		},
		"nothing changes nothing": func(w *workspace) {
			w.write(w.label(`{}`))
			e, err := w.update(func(tasks.View) ([]tasks.Change, error) { return nil, nil })
			if err != nil || e.Last >= e.First || w.head().Seq != 1 {
				w.Errorf("an empty entry is %+v, %v", e, err)
			}
		},
		"a silent row needs no event": func(w *workspace) {
			w.write(w.label(`{}`))
			r := w.label(`{"quiet":true}`)
			e, err := w.update(func(tasks.View) ([]tasks.Change, error) { return []tasks.Change{{Row: r}}, nil })
			if err != nil || e.Last >= e.First || w.head().Seq != 1 {
				w.Errorf("an entry without events is %+v, %v", e, err)
			}
			if got := w.get(tasks.KindLabel, r.ID); got == nil || string(got.Doc) != string(r.Doc) {
				w.Errorf("the row is %+v", got)
			}
		},
		"an error leaves nothing": func(w *workspace) {
			boom := errors.New("boom")
			r := w.label(`{}`)
			_, err := w.update(func(v tasks.View) ([]tasks.Change, error) { return changes(v, r), boom })
			if !errors.Is(err, boom) {
				w.Errorf("got %v, want the closure's own error", err)
			}
			w.unchanged(r)
		},
		"a panic leaves nothing": func(w *workspace) {
			r := w.label(`{}`)
			func() {
				defer func() { _ = recover() }() // telling of it by an error or by panicking again: both are fine
				_, err := w.update(func(tasks.View) ([]tasks.Change, error) { panic("a bug in a rule") })
				if err == nil {
					w.Error("a panic counts as success")
				}
			}()
			w.unchanged(r)
			w.write(r)
		},
		"a violated key leaves nothing": func(w *workspace) {
			taken := w.label(`{}`)
			taken.Unique = "name"
			w.write(taken)
			a, b := w.label(`{}`), w.label(`{}`)
			b.Unique = "name"
			if _, err := w.try(a, b); !isConflict(err) {
				w.Errorf("got %v, want a conflict", err)
			}
			if w.head().Seq != 1 || w.get(tasks.KindLabel, a.ID) != nil || w.get(tasks.KindLabel, b.ID) != nil {
				w.Error("half of a refused entry is there")
			}
		},
		"wrong numbers are refused": func(w *workspace) {
			w.write(w.label(`{}`), w.label(`{}`))
			for _, seqs := range [][]int64{{4}, {2}, {1}, {3, 5}, {3, 3}, {3, 4, 4}, {-1}} {
				r := w.label(`{}`)
				_, err := w.update(func(tasks.View) ([]tasks.Change, error) {
					var out []tasks.Change
					for _, n := range seqs {
						c := *r
						c.Seq = n
						out = append(out, tasks.Change{Row: &c, Event: eventOf(&c)})
					}
					return out, nil
				})
				if err == nil {
					w.Errorf("numbers %v were taken behind 2", seqs)
				}
				if w.head().Seq != 2 || w.get(tasks.KindLabel, r.ID) != nil {
					w.Errorf("numbers %v left something behind", seqs)
				}
			}
		},
		"who has gone is answered": func(w *workspace) {
			ctx, cancel := context.WithCancel(w.Context())
			cancel()
			_, err := w.store.Update(ctx, w.id, func(v tasks.View) ([]tasks.Change, error) { return changes(v, w.label(`{}`)), nil })
			if err == nil || w.head().Seq != 0 {
				w.Errorf("a canceled update gave %v and the head is %+v", err, w.head())
			}
		},
	})
}

// unchanged checks that nothing has happened yet and that r is not there.
func (w *workspace) unchanged(r *tasks.Row) {
	w.Helper()
	if h := w.head(); h.Seq != 0 {
		w.Errorf("the head is %+v, want none", h)
	}
	if got := w.get(r.Kind, r.ID); got != nil {
		w.Errorf("there is a row %+v", got)
	}
	w.read(func(v tasks.View) error {
		events, err := v.Events(0, 10)
		if err != nil || len(events) != 0 {
			w.Errorf("there are events %v, %v", events, err)
		}
		return nil
	})
}
