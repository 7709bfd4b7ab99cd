package auth

import (
	"context"
	"crypto/subtle"
	"errors"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

const maxName = 100 // characters

// Registration is what an account is made from. ID may be the client's, so that it can ask again after a lost answer.
// Setup and Invitation are the tokens that let somebody in where not everybody is let in.
type Registration struct {
	ID                    uuid.UUID
	Email, Password, Name string
	Invitation, Setup     string
}

// Registered is what came of it.
type Registered struct {
	SignedIn
	Workspace uuid.UUID // her own
	Resumed   bool      // the account was there already, made by the same request
}

// Register makes an account with its person, and signs her in. The same request with the same ID may come again at any
// time and finishes what is not finished. Who comes with the set-up token is an administrator of the installation.
func (s *Service) Register(ctx context.Context, r Registration, c Client) (Registered, error) {
	if err := s.take(ctx, registerLimits(c)); err != nil {
		return Registered{}, err
	}
	r, err := r.clean()
	if err != nil {
		return Registered{}, err
	}
	if r.ID == uuid.Nil {
		if r.ID, err = newID(); err != nil {
			return Registered{}, err
		}
	} else if done, err := s.resume(ctx, r, c); err != nil || done.Resumed {
		return done, err
	}
	if err := s.admit(ctx, r); err != nil {
		return Registered{}, err
	}
	done, err := s.create(ctx, r, c)
	if errors.Is(err, ErrIDTaken) || errors.Is(err, ErrEmailTaken) {
		if again, resumeErr := s.resume(ctx, r, c); resumeErr == nil && again.Resumed { // the same request, twice at once
			return again, nil
		}
	}
	return done, err
}

// clean puts a registration into the form that is kept, or says what is wrong with it.
func (r Registration) clean() (Registration, error) {
	var bad []fault.Field
	email, ok := NormalizeEmail(r.Email)
	if !ok {
		bad = append(bad, fault.Field{Field: "email", Message: "must be an e-mail address"})
	}
	if why := checkPassword(r.Password, email); why != "" {
		bad = append(bad, fault.Field{Field: "password", Message: why})
	}
	name, why := cleanName(r.Name)
	if why != "" {
		bad = append(bad, fault.Field{Field: "name", Message: why})
	}
	if len(bad) > 0 {
		return r, fault.Invalid(bad...)
	}
	r.Email, r.Name = email, name
	return r, nil
}

// cleanName trims a name and says what is wrong with it, "" if nothing is.
func cleanName(name string) (clean, why string) { return text.Name(name, maxName) }

// resume goes on with a registration whose account is there already, and does nothing if it is not. An account with the
// same id but another address or password is something else.
func (s *Service) resume(ctx context.Context, r Registration, c Client) (Registered, error) {
	a, err := s.store.Account(ctx, r.ID)
	if fault.KindOf(err) == fault.KindNotFound {
		return Registered{}, nil
	}
	if err != nil {
		return Registered{}, err
	}
	limits := s.guessLimits(a, r.Email, c) // for it is a way to try passwords
	if err := s.take(ctx, limits); err != nil {
		return Registered{}, err
	}
	if a.Email != r.Email {
		return Registered{}, ErrIDTaken
	}
	in, err := s.enter(ctx, a, r.Email, r.Password, c)
	if fault.KindOf(err) == fault.KindUnauthenticated {
		return Registered{}, ErrIDTaken
	}
	if err != nil {
		return Registered{}, err
	}
	s.give(ctx, limits)
	workspace, err := s.createPerson(ctx, a.ID, a.Email, r.Name)
	return Registered{SignedIn: in, Workspace: workspace, Resumed: true}, err
}

// admit decides whether somebody may register at all.
func (s *Service) admit(ctx context.Context, r Registration) error {
	switch {
	case r.Setup != "":
		i, err := s.store.Instance(ctx)
		if err != nil {
			return err
		}
		return i.checkSetup(r.Setup) // and again with the account, where it is decided
	case s.signup == SignupOpen:
		return nil
	case s.signup == SignupClosed:
		return fault.New(fault.KindForbidden, "signup-closed", "Nobody can register here.")
	case r.Invitation == "":
		return fault.New(fault.KindForbidden, "invitation-required", "Only people who were invited can register here.")
	}
	email, err := s.people.Invited(ctx, r.Invitation)
	if err != nil {
		return err
	}
	if email == "" {
		return nil
	}
	if invited, ok := NormalizeEmail(email); !ok || invited != r.Email {
		return fault.InvalidField("email", "is not the address that was invited")
	}
	return nil
}

func (i *Instance) checkSetup(token string) error {
	if i.Setup == "" || subtle.ConstantTimeCompare([]byte(i.Setup), []byte(token)) != 1 {
		return fault.New(fault.KindForbidden, "setup-done", "The set-up address was used already, or is not this installation's.")
	}
	return nil
}

// create makes the account, its first session and the mail that asks to confirm the address in one step, and then its
// person.
func (s *Service) create(ctx context.Context, r Registration, c Client) (Registered, error) {
	hash, err := s.hasher.hash(ctx, r.Password)
	if err != nil {
		return Registered{}, err
	}
	now := s.at()
	a := Account{ID: r.ID, Email: r.Email, Password: hash, Name: r.Name, Admin: r.Setup != "", CreatedAt: now}
	session, refresh, err := openSession(a.ID, c, now)
	if err != nil {
		return Registered{}, err
	}
	a.Sessions = []Session{session}
	a.note(s.entry(ctx, c, audit.AccountCreated, a.ID).As(a.ID))
	a.note(s.entry(ctx, c, audit.SignedIn, a.ID, "session", session.ID.String()).As(a.ID))
	if err := s.addLinkMail(&a, LinkVerify); err != nil {
		return Registered{}, err
	}
	var claim func(*Instance) error
	if a.Admin {
		claim = func(i *Instance) error {
			if err := i.checkSetup(r.Setup); err != nil {
				return err
			}
			return i.settle(a.ID)
		}
	}
	if err := s.store.Create(ctx, a, claim); err != nil {
		return Registered{}, err
	}
	s.wakeMail()
	workspace, err := s.createPerson(ctx, a.ID, a.Email, a.Name)
	if err != nil {
		return Registered{}, err
	}
	in, err := s.signedIn(ctx, a, session, refresh)
	return Registered{SignedIn: in, Workspace: workspace}, err
}

// SetupToken gives the token with which the first administrator registers, the same until it was used. Needed is false
// once the installation has an administrator.
func (s *Service) SetupToken(ctx context.Context) (token string, needed bool, err error) {
	fresh := secretText()
	err = s.store.UpdateInstance(ctx, func(i *Instance) error {
		if i.Owner == uuid.Nil && i.Setup == "" {
			i.Setup = fresh
		}
		token, needed = i.Setup, i.Owner == uuid.Nil
		return nil
	})
	return token, needed, err
}

// Methods says how people can get in.
type Methods struct {
	Password bool
	Signup   Signup
	Setup    bool // the first administrator is awaited
}

// Methods gives the ways in that are open.
func (s *Service) Methods(ctx context.Context) (Methods, error) {
	i, err := s.store.Instance(ctx)
	return Methods{Password: true, Signup: s.signup, Setup: i.Owner == uuid.Nil}, err
}
