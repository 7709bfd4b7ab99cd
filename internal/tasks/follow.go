package tasks

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Told is an event as one reader gets it.
type Told struct {
	Seq  int64
	Type string
	JSON []byte
}

// see renders an event for a reader, false if she may not know of it.
func (a *Access) see(e *Event) (Told, bool) {
	told := Told{Seq: e.Seq, Type: e.Type, JSON: e.JSON}
	if e.Only != uuid.Nil {
		return told, e.Only == a.User
	}
	if e.Project == uuid.Nil {
		return told, true
	}
	now := a.Sees(e.Project)
	switch {
	case e.Lost:
		return told, !now && a.Role != RoleGuest
	case e.From == uuid.Nil:
		// the end of a project is told to those who saw it alive: it can't be looked up any more
		return told, now || e.Type == "project.deleted" && a.sawDeleted(e.Project)
	}
	before := a.Sees(e.From)
	switch {
	case before && now:
		return told, true
	case now && len(e.New) > 0:
		return Told{Seq: e.Seq, Type: TaskCreated, JSON: e.New}, true
	case before && len(e.Gone) > 0:
		return Told{Seq: e.Seq, Type: TaskDeleted, JSON: e.Gone}, true
	}
	return told, false
}

// sawDeleted reports whether a member sees everything of a project that is in the trash now.
func (a *Access) sawDeleted(project uuid.UUID) bool {
	if a.Role == RoleOwner || a.Role == RoleAdmin {
		return true
	}
	return a.frame.grants[project][a.User] != "" || a.Role == RoleMember && a.frame.trashedOpen[project]
}

// An answer is made of what its reader may see. How much else is looked at for it is bounded, or whoever sees little
// could have all of a long history read again and again.
const (
	maxLooked  = 10_000
	lookAtOnce = 200
)

// Changes gives the events after since (of epoch) that the caller may see, and the number up to which she was served:
// there is more if that is not the head's. since < 0 begins with the oldest kept.
func (s *Service) Changes(ctx context.Context, c Caller, ws uuid.UUID, epoch string, since int64, limit int) (told []Told, upTo int64, head Head, err error) {
	if limit == 0 {
		limit = DefaultLimit
	}
	if limit < 1 || limit > 1000 {
		return nil, 0, head, fault.InvalidField("limit", "must be 1 to 1000")
	}
	head, err = s.read(ctx, c, ws, func(v View, a *Access) error {
		told, upTo, err = changesIn(v, a, epoch, since, limit)
		return err
	})
	return told, upTo, head, err
}

func changesIn(v View, a *Access, epoch string, since int64, limit int) ([]Told, int64, error) {
	h := v.Head()
	if since < 0 {
		oldest, err := v.Oldest()
		if err != nil {
			return nil, 0, err
		}
		since = oldest - 1
	} else if epoch != h.Epoch || since > h.Seq {
		return nil, 0, ErrTrimmed()
	}
	told := []Told{}
	for looked, page := 0, limit; len(told) < limit && looked < maxLooked; looked, page = looked+page, max(limit, lookAtOnce) {
		events, err := v.Events(since, page)
		if err != nil {
			return nil, 0, err
		}
		for i := range events {
			if len(told) == limit {
				return told, since, nil
			}
			if t, ok := a.see(&events[i]); ok {
				told = append(told, t)
			}
			since = events[i].Seq
		}
		if len(events) < page {
			break
		}
	}
	return told, since, nil
}

// hub tells live streams of entries as they are committed.
type hub struct {
	mu      sync.Mutex
	streams map[uuid.UUID]map[*Stream]struct{}
}

func newHub() *hub { return &hub{streams: map[uuid.UUID]map[*Stream]struct{}{}} }

// publish hands an entry to the streams of its workspace. It never waits: a stream that is too far behind is dropped, and
// its reader comes back for the rest.
func (h *hub) publish(ws uuid.UUID, e Entry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.streams[ws] {
		if !s.hear(&e) { // one for all of them
			delete(h.streams[ws], s)
		}
	}
}

// maxStreamQueue is how many entries a stream may be behind before it is dropped.
const maxStreamQueue = 256

// Stream is one reader's live view of a workspace's history.
type Stream struct {
	Head    Head // as of which the stream began; behind it everything comes through Next
	svc     *Service
	ws      uuid.UUID
	caller  Caller
	backlog []Told
	upTo    int64
	epoch   string

	heard   chan struct{} // has something when waiting has, or the stream was dropped
	mu      sync.Mutex
	waiting []*Entry // nil while there is nothing: most streams hear nothing most of the time
	dropped bool
}

// hear takes an entry up for the reader, false if she has too many before it.
func (st *Stream) hear(e *Entry) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(st.waiting) < maxStreamQueue {
		st.waiting = append(st.waiting, e)
	} else {
		st.dropped = true
	}
	st.wake()
	return !st.dropped
}

