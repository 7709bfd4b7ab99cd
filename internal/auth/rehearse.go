package auth

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// RehearsalAgent is what sessions of made-up people are called.
const RehearsalAgent = "rung load"

// MakeUp makes an account for somebody who does not exist, for a rehearsal: nobody can sign in with a password, and no mail is
// sent. It may be called again with the same id and address and does nothing then; if either is somebody else's it is ErrIDTaken or
// ErrEmailTaken. Who is made up is not written into the audit log, one by one; NoteRehearsal says that it was done.
func (s *Service) MakeUp(ctx context.Context, id uuid.UUID, email string) error {
	normal, ok := NormalizeEmail(email)
	if !ok {
		return fault.InvalidField("email", "must be an e-mail address")
	}
	a := Account{ID: id, Email: normal, Verified: true, CreatedAt: s.at()} // without a password none is right
	err := s.store.Create(ctx, a, nil)
	if !errors.Is(err, ErrIDTaken) {
		return err
	}
	old, err := s.store.Account(ctx, id)
	switch {
	case fault.KindOf(err) == fault.KindNotFound: // it was somebody's who is gone
		return ErrIDTaken
	case err == nil && old.Email != normal:
		return ErrIDTaken
	}
	return err
}

// SignInMadeUp opens a session for an account that MakeUp made, in place of those of earlier rehearsals, and gives its refresh token.
// It is refused for an account that has a password: that is somebody's.
func (s *Service) SignInMadeUp(ctx context.Context, id uuid.UUID) (refresh string, err error) {
	err = s.update(ctx, id, func(a *Account) error {
		if a.Password != "" {
			return fault.Forbidden("This account is somebody's.")
		}
		a.Sessions = slices.DeleteFunc(a.Sessions, func(o Session) bool { return o.Agent == RehearsalAgent })
		session, token, err := openSession(a.ID, Client{Agent: RehearsalAgent}, s.at())
		if err != nil {
			return err
		}
		a.Sessions, refresh = append(a.Sessions, session), token
		return nil
	})
	return refresh, err
}

// NoteRehearsal writes into the audit log that people were made up, and how many.
func (s *Service) NoteRehearsal(ctx context.Context, first uuid.UUID, people string) error {
	return s.store.Audit().Record(ctx, s.entry(ctx, Client{}, audit.PeopleMadeUp, first, "people", people))
}
