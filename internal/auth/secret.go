package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"strings"

	"github.com/google/uuid"
)

// How the tokens that Rung gives out begin, for people and for programs that look for leaked secrets.
const (
	refreshPrefix  = "rung_rt_"
	personalPrefix = "rung_pat_"
	linkPrefix     = "rung_link_"
)

const secretBytes = 32

// credential is what a token is made of. The ids find it in the database, where only a digest of the secret is kept:
// a secret has 256 random bits, so a plain hash protects it as well as a slow one would.
type credential struct {
	account    uuid.UUID
	id         uuid.UUID // of the session, the personal access token or the link
	generation int64     // of refresh tokens only
	secret     []byte
	tag        []byte // of refresh tokens only: shows that the token was once given out, see refresh.go
}

// encode writes a token; only refresh tokens hold the generation.
func (c credential) encode(prefix string) string {
	b := make([]byte, 0, 2*16+8+secretBytes)
	b = append(append(b, c.account[:]...), c.id[:]...)
	if prefix == refreshPrefix {
		b = binary.BigEndian.AppendUint64(b, uint64(c.generation))
	}
	b = append(append(b, c.secret...), c.tag...)
	return prefix + base64.RawURLEncoding.EncodeToString(b)
}

// parseCredential reads a token and reports false if it can't be one.
func parseCredential(prefix, token string) (credential, bool) {
	text, ok := strings.CutPrefix(token, prefix)
	size := 2*16 + secretBytes
	if prefix == refreshPrefix {
		size += 8 + tagBytes
	}
	if !ok || len(text) != base64.RawURLEncoding.EncodedLen(size) {
		return credential{}, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return credential{}, false
	}
	c := credential{account: uuid.UUID(b[:16]), id: uuid.UUID(b[16:32]), secret: b[size-secretBytes:]}
	if prefix == refreshPrefix {
		c.generation = int64(binary.BigEndian.Uint64(b[32:40]))
		c.secret, c.tag = b[40:40+secretBytes], b[40+secretBytes:]
	}
	return c, c.generation >= 0
}

func digest(secret []byte) []byte {
	d := sha256.Sum256(secret)
	return d[:]
}

func sameDigest(secret, want []byte) bool {
	d := sha256.Sum256(secret)
	return subtle.ConstantTimeCompare(d[:], want) == 1
}
