package auth

import (
	"context"
	"errors"

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

// SignInMadeUp opens a session for an account that MakeUp made, in place of all it had, and gives its refresh token. It is
// refused for an account that has a password, for that is somebody's, and for one that is disabled.
func (s *Service) SignInMadeUp(ctx context.Context, id uuid.UUID) (refresh string, err error) {
	err = s.update(ctx, id, func(a *Account) error {
		switch {
		case a.Password != "":
			return fault.Forbidden("The account " + a.Email + " has a password, so it is somebody's.")
		case a.Disabled:
			return fault.Forbidden("The account " + a.Email + " is disabled.")
		}
		session, token, err := openSession(a.ID, Client{Agent: RehearsalAgent}, s.at())
		if err != nil {
			return err
		}
		a.Sessions, refresh = []Session{session}, token // whatever they called themselves later, only rehearsals opened others
		return nil
	})
	return refresh, err
}

// NoteRehearsal writes into the audit log that people are asked for, and how many: those who are there already are not
// made up again, but sessions are opened for them.
func (s *Service) NoteRehearsal(ctx context.Context, first uuid.UUID, people string) error {
	return s.store.Audit().Record(ctx, s.entry(ctx, Client{}, audit.PeopleMadeUp, first, "people", people))
}
