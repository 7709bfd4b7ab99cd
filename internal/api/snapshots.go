package api

import (
	"sync"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// What is on its way to a reader who takes her time is kept on the disk for her, so that there must not be any number of
// snapshots under way.
const (
	snapshotsAtOnce = 64
	snapshotsOfOne  = 6 // of one user, some of whose windows may start anew at the same time
)

// snapshots counts those under way.
type snapshots struct {
	mu  sync.Mutex
	all int
	of  map[uuid.UUID]int
}

func newSnapshots() *snapshots { return &snapshots{of: map[uuid.UUID]int{}} }

// begin lets a user have a snapshot until done is called. Who asks for too many is told to come back.
func (s *snapshots) begin(user uuid.UUID) (done func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= snapshotsAtOnce || s.of[user] >= snapshotsOfOne {
		return nil, fault.TooMany(pieceTime)
	}
	s.all++
	s.of[user]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.of[user]--; s.of[user] == 0 {
			delete(s.of, user)
		}
	}, nil
}
