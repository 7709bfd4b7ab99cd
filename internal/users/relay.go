package users

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// How the outbox is delivered.
const (
	leaseFor     = 10 * time.Second      // a dead holder's lane rests that long
	deliverFor   = 8 * time.Second       // what a holder allows herself, so that the lease outlives her work
	pushFor      = 2 * time.Second       // how long an answer waits for its change of members to be known
	pushAgain    = 10 * time.Millisecond // between looks at a lane that somebody else holds
	lanesAtOnce  = 8
	mailAttempts = 10 // over about half an hour; a member change is never given up
	backoffMost  = 5 * time.Minute
	sweepEvery   = time.Hour
	sweepAtOnce  = 500
)

// Relay delivers the outbox until ctx ends: member changes to the MemberSink, each workspace's in order, and mails. Each
// is delivered at least once. Failures are logged and tried again, later and later; a mail is given up at last, a member
// change never is, and those behind it in the workspace wait for it. Several processes may run Relay.
func (s *Service) Relay(ctx context.Context) {
	var all sync.WaitGroup
	if s.members != nil {
		all.Go(func() { s.relay(ctx, LaneMembers, s.wakeMembers) })
	}
	if s.mails() {
		all.Go(func() { s.relay(ctx, LaneMail, s.wakeMail) }) // on its own: mail servers are slow
	}
	all.Go(func() { s.sweeps(ctx) })
	all.Wait()
}

func (s *Service) relay(ctx context.Context, kind LaneKind, wake <-chan struct{}) {
	look := time.NewTicker(s.lookEvery)
	defer look.Stop()
	for {
		for s.relayOnce(ctx, kind) {
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-look.C:
		}
	}
}

// relayOnce delivers some lanes and reports whether there may be more.
func (s *Service) relayOnce(ctx context.Context, kind LaneKind) bool {
	if ctx.Err() != nil {
		return false
	}
	now := s.at()
	leases, err := s.store.Lease(ctx, kind, now, now.Add(leaseFor), lanesAtOnce)
	if err != nil {
		if ctx.Err() == nil {
			s.log.Error("the outbox can't be read", "error", err)
		}
		return false
	}
	ctx, stop := context.WithTimeout(ctx, deliverFor)
	defer stop()
	var all sync.WaitGroup
	for _, l := range leases {
		all.Go(func() {
			if err := s.deliver(ctx, l); err != nil {
				s.log.Error("a message could not be delivered", "kind", string(l.Lane.Kind), "lane", l.Lane.ID, "error", err)
			}
		})
	}
	all.Wait()
	return len(leases) == lanesAtOnce
}

// nudge has Relay look at the outbox now.
func nudge(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// Flush delivers the changes of a workspace's members that are pending, so that whoever is answered next finds them
// known everywhere. It waits for another process that is at it until ctx ends.
func (s *Service) Flush(ctx context.Context, ws uuid.UUID) error {
	if s.members == nil {
		return nil
	}
	for {
		now := s.at()
		l, err := s.store.LeaseLane(ctx, Lane{LaneMembers, ws}, now, now.Add(leaseFor))
		switch {
		case errors.Is(err, ErrLeased):
			select {
			case <-ctx.Done():
				return fault.Unavailable(ctx.Err())
			case <-time.After(pushAgain):
			}
			continue
		case err != nil:
			return err
		case l == nil:
			return nil
		}
		if err := s.deliver(ctx, *l); err != nil {
			return err
		}
	}
}

// push is Flush for a change that is committed already: its failure is not the change's, and Relay will come to it.
func (s *Service) push(ctx context.Context, ws uuid.UUID) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), pushFor)
	defer stop()
	if err := s.Flush(ctx, ws); err != nil {
		s.log.Warn("a change of members is delivered later", slog.Any("workspace", ws), slog.Any("error", err))
	}
	nudge(s.wakeMembers)
}

// deliver hands out a lane's messages until one fails and lets go of the lane.
func (s *Service) deliver(ctx context.Context, l Lease) error {
	var done int64
	var failure error
	for _, m := range l.Messages {
		if failure = s.hand(ctx, l, m); failure != nil {
			break
		}
		done = m.Number
	}
	next := s.at()
	if failure != nil {
		failures := l.Failures
		if done > 0 {
			failures = 0
		}
		next = next.Add(backoff(failures))
	}
	// The lane must be let go even when the time for delivering is up.
	err := s.store.Release(context.WithoutCancel(ctx), l, done, next, failure != nil)
	return errors.Join(failure, err)
}

// backoff is how long to wait after a number of failures: 1 s, 2 s, 4 s ...
func backoff(failures int) time.Duration {
	return min(time.Second<<min(failures, 20), backoffMost)
}

func (s *Service) hand(ctx context.Context, l Lease, m Message) error {
	switch l.Lane.Kind {
	case LaneMembers:
		var c MemberChange
		if err := json.Unmarshal(m.Doc, &c); err != nil {
			return fmt.Errorf("read a member change: %w", err)
		}
		if s.members == nil {
			return errors.New("nobody follows the members")
		}
		c.Number, c.At = m.Number, m.At
		return s.members.SetMember(ctx, c)
	case LaneMail:
		var d invitationMail
		if err := json.Unmarshal(m.Doc, &d); err != nil {
			return fmt.Errorf("read an invitation's mail: %w", err)
		}
		return s.mailInvitation(ctx, d, l.Failures+1 >= mailAttempts)
	default:
		return fmt.Errorf("unknown kind of message %q", l.Lane.Kind)
	}
}

// sweeps forgets, now and then, invitations that nobody needs to see any more.
func (s *Service) sweeps(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("old invitations could not be swept", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep forgets invitations that expired a month ago or longer. Relay does so every hour.
func (s *Service) Sweep(ctx context.Context) error {
	for {
		n, err := s.store.SweepInvitations(ctx, s.at().Add(-invitationsKept), sweepAtOnce)
		if err != nil || n < sweepAtOnce {
			return err
		}
	}
}
