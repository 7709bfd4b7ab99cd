package auth

import (
	"net/netip"
	"time"

	"github.com/google/uuid"
	"github.com/maypok86/otter/v2"
)

// How long, and how many, places are remembered from which somebody has shown that an account is hers.
const (
	originLife      = 30 * 24 * time.Hour
	rememberOrigins = 50_000
)

// origins remembers them in this process, in bounded memory. What is forgotten, or was seen by another process, is still
// told by the account's sessions.
type origins struct {
	until *otter.Cache[originKey, time.Time]
}

type originKey struct {
	account uuid.UUID
	from    string
}

func newOrigins() origins {
	return origins{otter.Must(&otter.Options[originKey, time.Time]{MaximumSize: rememberOrigins})}
}

// saw takes note of where an account's owner was.
func (o origins) saw(account uuid.UUID, c Client, now time.Time) {
	if c.Address.IsValid() {
		o.until.Set(originKey{account, origin(c.Address)}, now.Add(originLife))
	}
}

// know reports whether she has been seen where the client is. An account with the zero id has been seen nowhere.
func (o origins) know(a Account, c Client, now time.Time) bool {
	if a.ID == uuid.Nil || !c.Address.IsValid() {
		return false
	}
	from := origin(c.Address)
	if until, ok := o.until.GetIfPresent(originKey{a.ID, from}); ok && until.After(now) {
		return true
	}
	for _, s := range a.Sessions {
		if at, err := netip.ParseAddr(s.Address); err == nil && s.ExpiresAt.After(now) && origin(at) == from {
			return true
		}
	}
	return false
}

// guessLimits are the limits of guessing the password of an account, which may be none, from where the client is.
func (s *Service) guessLimits(a Account, email string, c Client) []limit {
	return loginLimits(email, c, s.origins.know(a, c, s.at()))
}
