package api

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// turns counts what is under way of something that holds room meanwhile.
type turns struct {
	atOnce, ofOne int           // how many there may be, of all users and of one
	wait          time.Duration // after which who asks for too many is told to come back

	mu  sync.Mutex
	all int
	of  map[uuid.UUID]int
}

func newTurns(atOnce, ofOne int, wait time.Duration) *turns {
	return &turns{atOnce: atOnce, ofOne: ofOne, wait: wait, of: map[uuid.UUID]int{}}
}

// begin lets a user have one more until done is called.
func (t *turns) begin(user uuid.UUID) (done func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all >= t.atOnce || t.of[user] >= t.ofOne {
		return nil, fault.TooMany(t.wait)
	}
	t.all++
	t.of[user]++
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.all--
		if t.of[user]--; t.of[user] == 0 {
			delete(t.of, user)
		}
	}, nil
}