// Follow opens a stream of the events after since (of epoch); since < 0 means from now on. It must be closed.
func (s *Service) Follow(ctx context.Context, c Caller, ws uuid.UUID, epoch string, since int64) (*Stream, error) {
	st := &Stream{svc: s, ws: ws, caller: c, heard: make(chan struct{}, 1)}
	s.hub.mu.Lock()
	if s.hub.streams[ws] == nil {
		s.hub.streams[ws] = map[*Stream]struct{}{}
	}
	s.hub.streams[ws][st] = struct{}{}
	s.hub.mu.Unlock()

	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		st.epoch, st.upTo = v.Head().Epoch, v.Head().Seq
		if since < 0 {
			return nil
		}
		var err error
		st.backlog, st.upTo, err = changesIn(v, a, epoch, since, MaxLimit)
		return err
	})
	if err != nil {
		st.Close()
		return nil, err
	}
	st.Head = head
	return st, nil
}

// UpTo is the number up to which the reader has been served, and its epoch.
func (st *Stream) UpTo() (epoch string, seq int64) { return st.epoch, st.upTo }

// Next gives what comes next, in order and each once, with what the reader may not see left out; it may be empty. It
// ends with an error when ctx does, when the reader was too slow, or when she may not see the workspace any more.
func (st *Stream) Next(ctx context.Context) ([]Told, error) {
	if st.Behind() {
		return st.CatchUp(ctx)
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-st.Heard():
		return st.Take(ctx)
	}
}

// Behind reports whether CatchUp has something to give, which comes before what is heard.
func (st *Stream) Behind() bool { return len(st.backlog) > 0 || st.upTo < st.Head.Seq }

// CatchUp gives the next part of what was committed before the stream was opened.
func (st *Stream) CatchUp(ctx context.Context) ([]Told, error) {
	if told := st.backlog; len(told) > 0 {
		st.backlog = nil
		return told, nil
	}
	told, upTo, _, err := st.svc.Changes(ctx, st.caller, st.ws, st.epoch, st.upTo, MaxLimit) // the log held more than one page
	if err == nil {
		st.upTo = upTo
	}
	return told, err
}

// Heard is for those who wait for other things too: whenever something comes from it, Take has something to say.
func (st *Stream) Heard() <-chan struct{} { return st.heard }

// Take renders the first that was heard, as Next does.
func (st *Stream) Take(ctx context.Context) ([]Told, error) {
	e, dropped := st.first()
	switch {
	case e != nil:
		return st.take(ctx, e)
	case dropped:
		return nil, fault.New(fault.KindGone, "stream-behind", "The stream could not keep up; resume it where it ended.")
	}
	return nil, nil
}

// first gives the first entry that waits, nil if there is none.
func (st *Stream) first() (e *Entry, dropped bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(st.waiting) > 0 {
		e, st.waiting[0] = st.waiting[0], nil
		if st.waiting = st.waiting[1:]; len(st.waiting) == 0 {
			st.waiting = nil
		}
	}
	if st.waiting != nil || st.dropped && e != nil {
		st.wake()
	}
	return e, st.dropped
}

// wake has Heard say that there is something, once.
func (st *Stream) wake() {
	select {
	case st.heard <- struct{}{}:
	default: // it has not been noticed yet
	}
}

// take renders an entry for the reader, with what she may see as of now.
func (st *Stream) take(ctx context.Context, e *Entry) ([]Told, error) {
	if e.Epoch != st.epoch {
		return nil, ErrTrimmed()
	}
	if e.Last <= st.upTo {
		return nil, nil
	}
	if e.First > st.upTo+1 { // something came by another way: the log has it
		told, upTo, _, err := st.svc.Changes(ctx, st.caller, st.ws, st.epoch, st.upTo, MaxLimit)
		if err == nil {
			st.upTo = upTo
			st.Head.Seq = max(st.Head.Seq, e.Last)
		}
		return told, err
	}
	a, _, err := st.svc.Access(ctx, st.ws, st.caller.User)
	if err != nil {
		return nil, err
	}
	var told []Told
	for i := range e.Events {
		if e.Events[i].Seq <= st.upTo {
			continue
		}
		if t, ok := a.see(&e.Events[i]); ok {
			told = append(told, t)
		}
	}
	st.upTo = e.Last
	return told, nil
}

// Close ends the stream. It may be called twice.
func (st *Stream) Close() {
	st.svc.hub.mu.Lock()
	defer st.svc.hub.mu.Unlock()
	set := st.svc.hub.streams[st.ws]
	delete(set, st)
	if len(set) == 0 {
		delete(st.svc.hub.streams, st.ws)
	}
}
