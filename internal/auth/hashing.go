package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"

	"github.com/rung-app/rung/internal/fault"
)

// Hashing says what hashing a password costs. A password whose hash was made at another price is hashed anew when its
// owner signs in.
type Hashing struct {
	Memory uint32 // KiB
	Passes uint32
	Lanes  uint8
	AtOnce int // so many times Memory is the most that is taken; others wait
}

// DefaultHashing is what OWASP recommends for argon2id, one at a time on each processor.
func DefaultHashing() Hashing {
	return Hashing{Memory: 19 * 1024, Passes: 2, Lanes: 1, AtOnce: runtime.GOMAXPROCS(0)}
}

const (
	phcSalt    = 16
	hashBytes  = 32
	maxWaiting = 200 // for a turn to hash; more are told to come back
)

// hasher hashes passwords, few at a time: each takes a good deal of memory, and anybody may ask.
type hasher struct {
	price   Hashing
	turns   chan struct{}
	waiting atomic.Int64
	worked  atomic.Int64 // how many passwords were hashed
	dummy   string
}

func newHasher(price Hashing) *hasher {
	h := &hasher{price: price, turns: make(chan struct{}, max(price.AtOnce, 1))}
	// A hash that nobody knows a password for; checking against it takes as long as against a real one.
	h.dummy = h.encode(random(phcSalt), random(hashBytes))
	return h
}

// hash gives the hash of a password, as text that names its own parameters.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	release, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	salt := random(phcSalt)
	p := h.price
	return h.encode(salt, argon2.IDKey([]byte(canonical(password)), salt, p.Passes, p.Memory, p.Lanes, hashBytes)), nil
}

// verify reports whether the password is the one of the hash, and whether the hash was made at another price than
// today's. An empty hash is of an account that does not exist; it takes as long and is never right.
func (h *hasher) verify(ctx context.Context, encoded, password string) (right, outdated bool, err error) {
	absent := encoded == ""
	if absent {
		encoded = h.dummy
	}
	price, salt, want, err := decode(encoded)
	if err != nil {
		return false, false, err
	}
	if len(password) > 4*maxPassword { // no account has one so long: spares the work of hashing a megabyte
		password = ""
	}
	release, err := h.turn(ctx)
	if err != nil {
		return false, false, err
	}
	defer release()
	got := argon2.IDKey([]byte(canonical(password)), salt, price.Passes, price.Memory, price.Lanes, uint32(len(want)))
	right = subtle.ConstantTimeCompare(got, want) == 1 && !absent
	price.AtOnce = h.price.AtOnce
	return right, price != h.price, nil
}

// turn waits until there is memory for one more.
func (h *hasher) turn(ctx context.Context) (release func(), err error) {
	if h.waiting.Add(1) > maxWaiting {
		h.waiting.Add(-1)
		return nil, fault.Unavailable(errors.New("too many wait for their password to be checked"))
	}
	defer h.waiting.Add(-1)
	select {
	case h.turns <- struct{}{}:
		h.worked.Add(1)
		return func() { <-h.turns }, nil
	case <-ctx.Done():
		return nil, fault.Unavailable(ctx.Err())
	}
}

// encode writes a hash as the PHC string format has it.
func (h *hasher) encode(salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, h.price.Memory, h.price.Passes, h.price.Lanes, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

var errHashFormat = errors.New("a stored password hash is not one of ours")

func decode(encoded string) (price Hashing, salt, sum []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return price, nil, nil, errHashFormat
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &price.Memory, &price.Passes, &price.Lanes); err != nil {
		return price, nil, nil, errHashFormat
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || sumErr != nil || len(sum) < 16 || price.Passes < 1 || price.Lanes < 1 {
		return price, nil, nil, errHashFormat
	}
	return price, salt, sum, nil
}

// random gives n unpredictable bytes; crypto/rand never fails.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
