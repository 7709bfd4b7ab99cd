package auth

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/maypok86/otter/v2"

	"github.com/rung-app/rung/internal/fault"
)

// The scopes of tokens. A session has all of them.
const (
	ScopeRead   = "read"
	ScopeWrite  = "write"
	ScopeAdmin  = "admin"
	ScopeImport = "import"
)

// Scopes gives all scopes.
func Scopes() []string { return []string{ScopeRead, ScopeWrite, ScopeAdmin, ScopeImport} }

// Identity is who a token speaks for. Its slices are shared and must not be changed.
type Identity struct {
	User       uuid.UUID
	Session    uuid.UUID // uuid.Nil for a personal access token
	Token      uuid.UUID // uuid.Nil for a session
	Scopes     []string
	Workspaces []uuid.UUID // the only ones that the token is for; empty for all
	Admin      bool        // of the whole installation
	Expires    time.Time   // of the token that was shown; zero for never
}

// How long what was verified is believed. A grant that was revoked by another process is noticed when it is asked for
// again: that and the answer's way must stay below five seconds. Where there is no other process it is asked for again all
// the same, so that nothing that was missed stays for ever.
const (
	grantLife      = 4 * time.Second
	exclusiveLife  = time.Minute
	rememberTokens = 20_000
	rememberGrants = 50_000
)

// verified remembers what was verified, in bounded memory.
type verified struct {
	tokens *otter.Cache[string, access] // access tokens whose signature was found good
	grants *otter.Cache[grantKey, *grant]
	scopes []string      // of sessions
	life   time.Duration // of a grant

	mu    sync.Mutex // orders what is put into grants with what is taken out
	epoch uint64     // counts the times that something was taken out
}

// grantKey names a session or a personal access token. Whose it is and which of the two belongs to it: people choose
// their tokens' ids, and may choose that of somebody else's, or of a session.
type grantKey struct {
	account, id uuid.UUID
	personal    bool
}

// grant is what a session or token stood for at a moment.
type grant struct {
	Grant
	asked time.Time
}

func newVerified(exclusive bool) *verified {
	life := grantLife
	if exclusive {
		life = exclusiveLife
	}
	return &verified{
		tokens: otter.Must(&otter.Options[string, access]{MaximumSize: rememberTokens}),
		grants: otter.Must(&otter.Options[grantKey, *grant]{MaximumSize: rememberGrants}),
		scopes: Scopes(),
		life:   life,
	}
}

// forget makes the next one who asks about these ask the store.
func (v *verified) forget(keys ...grantKey) {
	if len(keys) == 0 {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.epoch++
	for _, k := range keys {
		v.grants.Invalidate(k)
	}
}

// forgetAccount does so for all that an account has.
func (v *verified) forgetAccount(account uuid.UUID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.epoch++
	var keys []grantKey
	for k := range v.grants.All() {
		if k.account == account {
			keys = append(keys, k)
		}
	}
	for _, k := range keys {
		v.grants.Invalidate(k)
	}
}

// began gives the epoch, for remember.
func (v *verified) began() uint64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.epoch
}

// remember keeps what the store said, unless something ended since it was asked: the answer may be of before that.
func (v *verified) remember(k grantKey, g *grant, epoch uint64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.epoch == epoch {
		v.grants.Set(k, g)
	}
}

// Verify finds out who a bearer token speaks for, an access token or a personal access token. The error is
// Unauthenticated if it is not good, or not any more: what this process revoked is noticed at once, what another did
// within five seconds.
func (s *Service) Verify(ctx context.Context, bearer string) (Identity, error) {
	if strings.HasPrefix(bearer, personalPrefix) {
		return s.verifyPersonal(ctx, bearer)
	}
	a, ok := s.verified.tokens.GetIfPresent(bearer)
	if !ok || !a.expires.After(s.now()) {
		var err error
		if a, err = s.keys.open(ctx, bearer); err != nil {
			return Identity{}, err
		}
		s.verified.tokens.Set(bearer, a)
	}
	g, err := s.grant(ctx, grantKey{account: a.user, id: a.session})
	if err != nil {
		return Identity{}, err
	}
	return Identity{User: a.user, Session: a.session, Scopes: s.verified.scopes, Admin: g.Admin, Expires: a.expires}, nil
}

func (s *Service) verifyPersonal(ctx context.Context, bearer string) (Identity, error) {
	c, ok := parseCredential(personalPrefix, bearer)
	if !ok {
		return Identity{}, errTokenInvalid()
	}
	k := grantKey{account: c.account, id: c.id, personal: true}
	g, err := s.grant(ctx, k)
	if err != nil {
		return Identity{}, err
	}
	if !sameDigest(c.secret, g.Digest) {
		return Identity{}, errTokenInvalid()
	}
	s.used.note(k, s.now(), g.UsedAt)
	return Identity{
		User: c.account, Token: c.id, Scopes: g.Scopes, Workspaces: g.Workspaces, Admin: g.Admin, Expires: g.ExpiresAt,
	}, nil
}

// StillValid tells a long answer, such as a stream of events, whether the one it goes to may still have it. It costs
// next to nothing and is to be asked every second or so. That an access token has run out meanwhile is no matter as
// long as its session has not ended.
func (s *Service) StillValid(ctx context.Context, id Identity) error {
	k := grantKey{account: id.User, id: id.Session}
	if id.Token != uuid.Nil {
		k.id, k.personal = id.Token, true
	}
	_, err := s.grant(ctx, k)
	return err
}

// grant gives what a session or token stands for, if it still does.
func (s *Service) grant(ctx context.Context, k grantKey) (*grant, error) {
	now := s.now()
	g, ok := s.verified.grants.GetIfPresent(k)
	if !ok || now.Sub(g.asked) >= s.verified.life {
		epoch := s.verified.began()
		ask := s.store.SessionGrant
		if k.personal {
			ask = s.store.TokenGrant
		}
		fresh, err := ask(ctx, k.account, k.id)
		switch {
		case fault.KindOf(err) == fault.KindNotFound:
			return nil, errEnded()
		case err != nil:
			return nil, err
		}
		g = &grant{Grant: fresh, asked: now}
		s.verified.remember(k, g, epoch)
	}
	if g.Disabled || !g.ExpiresAt.IsZero() && !g.ExpiresAt.After(now) {
		return nil, errEnded()
	}
	return g, nil
}

func errEnded() *fault.Error {
	return fault.Unauthenticated("session-ended", "The session or token is not valid any more; sign in again.")
}
