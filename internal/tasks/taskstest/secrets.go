package taskstest

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// secrets tests that a secret is made once, whoever comes first.
func secrets(t *testing.T, open func(*testing.T) tasks.Store) {
	parts(t, open, map[string]func(*workspace){
		"one for all": func(w *workspace) {
			var mu sync.Mutex
			var got [][]byte
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					secret, err := w.store.Secret(w.Context(), "a", []byte{0, byte(i), 255})
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						w.Error(err)
					}
					got = append(got, secret)
				})
			}
			all.Wait()
			for _, s := range got {
				if len(s) != 3 || !bytes.Equal(s, got[0]) {
					w.Errorf("got %v and %v", s, got[0])
				}
			}
		},
		"another one": func(w *workspace) {
			for _, fresh := range []string{"first", "second"} {
				if err := w.store.ReplaceSecret(w.Context(), "a", []byte(fresh)); err != nil {
					w.Fatal(err)
				}
				if secret, err := w.store.Secret(w.Context(), "a", []byte("other")); err != nil || string(secret) != fresh {
					w.Errorf("%q, %v", secret, err)
				}
			}
		},
		"one for each name": func(w *workspace) {
			for _, name := range []string{"a", "b", "a"} {
				secret, err := w.store.Secret(w.Context(), name, []byte(name+"!"))
				if err != nil || string(secret) != name+"!" {
					w.Errorf("%s: %q, %v", name, secret, err)
				}
				if secret, err = w.store.Secret(w.Context(), name, []byte("other")); err != nil || string(secret) != name+"!" {
					w.Errorf("%s: %q, %v", name, secret, err)
				}
			}
		},
	})
}

// expiry tests that what has been in the trash for long is found, in every workspace.
func expiry(t *testing.T, open func(*testing.T) tasks.Store) {
	s := open(t)
	want := map[uuid.UUID]tasks.Trashed{}
	for range 2 {
		w := newWorkspace(t, s)
		w.id = uuid.New()
		for _, deleted := range []int64{0, 5, 9, 10, 11} {
			task := &tasks.Row{
				Kind: tasks.KindTask, ID: uuid.New(), Deleted: deleted, Doc: []byte(`{}`), Meta: []byte(`{}`),
				Task: &tasks.TaskIndex{Project: uuid.New(), Number: 1, Due: tasks.NoDue},
			}
			rows := []*tasks.Row{task}
			for _, kind := range []tasks.Kind{tasks.KindProject, tasks.KindAttachment, tasks.KindComment} {
				rows = append(rows, &tasks.Row{Kind: kind, ID: uuid.New(), Deleted: deleted, Doc: []byte(`{}`)})
			}
			w.write(rows...)
			for _, r := range rows {
				if deleted > 0 && deleted < 10 && r.Kind != tasks.KindComment {
					want[r.ID] = tasks.Trashed{Workspace: w.id, ID: r.ID, Kind: r.Kind}
				}
			}
		}
	}
	got, err := s.Expired(t.Context(), 10, 100)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d have expired, want %d: %v", len(got), len(want), err)
	}
	for _, g := range got {
		if want[g.ID] != g {
			t.Errorf("got %+v, want %+v", g, want[g.ID])
		}
	}
	some, err := s.Expired(t.Context(), 10, 5)
	if err != nil || len(some) != 5 || slices.ContainsFunc(some, func(g tasks.Trashed) bool { return want[g.ID] != g }) {
		t.Errorf("5 of them are %v, %v", some, err)
	}
}
