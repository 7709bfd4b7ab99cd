package auth

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// signedOutAtOnce is how many accounts are read at a time.
const signedOutAtOnce = 200

// SignOutEveryone is for when a copy of the database may be in wrong hands: it replaces the keys that sign access tokens,
// so that those in the copy are good for nothing at once, and then ends all sessions and all links that set a new
// password. It gives how many accounts had any of those. Passwords and personal access tokens stay: the copy does not
// give them away. Each account is a step of its own; if it breaks off, ask again.
func (s *Service) SignOutEveryone(ctx context.Context) (accounts int, err error) {
	if err := s.keys.replace(ctx); err != nil {
		return 0, err
	}
	s.verified.tokens.InvalidateAll()
	noted := s.store.Audit().Record(ctx, s.entry(ctx, Client{}, audit.KeysReplaced, uuid.Nil)) // which is no reason to leave anybody signed in
	for after := uuid.Nil; ; {
		some, err := s.store.List(ctx, after, signedOutAtOnce)
		if err != nil {
			return accounts, err
		}
		if len(some) == 0 {
			return accounts, noted
		}
		for _, a := range some {
			after = a.ID
			had := false
			err := s.update(ctx, a.ID, func(a *Account) error {
				had = len(a.Sessions) > 0 || slices.ContainsFunc(a.Links, func(l Link) bool { return l.Kind == LinkReset })
				a.endSessions(uuid.Nil)
				a.dropLinks(LinkReset)
				if had {
					a.note(s.entry(ctx, Client{}, audit.SessionsEnded, a.ID))
				}
				return nil
			})
			if err != nil {
				return accounts, err
			}
			if had {
				accounts++
			}
		}
	}
}

// replace makes a new key sign from now on and forgets all others: what they have signed is good for nothing any more.
func (k *keyring) replace(ctx context.Context) error {
	next := newKey(k.now())
	if err := k.store.UpdateInstance(ctx, func(i *Instance) error {
		i.Keys = []SigningKey{next}
		return nil
	}); err != nil {
		return err
	}
	_, err := k.load(ctx)
	return err
}
