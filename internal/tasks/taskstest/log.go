package taskstest

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// logs tests the history and the activity that a store keeps.
func logs(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"an event comes back": func(w *workspace) {
			e := tasks.Event{
				Seq: 1, Type: "task.updated", At: 12345, JSON: []byte(`{"a":"é"}`), Project: w.newID(), From: w.newID(),
				New: []byte(`{"new":1}`), Gone: []byte(`{"gone":1}`), Only: w.newID(), Lost: true,
			}
			plain := tasks.Event{Seq: 2, Type: "x", At: 1, JSON: []byte(`{}`)}
			if _, err := w.update(func(tasks.View) ([]tasks.Change, error) { return []tasks.Change{{Event: e}, {Event: plain}}, nil }); err != nil {
				w.Fatal(err)
			}
			w.read(func(v tasks.View) error {
				got, err := v.Events(0, 10)
				if !reflect.DeepEqual(got, []tasks.Event{e, plain}) {
					w.Errorf("got  %+v\nwant %+v", got, []tasks.Event{e, plain})
				}
				return err
			})
		},
		"events by number": func(w *workspace) {
			for range 3 {
				w.write(w.label(`{}`), w.label(`{}`), w.label(`{}`))
			}
			for since := range int64(10) {
				for limit := 1; limit < 11; limit++ {
					var want []int64
					for n := since + 1; n <= min(9, since+int64(limit)); n++ {
						want = append(want, n)
					}
					if got := w.events(since, limit); !slices.Equal(got, want) {
						w.Errorf("%d since %d are %v, want %v", limit, since, got, want)
					}
				}
			}
		},
		"what was trimmed is said to be gone":  trimmed,
		"trimming never leaves a hole":         trimmedWithClockBack,
		"a trimmed history goes on":            trimmedGoesOn,
		"activity both ways":                   activity,
		"trimming leaves rows and the stories": trimmedStory,
	})
}

func (w *workspace) events(since int64, limit int) (out []int64) {
	w.Helper()
	w.read(func(v tasks.View) error {
		events, err := v.Events(since, limit)
		for _, e := range events {
			out = append(out, e.Seq)
		}
		return err
	})
	return out
}

// at commits one event for each instant.
func (w *workspace) at(instants ...int64) {
	w.Helper()
	for _, ms := range instants {
		if _, err := w.update(func(v tasks.View) ([]tasks.Change, error) {
			return []tasks.Change{{Event: tasks.Event{Seq: v.Head().Seq + 1, Type: "x", At: ms, JSON: []byte(`{}`)}}}, nil
		}); err != nil {
			w.Fatal(err)
		}
	}
}

func (w *workspace) trim(before int64, limit int) int {
	w.Helper()
	n, err := w.store.Trim(w.Context(), before, limit)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

// oldest checks from which number on events are kept: none before it can be read, all from it on can.
func (w *workspace) oldest(want int64) {
	w.Helper()
	w.read(func(v tasks.View) error {
		got, err := v.Oldest()
		if err != nil || got != want {
			w.Errorf("the oldest is %d, %v, want %d", got, err, want)
		}
		for since := range v.Head().Seq + 1 {
			events, err := v.Events(since, 1_000)
			if since+1 < want {
				if fault.KindOf(err) != fault.KindGone {
					w.Errorf("events since %d give %v, want that they are gone", since, err)
				}
				continue
			}
			if err != nil || int64(len(events)) != v.Head().Seq-since {
				w.Errorf("%d events since %d up to %d, %v", len(events), since, v.Head().Seq, err)
			}
		}
		return nil
	})
}

func trimmed(w *workspace) {
	w.oldest(1)
	w.at(10, 20, 30, 40, 50)
	w.oldest(1)
	if n := w.trim(30, 100); n != 2 {
		w.Errorf("%d trimmed, want 2", n)
	}
	w.oldest(3)
	if n := w.trim(1_000, 2); n != 2 {
		w.Errorf("%d trimmed, want 2", n)
	}
	w.oldest(5)
	w.trim(1_000, 100)
	w.oldest(6)
	if n := w.trim(1_000, 100); n != 0 {
		w.Errorf("%d trimmed of nothing", n)
	}
}

func trimmedWithClockBack(w *workspace) {
	w.at(10, 20, 90, 15, 95, 99)
	w.trim(50, 100)
	w.read(func(v tasks.View) error {
		oldest, err := v.Oldest()
		if err != nil {
			return err
		}
		w.oldest(oldest)
		if oldest < 3 || oldest > 5 {
			w.Errorf("the oldest is %d", oldest)
		}
		return nil
	})
}

func trimmedGoesOn(w *workspace) {
	w.at(10, 20)
	w.trim(1_000, 100)
	w.at(2_000, 2_000)
	w.oldest(3)
	if h := w.head(); h.Seq != 4 {
		w.Errorf("the head is %+v", h)
	}
}

func trimmedStory(w *workspace) {
	r := w.task(w.newID(), 1)
	w.write(r)
	w.write(r)
	if n := w.trim(tasks.NoDue, 100); n != 2 {
		w.Errorf("%d trimmed, want 2", n)
	}
	if w.get(r.Kind, r.ID) == nil {
		w.Error("the row is gone")
	}
	if got := w.story(r.ID, 0, false, 10); !slices.Equal(got, []int64{1, 2}) {
		w.Errorf("the story is %v", got)
	}
}

func (w *workspace) story(task uuid.UUID, since int64, backwards bool, limit int) (out []int64) {
	w.Helper()
	w.read(func(v tasks.View) error {
		lines, err := v.Activity(task, since, backwards, limit)
		for _, l := range lines {
			out = append(out, l.Seq)
		}
		return err
	})
	return out
}

func activity(w *workspace) {
	p := w.newID()
	a, b := w.task(p, 1), w.task(p, 2)
	w.write(a, b) // 1, 2
	w.write(b)    // 3
	w.write(a)    // 4
	w.write(b, a) // 5, 6
	for _, test := range []struct {
		since     int64
		backwards bool
		limit     int
		want      []int64
	}{
		{0, false, 10, []int64{1, 4, 6}},
		{0, false, 2, []int64{1, 4}},
		{1, false, 10, []int64{4, 6}},
		{3, false, 1, []int64{4}},
		{6, false, 10, nil},
		{tasks.NoDue, true, 10, []int64{6, 4, 1}},
		{6, true, 10, []int64{4, 1}},
		{5, true, 1, []int64{4}},
		{1, true, 10, nil},
	} {
		if got := w.story(a.ID, test.since, test.backwards, test.limit); !slices.Equal(got, test.want) {
			w.Errorf("%+v: got %v", test, got)
		}
	}
	w.read(func(v tasks.View) error {
		lines, err := v.Activity(a.ID, 0, false, 1)
		if len(lines) != 1 || string(lines[0].Doc) != string(`{"seq":1,"after":{"n":1}}`) {
			w.Errorf("the first line is %s", lines[0].Doc)
		}
		return err
	})
}
