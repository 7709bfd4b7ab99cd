package auth

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// freshFor is how long after signing in somebody is believed to be herself without being asked for her password again.
const freshFor = 10 * time.Minute

// Leave deletes a person's own account at once and for good: nobody gets in by it any more, and its address is free. She
// shows that it is she by her password or, without one, by having signed in within the last ten minutes. What the rest of
// Rung knows of her is forgotten afterwards; see Departures. Asked again there is no such account.
//
// It is refused to the last administrator, and while people still depend on her; see People.
func (s *Service) Leave(ctx context.Context, id Identity, password string, c Client) error {
	if err := s.confirm(ctx, id, password, c); err != nil {
		return err
	}
	return s.depart(ctx, id.User, s.entry(ctx, c, audit.AccountDeleted, id.User))
}

// confirm finds out whether it is really she who asks.
func (s *Service) confirm(ctx context.Context, id Identity, password string, c Client) error {
	if password != "" {
		return s.CheckPassword(ctx, id, password, c)
	}
	a, err := s.own(ctx, id)
	if err != nil {
		return err
	}
	if open := a.session(id.Session); open == nil || s.at().Sub(open.CreatedAt) > freshFor {
		return fault.New(fault.KindForbidden, "password-required", "Send your password as well, or sign in again: this can't be undone.")
	}
	return nil
}

// Remove deletes somebody else's account on behalf of an administrator of the installation, as Leave does.
func (s *Service) Remove(ctx context.Context, by Identity, user uuid.UUID) error {
	if err := mayAdminister(by, user); err != nil {
		return err
	}
	return s.depart(ctx, user, s.entry(ctx, Client{}, audit.AccountDeleted, user))
}

func (s *Service) depart(ctx context.Context, user uuid.UUID, e audit.Entry) error {
	if _, err := s.store.Account(ctx, user); err != nil {
		return err
	}
	if err := s.people.MayLeave(ctx, user); err != nil {
		return err
	}
	e.Address, e.Agent = "", "" // it would have to be blanked at once
	err := s.store.Depart(ctx, user, s.at(), e, func(a *Account, others func() (int, error)) error {
		if !a.Admin {
			return nil
		}
		return lastAdmin(others)
	})
	s.verified.forgetAccount(user) // even if it failed: the store may have removed it all the same
	if err != nil {
		return err
	}
	select {
	case s.departed <- struct{}{}:
	default:
	}
	return nil
}

// lastAdmin refuses what would leave the installation without anybody who can administer it.
func lastAdmin(others func() (int, error)) error {
	n, err := others()
	if err == nil && n == 0 {
		return fault.Conflict("last-administrator", "This is the last administrator of the installation; make somebody else one first.")
	}
	return err
}

// Departed is told of each account that this process deletes.
func (s *Service) Departed() <-chan struct{} { return s.departed }

// Departures gives accounts that were deleted and that Rung has not forgotten altogether, the oldest first.
func (s *Service) Departures(ctx context.Context, limit int) ([]Departure, error) {
	return s.store.Departures(ctx, limit)
}

// KeepProgress notes how far Rung has come with forgetting somebody. When nothing is left, done says so.
func (s *Service) KeepProgress(ctx context.Context, d Departure, done bool) error {
	if done {
		d.DoneAt, d.Progress = s.at(), ""
	}
	return s.store.KeepDeparture(ctx, d)
}

// blankAtOnce is how many entries lose their origin in one step.
const blankAtOnce = 200

// ForgetOrigins takes out of a part of the audit log where somebody was, and reports whether there is more.
func (s *Service) ForgetOrigins(ctx context.Context, user uuid.UUID) (more bool, err error) {
	n, err := s.store.Audit().Blank(ctx, user, blankAtOnce)
	return n > 0, err
}
