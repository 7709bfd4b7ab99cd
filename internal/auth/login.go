package auth

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

func errCredentials() *fault.Error {
	return fault.Unauthenticated("wrong-credentials", "The e-mail address or the password is wrong.")
}

func errDisabled() *fault.Error {
	return fault.New(fault.KindForbidden, "account-disabled", "This account is disabled; ask an administrator.")
}

// errRaced is a password that was replaced while it was being checked.
var errRaced = errors.New("the password was changed meanwhile")

// Login opens a session. An address without an account and a wrong password get the same answer after the same work.
func (s *Service) Login(ctx context.Context, email, password string, c Client) (SignedIn, error) {
	normal, ok := NormalizeEmail(email)
	if !ok {
		normal = "" // no account has it; the rest is as for any that has none
	}
	a, err := s.store.AccountByEmail(ctx, normal)
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		return SignedIn{}, err
	}
	limits := s.guessLimits(a, normal, c)
	if err := s.take(ctx, limits); err != nil {
		return SignedIn{}, err
	}
	in, err := s.enter(ctx, a, normal, password, c)
	if err == nil {
		s.give(ctx, limits)
	}
	return in, err
}

// enter opens a session for whoever knows the password. An account with the zero id has none.
func (s *Service) enter(ctx context.Context, a Account, email, password string, c Client) (SignedIn, error) {
	right, outdated, err := s.hasher.verify(ctx, a.Password, password)
	switch {
	case err != nil:
		return SignedIn{}, err
	case !right:
		s.noteFailure(ctx, c, email, a.ID, "wrong-credentials")
		return SignedIn{}, errCredentials()
	case a.Disabled:
		s.noteFailure(ctx, c, email, a.ID, "account-disabled")
		return SignedIn{}, errDisabled()
	}
	rehashed := a.Password
	if outdated {
		if rehashed, err = s.hasher.hash(ctx, password); err != nil {
			return SignedIn{}, err
		}
	}
	if err := s.completePerson(ctx, a); err != nil {
		return SignedIn{}, err
	}
	session, refresh, err := openSession(a.ID, c, s.at())
	if err != nil {
		return SignedIn{}, err
	}
	err = s.update(ctx, a.ID, func(now *Account) error {
		if now.Password != a.Password {
			return errRaced
		}
		if now.Disabled {
			return errDisabled()
		}
		now.Password = rehashed
		now.Sessions = append(now.Sessions, session)
		now.note(s.entry(ctx, c, audit.SignedIn, a.ID, "session", session.ID.String()).As(a.ID))
		return nil
	})
	if errors.Is(err, errRaced) || fault.KindOf(err) == fault.KindNotFound {
		return SignedIn{}, errCredentials()
	}
	if err != nil {
		return SignedIn{}, err
	}
	s.origins.saw(a.ID, c, s.at())
	return s.signedIn(ctx, a, session, refresh)
}

// completePerson makes the person of an account whose registration broke off between the two.
func (s *Service) completePerson(ctx context.Context, a Account) error {
	if a.Name == "" {
		return nil
	}
	_, err := s.createPerson(ctx, a.ID, a.Email, a.Name)
	return err
}

// createPerson makes an account's person and notes that it is done.
func (s *Service) createPerson(ctx context.Context, account uuid.UUID, email, name string) (workspace uuid.UUID, err error) {
	workspace, err = s.people.CreatePerson(ctx, account, email, name)
	if err != nil {
		return uuid.Nil, err
	}
	return workspace, s.update(ctx, account, func(a *Account) error {
		a.Name = ""
		return nil
	})
}
