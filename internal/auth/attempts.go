package auth

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Rate allows Burst attempts at once and one more every Every.
type Rate struct {
	Burst int
	Every time.Duration
}

// Attempts counts attempts by key, in bounded memory. Servers that share one see each other's.
type Attempts interface {
	// Take counts an attempt and gives 0, or counts none and gives how long to wait. Of attempts at the same time no
	// more than the rate allows get 0.
	Take(ctx context.Context, key string, r Rate) (wait time.Duration, err error)
	// Give takes back one attempt that Take has counted.
	Give(ctx context.Context, key string, r Rate) error
}

// limit is how often something may be done under a key.
type limit struct {
	key  string
	rate Rate
}

// loginLimits are those of guessing a password. Who guesses is stopped by address, by account and, strictest, by both
// together. So that nobody can lock somebody else out by guessing on and on from ever new addresses, the limit of the
// account as a whole does not count for its owner, who comes from where she is known.
func loginLimits(email string, c Client, known bool) []limit {
	from := origin(c.Address)
	limits := []limit{{"login from " + from, Rate{Burst: 100, Every: 5 * time.Second}}}
	if email == "" {
		return limits
	}
	if !known {
		limits = append(limits, limit{"login to " + email, Rate{Burst: 100, Every: 10 * time.Second}})
	}
	return append(limits, limit{"login to " + email + " from " + from, Rate{Burst: 10, Every: 30 * time.Second}})
}

func registerLimits(c Client) []limit {
	return []limit{{"register from " + origin(c.Address), Rate{Burst: 60, Every: 30 * time.Second}}}
}

func mailLimits(email string, c Client) []limit {
	return []limit{
		{"mail to " + email, Rate{Burst: 4, Every: 5 * time.Minute}},
		{"mail from " + origin(c.Address), Rate{Burst: 20, Every: time.Minute}},
	}
}

// invitationLimits bound what one person can have mailed to people who may not know her, whatever workspaces she makes for
// it, and what one address can be sent.
func invitationLimits(user uuid.UUID, email string, c Client) []limit {
	return []limit{
		{"invitation to " + email, Rate{Burst: 5, Every: time.Hour}},
		{"invitation by " + user.String(), Rate{Burst: 200, Every: time.Minute}},
		{"invitation from " + origin(c.Address), Rate{Burst: 400, Every: 30 * time.Second}},
	}
}

// TakeInvitation counts an invitation that is to be mailed, and refuses one that is too many. An address that is none
// is refused elsewhere.
func (s *Service) TakeInvitation(ctx context.Context, by Identity, email string, c Client) error {
	normal, ok := NormalizeEmail(email)
	if !ok {
		return nil
	}
	return s.take(ctx, invitationLimits(by.User, normal, c))
}

func linkLimits(c Client) []limit {
	return []limit{{"link from " + origin(c.Address), Rate{Burst: 30, Every: 10 * time.Second}}}
}

// origin is who counts as the same by address: one IPv4 address, or the 64 bits of IPv6 that a household is given.
func origin(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}

// take counts an attempt under all limits or, if one is used up, under none.
func (s *Service) take(ctx context.Context, limits []limit) error {
	for i, l := range limits {
		wait, err := s.attempts.Take(ctx, l.key, l.rate)
		if err == nil && wait == 0 {
			continue
		}
		s.give(ctx, limits[:i])
		if err != nil {
			return fault.Unavailable(err)
		}
		return fault.TooMany(wait)
	}
	return nil
}

// give takes attempts back: those that succeeded are nobody's guesses. If it fails, they stay counted for a while.
func (s *Service) give(ctx context.Context, limits []limit) {
	for _, l := range limits {
		if err := s.attempts.Give(ctx, l.key, l.rate); err != nil {
			s.log.WarnContext(ctx, "an attempt could not be taken back", "error", err)
		}
	}
}

// maxCounted bounds the memory of NewAttempts.
const maxCounted = 100_000

// memoryAttempts counts in this process. For each key it keeps one time, by the generic cell rate algorithm: when the
// bucket will be empty again.
type memoryAttempts struct {
	now func() time.Time
	mu  sync.Mutex
	at  map[string]time.Time
}

// NewAttempts counts attempts in this process. When it would have to remember too many keys, it forgets those that are
// nearest to being forgotten anyway.
func NewAttempts(now func() time.Time) Attempts {
	return &memoryAttempts{now: now, at: map[string]time.Time{}}
}

func (m *memoryAttempts) Take(_ context.Context, key string, r Rate) (time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	empty, known := m.at[key]
	if !known || empty.Before(now) {
		empty = now
	}
	empty = empty.Add(r.Every)
	if wait := empty.Sub(now) - time.Duration(r.Burst)*r.Every; wait > 0 {
		return wait, nil
	}
	if !known && len(m.at) >= maxCounted {
		m.makeRoom(now)
	}
	m.at[key] = empty
	return 0, nil
}

func (m *memoryAttempts) Give(_ context.Context, key string, r Rate) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if empty, known := m.at[key]; known {
		if empty = empty.Add(-r.Every); empty.After(m.now()) {
			m.at[key] = empty
		} else {
			delete(m.at, key)
		}
	}
	return nil
}

// makeRoom looks at some keys, in the random order of a map, and drops those that count nothing any more, at least the
// one that counts least.
func (m *memoryAttempts) makeRoom(now time.Time) {
	looked, least := 0, ""
	for key, empty := range m.at {
		if !empty.After(now) {
			delete(m.at, key)
		} else if least == "" || empty.Before(m.at[least]) {
			least = key
		}
		if looked++; looked == 32 {
			break
		}
	}
	if len(m.at) >= maxCounted {
		delete(m.at, least)
	}
}
