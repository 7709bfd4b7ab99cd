package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"
)

// A session's refresh tokens are a chain: the secret of each is an HMAC of the one before, under a salt that only the
// database has. From this follows all that is wanted of them:
//
//   - a token that comes twice has the same successor without the successor being stored anywhere;
//   - the database holds the newest secret's digest and the salt, from which no usable token can be made;
//   - who has an old token but not the salt can't compute the newest;
//   - of an old token it can be told that it was once good, and which place it had, for each carries a tag that only who
//     has the salt can make. So using one again ends the session, and inventing one does not and costs next to nothing.
const (
	grace      = 30 * time.Second
	maxRotated = 32 // within the grace; whoever refreshes faster has less of it
	saltBytes  = 32
	tagBytes   = 16
)

// tagOf is what a token of a generation with the secret carries.
func tagOf(salt []byte, generation int64, secret []byte) []byte {
	mac := hmac.New(sha256.New, salt)
	_, _ = mac.Write(binary.BigEndian.AppendUint64([]byte("rung refresh tag"), uint64(generation)))
	_, _ = mac.Write(secret)
	return mac.Sum(nil)[:tagBytes]
}

// genuine reports whether the token is, or was, one of the session's.
func (s *Session) genuine(c credential) bool {
	return c.generation <= s.Generation && hmac.Equal(c.tag, tagOf(s.Salt, c.generation, c.secret))
}

// successor gives the secret that follows the one of a generation.
func successor(salt []byte, generation int64, secret []byte) []byte {
	mac := hmac.New(sha256.New, salt)
	_, _ = mac.Write(binary.BigEndian.AppendUint64([]byte("rung refresh token"), uint64(generation)))
	_, _ = mac.Write(secret)
	return mac.Sum(nil)
}

// redemption is what came of a refresh token.
type redemption int

const (
	redeemUnknown redemption = iota // it never was one of this session
	redeemReused                    // it was used before, too long ago: somebody else may have it
	redeemGood
)

// walk follows a genuine token's chain to the newest generation and gives that one's secret; ok says that it is the one
// whose digest is kept.
func (s *Session) walk(c credential) (newest []byte, ok bool) {
	newest = c.secret
	for g := c.generation; g < s.Generation; g++ {
		newest = successor(s.Salt, g, newest)
	}
	return newest, sameDigest(newest, s.Digest)
}

// redeem uses a refresh token. The newest is replaced by its successor. One that was replaced within the grace gets what
// is newest by now: that is its successor or, if that was used as well, the successor's.
func (s *Session) redeem(c credential, now time.Time) (credential, redemption) {
	if !s.genuine(c) {
		return credential{}, redeemUnknown
	}
	behind := s.Generation - c.generation
	if behind > int64(len(s.Rotated)) {
		return credential{}, redeemReused
	}
	newest, ok := s.walk(c)
	switch {
	case !ok:
		return credential{}, redeemUnknown
	case behind == 0:
		newest = successor(s.Salt, s.Generation, newest)
		s.Generation++
		s.Digest = digest(newest)
		s.Rotated = slices.DeleteFunc(slices.Clone(s.Rotated), func(t time.Time) bool { return now.Sub(t) > grace })
		s.Rotated = append(s.Rotated[max(0, len(s.Rotated)-maxRotated+1):], now)
	case now.Sub(s.Rotated[int64(len(s.Rotated))-behind]) > grace:
		return credential{}, redeemReused
	}
	return credential{
		account: c.account, id: c.id, generation: s.Generation, secret: newest, tag: tagOf(s.Salt, s.Generation, newest),
	}, redeemGood
}
