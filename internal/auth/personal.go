package auth

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// NewToken is what a personal access token is made from. ID may be the client's. Workspaces are the only ones it is
// for, none for all; Expires is zero for never.
type NewToken struct {
	ID         uuid.UUID
	Name       string
	Scopes     []string
	Workspaces []uuid.UUID
	Expires    time.Time
}

const maxTokenWorkspaces = 100

// CreateToken makes a personal access token and gives its secret. Asked again with the same ID for the same, it gives the
// token without the secret, which nobody knows any more. A token can do no more than its owner can when it is used.
func (s *Service) CreateToken(ctx context.Context, id Identity, n NewToken) (Token, string, error) {
	if err := needSession(id); err != nil {
		return Token{}, "", err
	}
	n, err := n.clean(s.at())
	if err != nil {
		return Token{}, "", err
	}
	secret := random(secretBytes)
	t := Token{
		ID: n.ID, Name: n.Name, Digest: digest(secret), Scopes: n.Scopes, Workspaces: n.Workspaces,
		CreatedAt: s.at(), ExpiresAt: n.Expires,
	}
	var again bool
	err = s.update(ctx, id.User, func(a *Account) error {
		again = false
		for _, o := range a.Tokens {
			if o.ID != t.ID {
				continue
			}
			if !o.asked(n) {
				return ErrIDTaken
			}
			t, again = o, true
			return nil
		}
		if len(a.Tokens) >= maxTokens {
			return fault.Quota("An account can have 100 tokens; delete one first.")
		}
		a.Tokens = append(a.Tokens, t)
		a.note(s.entry(ctx, Client{}, audit.TokenCreated, a.ID, "token", t.ID.String(), "scopes", strings.Join(t.Scopes, " ")).As(a.ID))
		return nil
	})
	if err != nil {
		return Token{}, "", err
	}
	if again {
		return t, "", nil
	}
	return t, credential{account: id.User, id: t.ID, secret: secret}.encode(personalPrefix), nil
}

// asked reports whether the token is what was asked for.
func (t *Token) asked(n NewToken) bool {
	return t.Name == n.Name && slices.Equal(t.Scopes, n.Scopes) && slices.Equal(t.Workspaces, n.Workspaces) && t.ExpiresAt.Equal(n.Expires)
}

func (n NewToken) clean(now time.Time) (NewToken, error) {
	var bad []fault.Field
	refuse := func(field, message string) { bad = append(bad, fault.Field{Field: field, Message: message}) }
	name, why := cleanName(n.Name)
	if why != "" {
		refuse("name", why)
	}
	if len(n.Scopes) == 0 {
		refuse("scopes", "must name at least one scope")
	}
	scopes := []string{}
	for _, known := range Scopes() {
		if slices.Contains(n.Scopes, known) {
			scopes = append(scopes, known)
		}
	}
	if slices.ContainsFunc(n.Scopes, func(scope string) bool { return !slices.Contains(scopes, scope) }) {
		refuse("scopes", "can hold read, write, admin and import")
	}
	workspaces := []uuid.UUID{}
	for _, ws := range n.Workspaces {
		if !slices.Contains(workspaces, ws) {
			workspaces = append(workspaces, ws)
		}
	}
	if len(workspaces) > maxTokenWorkspaces || slices.Contains(workspaces, uuid.Nil) {
		refuse("workspaces", "can hold the ids of up to 100 workspaces")
	}
	if !n.Expires.IsZero() && !n.Expires.After(now) {
		refuse("expires_at", "must be in the future")
	}
	if len(bad) > 0 {
		return n, fault.Invalid(bad...)
	}
	n.Name, n.Scopes, n.Workspaces = name, scopes, workspaces
	if !n.Expires.IsZero() {
		n.Expires = n.Expires.UTC().Truncate(time.Millisecond)
	}
	if n.ID == uuid.Nil {
		var err error
		if n.ID, err = newID(); err != nil {
			return n, err
		}
	}
	return n, nil
}

// Tokens gives a person's own tokens in the order of their ids, the newest first. Those that have run out are among them until they are deleted.
func (s *Service) Tokens(ctx context.Context, id Identity) ([]Token, error) {
	a, err := s.own(ctx, id)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(a.Tokens, func(x, y Token) int { return bytes.Compare(y.ID[:], x.ID[:]) })
	return a.Tokens, nil
}

// DeleteToken makes a token useless. It is no error if there is none with the id.
func (s *Service) DeleteToken(ctx context.Context, id Identity, token uuid.UUID) error {
	if err := needSession(id); err != nil {
		return err
	}
	return s.update(ctx, id.User, func(a *Account) error {
		before := len(a.Tokens)
		if a.Tokens = slices.DeleteFunc(a.Tokens, func(o Token) bool { return o.ID == token }); len(a.Tokens) < before {
			a.note(s.entry(ctx, Client{}, audit.TokenDeleted, a.ID, "token", token.String()).As(a.ID))
		}
		return nil
	})
}

// How tokens' uses are noted: seldom, and not while a request waits.
const (
	useEvery = time.Minute
	maxUses  = 10_000 // waiting to be written down; more are not noted
)

// usedTokens collects which tokens were used, and when.
type usedTokens struct {
	mu    sync.Mutex
	waits map[grantKey]time.Time
}

func newUsedTokens() *usedTokens { return &usedTokens{waits: map[grantKey]time.Time{}} }

func (u *usedTokens) note(k grantKey, now, known time.Time) {
	if now.Sub(known) < useEvery {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, waits := u.waits[k]; !waits && len(u.waits) < maxUses {
		u.waits[k] = now.UTC().Truncate(time.Millisecond)
	}
}

// FlushUses writes down which tokens were used. Relay calls it every now and then; once more at the end loses none.
func (s *Service) FlushUses(ctx context.Context) error {
	s.used.mu.Lock()
	waits := s.used.waits
	s.used.waits = map[grantKey]time.Time{}
	s.used.mu.Unlock()
	for k, at := range waits {
		err := s.store.Update(ctx, k.account, func(a *Account) error {
			for i := range a.Tokens {
				if a.Tokens[i].ID == k.id && a.Tokens[i].UsedAt.Before(at) {
					a.Tokens[i].UsedAt = at
				}
			}
			return nil
		})
		s.verified.forget(k) // it would be noted again and again as long as the use before is believed to be the last
		if err != nil && fault.KindOf(err) != fault.KindNotFound {
			return err
		}
	}
	return nil
}
