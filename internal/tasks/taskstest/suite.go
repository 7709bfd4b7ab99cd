// Package taskstest is what every store of histories must show before it is one: each engine's own tests call Run.
package taskstest

import (
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// Run tests a kind of store. open gives a new, empty one each time, with whatever must be cleaned up left to t.
func Run(t *testing.T, open func(t *testing.T) tasks.Store) {
	for _, chapter := range []struct {
		name string
		test func(*testing.T, func(*testing.T) tasks.Store)
	}{
		{"history", history},
		{"contention", contention},
		{"watch", watch},
		{"unique", unique},
		{"numbers", numbers},
		{"rows", rows},
		{"lists", lists},
		{"filters", filters},
		{"counts", counts},
		{"tallies", tallies},
		{"pages", pages},
		{"log", logs},
		{"purge", purge},
		{"texts", texts},
		{"tenants", tenants},
		{"expiry", expiry},
		{"secrets", secrets},
		{"rewriting", rewriting},
	} {
		t.Run(chapter.name, func(t *testing.T) { chapter.test(t, open) })
	}
}

// parts runs the tests of a chapter, each on a store of its own.
func parts(t *testing.T, open func(*testing.T) tasks.Store, tests map[string]func(*workspace)) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(newWorkspace(t, open(t))) })
	}
}

// workspace is one workspace of a store under test.
type workspace struct {
	*testing.T
	store tasks.Store
	id    uuid.UUID
	rand  *rand.Rand
}

func newWorkspace(t *testing.T, s tasks.Store) *workspace {
	w := &workspace{T: t, store: s, rand: rand.New(rand.NewPCG(1, 2))}
	w.id = w.newID()
	return w
}

// newID is random and the same in every run.
func (w *workspace) newID() (id uuid.UUID) {
	for i := range id {
		id[i] = byte(w.rand.Uint32())
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

func pick[T any](w *workspace, of ...T) T { return of[w.rand.IntN(len(of))] }
