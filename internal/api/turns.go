package api

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// How many may be under way of what takes long, of all users together and of one, some of whose windows may begin at the
// same time. What is on its way to a slow reader of a snapshot is kept on the disk for her, what an upload brings waits
// there too, and a stream takes a connection for as long as it lasts.
const (
	snapshotsAtOnce = 64
	snapshotsOfOne  = 6
	uploadsAtOnce   = 64
	uploadsOfOne    = 8
	streamsAtOnce   = 20_000 // unless the operator says otherwise
	streamsOfOne    = 100
)

// turns bounds how many of something are under way at the same time.
type turns struct {
	most, mostOfOne int
	code, detail    string        // of the refusal
	after           time.Duration // when to come back

	mu  sync.Mutex
	all int
	of  map[uuid.UUID]int
}

func newSnapshots() *turns {
	return &turns{
		most: snapshotsAtOnce, mostOfOne: snapshotsOfOne, after: pieceTime, of: map[uuid.UUID]int{},
		code: "too-many-requests", detail: "Too many snapshots are under way; please wait a little.",
	}
}

func newUploads() *turns {
	return &turns{
		most: uploadsAtOnce, mostOfOne: uploadsOfOne, after: pieceTime, of: map[uuid.UUID]int{},
		code: "too-many-requests", detail: "Too many files are on their way; please wait a little.",
	}
}

// newStreams bounds the live streams; with 0 by what is usual.
func newStreams(most, mostOfOne int) *turns {
	if most == 0 {
		most = streamsAtOnce
	}
	if mostOfOne == 0 {
		mostOfOne = streamsOfOne
	}
	return &turns{
		most: most, mostOfOne: mostOfOne, after: slowest, of: map[uuid.UUID]int{},
		code: "too-many-streams", detail: "Too many streams are open; close some, or come back later.",
	}
}

// begin lets a user have one more until done is called. Who asks for too many is told to come back.
func (s *turns) begin(user uuid.UUID) (done func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= s.most || s.of[user] >= s.mostOfOne {
		return nil, &fault.Error{Kind: fault.KindTooMany, Code: s.code, Detail: s.detail, RetryAfter: s.after}
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

// underWay gives how many there are.
func (s *turns) underWay() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all
}
