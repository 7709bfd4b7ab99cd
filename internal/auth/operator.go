package auth

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// What stands here is for whoever runs the installation. Where no Identity is asked for it is for its command line, and
// nobody's permission is needed.

// Summary is an account as the operator sees it.
type Summary struct {
	ID        uuid.UUID
	Email     string
	Verified  bool
	Disabled  bool
	Admin     bool
	CreatedAt time.Time
}

func (a *Account) summary() Summary {
	return Summary{ID: a.ID, Email: a.Email, Verified: a.Verified, Disabled: a.Disabled, Admin: a.Admin, CreatedAt: a.CreatedAt}
}

// List gives the accounts behind an id, in the order in which their ids were made; uuid.Nil begins.
func (s *Service) List(ctx context.Context, after uuid.UUID, limit int) ([]Summary, error) {
	accounts, err := s.store.List(ctx, after, limit)
	if err != nil {
		return nil, err
	}
	list := make([]Summary, len(accounts))
	for i := range accounts {
		list[i] = accounts[i].summary()
	}
	return list, nil
}

// Find gives the account with an address.
func (s *Service) Find(ctx context.Context, email string) (Summary, error) {
	a, err := s.byEmail(ctx, email)
	return a.summary(), err
}

// Get gives the account with an id.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Summary, error) {
	a, err := s.store.Account(ctx, id)
	return a.summary(), err
}

func (s *Service) byEmail(ctx context.Context, email string) (Account, error) {
	normal, ok := NormalizeEmail(email)
	if !ok {
		return Account{}, fault.InvalidField("email", "must be an e-mail address")
	}
	a, err := s.store.AccountByEmail(ctx, normal)
	if fault.KindOf(err) == fault.KindNotFound {
		return a, fault.New(fault.KindNotFound, "not-found", "There is no account with this address.")
	}
	return a, err
}

// Create makes an account with its person, whoever may register. Without a password it is given one; the one that
// holds is returned. An administrator made so is as good as one who came by the set-up address.
func (s *Service) Create(ctx context.Context, email, name, password string, admin bool) (Summary, string, error) {
	if password == "" {
		password = secretText()
	}
	r, err := Registration{Email: email, Name: name, Password: password}.clean()
	if err != nil {
		return Summary{}, "", err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return Summary{}, "", err
	}
	id, err := newID()
	if err != nil {
		return Summary{}, "", err
	}
	a := Account{ID: id, Email: r.Email, Password: hash, Name: r.Name, Admin: admin, CreatedAt: s.at()}
	var claim func(*Instance) error
	if admin {
		claim = func(i *Instance) error { return i.settle(id) }
	}
	if err := s.store.Create(ctx, a, claim); err != nil {
		return Summary{}, "", err
	}
	_, err = s.createPerson(ctx, a.ID, a.Email, a.Name)
	return a.summary(), password, err
}

// SetPassword replaces a password that is lost. Without a new one it makes one up; the one that holds is returned. All
// sessions end.
func (s *Service) SetPassword(ctx context.Context, email, password string) (string, error) {
	a, err := s.byEmail(ctx, email)
	if err != nil {
		return "", err
	}
	if password == "" {
		password = secretText()
	}
	if why := checkPassword(password, a.Email); why != "" {
		return "", fault.InvalidField("password", why)
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	return password, s.update(ctx, a.ID, func(a *Account) error {
		a.Password = hash
		a.endSessions(uuid.Nil)
		a.dropLinks(LinkReset)
		return nil
	})
}

// Change is what an administrator can do to an account; nil leaves things as they are.
type Change struct {
	Admin, Disabled *bool
}

// Administer changes somebody else's account on behalf of an administrator of the installation. Her own she can't
// change so: there would be nobody left to take it back.
func (s *Service) Administer(ctx context.Context, by Identity, user uuid.UUID, c Change) (Summary, error) {
	switch {
	case !by.Admin:
		return Summary{}, fault.Forbidden("Only an administrator of this installation may do this.")
	case by.User == user && (c.Admin != nil || c.Disabled != nil):
		return Summary{}, fault.New(fault.KindForbidden, "own-account", "You can't change your own account here; ask another administrator.")
	}
	var now Summary
	err := s.update(ctx, user, func(a *Account) error {
		if c.Admin != nil {
			a.Admin = *c.Admin
		}
		if c.Disabled != nil {
			a.disable(*c.Disabled)
		}
		now = a.summary()
		return nil
	})
	return now, err
}

// disable shuts an account out or lets it in again.
func (a *Account) disable(disabled bool) {
	if a.Disabled = disabled; disabled {
		a.endSessions(uuid.Nil)
		a.Links, a.Mails = nil, nil
	}
}

// Promote makes somebody an administrator of the installation, or one no more.
func (s *Service) Promote(ctx context.Context, email string, admin bool) error {
	a, err := s.byEmail(ctx, email)
	if err != nil {
		return err
	}
	if err := s.update(ctx, a.ID, func(a *Account) error {
		a.Admin = admin
		return nil
	}); err != nil || !admin {
		return err
	}
	return s.store.UpdateInstance(ctx, func(i *Instance) error { return i.settle(a.ID) })
}

// Disable shuts an account out at once, its sessions, tokens and links included, or lets it in again with a password.
// Personal access tokens work again then.
func (s *Service) Disable(ctx context.Context, email string, disabled bool) error {
	a, err := s.byEmail(ctx, email)
	if err != nil {
		return err
	}
	return s.update(ctx, a.ID, func(a *Account) error {
		a.disable(disabled)
		return nil
	})
}

// Erase removes an account with all that lets anybody in by it. Its address is free again. It is no error if there is
// none.
func (s *Service) Erase(ctx context.Context, id uuid.UUID) error {
	if err := s.store.Delete(ctx, id); err != nil {
		return err
	}
	s.verified.forgetAccount(id)
	return nil
}

// settle closes the set-up address: there is an administrator now.
func (i *Instance) settle(admin uuid.UUID) error {
	if i.Owner == uuid.Nil {
		i.Setup, i.Owner = "", admin
	}
	return nil
}

// CheckPassword reports whether it is the person's own, for what she must not do by mistake or on another's screen.
func (s *Service) CheckPassword(ctx context.Context, id Identity, password string, c Client) error {
	a, err := s.own(ctx, id)
	if err != nil {
		return err
	}
	limits := s.guessLimits(a, a.Email, c)
	if err := s.take(ctx, limits); err != nil {
		return err
	}
	right, _, err := s.hasher.verify(ctx, a.Password, password)
	if err != nil {
		return err
	}
	if !right {
		return fault.InvalidField("password", "is wrong")
	}
	s.give(ctx, limits)
	return nil
}

// secretText makes up a secret that a person can copy by hand.
func secretText() string { return strings.ToLower(rand.Text()) }
