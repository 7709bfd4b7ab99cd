package auth

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
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
	a.note(s.entry(ctx, Client{}, audit.AccountCreated, id))
	if admin {
		a.note(s.entry(ctx, Client{}, audit.AccountPromoted, id))
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
		a.note(s.entry(ctx, Client{}, audit.PasswordReset, a.ID, "by", "operator"))
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
	if err := mayAdminister(by, user); err != nil {
		return Summary{}, err
	}
	return s.administer(ctx, user, c)
}

func mayAdminister(by Identity, user uuid.UUID) error {
	switch {
	case !by.Admin:
		return fault.Forbidden("Only an administrator of this installation may do this.")
	case by.User == user:
		return fault.New(fault.KindForbidden, "own-account", "You can't change your own account here; ask another administrator.")
	}
	return nil
}

// administer changes an account. The installation keeps an administrator who is let in: of two who demote each other at
// the same time one is refused.
func (s *Service) administer(ctx context.Context, user uuid.UUID, c Change) (Summary, error) {
	var now Summary
	var others func() (int, error)
	among := func(full func(*Account) error) error {
		return s.store.UpdateAmong(ctx, user, func(a *Account, o func() (int, error)) error {
			others = o
			return full(a)
		})
	}
	err := s.updateBy(ctx, among, func(a *Account) error {
		was := a.Admin && !a.Disabled
		if c.Admin != nil && a.Admin != *c.Admin {
			a.Admin = *c.Admin
			a.note(s.entry(ctx, Client{}, map[bool]string{true: audit.AccountPromoted, false: audit.AccountDemoted}[a.Admin], user))
		}
		if c.Disabled != nil && a.Disabled != *c.Disabled {
			a.disable(*c.Disabled)
			a.note(s.entry(ctx, Client{}, map[bool]string{true: audit.AccountDisabled, false: audit.AccountEnabled}[a.Disabled], user))
		}
		now = a.summary()
		if was && (!a.Admin || a.Disabled) {
			return lastAdmin(others)
		}
		return nil
	})
	return now, err
}

// EndSessions signs somebody out everywhere on behalf of an administrator of the installation. Personal access tokens
// stay.
func (s *Service) EndSessions(ctx context.Context, by Identity, user uuid.UUID) error {
	if !by.Admin {
		return fault.Forbidden("Only an administrator of this installation may do this.")
	}
	return s.update(ctx, user, func(a *Account) error {
		if len(a.Sessions) > 0 {
			a.note(s.entry(ctx, Client{}, audit.SessionsEnded, user))
		}
		a.endSessions(uuid.Nil)
		return nil
	})
}

// Search gives accounts as List does: those whose address has the text in it, and who are, or are not, administrators or
// disabled.
func (s *Service) Search(ctx context.Context, q Search) ([]Summary, error) {
	q.Text = strings.ToLower(strings.TrimSpace(q.Text))
	accounts, err := s.store.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	list := make([]Summary, len(accounts))
	for i := range accounts {
		list[i] = accounts[i].summary()
	}
	return list, nil
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
	if _, err := s.administer(ctx, a.ID, Change{Admin: &admin}); err != nil || !admin {
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
	_, err = s.administer(ctx, a.ID, Change{Disabled: &disabled})
	return err
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
