// Package tasks is the domain of work: projects, tasks, labels, comments, relations and views of a workspace, and the
// history of every change to them.
//
// A workspace is one serial history. Everything that changes goes through Store.Update: a function that sees the
// workspace exactly as of its last event decides, and what it returns becomes the next entry or nothing does. So
// every rule in this package is written as if nobody else were there.
package tasks

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/singleflight"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// Directory answers what this domain must know of people.
type Directory interface {
	// Role gives a user's role in a workspace and fault.NotFound for whoever is not a member of it.
	Role(ctx context.Context, ws, user uuid.UUID) (string, error)
}

// Caller is who asks.
type Caller struct {
	User      uuid.UUID
	Actor     Actor
	RequestID string
	Import    bool           // may say who wrote something and when
	Zone      *time.Location // in which days are read; nil is UTC

	// As, if it is not nil, is told as whom the caller was let read: her role may have changed since she was let in.
	As *As
}

// As is what decides which things somebody sees.
type As struct{ Role, Audience string }

func (c Caller) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// Service is the domain's front: every method checks permissions and input, and is safe for concurrent use.
type Service struct {
	store       Store
	people      Directory
	frames      frames
	loading     singleflight.Group
	snapshots   chan struct{} // holds one for each that is being made
	limits      Limits
	stepAtOnce  int // tasks that are changed in one entry where there may be any number
	purgeAtOnce int // tasks of a project in one entry
	hub         *hub
	files       *keeping // nil if there are none
	now         func() time.Time
	newID       func() uuid.UUID
	log         *slog.Logger
}

// New makes the service. It watches the store from then on, so it must be made before the first Update.
func New(store Store, people Directory, now func() time.Time, log *slog.Logger) *Service {
	s := &Service{
		store: store, people: people, now: now, log: log,
		frames:      frames{byWS: map[uuid.UUID]*frame{}},
		hub:         newHub(),
		snapshots:   make(chan struct{}, maxSnapshots),
		limits:      DefaultLimits(),
		stepAtOnce:  maxStep,
		purgeAtOnce: maxPurge,
		newID:       func() uuid.UUID { return uuid.Must(uuid.NewV7()) },
	}
	store.Watch(s.hub.publish)
	return s
}

// Head is how far a workspace's history has come.
func (s *Service) Head(ctx context.Context, ws uuid.UUID) (Head, error) { return s.store.Head(ctx, ws) }

// Access gives what a user may see and do in a workspace just now, and fault.NotFound for strangers.
func (s *Service) Access(ctx context.Context, ws, user uuid.UUID) (*Access, Head, error) {
	role, err := s.people.Role(ctx, ws, user)
	if err != nil {
		return nil, Head{}, err
	}
	f, h, err := s.frame(ctx, ws)
	if err != nil {
		return nil, Head{}, err
	}
	return f.of(user, role), h, nil
}

// Doc is an entity in the wire format.
type Doc struct {
	ID      uuid.UUID
	Version int64
	JSON    []byte
}

// Written is the outcome of a change: the entity as it is now and the head that holds it.
type Written struct {
	Doc
	Created bool // false if the same request had made it before
	Head    Head
}

// update runs change as the caller and gives the head that holds what it did.
func (s *Service) update(ctx context.Context, c Caller, ws uuid.UUID, change func(*draft) error) (Head, error) {
	role, err := s.people.Role(ctx, ws, c.User)
	if err != nil {
		return Head{}, err
	}
	return s.updateAs(ctx, c, ws, role, change)
}

func (s *Service) updateAs(ctx context.Context, c Caller, ws uuid.UUID, role string, change func(*draft) error) (Head, error) {
	var head Head
	var seen *frame
	var dropped []uuid.UUID
	_, err := s.store.Update(ctx, ws, func(v View) ([]Change, error) {
		head = v.Head()
		f, err := s.frames.at(ws, v)
		if err != nil {
			return nil, err
		}
		seen = f
		d := &draft{
			view: v, frame: f, access: f.of(c.User, role), caller: c, now: s.now().UnixMilli(), seq: head.Seq, newID: s.newID,
			ws: ws, origin: audit.OriginOf(ctx),
			tasks: map[uuid.UUID]*Task{}, saved: map[uuid.UUID]bool{}, rows: map[rowKey]*Row{},
			tails: map[TaskList]uint64{}, number: map[uuid.UUID]int64{}, taken: map[string]uuid.UUID{}, fresh: map[uuid.UUID]Doc{},
		}
		if err := change(d); err != nil {
			return nil, err
		}
		if err := d.settle(); err != nil {
			return nil, err
		}
		if err := d.saveStorage(); err != nil {
			return nil, err
		}
		dropped = d.dropped
		head.Seq += int64(len(d.changes))
		for _, ch := range d.changes {
			if ch.Event.Access {
				head.Access = ch.Event.Seq
			}
		}
		return append(d.changes, d.silent...), nil
	})
	if err == nil && seen != nil { // not before: what the view held may still have been undone
		s.frames.keep(ws, seen)
		s.dropFiles(ctx, ws, dropped)
	}
	return head, err
}

// read runs fn on one state of the workspace, as the caller may see it.
func (s *Service) read(ctx context.Context, c Caller, ws uuid.UUID, fn func(View, *Access) error) (Head, error) {
	role, err := s.people.Role(ctx, ws, c.User)
	if err != nil {
		return Head{}, err
	}
	var head Head
	var fresh *frame
	err = s.store.Read(ctx, ws, func(v View) error {
		head = v.Head()
		f, err := s.frames.at(ws, v)
		if err != nil {
			return err
		}
		fresh = f
		a := f.of(c.User, role)
		if c.As != nil {
			*c.As = As{Role: role, Audience: a.audience}
		}
		return fn(v, a)
	})
	if err == nil && fresh != nil {
		s.frames.keep(ws, fresh)
	}
	return head, err
}

// ErrTrimmed says that the history asked for is no longer kept.
func ErrTrimmed() error {
	return fault.New(fault.KindGone, "history-gone", "That part of the history is no longer kept; take a new snapshot.")
}
