package auth

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// How long keys live.
const (
	keyAhead   = 5 * time.Minute     // a new key is published that long before it signs
	keyAge     = 90 * 24 * time.Hour // then it is followed by another
	keyRefresh = time.Minute         // every process looks that often for keys that others have made
	keyAsk     = time.Second         // and not more often than that, whatever tokens it is shown
)

// keyring has the keys of the installation at hand.
type keyring struct {
	store  Installation
	issuer string
	now    func() time.Time

	current atomic.Pointer[keys]
	loading sync.Mutex
}

// keys are the keys as of one moment.
type keys struct {
	loadedAt time.Time
	all      []signer // in the order in which they sign
	document []byte   // the JWKS
}

// KeySet is the document of the keys that access tokens are verified with: a JSON Web Key Set, RFC 7517.
type KeySet struct {
	Keys []PublicKey `json:"keys" nullable:"false"`
}

// PublicKey is a key of Ed25519 as RFC 8037 writes it.
type PublicKey struct {
	Type      string `json:"kty"`
	Curve     string `json:"crv"`
	ID        string `json:"kid"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	X         string `json:"x"`
}

type signer struct {
	id        string
	private   ed25519.PrivateKey
	public    ed25519.PublicKey
	from, end time.Time
}

func newKeyring(store Installation, issuer string, now func() time.Time) *keyring {
	return &keyring{store: store, issuer: issuer, now: now}
}

// ensure makes the first key, if nobody has, and loads what there is.
func (k *keyring) ensure(ctx context.Context) error {
	i, err := k.store.Instance(ctx)
	if err != nil {
		return err
	}
	if len(i.Keys) == 0 {
		now := k.now()
		first := newKey(now)
		err := k.store.UpdateInstance(ctx, func(i *Instance) error {
			if len(i.Keys) == 0 {
				i.Keys = []SigningKey{first}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	_, err = k.load(ctx)
	return err
}

func newKey(from time.Time) SigningKey {
	return SigningKey{ID: uuid.NewString(), Seed: random(ed25519.SeedSize), SignsFrom: from}
}

// rotate publishes a new key, which begins to sign a little later; what the old ones have signed stays good until it
// runs out. A key that does not sign yet is not followed by another.
func (k *keyring) rotate(ctx context.Context, olderThan time.Duration) error {
	now := k.now()
	next := newKey(now.Add(keyAhead))
	err := k.store.UpdateInstance(ctx, func(i *Instance) error {
		i.Keys = slices.DeleteFunc(i.Keys, func(key SigningKey) bool { return !key.ExpiresAt.IsZero() && !key.ExpiresAt.After(now) })
		if len(i.Keys) > 0 && i.Keys[len(i.Keys)-1].SignsFrom.After(now.Add(-olderThan)) {
			return nil
		}
		for j := range i.Keys {
			if i.Keys[j].ExpiresAt.IsZero() {
				i.Keys[j].ExpiresAt = next.SignsFrom.Add(accessLife + keyRefresh)
			}
		}
		i.Keys = append(i.Keys, next)
		return nil
	})
	if err != nil {
		return err
	}
	_, err = k.load(ctx)
	return err
}

// load reads the keys from the store.
func (k *keyring) load(ctx context.Context) (*keys, error) {
	i, err := k.store.Instance(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the signing keys: %w", err)
	}
	now := k.now()
	set := KeySet{Keys: []PublicKey{}}
	ks := &keys{loadedAt: now}
	for _, key := range i.Keys {
		if len(key.Seed) != ed25519.SeedSize {
			return nil, fmt.Errorf("the signing key %s is damaged", key.ID)
		}
		private := ed25519.NewKeyFromSeed(key.Seed)
		public := private.Public().(ed25519.PublicKey)
		ks.all = append(ks.all, signer{id: key.ID, private: private, public: public, from: key.SignsFrom, end: key.ExpiresAt})
		if key.ExpiresAt.IsZero() || key.ExpiresAt.After(now) {
			set.Keys = append(set.Keys, PublicKey{"OKP", "Ed25519", key.ID, "sig", "EdDSA", base64.RawURLEncoding.EncodeToString(public)})
		}
	}
	slices.SortStableFunc(ks.all, func(a, b signer) int { return a.from.Compare(b.from) })
	if ks.document, err = json.Marshal(set); err != nil {
		return nil, fmt.Errorf("write the key document: %w", err)
	}
	k.current.Store(ks)
	return ks, nil
}

// get gives the keys, not much older than maxAge. Keys that can't be loaded anew stay in use: a database that is down
// for a moment signs nobody out. One caller loads and the others go on with what there is.
func (k *keyring) get(ctx context.Context, maxAge time.Duration) *keys {
	ks := k.current.Load()
	if k.now().Sub(ks.loadedAt).Abs() < maxAge || !k.loading.TryLock() { // a clock may have been set back, too
		return ks
	}
	defer k.loading.Unlock()
	if fresh, err := k.load(ctx); err == nil {
		return fresh
	}
	return ks
}

var errNoKey = errors.New("there is no key to sign with")

// signing gives the key that signs now.
func (k *keyring) signing(ctx context.Context) (signer, error) {
	now := k.now()
	ks := k.get(ctx, keyRefresh)
	for i := len(ks.all) - 1; i >= 0; i-- {
		if !ks.all[i].from.After(now) {
			return ks.all[i], nil
		}
	}
	for _, key := range ks.all { // the clock was set back to before the first of them
		if key.end.IsZero() {
			return key, nil
		}
	}
	return signer{}, errNoKey
}

// public gives the key with which a token of that key id is verified. One that is not known may be new.
func (k *keyring) public(ctx context.Context, id string) (ed25519.PublicKey, bool) {
	for _, age := range []time.Duration{keyRefresh, keyAsk} {
		for _, key := range k.get(ctx, age).all {
			if key.id == id && (key.end.IsZero() || key.end.After(k.now())) {
				return key.public, true
			}
		}
	}
	return nil, false
}

// RotateKeys makes a new key sign access tokens, five minutes from now; tokens in people's hands stay good. Called again
// before that it changes nothing.
func (s *Service) RotateKeys(ctx context.Context) error { return s.keys.rotate(ctx, 0) }

// JWKS gives the keys with which others can verify access tokens: a KeySet, encoded.
func (s *Service) JWKS(ctx context.Context) []byte { return s.keys.get(ctx, keyRefresh).document }
