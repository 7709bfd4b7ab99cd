package auth

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// How long a session lasts.
const (
	sessionIdle = 30 * 24 * time.Hour  // without being refreshed
	sessionLife = 365 * 24 * time.Hour // at most
	maxAgent    = 200
)

// SignedIn is what somebody who signed in is given.
type SignedIn struct {
	User    uuid.UUID
	Session uuid.UUID
	Admin   bool // of the whole installation

	Access    string        // the access token
	ExpiresIn time.Duration // of the access token

	Refresh        string // the refresh token: for the cookie only
	RefreshExpires time.Time
}

// openSession makes a session and its first refresh token.
func openSession(account uuid.UUID, c Client, now time.Time) (Session, string, error) {
	id, err := newID()
	if err != nil {
		return Session{}, "", err
	}
	secret := random(secretBytes)
	salt := random(saltBytes)
	s := Session{
		ID: id, Salt: salt, Digest: digest(secret), CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(sessionIdle),
	}
	s.seen(c, now)
	return s, credential{account: account, id: id, secret: secret, tag: tagOf(salt, 0, secret)}.encode(refreshPrefix), nil
}

// seen takes note of a sign of life.
func (s *Session) seen(c Client, now time.Time) {
	s.SeenAt, s.Agent, s.Address = now, audit.Clip(c.Agent, maxAgent), ""
	if c.Address.IsValid() {
		s.Address = c.Address.Unmap().String()
	}
	s.ExpiresAt = now.Add(sessionIdle)
	if end := s.CreatedAt.Add(sessionLife); s.ExpiresAt.After(end) {
		s.ExpiresAt = end
	}
}

// signedIn adds an access token to a session that was opened or refreshed.
func (s *Service) signedIn(ctx context.Context, a Account, session Session, refresh string) (SignedIn, error) {
	access, err := s.keys.issue(ctx, a.ID, session.ID)
	if err != nil {
		return SignedIn{}, err
	}
	return SignedIn{
		User: a.ID, Session: session.ID, Admin: a.Admin, Access: access, ExpiresIn: accessLife,
		Refresh: refresh, RefreshExpires: session.ExpiresAt,
	}, nil
}

// Refresh uses a refresh token and gives the next one with a new access token. A token that comes again within 30
// seconds gets the same successor; one that comes later ends the session, for then two have it.
func (s *Service) Refresh(ctx context.Context, token string, c Client) (SignedIn, error) {
	used, ok := parseCredential(refreshPrefix, token)
	if !ok {
		return SignedIn{}, errEnded()
	}
	if err := s.recognize(ctx, used); err != nil {
		return SignedIn{}, err
	}
	var next credential
	var came redemption
	var account Account
	var session Session
	err := s.update(ctx, used.account, func(a *Account) error {
		open := a.session(used.id)
		if open == nil || a.Disabled {
			return errEnded()
		}
		generation := open.Generation
		if next, came = open.redeem(used, s.at()); came == redeemReused {
			a.Sessions = slices.DeleteFunc(a.Sessions, func(o Session) bool { return o.ID == used.id })
			a.note(s.entry(ctx, c, audit.SessionStolen, a.ID, "session", used.id.String()))
			return nil
		}
		if came == redeemUnknown {
			return errEnded()
		}
		if open.Generation != generation {
			open.seen(c, s.at())
		}
		account, session = *a, *open
		return nil
	})
	switch {
	case fault.KindOf(err) == fault.KindNotFound:
		return SignedIn{}, errEnded()
	case err != nil:
		return SignedIn{}, err
	case came == redeemReused:
		s.log.WarnContext(ctx, "a refresh token was used again; its session was ended", "account", used.account, "session", used.id)
		return SignedIn{}, errEnded()
	}
	return s.signedIn(ctx, account, session, next.encode(refreshPrefix))
}

// recognize refuses a refresh token that is, and was, no session's. Whatever a stranger makes up costs a read, and nobody
// who writes waits for it.
func (s *Service) recognize(ctx context.Context, used credential) error {
	a, err := s.store.Account(ctx, used.account)
	if fault.KindOf(err) == fault.KindNotFound {
		return errEnded()
	}
	if err != nil {
		return err
	}
	if open := a.session(used.id); open == nil || !open.genuine(used) {
		return errEnded()
	}
	return nil
}

// Logout ends the session of a refresh token, also of one that was replaced. A token that is of no session does
// nothing: whoever logs out is out.
func (s *Service) Logout(ctx context.Context, token string) error {
	used, ok := parseCredential(refreshPrefix, token)
	if !ok {
		return nil
	}
	if err := s.recognize(ctx, used); err != nil {
		if fault.KindOf(err) == fault.KindUnauthenticated {
			return nil
		}
		return err
	}
	err := s.update(ctx, used.account, func(a *Account) error {
		if open := a.session(used.id); open != nil {
			if open.genuine(used) {
				a.Sessions = slices.DeleteFunc(a.Sessions, func(o Session) bool { return o.ID == used.id })
				a.note(s.entry(ctx, Client{}, audit.SignedOut, a.ID, "session", used.id.String()).As(a.ID))
			}
		}
		return nil
	})
	if fault.KindOf(err) == fault.KindNotFound {
		return nil
	}
	return err
}

// Sessions gives a person's own sessions, the newest first.
func (s *Service) Sessions(ctx context.Context, id Identity) ([]Session, error) {
	a, err := s.own(ctx, id)
	if err != nil {
		return nil, err
	}
	a.prune(s.at())
	slices.SortFunc(a.Sessions, func(x, y Session) int { return bytes.Compare(y.ID[:], x.ID[:]) })
	return a.Sessions, nil
}

// EndSession ends one of a person's own sessions. It is no error if there is none with the id.
func (s *Service) EndSession(ctx context.Context, id Identity, session uuid.UUID) error {
	if err := needSession(id); err != nil {
		return err
	}
	return s.update(ctx, id.User, func(a *Account) error {
		if a.session(session) != nil {
			a.note(s.entry(ctx, Client{}, audit.SignedOut, a.ID, "session", session.String()).As(a.ID))
		}
		a.Sessions = slices.DeleteFunc(a.Sessions, func(o Session) bool { return o.ID == session })
		return nil
	})
}

// own gives the account of somebody who is signed in.
func (s *Service) own(ctx context.Context, id Identity) (Account, error) {
	if err := needSession(id); err != nil {
		return Account{}, err
	}
	return s.store.Account(ctx, id.User)
}

// needSession refuses personal access tokens: a leaked one must not be able to make others or to lock its owner out.
func needSession(id Identity) error {
	if id.Session == uuid.Nil {
		return fault.New(fault.KindForbidden, "session-required", "A personal access token can't do this; sign in.")
	}
	return nil
}
